"""reactions.*: the app's own emoji under messages."""

import re
from typing import Final

from bot.sandbox.messages import Message, has_reacted, reacted, unreacted
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.places import get_joined_place
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

EMOJI_NAME: Final = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add_reaction(workspace: Workspace, args: Arguments) -> Json:
    """reactions.add."""
    message, name = _message(workspace, args), _name(args)
    if has_reacted(message, name, workspace.identity.bot_user_id):
        raise SlackError("already_reacted")
    workspace.messages.replace(message, reacted(message, name, workspace.identity.bot_user_id))
    return {"ok": True}


def remove_reaction(workspace: Workspace, args: Arguments) -> Json:
    """reactions.remove."""
    message, name = _message(workspace, args), _name(args)
    if not has_reacted(message, name, workspace.identity.bot_user_id):
        raise SlackError("no_reaction")
    workspace.messages.replace(message, unreacted(message, name, workspace.identity.bot_user_id))
    return {"ok": True}


def get_reactions(workspace: Workspace, args: Arguments) -> Json:
    """reactions.get."""
    message = _message(workspace, args)
    shown = workspace.message_json(message)
    return {"ok": True, "type": "message", "channel": message.channel, "message": shown}


def _message(workspace: Workspace, args: Arguments) -> Message:
    place = get_joined_place(workspace, args)
    message = workspace.messages.find(place.id, args.required("timestamp"))
    if message is None or message.only_for or message.is_gone:
        raise SlackError("message_not_found")
    return message


def _name(args: Arguments) -> str:
    name = args.required("name")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name
