"""Which views Slack accepts, for modals and App Home."""

import json
from typing import Final, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.views import View

from bot.sandbox.blocks import find_problems
from bot.sandbox.wire import Json, SlackError, is_object, is_object_list

# docs.slack.dev, views.open: `view_too_large`
VIEW_BYTES: Final = 250_000


def check_view(view: object, surface: Literal["modal", "home"], *, has_agent_features: bool) -> Json:
    """Give the view if Slack would take it on this surface.

    Raises:
        SlackError: `invalid_arguments` with one message for each problem, or `view_too_large`.
    """
    if not is_object(view):
        raise SlackError("invalid_arguments", ["must provide an object [json-pointer:/view]"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    blocks = view.get("blocks")
    if view.get("type") != surface:
        raise SlackError("invalid_arguments", [f"view type must be {surface} [json-pointer:/view/type]"])
    if not is_object_list(blocks):
        raise SlackError("invalid_arguments", ["missing required field: blocks [json-pointer:/view]"])
    problems = [f"{text} [json-pointer:/view]" for text in _frame_problems(view, blocks)]
    inside = find_problems(blocks, surface, has_agent_features=has_agent_features)
    problems += [text.replace("[json-pointer:", "[json-pointer:/view") for text in inside]
    if problems:
        raise SlackError("invalid_arguments", problems)
    return view


def _frame_problems(view: Json, blocks: list[Json]) -> list[str]:
    problems: list[str] = []
    if view["type"] == "modal" and not view.get("title"):
        problems.append("missing required field: title")
    if view["type"] == "modal" and not view.get("submit") and any(block.get("type") == "input" for block in blocks):
        problems.append("submit is required when an input block is within the blocks array")
    if json.dumps(blocks).count('"focus_on_load": true') > 1:
        problems.append("only one element may have focus_on_load")
    frame = {key: part for key, part in view.items() if key not in ("blocks", "state")}
    try:
        View(**frame, blocks=[{"type": "divider"}] * max(len(blocks), 0)).validate_json()
    except SlackObjectFormationError as error:
        problems.append(str(error))
    except (TypeError, KeyError, AttributeError) as error:
        problems.append(f"does not have the shape of a view ({type(error).__name__})")
    return problems
