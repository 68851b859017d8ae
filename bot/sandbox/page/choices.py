"""What a select, a set of checkboxes or a menu offers, and what of it is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from bot.sandbox.elements import VALUE_TYPES
from bot.sandbox.inputs import initial_value
from bot.sandbox.page.mrkdwn import render_mrkdwn, render_plain
from bot.sandbox.page.scene import Scene
from bot.sandbox.views import State
from bot.sandbox.wire import Json, is_list, is_object, objects_in

# How an input that has `dispatch_action` tells the app; docs.slack.dev, dispatch action configuration
ON_ENTER: Final = "on_enter_pressed"
TEXT_INPUTS: Final = frozenset(
    {"email_text_input", "number_input", "plain_text_input", "rich_text_input", "url_text_input"}
)
# docs.slack.dev, filter object for conversation lists
CONVERSATION_KINDS: Final = ("im", "private", "public")


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    text: Markup
    description: Markup | None
    url: str | None
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one heading; without options groups there is one, and it has none."""

    label: Markup | None
    choices: tuple[Choice, ...]


def entry_of(element: Json, block_id: str, state: State) -> Json:
    """Give what an element holds: what the person filled in, or what it began with."""
    if element.get("type") not in VALUE_TYPES:
        return {}
    return state.get(block_id, {}).get(element["action_id"]) or initial_value(element)


def value_of(entry: Json) -> Any:  # noqa: ANN401 -- a value of any input
    """Give the value inside an element's entry of `state.values`."""
    return next((part for key, part in entry.items() if key != "type"), None)


def list_groups(element: Json, entry: Json, scene: Scene) -> list[ChoiceGroup]:
    """Give what this element offers to this person."""
    chosen = _chosen(value_of(entry))
    groups = objects_in(element.get("option_groups"))
    offered = [(group.get("label"), objects_in(group.get("options"))) for group in groups]
    if not offered:
        offered = [(None, _options(element, scene))]
    return [
        ChoiceGroup(
            render_text(label, scene) if label else None, tuple(_choice(option, chosen, scene) for option in options)
        )
        for label, options in offered
    ]


def render_text(text: object, scene: Scene) -> Markup:
    """Give the HTML of a text object, or of a plain string in its place."""
    if not is_object(text):
        return render_plain(str(text or ""))
    if text.get("type") == "mrkdwn":
        return render_mrkdwn(str(text.get("text")), scene.reader)
    return render_plain(str(text.get("text")))


def dispatch_of(element: Json, block: Json) -> str:
    """Give when touching this element tells the app: `change`, `enter`, `character`, or `keep` for never."""
    if block.get("type") != "input":
        is_text = element.get("type") in TEXT_INPUTS
        return "enter" if is_text else "change"
    if not block.get("dispatch_action"):
        return "keep"
    if element.get("type") not in TEXT_INPUTS:
        return "change"
    config: Json = element.get("dispatch_action_config") or {}
    return "enter" if ON_ENTER in (config.get("trigger_actions_on") or [ON_ENTER]) else "character"


def _choice(option: Json, chosen: Sequence[str], scene: Scene) -> Choice:
    value = str(option.get("value") or "")
    description = option.get("description")
    shown = render_text(description, scene) if description else None
    return Choice(value, render_text(option.get("text"), scene), shown, option.get("url"), value in chosen)


def _options(element: Json, scene: Scene) -> list[Json]:
    kind = str(element.get("type"))
    if "users_select" in kind:
        return [_option(author.id, author.name) for author in [*scene.list_people(), scene.app()]]
    if "channels_select" in kind or "conversations_select" in kind:
        wanted: Json = element.get("filter") or {}
        kinds = wanted.get("include") or CONVERSATION_KINDS if "conversations_select" in kind else ["public"]
        return [
            _option(entry.id, entry.name if entry.kind == "im" else f"#{entry.name}")
            for entry in scene.list_entries()
            if entry.kind in kinds and not (entry.kind == "im" and wanted.get("exclude_bot_users"))
        ]
    return objects_in(element.get("options"))


def _option(value: str, text: str) -> Json:
    return {"value": value, "text": {"type": "plain_text", "text": text}}


def _chosen(value: Any) -> list[str]:  # noqa: ANN401 -- a value of any input
    held = value if is_list(value) else [value]
    return [str(one.get("value")) if is_object(one) else str(one) for one in held if one is not None]
