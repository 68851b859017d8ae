"""The Web API's one door: reads the arguments, checks the token, calls the method, writes the journal."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formatdate

from aiohttp import web

from bot.sandbox.events import Events
from bot.sandbox.journal import Journal
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.web_api import files
from bot.sandbox.web_api.arguments import Arguments, read_arguments
from bot.sandbox.web_api.methods import METHODS
from bot.sandbox.web_api.places import get_place, has_bot
from bot.sandbox.web_api.refusals import check_faults
from bot.sandbox.web_api.tiers import Tiers
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace


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
        self._tiers = Tiers(workspace.now)
        self._is_closing = asyncio.Event()
        self._timers: set[asyncio.TimerHandle] = set()
        self._methods: dict[str, Callable[[Arguments], Json]] = {
            "api.test": self._api_test,
            "apps.connections.open": self._open_connection,
            "auth.test": self._auth_test,
            "conversations.join": self._join,
            "files.completeUploadExternal": self._complete_upload,
        }

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call: nearly always 200, with `ok` false and Slack's error code where it fails."""
        method = request.match_info["method"]
        args, status = Arguments({}), 200
        headers = {"Date": formatdate(self._workspace.now(), usegmt=True)}
        try:
            args = await read_arguments(request)
            headers |= self._tell_scopes(_read_token(request, args))
            self._check(method, request, args)
            answer = self._call(method, args)
        except SlackError as error:
            answer, status = error.to_json(), error.status
            headers |= error.headers
        self._journal.write(method, {key: part for key, part in args.values.items() if key != "token"}, answer)
        await self._disturb(method, request)
        return web.json_response(answer, status=status, headers=headers)

    def hurry(self) -> None:
        """Let nobody wait any longer for a slow answer."""
        self._is_closing.set()

    def close(self) -> None:
        """Forget the shares that were still to come."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _check(self, method: str, request: web.Request, args: Arguments) -> None:
        self._check_token(method, request, args)
        check_faults(self._workspace.faults, method, args)
        if self._workspace.rules.enforces_tiers:
            channel = args.text("channel")
            place = self._workspace.places.find(channel)
            self._tiers.check(method, place.id if place else channel)

    async def _disturb(self, method: str, request: web.Request) -> None:
        slow = self._workspace.faults.take("slow_answers", method)
        if slow is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_closing.wait(), slow.wait.total_seconds())
        if self._workspace.faults.take("dropped_after", method) and request.transport is not None:
            request.transport.abort()

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
        token = _read_token(request, args)
        if not token:
            raise SlackError("not_authed")
        if token not in (self._tokens.bot, self._tokens.app):
            raise SlackError("invalid_auth")
        wants_app = method == "apps.connections.open"
        if (token == self._tokens.app) != wants_app:
            raise SlackError("not_allowed_token_type")

    def _tell_scopes(self, token: str) -> dict[str, str]:
        """Give the header that tells what a token was granted, as Slack sends it with each answer to one it knows."""
        granted = {self._tokens.bot: self._workspace.scopes, self._tokens.app: ("connections:write",)}
        return {"x-oauth-scopes": ",".join(granted[token])} if token in granted else {}

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
        joined = self._workspace.admit(place, self._workspace.identity.bot_user_id)
        self._events.joined(joined, self._workspace.identity.bot_user_id)
        return {"ok": True, "channel": joined.to_json(self._workspace.identity)}

    def _complete_upload(self, args: Arguments) -> Json:
        return files.complete_upload(self._workspace, args, self._later)

    def _later(self, share: Callable[[], None], wait: timedelta) -> None:
        def run() -> None:
            self._timers.discard(timer)
            share()

        timer = asyncio.get_running_loop().call_later(wait.total_seconds(), run)
        self._timers.add(timer)


def _read_token(request: web.Request, args: Arguments) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or args.text("token")
