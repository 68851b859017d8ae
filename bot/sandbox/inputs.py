"""Input elements: what each holds at first, what a person may put in, and what Slack's client refuses to submit."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.sandbox.rich_text import rich_text_from
from bot.sandbox.wire import Json, is_list, is_object

TEXT_TYPES: Final = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
OPTION_TYPES: Final = frozenset({"static_select", "radio_buttons", "external_select", "overflow"})
OPTIONS_TYPES: Final = frozenset({"multi_static_select", "checkboxes", "multi_external_select"})

# element type: (key of the value, key of its initial value)
SINGLE_KEYS: Final = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
MANY_KEYS: Final = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}

# docs.slack.dev, file input element
FILE_INPUT_FILES: Final = 10
# docs.slack.dev, plain text input element
INPUT_TEXT_CHARS: Final = 3_000


class BadInput(Exception):
    """A value that this element cannot hold: nobody could have entered it."""


def initial_value(element: Json) -> Json:
    """Give the element's entry in `state.values` before anybody touched it."""
    kind: str = element["type"]
    if kind in TEXT_TYPES:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in OPTION_TYPES:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in OPTIONS_TYPES:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in MANY_KEYS:
        key, first = MANY_KEYS[kind]
        return {"type": kind, key: element.get(first) or []}
    key, first = SINGLE_KEYS[kind]
    return {"type": kind, key: element.get(first)}


def entered_value(element: Json, raw: object) -> Json:
    """Give the element's entry in `state.values` after a person entered this.

    Args:
        element: the live element.
        raw: the text, the value of an option (or a list of them), an id, a date; None empties the element.

    Raises:
        BadInput: the element does not offer this.
    """
    kind: str = element["type"]
    if kind in TEXT_TYPES:
        return {"type": kind, "value": None if raw in (None, "") else str(raw)}
    if kind in OPTION_TYPES:
        return {"type": kind, "selected_option": None if raw is None else _option(element, raw)}
    if kind in OPTIONS_TYPES:
        return {"type": kind, "selected_options": [_option(element, one) for one in _many(raw)]}
    if kind in MANY_KEYS:
        return {"type": kind, MANY_KEYS[kind][0]: _many(raw)}
    if kind == "rich_text_input" and isinstance(raw, str):
        raw = rich_text_from(raw) if raw else None
    return {"type": kind, SINGLE_KEYS[kind][0]: raw}


def find_complaint(element: Json, value: Json, *, is_optional: bool) -> str | None:
    """Give the sentence Slack's client shows instead of submitting, or None if the value may be sent."""
    content = next((part for key, part in value.items() if key != "type"), None)
    if content in (None, "", []):
        return None if is_optional else "Please complete this required field."
    kind: str = element["type"]
    if kind == "plain_text_input":
        return _text_complaint(element, str(content))
    if kind == "number_input":
        return _number_complaint(element, str(content))
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(content)):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.match(r"https?://\S+$", str(content)):
        return "Please enter a valid URL."
    return _count_complaint(element, content) or _ending_complaint(element, content)


def options_of(element: Json) -> list[Json]:
    """Give every option of a select, grouped or not."""
    groups: list[Json] = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def _option(element: Json, raw: object) -> Json:
    wanted = raw.get("value") if is_object(raw) else raw
    if element["type"] in {"external_select", "multi_external_select"} and is_object(raw):
        if not raw.get("value") or not is_object(raw.get("text")):
            raise BadInput(f"{raw!r} is no option that the app could have offered")
        return raw
    for option in options_of(element):
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    raise BadInput(f"{wanted!r} is not among the options of {element.get('action_id')!r}")


def _many(raw: object) -> list[Any]:
    if raw is None:
        return []
    return list(raw) if is_list(raw) else [raw]


def _text_complaint(element: Json, text: str) -> str | None:
    fewest, most = element.get("min_length") or 0, element.get("max_length") or INPUT_TEXT_CHARS
    if len(text) < fewest:
        return f"Please enter at least {fewest} characters."
    return f"Please enter at most {most} characters." if len(text) > most else None


def _number_complaint(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite() or (not element.get("is_decimal_allowed") and number != number.to_integral_value()):
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(str(least)):
        return f"Please enter a number of at least {least}."
    return f"Please enter a number of at most {most}." if most is not None and number > Decimal(str(most)) else None


def _count_complaint(element: Json, content: object) -> str | None:
    most = element.get("max_selected_items") or element.get("max_files") or FILE_INPUT_FILES * 10
    if is_list(content) and len(content) > most:
        return f"Please choose at most {most}."
    return None


def _ending_complaint(element: Json, content: object) -> str | None:
    endings: list[str] = element.get("filetypes") or []
    names = [str(file.get("name")) for file in content if is_object(file)] if is_list(content) else []
    if endings and any(name.rpartition(".")[2].lower() not in endings for name in names):
        return f"Please choose files of these types: {', '.join(endings)}."
    return None
