"""assistant.threads.* and agents.sessions.*: what the app says it is doing, and the prompts it offers."""

from typing import Any, Final

from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.places import get_place
from bot.sandbox.wire import Json, SlackError, is_list, is_object_list
from bot.sandbox.workspace import Workspace

# docs.slack.dev, assistant.threads.setStatus
LOADING_MESSAGES: Final = 10
# docs.slack.dev, assistant.threads.setSuggestedPrompts
SUGGESTED_PROMPTS: Final = 4
# docs.slack.dev, agents.sessions.setStatus
SESSION_STATES: Final = frozenset({"active", "processing", "suspended", "closed"})
TITLE_CHARS: Final = 200


def set_status(workspace: Workspace, args: Arguments) -> Json:
    """assistant.threads.setStatus."""
    place = get_place(workspace, args, "channel_id")
    thread_ts = _thread(workspace, args, place.id)
    loading: Any = args.value("loading_messages") or []
    if is_list(loading) and len(loading) > LOADING_MESSAGES:
        raise SlackError("invalid_arguments", [f"no more than {LOADING_MESSAGES} loading_messages allowed"])
    workspace.statuses.set_text(place.id, thread_ts, args.text("status"))
    return {"ok": True}


def set_suggested_prompts(workspace: Workspace, args: Arguments) -> Json:
    """assistant.threads.setSuggestedPrompts."""
    if not workspace.rules.agent_features:
        raise SlackError("unknown_method")
    place = get_place(workspace, args, "channel_id")
    prompts: Any = args.value("prompts")
    if not is_object_list(prompts) or not all(_is_prompt(one) for one in prompts):
        raise SlackError("invalid_arguments", ["each prompt needs a title and a message [json-pointer:/prompts]"])
    if len(prompts) > SUGGESTED_PROMPTS:
        raise SlackError("invalid_arguments", [f"no more than {SUGGESTED_PROMPTS} prompts allowed"])
    workspace.statuses.set_prompts(place.id, prompts, args.text("title"))
    return {"ok": True}


def set_session_status(workspace: Workspace, args: Arguments) -> Json:
    """agents.sessions.setStatus; an app that is not an agent may not."""
    if not workspace.rules.agent_features:
        raise SlackError("not_authorized")
    place = get_place(workspace, args, "channel_id")
    state, title = check_session_state(args.required("status")), _title(args)
    workspace.statuses.set_session(place.id, _thread(workspace, args, place.id), state, title)
    return {"ok": True}


def rename_session(workspace: Workspace, args: Arguments) -> Json:
    """agents.sessions.rename."""
    if not workspace.rules.agent_features:
        raise SlackError("not_authorized")
    place = get_place(workspace, args, "channel_id")
    args.required("title")
    if not workspace.statuses.rename(place.id, _thread(workspace, args, place.id), _title(args)):
        raise SlackError("session_not_found")
    return {"ok": True}


def check_session_state(state: str) -> str:
    """Give the state if sessions have it.

    Raises:
        SlackError: `invalid_arguments`.
    """
    if state not in SESSION_STATES:
        raise SlackError("invalid_arguments", [f"must be one of {sorted(SESSION_STATES)} [json-pointer:/status]"])
    return state


def _title(args: Arguments) -> str:
    title = args.text("title")
    if len(title) > TITLE_CHARS:
        raise SlackError("invalid_arguments", [f"must be less than {TITLE_CHARS + 1} characters [json-pointer:/title]"])
    return title


def _thread(workspace: Workspace, args: Arguments, channel: str) -> str:
    thread_ts = args.required("thread_ts")
    if not TIMESTAMP.match(thread_ts) or workspace.messages.find(channel, thread_ts) is None:
        raise SlackError("invalid_thread_ts")
    return thread_ts


def _is_prompt(prompt: Json) -> bool:
    return bool(prompt.get("title")) and bool(prompt.get("message"))
