"""The Web API's one door: reads the arguments, checks the token, calls the method, writes the journal."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.sandbox.events import Events
from bot.sandbox.journal import Journal
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.web_api import agents, chat, directory, files, reactions, views
from bot.sandbox.web_api.arguments import Arguments, read_arguments
from bot.sandbox.web_api.places import get_place, has_bot
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

SCOPES: Final = (
    "app_mentions:read,assistant:write,channels:history,channels:join,channels:read,chat:write,commands,files:read,"
    "files:write,groups:history,groups:read,im:history,im:read,im:write,reactions:read,reactions:write,team:read,users:read"
)

Method = Callable[[Workspace, Arguments], Json]
METHODS: Final[dict[str, Method]] = {
    "agents.sessions.setStatus": agents.set_session_status,
    "assistant.threads.setStatus": agents.set_status,
    "assistant.threads.setSuggestedPrompts": agents.set_suggested_prompts,
    "bots.info": directory.bot_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": directory.history,
    "conversations.info": directory.conversation_info,
    "conversations.list": directory.list_conversations,
    "conversations.members": directory.members,
    "conversations.open": directory.open_conversation,
    "conversations.replies": directory.replies,
    "files.delete": files.delete_file,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.info": files.file_info,
    "reactions.add": reactions.add_reaction,
    "reactions.get": reactions.get_reactions,
    "reactions.remove": reactions.remove_reaction,
    "team.info": directory.team_info,
    "users.info": directory.user_info,
    "users.list": directory.list_users,
    "views.open": views.open_view,
    "views.publish": views.publish_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
}


@dataclass(frozen=True)
class Tokens:
    """What opens which door: the bot token for methods, the app token for connections."""

    bot: str
    app: str


class WebApi:
    """Answers `/api/{method}`."""

    def __init__(
        self, workspace: Workspace, events: Events, socket: SocketMode, *, tokens: Tokens, journal: Journal
    ) -> None:
        self._workspace = workspace
        self._events = events
        self._socket = socket
        self._tokens = tokens
        self._journal = journal
        self._timers: set[asyncio.TimerHandle] = set()
        self._methods: dict[str, Callable[[Arguments], Json]] = {
            "api.test": self._api_test,
            "apps.connections.open": self._open_connection,
            "auth.test": self._auth_test,
            "conversations.join": self._join,
            "files.completeUploadExternal": self._complete_upload,
        }

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call: always 200, with `ok` false and Slack's error code where it fails."""
        method = request.match_info["method"]
        args = Arguments({})
        try:
            args = await read_arguments(request)
            self._check_token(method, request, args)
            answer = self._call(method, args)
        except SlackError as error:
            answer = error.to_json()
        self._journal.write(method, {key: part for key, part in args.values.items() if key != "token"}, answer)
        return web.json_response(answer, headers={"x-oauth-scopes": SCOPES})

    def close(self) -> None:
        """Forget the shares that were still to come."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _call(self, method: str, args: Arguments) -> Json:
        own = self._methods.get(method)
        if own is not None:
            return own(args)
        known = METHODS.get(method)
        if known is None:
            return {**SlackError("unknown_method").to_json(), "req_method": method}
        return known(self._workspace, args)

    def _check_token(self, method: str, request: web.Request, args: Arguments) -> None:
        if method == "api.test":
            return
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip() or args.text("token")
        if not token:
            raise SlackError("not_authed")
        if token not in (self._tokens.bot, self._tokens.app):
            raise SlackError("invalid_auth")
        wants_app = method == "apps.connections.open"
        if (token == self._tokens.app) != wants_app:
            raise SlackError("not_allowed_token_type")

    def _api_test(self, args: Arguments) -> Json:
        if args.text("error"):
            raise SlackError(args.text("error"))
        return {"ok": True, "args": args.values}

    def _auth_test(self, _: Arguments) -> Json:
        me = self._workspace.identity
        return {
            "ok": True,
            "url": f"{self._workspace.origin}/",
            "team": me.team_name,
            "user": me.app_name.lower(),
            "team_id": me.team_id,
            "user_id": me.bot_user_id,
            "bot_id": me.bot_id,
            "is_enterprise_install": False,
        }

    def _open_connection(self, _: Arguments) -> Json:
        return {"ok": True, "url": self._socket.open_url(self._workspace.origin)}

    def _join(self, args: Arguments) -> Json:
        place = get_place(self._workspace, args)
        if place.kind != "public":
            raise SlackError("method_not_supported_for_channel_type")
        if has_bot(self._workspace, place):
            return {
                "ok": True,
                "channel": place.to_json(self._workspace.identity),
                "warning": "already_in_channel",
                "response_metadata": {"warnings": ["already_in_channel"]},
            }
        joined = self._workspace.places.join(place, self._workspace.identity.bot_user_id)
        shown = joined.to_json(self._workspace.identity)
        self._workspace.changes.add("conversation_changed", channel=place.id, conversation=shown)
        self._events.joined(joined, self._workspace.identity.bot_user_id)
        return {"ok": True, "channel": shown}

    def _complete_upload(self, args: Arguments) -> Json:
        return files.complete_upload(self._workspace, args, self._later)

    def _later(self, share: Callable[[], None]) -> None:
        def run() -> None:
            self._timers.discard(timer)
            share()

        delay = self._workspace.rules.share_delay.total_seconds()
        timer = asyncio.get_running_loop().call_later(delay, run)
        self._timers.add(timer)
