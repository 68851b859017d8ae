"""conversations.*, users.*, team.*, bots.*: who and what is in the workspace."""

from typing import Final

from bot.sandbox.conversations import Conversation, Kind
from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.messages import Message
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.pages import page
from bot.sandbox.web_api.places import get_joined_place, get_place, get_user, has_bot
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

TYPES: Final[dict[str, Kind]] = {"public_channel": "public", "private_channel": "private", "im": "im"}


def conversation_info(workspace: Workspace, args: Arguments) -> Json:
    """conversations.info."""
    place = get_place(workspace, args)
    shown = place.to_json(workspace.identity)
    return {"ok": True, "channel": shown | _member_count(place, args, "include_num_members")}


def list_conversations(workspace: Workspace, args: Arguments) -> Json:
    """conversations.list."""
    asked = args.names("types") or ["public_channel"]
    if not all(name in TYPES or name == "mpim" for name in asked):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in asked if name in TYPES}
    places = [place for place in workspace.places.list_all() if place.kind in kinds and _is_known(workspace, place)]
    shown, more = page(places, args, default=100)
    channels = [place.to_json(workspace.identity) | {"num_members": len(place.members)} for place in shown]
    return {"ok": True, "channels": channels, "response_metadata": more}


def open_conversation(workspace: Workspace, args: Arguments) -> Json:
    """conversations.open: direct messages with one person."""
    users = args.names("users")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    if users and workspace.people.find(users[0]) is None:
        raise SlackError("user_not_found")
    place = workspace.places.find_direct(users[0]) if users else get_place(workspace, args)
    if place is None:
        raise SlackError("cannot_dm_bot")
    channel = place.to_json(workspace.identity) if args.flag("return_im") else {"id": place.id}
    return {"ok": True, "no_op": True, "already_open": True, "channel": channel}


def history(workspace: Workspace, args: Arguments) -> Json:
    """conversations.history: newest first, without the replies inside threads."""
    place = get_joined_place(workspace, args)
    messages = [message for message in workspace.messages.list_all(place.id) if message.is_in_channel]
    return _messages(workspace, args, _between(messages, args)[::-1]) | {"pin_count": 0}


def replies(workspace: Workspace, args: Arguments) -> Json:
    """conversations.replies: the first message on every page, then its replies, oldest first."""
    place = get_joined_place(workspace, args)
    ts = args.required("ts")
    named = workspace.messages.find(place.id, ts)
    root = workspace.messages.find(place.id, named.root_ts) if named else None
    if root is None or root.only_for:
        raise SlackError("thread_not_found")
    found = _between(workspace.messages.list_replies(place.id, root.ts), args)
    answer = _messages(workspace, args, found)
    with_metadata = args.flag("include_all_metadata")
    return answer | {"messages": [workspace.message_json(root, with_metadata=with_metadata), *answer["messages"]]}


def members(workspace: Workspace, args: Arguments) -> Json:
    """conversations.members."""
    place = get_place(workspace, args)
    shown, more = page(place.members, args, default=100)
    return {"ok": True, "members": list(shown), "response_metadata": more}


def user_info(workspace: Workspace, args: Arguments) -> Json:
    """users.info."""
    return {"ok": True, "user": get_user(workspace, args).to_json(workspace.identity)}


def list_users(workspace: Workspace, args: Arguments) -> Json:
    """users.list."""
    shown, more = page(workspace.people.list_all(), args, default=1_000)
    users = [user.to_json(workspace.identity) for user in shown]
    return {"ok": True, "members": users, "cache_ts": int(workspace.now()), "response_metadata": more}


def team_info(workspace: Workspace, args: Arguments) -> Json:
    """team.info."""
    me = workspace.identity
    if args.text("team") not in ("", me.team_id):
        raise SlackError("team_not_found")
    team = {"id": me.team_id, "name": me.team_name, "domain": me.domain, "url": f"{workspace.origin}/"}
    return {"ok": True, "team": team | {"email_domain": "", "icon": {"image_default": True}}}


def bot_info(workspace: Workspace, args: Arguments) -> Json:
    """bots.info."""
    me = workspace.identity
    if args.text("bot") not in ("", me.bot_id):
        raise SlackError("bot_not_found")
    bot = {"id": me.bot_id, "deleted": False, "name": me.app_name, "updated": 0, "app_id": me.app_id}
    return {"ok": True, "bot": bot | {"user_id": me.bot_user_id, "icons": {}}}


def _between(messages: list[Message], args: Arguments) -> list[Message]:
    oldest, latest = args.text("oldest", "0"), args.text("latest")
    is_inclusive = args.flag("inclusive")

    def holds(message: Message) -> bool:
        after = message.ts > _padded(oldest) or (is_inclusive and message.ts == oldest)
        before = not latest or message.ts < _padded(latest) or (is_inclusive and message.ts == latest)
        return message.only_for is None and after and before

    return [message for message in messages if holds(message)]


def _messages(workspace: Workspace, args: Arguments, messages: list[Message]) -> Json:
    shown, more = page(messages, args, default=100)
    with_metadata = args.flag("include_all_metadata")
    answer: Json = {
        "ok": True,
        "messages": [workspace.message_json(message, with_metadata=with_metadata) for message in shown],
        "has_more": bool(more["next_cursor"]),
    }
    return answer | ({"response_metadata": more} if more["next_cursor"] else {})


def _padded(moment: str) -> str:
    if TIMESTAMP.match(moment):
        return moment
    try:
        return f"{float(moment):017.6f}"
    except ValueError as error:
        raise SlackError("invalid_ts_latest") from error


def _member_count(place: Conversation, args: Arguments, name: str) -> Json:
    return {"num_members": len(place.members)} if args.flag(name) else {}


def _is_known(workspace: Workspace, place: Conversation) -> bool:
    return place.kind == "public" or has_bot(workspace, place)
