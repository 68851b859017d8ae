"""The form of a recipe: one input for each parameter, filled with what the draft has."""

from typing import Final

from bot.views.limits import (
    HINT_CHARS,
    LABEL_CHARS,
    PLACEHOLDER_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    clip,
    escape,
    plain,
    section,
)
from recipes.draft import Draft
from recipes.parameters import (
    TEXT_ANSWER_CHARS,
    ChannelParameter,
    Choice,
    DateParameter,
    MultitextParameter,
    NumberParameter,
    Parameter,
    RangeParameter,
    SelectParameter,
    TextParameter,
    UserParameter,
    Value,
    YesNoParameter,
)
from recipes.priority import HIGHEST, LOWEST, USUAL
from recipes.recipe import Recipe

VALUE: Final = "value"
PARAM: Final = "param:"
PRIORITY: Final = "priority"
ALSO_FROM: Final = "also_from"
YES: Final = Choice(value="yes", label="Yes")
NO: Final = Choice(value="no", label="No")
# Each kind's element, and the field that holds what is chosen when it opens.
PICKERS: Final = {
    "date": ("datepicker", "initial_date"),
    "user": ("users_select", "initial_user"),
    "channel": ("channels_select", "initial_channel"),
}


def render_form(draft: Draft, recipe: Recipe) -> Block:
    """Give the modal; its private metadata is the draft's id and nothing else."""
    values = draft.values()
    inputs = [_input(each, values) for each in recipe.parameters]
    return {
        "type": "modal",
        "callback_id": "recipe_form",
        "private_metadata": draft.id,
        "title": plain(clip(recipe.name, VIEW_TITLE_CHARS), VIEW_TITLE_CHARS),
        "submit": plain("Show the brief", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": [
            section(escape(recipe.description)),
            *inputs,
            _ask_basket(draft.reads_also),
            _ask_priority(draft.priority),
        ],
    }


def block_id_of(parameter_name: str) -> str:
    """Give the id of the input block of a parameter."""
    return f"{PARAM}{parameter_name}"


def _ask_basket(chosen: str | None) -> Block:
    element: Block = {
        "type": "conversations_select",
        "action_id": VALUE,
        "placeholder": plain("No other channel", PLACEHOLDER_CHARS),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {
        "type": "input",
        "block_id": ALSO_FROM,
        "label": plain("Read also the basket of", LABEL_CHARS),
        "optional": True,
        "hint": plain("A channel that you are in, and I too. The brief names what comes from there.", HINT_CHARS),
        "element": {**element, "initial_conversation": chosen} if chosen else element,
    }


def _ask_priority(priority: int) -> Block:
    options = [{"text": plain(_name_priority(each), 75), "value": str(each)} for each in range(HIGHEST, LOWEST + 1)]
    chosen = options[priority - HIGHEST]
    return {
        "type": "input",
        "block_id": PRIORITY,
        "label": plain("Priority", LABEL_CHARS),
        "optional": True,
        "hint": plain("Among the work of this workspace that waits for its turn.", HINT_CHARS),
        "element": {"type": "static_select", "action_id": VALUE, "options": options, "initial_option": chosen},
    }


def _name_priority(priority: int) -> str:
    words = {HIGHEST: ", urgent: waits for no other work", USUAL: ", the usual", LOWEST: ", whenever there is time"}
    return f"p{priority}{words.get(priority, '')}"


def _input(parameter: Parameter, values: dict[str, Value]) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id_of(parameter.name),
        "label": plain(parameter.label, LABEL_CHARS),
        "optional": not parameter.required,
        "element": _element(parameter, values.get(parameter.name, parameter.default)),
    }
    return {**block, "hint": plain(parameter.hint, HINT_CHARS)} if parameter.hint else block


def _element(parameter: Parameter, value: Value | None) -> Block:
    match parameter:
        case TextParameter():
            return _text(parameter, value)
        case MultitextParameter():
            return _lines(parameter, value)
        case NumberParameter() | RangeParameter():
            return _number(parameter, value)
        case SelectParameter():
            return _choose("static_select", [_option(choice) for choice in parameter.choices], value)
        case YesNoParameter():
            return _choose("radio_buttons", [_option(YES), _option(NO)], _yes_no(value))
        case DateParameter() | UserParameter() | ChannelParameter():
            return _pick(parameter, value)


def _text(parameter: TextParameter, value: Value | None) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": parameter.multiline,
        "min_length": parameter.min_chars if parameter.required else 0,
        "max_length": parameter.max_chars,
        "placeholder": plain(parameter.question, PLACEHOLDER_CHARS),
    }
    return element if value is None else {**element, "initial_value": str(value)}


def _lines(parameter: MultitextParameter, value: Value | None) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": True,
        "max_length": min(parameter.max_items * (parameter.max_chars + 1), TEXT_ANSWER_CHARS),
        "placeholder": plain("One a line", PLACEHOLDER_CHARS),
    }
    return {**element, "initial_value": "\n".join(value)} if isinstance(value, tuple) else element


def _number(parameter: NumberParameter | RangeParameter, value: Value | None) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": VALUE,
        "is_decimal_allowed": False,
        "min_value": str(parameter.minimum),
        "max_value": str(parameter.maximum),
    }
    return element if value is None else {**element, "initial_value": str(value)}


def _pick(parameter: DateParameter | UserParameter | ChannelParameter, value: Value | None) -> Block:
    kind, initial = PICKERS[parameter.kind]
    element: Block = {"type": kind, "action_id": VALUE}
    return element if value is None else {**element, initial: str(value)}


def _yes_no(value: Value | None) -> str | None:
    return None if value is None else (YES if value else NO).value


def _choose(kind: str, options: list[Block], value: Value | None) -> Block:
    element: Block = {"type": kind, "action_id": VALUE, "options": options}
    chosen = next((option for option in options if option["value"] == value), None)
    return element if chosen is None else {**element, "initial_option": chosen}


def _option(choice: Choice) -> Block:
    return {"text": plain(choice.label, 75), "value": choice.value}
