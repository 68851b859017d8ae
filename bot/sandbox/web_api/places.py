"""Where a call points: the conversation, thread or user it names, or Slack's error for it."""

from typing import Final

from bot.sandbox.conversations import Conversation
from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.people import User
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.wire import SlackError
from bot.sandbox.workspace import Workspace

USER_LETTERS: Final = ("U", "W")


def get_place(workspace: Workspace, args: Arguments, name: str = "channel") -> Conversation:
    """Give the conversation this argument names, if the bot may know of it.

    Raises:
        SlackError: `invalid_arguments` without the argument, `channel_not_found` for a wrong or private one.
    """
    place = workspace.places.find(args.required(name))
    is_secret = place is not None and place.kind == "private" and not has_bot(workspace, place)
    if place is None or is_secret:
        raise SlackError("channel_not_found")
    return place


def get_joined_place(workspace: Workspace, args: Arguments, name: str = "channel") -> Conversation:
    """Give the conversation this argument names, if the bot is a member.

    Raises:
        SlackError: as `get_place`, and `not_in_channel`.
    """
    place = get_place(workspace, args, name)
    if not has_bot(workspace, place):
        raise SlackError("not_in_channel")
    return place


def get_postable_place(workspace: Workspace, args: Arguments) -> Conversation:
    """Give the conversation to post to: an id, a channel name, or a user id for direct messages.

    Raises:
        SlackError: as `get_joined_place`.
    """
    channel = args.required("channel")
    direct = workspace.places.find_direct(channel) if channel.startswith(USER_LETTERS) else None
    return direct or get_joined_place(workspace, args)


def get_user(workspace: Workspace, args: Arguments, name: str = "user") -> User:
    """Give the user this argument names.

    Raises:
        SlackError: `user_not_found`.
    """
    user = workspace.people.find(args.required(name))
    if user is None:
        raise SlackError("user_not_found")
    return user


def find_thread(workspace: Workspace, args: Arguments, place: Conversation) -> str | None:
    """Give the thread to reply in, or None where the call names none.

    Raises:
        SlackError: `invalid_thread_ts` for something that is no timestamp, `thread_not_found` for an unknown one.
    """
    if not args.has("thread_ts"):
        return None
    thread_ts = args.text("thread_ts")
    if not TIMESTAMP.match(thread_ts):
        raise SlackError("invalid_thread_ts")
    if workspace.messages.find(place.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    return thread_ts


def has_bot(workspace: Workspace, place: Conversation) -> bool:
    """Tell whether the app is a member."""
    return workspace.identity.bot_user_id in place.members
