"""The sandbox as a server: one aiohttp application on 127.0.0.1, started and stopped as a whole."""

import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.sandbox.control.desk import Desk
from bot.sandbox.control.disturbances import Disturbances
from bot.sandbox.control.door import control_routes
from bot.sandbox.control.forms import Forms
from bot.sandbox.control.gestures import Gestures
from bot.sandbox.control.news import News
from bot.sandbox.control.presses import Presses
from bot.sandbox.control.talk import Talk
from bot.sandbox.delivery import Delivery
from bot.sandbox.events import Events
from bot.sandbox.faults import Fault
from bot.sandbox.identity import Clock, new_secret
from bot.sandbox.journal import Journal
from bot.sandbox.key import Key
from bot.sandbox.page.routes import page_routes
from bot.sandbox.payloads import Payloads, kind_of
from bot.sandbox.request_url import RequestUrl, check_loopback
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.seed import SlackRules, WorkspaceSeed
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.storehouse import Storehouse
from bot.sandbox.transport import TransportNews
from bot.sandbox.web_api.door import Tokens, WebApi
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

HOST: Final = "127.0.0.1"
# Enough for a large upload, small enough to hold in memory.
REQUEST_BYTES: Final = 256 * 1024 * 1024
# How long open requests have to end when the server stops.
SHUTDOWN_SECONDS: Final = 1.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sandbox:
    """A Slack-compatible workspace; use it as an async context manager, or with `start` and `stop`.

    Args:
        seed: who and what is there when it opens.
        rules: how Slack behaves here.
        port: where to listen on 127.0.0.1; 0 takes any free port.
        journal: the file to append every call to, or None.
        token: opens the control API; random unless given.
        bot_token: what the app calls the Web API with; random unless given.
        app_token: what the app opens connections with; random unless given.
        request_url: where the app takes everything over HTTP, on this machine; without it, Socket Mode until the
            control API is told an address.
        signing_secret: what requests to the app are signed with; random unless given.
        faults: what is to go wrong.
        now: the clock, unix seconds.

    Raises:
        NotLoopback: the request URL is not on this machine.
    """

    def __init__(
        self,
        *,
        seed: WorkspaceSeed | None = None,
        rules: SlackRules | None = None,
        port: int = 0,
        journal: Path | None = None,
        token: str | None = None,
        bot_token: str | None = None,
        app_token: str | None = None,
        request_url: str | None = None,
        signing_secret: str | None = None,
        faults: Sequence[Fault] = (),
        now: Clock = time.time,
    ) -> None:
        self.workspace = Workspace(seed or WorkspaceSeed(), rules or SlackRules(), now=now, faults=faults)
        self.token = token or new_secret()
        self.bot_token = bot_token or f"xoxb-{new_secret()}"
        self.app_token = app_token or f"xapp-1-{new_secret()}"
        self.signing_secret = signing_secret or new_secret()
        self._request_url = check_loopback(request_url) if request_url else None
        self._port = port
        self._journal_path = journal
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The base address of the Web API, for `SLACK_API_URL`."""
        return f"{self._origin()}/api/"

    @property
    def page_url(self) -> str:
        """The address of the workspace's page, with the token."""
        return f"{self._origin()}/?token={self.token}"

    async def start(self) -> None:
        """Listen; the addresses are known when this returns."""
        journal = Journal(self._journal_path, self.workspace.now)
        self._runner = web.AppRunner(self._application(journal), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.workspace.origin = self._origin()

    async def stop(self) -> None:
        """End every stream and connection, and stop listening."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _origin(self) -> str:
        return f"http://{HOST}:{self._port}"

    def _application(self, journal: Journal) -> web.Application:
        workspace = self.workspace
        news = _transport_news(workspace, journal)
        socket, http = self._transports(news)
        delivery = Delivery(socket, http, workspace.faults, chosen=news.connections)
        payloads = Payloads(workspace)
        events = Events(workspace, payloads, delivery.send_event)
        response_urls = ResponseUrls(workspace, journal)
        desk = Desk(workspace, delivery, journal)
        api = WebApi(workspace, events, socket, tokens=Tokens(self.bot_token, self.app_token), journal=journal)
        store = Storehouse(workspace, self.bot_token)
        key = Key(self.token)
        app = web.Application(client_max_size=REQUEST_BYTES, middlewares=[self._guard])
        app.add_routes(
            [
                web.route("*", "/api/{method}", api.answer),
                web.get("/link", socket.link),
                web.post("/upload/v1/{secret}", store.take),
                web.get(r"/files-pri/{team_id:\w+}-{file_id:\w+}/{path:.+}", store.give),
                web.post(r"/{kind:actions|commands}/{team_id}/{secret}", response_urls.answer),
                *control_routes(
                    key,
                    Talk(workspace),
                    Presses(workspace, payloads, events, desk, response_urls),
                    Forms(workspace, payloads, desk),
                    News(workspace, socket, delivery),
                    gestures=Gestures(workspace, events),
                    disturbances=Disturbances(workspace.faults, delivery),
                ),
                *page_routes(key, workspace, lambda: delivery.connection_count > 0),
            ]
        )

        async def pick_up(_: web.Application) -> None:
            await http.open()

        async def hang_up(_: web.Application) -> None:
            workspace.changes.close()
            delivery.close()
            api.hurry()
            await socket.close()
            await http.close()

        async def put_away(_: web.Application) -> None:
            api.close()
            journal.close()

        app.on_startup.append(pick_up)
        app.on_shutdown.append(hang_up)
        app.on_cleanup.append(put_away)
        return app

    def _transports(self, news: TransportNews) -> tuple[SocketMode, RequestUrl]:
        workspace = self.workspace
        socket = SocketMode(workspace.identity, workspace.rules, news, workspace.faults)
        secret, url = self.signing_secret, self._request_url
        return socket, RequestUrl(workspace.rules, news, url=url, secret=secret, now=workspace.now)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what a foreign page in a browser on this machine could send."""
        hosts = {f"{HOST}:{self._port}", f"localhost:{self._port}"}
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin.removeprefix("http://") not in hosts):
            sentence = "This workspace answers only to its own address on this machine."
            return web.json_response({"error": sentence, "code": "foreign_origin"}, status=403)
        return await handler(request)


def _transport_news(workspace: Workspace, journal: Journal) -> TransportNews:
    def sent(payload: Json) -> None:
        journal.write(kind_of(payload), payload, {})

    def connections(count: int) -> None:
        workspace.changes.add("socket_changed", connections=count)

    def given_up(payload: Json) -> None:
        event = payload["event"]
        sentence = f"The app did not acknowledge a {event['type']} event; Slack stopped sending it."
        workspace.tell_trouble(sentence)

    return TransportNews(sent, connections, given_up)
