"""The composition root: the only place where the rooms are put together, and where Slack's clients are built."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar, cast

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.boundary import Boundary
from bot.chat import Chat, Workspace
from bot.files import FileDoor
from bot.inbox import Inbox
from bot.listeners.registry import register
from bot.patience import insist
from bot.server import Health, serving_http
from bot.settings import Settings
from bot.slack_errors import SlackRefused, translating
from orchestration.bell import Bell
from orchestration.delivery import Delivery
from orchestration.effects import Effects
from orchestration.engine.dbos_engine import DbosEngine
from orchestration.intake import Intake
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.moment import SystemClock, UlidIds
from orchestration.progress import ProgressPump
from orchestration.readers.process import Readers
from orchestration.requests import Requests
from orchestration.staging import Staging
from orchestration.talk import Talk
from orchestration.workflow import Hands, make_workflow
from recipes.errors import UserFixableError
from recipes.ids import TeamId, UserId
from storage.catalog import read_catalog
from storage.files import make_vault
from storage.lock import holding_home
from storage.schema import opening_database
from storage.unit_of_work import Store
from storage.vault import Vault

log = structlog.get_logger()

# A call that takes longer is not answered any more; uploads have a time of their own.
CALL_TIMEOUT_S: Final = 15
# Where one process owns the database, the next one goes on with its work.
EXECUTOR_ID: Final = "embedded"
# A socket that is renewed closes before the next one opens; a second one covers the gap.
SOCKETS: Final = 2

Answer = TypeVar("Answer")


@dataclass(eq=False)
class TokensMissing(UserFixableError):
    """The bot cannot connect without these."""

    names: list[str]

    def advice(self) -> str:
        """Name them and where they come from."""
        return (
            f"Set {' and '.join(self.names)}: create the app from what `threadwork manifest` prints, install it in "
            "your workspace, and copy its tokens. To look around without Slack, run `threadwork demo`."
        )


@dataclass(eq=False)
class SlackTurnedAway(UserFixableError):
    """Slack does not take the token."""

    setting: str
    reason: str

    def advice(self) -> str:
        """Name what Slack said."""
        return f"Slack did not take the token in {self.setting} ({self.reason}). Check it, and SLACK_API_URL."


@dataclass(frozen=True, kw_only=True)
class Bot:
    """Everything that runs, put together."""

    intake: Intake
    pump: ProgressPump
    hands: Hands


async def serve(settings: Settings, *, ready: asyncio.Event) -> None:
    """Run the bot until it is cancelled; `ready` is set when it hears Slack.

    Raises:
        TokensMissing, SlackTurnedAway, SlackUnreachable, SlackBusy, HomeInUse, PortTaken: before any work was taken.
    """
    bot_token, app_token = _get_tokens(settings)
    async with AsyncExitStack() as stack:
        stack.enter_context(holding_home(settings.home))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = _make_client(settings, bot_token)
        ourselves = await _ask_who_we_are(client)
        workspace = _read_workspace(ourselves)
        if app_token is not None:
            await _check_app_token(_make_client(settings, app_token), app_token)
        database = await stack.enter_async_context(opening_database(settings.database))
        engine = DbosEngine(url=settings.database, executor_id=EXECUTOR_ID)
        store = Store(database, engine.submit)
        await store.save_built_in(read_catalog(), now=SystemClock().now())
        chat = Chat(client=client, workspace=workspace, files=FileDoor(session, api_url=settings.slack_api_url))
        readers = await stack.enter_async_context(Readers())
        app = _make_app(settings, client, ourselves)
        bot = _compose(store, chat, readers, make_vault(settings.files), workspace, app)
        stack.push_async_callback(engine.drain)
        await engine.start(make_workflow(bot.hands))
        health = Health()
        over_http = None if app_token else app
        await stack.enter_async_context(serving_http(settings.bind, health, ids=UlidIds(), slack=over_http))
        if app_token is not None:
            await stack.enter_async_context(_listening(app, settings, app_token))
        health.is_ready = True
        ready.set()
        log.info("bot_ready", team=workspace.team_id)
        async with asyncio.TaskGroup() as loops:
            loops.create_task(bot.intake.run())
            loops.create_task(bot.pump.run())


def _compose(store: Store, chat: Chat, readers: Readers, vault: Vault, workspace: Workspace, app: AsyncApp) -> Bot:
    clock, ids, bell, model = SystemClock(), UlidIds(), Bell(), ExtractiveModel()
    requests = Requests(store=store, bell=bell, clock=clock, ids=ids)
    staging = Staging(store=store, threads=chat, vault=vault, readers=readers, clock=clock, ids=ids, model=model.name)
    effects = Effects(store=store, threads=chat, clock=clock)
    talk = Talk(store=store, threads=chat, effects=effects, staging=staging, requests=requests, clock=clock, ids=ids)
    intake = Intake(store=store, bell=bell, ids=ids, work=talk.work, apologise=talk.apologise)
    delivery = Delivery(store=store, threads=chat, vault=vault, effects=effects)
    register(
        app,
        inbox=Inbox(requests, workspace),
        requests=requests,
        boundary=Boundary(ids),
        team_id=workspace.team_id,
    )
    pump = ProgressPump(store=store, threads=chat, effects=effects, bell=bell)
    hands = Hands(store=store, vault=vault, model=model, delivery=delivery, bell=bell, clock=clock, ids=ids)
    return Bot(intake=intake, pump=pump, hands=hands)


def _get_tokens(settings: Settings) -> tuple[str, str | None]:
    """Give the bot's token, and the app's for Socket Mode; without it Slack's signature is needed, for HTTP mode."""
    missing = [] if settings.slack_bot_token else ["SLACK_BOT_TOKEN"]
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        missing.append("SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP)")
    if missing or settings.slack_bot_token is None:
        raise TokensMissing(missing)
    app_token = settings.slack_app_token
    return settings.slack_bot_token.get_secret_value(), app_token.get_secret_value() if app_token else None


def _make_client(settings: Settings, token: str) -> AsyncWebClient:
    # No retries of its own: a connection lost after a post was taken would post twice.
    return AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=CALL_TIMEOUT_S, retry_handlers=[])


def _make_app(settings: Settings, client: AsyncWebClient, ourselves: AsyncSlackResponse) -> AsyncApp:
    secret = settings.slack_signing_secret
    # Bolt warns at each start that the client we hand it has a token of its own.
    quiet = logging.getLogger("threadwork.bolt")
    quiet.setLevel(logging.ERROR)
    known = AuthorizeResult.from_auth_test_response(auth_test_response=ourselves, bot_token=client.token)

    async def authorize() -> AuthorizeResult:
        # Left to itself, Bolt asks auth.test at the first event, and drops that event where Slack has trouble.
        return known

    return AsyncApp(
        logger=quiet,
        client=client,
        signing_secret=secret.get_secret_value() if secret else None,
        authorize=authorize,
    )


async def _ask_who_we_are(client: AsyncWebClient) -> AsyncSlackResponse:
    async def ask() -> AsyncSlackResponse:
        return await client.auth_test()

    return await _asking("auth.test", "SLACK_BOT_TOKEN", ask)


def _read_workspace(answer: AsyncSlackResponse) -> Workspace:
    return Workspace(
        team_id=TeamId(cast("str", answer["team_id"])),
        bot_user_id=UserId(cast("str", answer["user_id"])),
        url=cast("str", answer["url"]),
    )


async def _check_app_token(client: AsyncWebClient, app_token: str) -> None:
    # The socket client would try a wrong token again and again without a word.
    async def ask() -> AsyncSlackResponse:
        return await client.apps_connections_open(app_token=app_token)

    await _asking("apps.connections.open", "SLACK_APP_TOKEN", ask)


async def _asking(method: str, setting: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Give the answer to one of the first calls: patient with Slack's trouble, clear about a wrong setting.

    Raises:
        SlackTurnedAway: Slack does not take what this setting holds.
        SlackUnreachable, SlackBusy: it did not pass in all attempts.
    """

    async def ask_once() -> Answer:
        try:
            async with translating(method):
                return await ask()
        except SlackRefused as error:
            raise SlackTurnedAway(setting, error.code) from error

    return await insist(ask_once)


@asynccontextmanager
async def _listening(app: AsyncApp, settings: Settings, app_token: str) -> AsyncGenerator[None]:
    """Hear Slack over two sockets for the length of this block."""
    handlers = [
        AsyncSocketModeHandler(app, app_token, web_client=_make_client(settings, app_token)) for _ in range(SOCKETS)
    ]
    try:
        for handler in handlers:
            await _asking("apps.connections.open", "SLACK_APP_TOKEN", handler.connect_async)
        yield
    finally:
        for handler in handlers:
            await handler.close_async()
