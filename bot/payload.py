"""Slack's JSON, taken apart without trust: what is missing or of another shape comes out empty."""

from typing import Any, cast

Json = dict[str, Any]


def part(payload: Json, *names: str) -> Json:
    """Give the object at this path, or an empty one."""
    found: Any = payload
    for name in names:
        found = cast("Json", found).get(name) if isinstance(found, dict) else None
    return cast("Json", found) if isinstance(found, dict) else {}


def parts(payload: Json, name: str) -> list[Json]:
    """Give the objects of a list, or none."""
    found = payload.get(name)
    return (
        [cast("Json", each) for each in cast("list[Any]", found) if isinstance(each, dict)]
        if isinstance(found, list)
        else []
    )


def text(payload: Json, name: str) -> str:
    """Give a text, or an empty one."""
    found = payload.get(name)
    return found if isinstance(found, str) else ""
