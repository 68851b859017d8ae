"""What a person points at: the element that is shown, and what touching it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.sandbox.control.requests import Body, ControlError
from bot.sandbox.elements import walk_elements
from bot.sandbox.inputs import BadInput, entered_value
from bot.sandbox.people import User
from bot.sandbox.views import View
from bot.sandbox.wire import Json

VALUE_KEYS: Final = (
    "value",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "selected_date",
    "selected_time",
    "selected_date_time",
)
PRESSED_TYPES: Final = frozenset({"button", "icon_button", "workflow_button"})


@dataclass(frozen=True)
class Pressed:
    """One entry of `actions`, and the new value of the element if it keeps one."""

    action: Json
    value: Json | None


def find_target(user: User, blocks: Sequence[Json], body: Body) -> tuple[str, Json]:
    """Give the one shown element the request names, with the id of its block.

    Raises:
        ControlError: 404 if it is not shown, 409 if several fit.
    """
    action_id, block_id, value = body.required("action_id"), body.text("block_id"), body.values.get("value")
    shown = [(where, element) for where, element in walk_elements(blocks) if _is_visible(user, element)]
    found = [
        (where, element)
        for where, element in shown
        if element["action_id"] == action_id and block_id in (None, where) and _fits(element, value)
    ]
    if not found:
        names = ", ".join(dict.fromkeys(element["action_id"] for _, element in shown)) or "nothing"
        raise ControlError(404, "element_not_found", f"`{action_id}` is not shown here; there is: {names}.")
    if len(found) > 1:
        sentence = f"`{action_id}` is shown {len(found)} times here; say which by `block_id` or `value`."
        raise ControlError(409, "ambiguous_element", sentence)
    return found[0]


def press(element: Json, block_id: str, body: Body, *, action_ts: str) -> Pressed:
    """Give what happens when this element is touched as the request says.

    Raises:
        ControlError: 400 if the element does not offer this.
    """
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    action["action_ts"] = action_ts
    if element["type"] in PRESSED_TYPES:
        copied = {key: element[key] for key in ("text", "value", "style", "url", "icon") if key in element}
        return Pressed(action | copied, None)
    if element["type"] == "feedback_buttons":
        chosen = _feedback(element, body)
        return Pressed(action | {"text": chosen["text"], "value": chosen["value"]}, None)
    value = _value(element, body)
    # @slack/bolt types: a text that was emptied is an empty one in `actions`, and null in `state`
    told = {key: "" if key == "value" and part is None else part for key, part in value.items()}
    return Pressed(action | told, value)


def entered(view: View, block_id: str, element: Json, value: Json) -> View:
    """Give the view with this value filled in."""
    block = {**view.state.get(block_id, {}), element["action_id"]: value}
    return replace(view, state={**view.state, block_id: block})


def _value(element: Json, body: Body) -> Json:
    raw: Any = next((body.values[key] for key in VALUE_KEYS if key in body.values), None)
    try:
        return entered_value(element, raw)
    except BadInput as error:
        raise ControlError(400, "invalid_value", f"{error}.") from error


def _feedback(element: Json, body: Body) -> Json:
    wanted = body.required("value")
    for name in ("positive", "negative"):
        button = element[f"{name}_button"]
        if wanted in (name, button["value"]):
            return button
    raise ControlError(400, "invalid_value", "Feedback is positive or negative.")


def _is_visible(user: User, element: Json) -> bool:
    only = element.get("visible_to_user_ids")
    return not only or user.id in only


def _fits(element: Json, value: object) -> bool:
    return element["type"] not in PRESSED_TYPES or value is None or element.get("value") == value
