"""The arguments of a Web API call, wherever they stood: query, form, JSON or multipart, merged into one."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.sandbox.wire import Json, SlackError, is_list, is_object, missing

# Arguments that travel as JSON text when the call is a form or a query.
STRUCTURED: Final = frozenset(
    {
        "attachments",
        "blocks",
        "channels",
        "chunks",
        "files",
        "file_ids",
        "loading_messages",
        "metadata",
        "prompts",
        "view",
    }
)


class Arguments:
    """What an app sent; every read says which type it wants, because the wire does not."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values: Json = {name: _decoded(name, value) for name, value in values.items() if value is not None}

    def has(self, name: str) -> bool:
        """Tell whether the argument was sent at all."""
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Give the argument as text."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value) if isinstance(value, (dict, list)) else str(value)

    def required(self, name: str) -> str:
        """Give the argument as text.

        Raises:
            SlackError: `invalid_arguments` if it is missing or empty.
        """
        if not self.text(name):
            raise missing(name)
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Give the argument as yes or no."""
        return self.text(name).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """Give the argument as a whole number.

        Raises:
            SlackError: `invalid_arguments` if it is something else.
        """
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise SlackError("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from error

    def value(self, name: str) -> Any:  # noqa: ANN401 -- structured arguments may be any JSON
        """Give the argument as it is, or None."""
        return self.values.get(name)

    def names(self, name: str) -> list[str]:
        """Give a list that may have been sent as JSON or as words with commas between."""
        value = self.values.get(name)
        words: list[Any] = value if is_list(value) else self.text(name).split(",")
        return [str(word).strip() for word in words if str(word).strip()]


async def read_arguments(request: web.Request) -> Arguments:
    """Give the arguments of this request, the body before the query.

    Raises:
        SlackError: `invalid_json` or `json_not_object`.
    """
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        values |= _json_body(await request.text())
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        form = await request.post()
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return Arguments(values)


def _json_body(text: str) -> Json:
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not is_object(body):
        raise SlackError("json_not_object")
    return body


def _decoded(name: str, value: object) -> object:
    if name not in STRUCTURED or not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
