"""The words of the wire: JSON objects as they travel, and the error a Slack method answers with."""

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeGuard

Json: TypeAlias = dict[str, Any]


class SlackError(Exception):
    """A Web API method says no: `{"ok": false, "error": code}`; nearly always with status 200."""

    def __init__(self, code: str, messages: Sequence[str] = (), *, status: int = 200) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.status = status
        self.headers: dict[str, str] = {}

    def to_json(self) -> Json:
        """Give the body of the answer, with Slack's `response_metadata.messages` where there are any."""
        answer: Json = {"ok": False, "error": self.code}
        if self.messages:
            answer["errors"] = list(self.messages)
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer


class RateLimited(SlackError):
    """The app calls too often: 429, and how many whole seconds it must wait."""

    def __init__(self, wait_s: int) -> None:
        super().__init__("ratelimited", status=429)
        self.headers = {"Retry-After": str(wait_s)}


def missing(*names: str) -> SlackError:
    """Give the error for arguments that are required and not there."""
    return SlackError("invalid_arguments", [f"missing required field: {name}" for name in names])


def is_object(value: object) -> TypeGuard[Json]:
    """Tell whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether a JSON value is a list."""
    return isinstance(value, list)


def is_object_list(value: object) -> TypeGuard[list[Json]]:
    """Tell whether a JSON value is a list of objects."""
    return is_list(value) and all(is_object(part) for part in value)


def objects_in(value: object) -> list[Json]:
    """Give the objects of a JSON list; anything else holds none."""
    return [part for part in value if is_object(part)] if is_list(value) else []
