"""What stands inside a `rich_text` block: sections, lists, quotes, and the pieces of text in them."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.sandbox.wire import Json, is_object, is_object_list, objects_in

PART_TYPES: Final = frozenset({"rich_text_list", "rich_text_preformatted", "rich_text_quote", "rich_text_section"})
# type of a piece: the field it cannot do without
PIECES: Final = {
    "broadcast": "range",
    "channel": "channel_id",
    "color": "value",
    "date": "timestamp",
    "emoji": "name",
    "link": "url",
    "team": "team_id",
    "text": "text",
    "user": "user_id",
    "usergroup": "usergroup_id",
}


def find_rich_text_problems(block: Json) -> Iterator[str]:
    """Yield what is wrong inside a `rich_text` block."""
    parts = block.get("elements")
    if not is_object_list(parts):
        yield "elements must be a list of objects"
        return
    for part in parts:
        if part.get("type") not in PART_TYPES:
            yield f"unsupported type in rich_text: {part.get('type')}"
        elif part["type"] == "rich_text_list":
            yield from find_rich_text_problems(part)
        else:
            yield from _piece_problems(part.get("elements"))


def rich_text_from(text: str) -> Json:
    """Give the `rich_text` value of a field in which somebody wrote these lines."""
    pieces: list[Json] = [{"type": "text", "text": text}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]}


def plain_text_of(value: object) -> str:
    """Give the words of a `rich_text` value, one line for each of its parts."""
    if not is_object(value):
        return ""
    lines: list[str] = []
    for part in objects_in(value.get("elements")):
        pieces = objects_in(part.get("elements"))
        is_list = part.get("type") == "rich_text_list"
        lines += [plain_text_of({"elements": [item]}) for item in pieces] if is_list else [_words(pieces)]
    return "\n".join(lines)


def _words(pieces: Sequence[Json]) -> str:
    return "".join(str(piece.get("text") or piece.get("url") or "") for piece in pieces)


def _piece_problems(pieces: object) -> Iterator[str]:
    if not is_object_list(pieces):
        yield "elements must be a list of objects"
        return
    for piece in pieces:
        needed = PIECES.get(str(piece.get("type")))
        if needed is None:
            yield f"unsupported type in rich_text: {piece.get('type')}"
        elif not piece.get(needed) or (needed == "text" and not isinstance(piece["text"], str)):
            yield f"missing required field: {needed}"
