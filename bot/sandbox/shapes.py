"""The shapes inside blocks that Slack checks and its Python SDK does not: text objects, options, lists of elements."""

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.elements import walk_elements
from bot.sandbox.rich_text import find_rich_text_problems
from bot.sandbox.wire import Json, is_list, is_object, is_object_list, objects_in

# docs.slack.dev, option object
OPTION_VALUE_CHARS: Final = 150
# docs.slack.dev, select menu element
SELECT_OPTIONS: Final = 100

PLAIN: Final = frozenset({"plain_text"})
EITHER: Final = frozenset({"plain_text", "mrkdwn"})
# type of block or element: which of its fields are text objects, and of which type
TEXTS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "alert": {"text": EITHER},
    "card": {"title": EITHER, "subtitle": EITHER, "body": EITHER},
    "button": {"text": PLAIN},
    "container": {"title": PLAIN, "subtitle": EITHER},
    "header": {"text": PLAIN},
    "icon_button": {"text": PLAIN},
    "image": {"title": PLAIN},
    "input": {"label": PLAIN, "hint": PLAIN},
    "section": {"text": EITHER},
    "video": {"title": PLAIN, "description": PLAIN},
}
# type of block: which of its fields are plain strings
STRINGS: Final = {"plan": ("title",), "task_card": ("task_id", "title"), "data_table": ("caption",)}
CONFIRM: Final = {"title": PLAIN, "text": EITHER, "confirm": PLAIN, "deny": PLAIN}
LISTS: Final = {"actions": "elements", "context": "elements", "context_actions": "elements", "card": "actions"}
CONTEXT_TYPES: Final = frozenset({"image", "plain_text", "mrkdwn"})
CELL_TYPES: Final = frozenset({"raw_text", "raw_number", "rich_text"})
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def find_shape_problems(block: Json) -> Iterator[str]:
    """Yield what in this block has the wrong shape."""
    yield from _text_problems(block, TEXTS.get(block["type"], {}))
    yield from _list_problems(block)
    yield from _image_problems(block)
    if block["type"] == "section" and "fields" in block:
        yield from (text for field in block["fields"] for text in _text_problem("fields", field, EITHER))
        if not block["fields"]:
            yield "fields must be a list of at least one object"
    for _, element in walk_elements([block]):
        yield from _element_problems(element)
    if block["type"] == "video":
        yield from _video_problems(block)
    if block["type"] == "rich_text":
        yield from find_rich_text_problems(block)
    for name in STRINGS.get(block["type"], ()):
        if not isinstance(block.get(name, ""), str):
            yield f"{name} must be a string"
    yield from _cell_problems(block)


def find_suggestion_problems(answer: Json) -> Iterator[str]:
    """Yield what is wrong with the options an app gives while somebody types."""
    groups = objects_in(answer.get("option_groups"))
    if ("options" in answer) == ("option_groups" in answer):
        yield "either options or option_groups must be given"
    for options in [answer.get("options"), *(group.get("options") for group in groups)]:
        yield from _option_problems("external_select", options)
        if is_list(options) and len(options) > SELECT_OPTIONS:
            yield f"no more than {SELECT_OPTIONS} options allowed"
    for group in groups:
        yield from _text_problem("label", group.get("label"), PLAIN)


def _cell_problems(block: Json) -> Iterator[str]:
    rows: list[Any] = block.get("rows") or []
    for cell in (cell for row in rows for cell in objects_in(row)):
        if cell.get("type") not in CELL_TYPES:
            yield "a cell must be raw_text, raw_number or rich_text"
        elif cell["type"] == "raw_text" and not isinstance(cell.get("text"), str):
            yield "the text of a cell must be a string"


def _element_problems(element: Json) -> Iterator[str]:
    yield from _text_problems(element, {"placeholder": PLAIN, **TEXTS.get(element["type"], {})})
    if not isinstance(element.get("action_id", "-"), str) or element.get("action_id") == "":
        yield "action_id must be more than 0 characters"
    if "confirm" in element:
        confirm: Any = element["confirm"]
        yield from _text_problems(confirm, CONFIRM) if is_object(confirm) else ["confirm must be an object"]
    groups = objects_in(element.get("option_groups"))
    for options in [element.get("options"), *(group.get("options") for group in groups)]:
        yield from _option_problems(element["type"], options)
    for key in ("initial_value", "min_value", "max_value"):
        if element["type"] == "number_input" and key in element and not _is_number(element[key]):
            yield f"{key} must be a number in a string"
    for key in ("positive_button", "negative_button"):
        if element["type"] == "feedback_buttons" and is_object(element.get(key)):
            yield from _text_problem(key, element[key].get("text"), PLAIN)


def _is_number(value: object) -> bool:
    return isinstance(value, str) and NUMBER.fullmatch(value) is not None


def _option_problems(kind: str, options: object) -> Iterator[str]:
    if options is None:
        return
    if not is_object_list(options):
        yield "options must be a list of objects"
        return
    for option in options:
        allowed = EITHER if kind in {"checkboxes", "radio_buttons"} else PLAIN
        yield from _text_problem("option text", option.get("text"), allowed)
        value = option.get("value", "" if "url" in option else None)
        if not isinstance(value, str) or len(value) > OPTION_VALUE_CHARS:
            yield f"an option needs a value of at most {OPTION_VALUE_CHARS} characters"


def _list_problems(block: Json) -> Iterator[str]:
    name = LISTS.get(block["type"])
    if name is None or (name not in block and block["type"] == "card"):
        return
    parts = block.get(name)
    if not is_object_list(parts) or not parts:
        yield f"{name} must be a list of at least one object"
    elif block["type"] == "context" and any(part.get("type") not in CONTEXT_TYPES for part in parts):
        yield "a context block holds texts and images"


def _image_problems(block: Json) -> Iterator[str]:
    images = [block] if block["type"] == "image" else objects_in(block.get("elements"))
    for image in images:
        has_address = image.get("type") != "image" or bool(image.get("image_url")) != bool(image.get("slack_file"))
        if not has_address:
            yield "an image needs either image_url or slack_file"


def _video_problems(block: Json) -> Iterator[str]:
    for name in ("video_url", "title_url"):
        if name in block and not str(block[name]).startswith("https://"):
            yield f"{name} must be an https URL"


def _text_problems(owner: Json, texts: dict[str, frozenset[str]]) -> Iterator[str]:
    for name, allowed in texts.items():
        if name in owner:
            yield from _text_problem(name, owner[name], allowed)


def _text_problem(name: str, value: object, allowed: frozenset[str]) -> Iterator[str]:
    is_text = is_object(value) and value.get("type") in allowed and isinstance(value.get("text"), str)
    if not is_text:
        yield f"{name} must be a text object of type {' or '.join(sorted(allowed))}"


def find_unknown_key(sent: Any, known: Any) -> str | None:  # noqa: ANN401 -- two JSON values are compared
    """Give a property that Slack's model of this block does not have, if there is one."""
    if is_list(sent) and is_list(known) and len(sent) == len(known):
        found = (find_unknown_key(part, model) for part, model in zip(sent, known, strict=True))
        return next((key for key in found if key), None)
    if not is_object(sent) or not is_object(known) or sent.get("type") == "rich_text":
        return None
    for key, part in sent.items():
        if part not in (None, "", [], {}) and key not in known:
            return key
        inner = find_unknown_key(part, known.get(key)) if key in ("elements", "element", "accessory") else None
        if inner:
            return inner
    return None
