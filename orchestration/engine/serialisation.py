"""The engine's file format: JSON with tags for errors and tuples.

The engine's own default is pickle, with which write access to the database is code execution in the process; its
portable JSON loses the types of errors, so that a replay would take another path than the first run.
"""

import json
from collections.abc import Iterator
from typing import Any, Final, cast

from dbos import Serializer

from orchestration.engine.port import StepBroken
from recipes.errors import ThreadworkError

TAG: Final = "$threadwork"


class TaggedJson(Serializer):
    """JSON in which our errors keep their class and fields."""

    def serialize(self, data: Any) -> str:  # noqa: ANN401 (the engine's signature)
        """Give the text; raises TypeError for what is not plain data or an error."""
        return json.dumps(_pack(data), allow_nan=False)

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 (the engine's signature)
        """Give the value back."""
        return _unpack(json.loads(serialized_data))

    def name(self) -> str:
        """Give the name that the engine writes beside each value."""
        return "threadwork_json_1"


def list_leaves(root: type[ThreadworkError] = ThreadworkError) -> Iterator[type[ThreadworkError]]:
    """Give each error class below this one that has no subclass."""
    below = root.__subclasses__()
    if not below:
        yield root
    for each in below:
        yield from list_leaves(each)


def _pack(value: Any) -> Any:  # noqa: ANN401 (plain data of any shape)
    match value:
        case BaseException():
            return _pack_error(value)
        case dict():
            return {key: _pack(each) for key, each in cast("dict[str, Any]", value).items()}
        case list():
            return [_pack(each) for each in cast("list[Any]", value)]
        case tuple():
            return {TAG: "tuple", "items": [_pack(each) for each in cast("tuple[Any, ...]", value)]}
        case _:
            return value


def _pack_error(error: BaseException) -> dict[str, Any]:
    if isinstance(error, ThreadworkError):
        return {TAG: "error", "class": type(error).__name__, "fields": error.to_fields()}
    return _pack_error(StepBroken(step="", kind=type(error).__name__, detail=str(error)[:500]))


def _unpack(value: Any) -> Any:  # noqa: ANN401 (plain data of any shape)
    if isinstance(value, list):
        return [_unpack(each) for each in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    plain = cast("dict[str, Any]", value)
    match plain.get(TAG):
        case "tuple":
            return tuple(_unpack(each) for each in plain["items"])
        case "error":
            return _find_class(plain["class"]).from_fields(plain["fields"])
        case _:
            return {key: _unpack(each) for key, each in plain.items()}


def _find_class(name: str) -> type[ThreadworkError]:
    found = next((leaf for leaf in list_leaves() if leaf.__name__ == name), None)
    if found is None:
        raise LookupError(f"the journal names an error {name} that this release does not have")
    return found
