"""The fields of a form: one input for each parameter, as the kind of element that Slack has for it."""

import re
from datetime import date
from typing import Final

from bot.views.limits import OPTION_CHARS, PLACEHOLDER_CHARS, Block, context, escape, plain
from recipes.draft import Draft
from recipes.form import find_raw
from recipes.parameters import (
    TEXT_ANSWER_CHARS,
    ChannelParameter,
    Choice,
    DateParameter,
    FilesParameter,
    MultitextParameter,
    NumberParameter,
    Parameter,
    RangeParameter,
    SelectParameter,
    TextParameter,
    UserParameter,
    YesNoParameter,
)
from recipes.steps import is_searched

# Slack takes 2,000 of each. Nobody reads so much at a field, and ten fields have to fit into a view of 250 KB.
FIELD_LABEL_CHARS: Final = 150
FIELD_HINT_CHARS: Final = 500
VALUE: Final = "value"
PARAM: Final = "param:"
CHECK: Final = "check:"
YES: Final = Choice(value="yes", label="Yes")
NO: Final = Choice(value="no", label="No")
# Each kind's element, and the field that holds what is chosen when it opens.
PICKERS: Final = {
    "date": ("datepicker", "initial_date"),
    "user": ("users_select", "initial_user"),
    "channel": ("channels_select", "initial_channel"),
}
# docs.slack.dev, dispatch action configuration
ON_ENTER: Final[Block] = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}


def block_id_of(parameter_name: str) -> str:
    """Give the id of the input block of a parameter."""
    return f"{PARAM}{parameter_name}"


def render_field(draft: Draft, parameter: Parameter, problem: str | None) -> list[Block]:
    """Give the input of a parameter, and below it what is wrong with what stands in it."""
    raw = find_raw(draft, parameter)
    block: Block = {
        "type": "input",
        "block_id": block_id_of(parameter.name),
        "label": plain(parameter.label, FIELD_LABEL_CHARS),
        "optional": not parameter.required or _is_kept(parameter, raw),
        "element": _element(parameter, raw),
    }
    if _tells(parameter):
        block["dispatch_action"] = True
    if hint := _hint(parameter):
        block["hint"] = plain(hint, FIELD_HINT_CHARS)
    return [block, *_below(parameter, raw, problem)]


def render_option(choice: Choice) -> Block:
    """Give a choice as Slack takes it."""
    return {"text": plain(choice.label, OPTION_CHARS), "value": choice.value}


def _is_kept(parameter: Parameter, raw: str) -> bool:
    # Slack cannot show files that were handed in before, so their field is empty again.
    return isinstance(parameter, FilesParameter) and bool(raw)


def _tells(parameter: Parameter) -> bool:
    """Tell whether touching the field lets us look at it: a choice at once, a line of text at Enter."""
    match parameter:
        case TextParameter():
            return not parameter.multiline
        case MultitextParameter() | FilesParameter() | NumberParameter() | RangeParameter():
            # docs.slack.dev, block_actions payload: no element of numbers is among those that send one.
            return False
        case _:
            return True


def _hint(parameter: Parameter) -> str | None:
    if parameter.hint:
        return parameter.hint
    match parameter:
        case RangeParameter():
            steps = f", in steps of {parameter.step}" if parameter.step > 1 else ""
            return f"{parameter.minimum:,} to {parameter.maximum:,} {parameter.unit}{steps}."
        case NumberParameter():
            return f"{parameter.minimum:,} to {parameter.maximum:,}."
        case MultitextParameter():
            return f"At most {parameter.max_items}, one a line."
        case FilesParameter() if parameter.file_types:
            return f"{', '.join(kind.upper() for kind in parameter.file_types)}; at most {parameter.max_files}."
        case _:
            return None


def _below(parameter: Parameter, raw: str, problem: str | None) -> list[Block]:
    said: list[str] = []
    if _is_kept(parameter, raw):
        said.append(f"Handed in: {escape(', '.join(raw.splitlines()))}")
    if problem:
        said.append(f":warning: {escape(problem)}")
    return [{**context(*said), "block_id": f"{CHECK}{parameter.name}"}] if said else []


def _element(parameter: Parameter, raw: str) -> Block:
    match parameter:
        case TextParameter() | MultitextParameter():
            element = _text(parameter, raw)
        case NumberParameter() | RangeParameter():
            element = _number(parameter, raw)
        case SelectParameter():
            element = _select(parameter, raw)
        case YesNoParameter():
            element = _choose("radio_buttons", (YES, NO), raw)
        case FilesParameter():
            element = _files(parameter)
        case DateParameter() | UserParameter() | ChannelParameter():
            element = _pick(parameter, raw)
    return element


def _text(parameter: TextParameter | MultitextParameter, raw: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": VALUE, **_shape(parameter, raw)}
    return {**element, "initial_value": raw[: element["max_length"]]} if raw else element


def _shape(parameter: TextParameter | MultitextParameter, raw: str) -> Block:
    if isinstance(parameter, MultitextParameter):
        most_chars = min(parameter.max_items * (parameter.max_chars + 1), TEXT_ANSWER_CHARS)
        return {"multiline": True, "max_length": most_chars, "placeholder": plain("One a line", PLACEHOLDER_CHARS)}
    # A text that was kept although it is too short may stand there: it is ours to refuse.
    is_too_short = 0 < len(raw) < parameter.min_chars
    return {
        "multiline": parameter.multiline,
        "min_length": parameter.min_chars if parameter.required and not is_too_short else 0,
        "max_length": parameter.max_chars,
        "placeholder": plain(parameter.question, PLACEHOLDER_CHARS),
        **({} if parameter.multiline else ON_ENTER),
    }


def _number(parameter: NumberParameter | RangeParameter, raw: str) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": VALUE,
        "is_decimal_allowed": False,
        "min_value": str(parameter.minimum),
        "max_value": str(parameter.maximum),
    }
    # What Slack would not let through cannot stand there from the beginning.
    is_whole = re.fullmatch(r"[+-]?\d{1,9}", raw, flags=re.ASCII)
    is_within = is_whole and parameter.minimum <= int(raw) <= parameter.maximum
    return {**element, "initial_value": str(int(raw))} if is_within else element


def _select(parameter: SelectParameter, raw: str) -> Block:
    if not is_searched(parameter):
        return _choose("static_select", parameter.choices, raw)
    chosen = next((choice for choice in parameter.choices if choice.value == raw), None)
    element: Block = {
        "type": "external_select",
        "action_id": VALUE,
        "min_query_length": 0,
        "placeholder": plain(f"Type to search {len(parameter.choices):,} choices", PLACEHOLDER_CHARS),
    }
    return {**element, "initial_option": render_option(chosen)} if chosen else element


def _choose(kind: str, choices: tuple[Choice, ...], raw: str) -> Block:
    options = [render_option(choice) for choice in choices]
    element: Block = {"type": kind, "action_id": VALUE, "options": options}
    chosen = next((option for option in options if option["value"] == raw), None)
    return element if chosen is None else {**element, "initial_option": chosen}


def _files(parameter: FilesParameter) -> Block:
    element: Block = {"type": "file_input", "action_id": VALUE, "max_files": parameter.max_files}
    return {**element, "filetypes": list(parameter.file_types)} if parameter.file_types else element


def _pick(parameter: DateParameter | UserParameter | ChannelParameter, raw: str) -> Block:
    kind, initial = PICKERS[parameter.kind]
    element: Block = {"type": kind, "action_id": VALUE}
    is_shown = raw and (not isinstance(parameter, DateParameter) or _is_day(raw))
    return {**element, initial: raw} if is_shown else element


def _is_day(raw: str) -> bool:
    try:
        date.fromisoformat(raw)
    except ValueError:
        return False
    return True
