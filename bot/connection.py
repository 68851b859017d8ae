"""The connection to Slack: the one place where its clients are built, and where the first calls are made."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar, cast

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat import Workspace
from bot.settings import Settings
from bot.slack_errors import SlackRefused, translating
from orchestration.retries import trying_again
from recipes.errors import UserFixableError
from recipes.ids import TeamId, UserId

# A call that takes longer is not answered any more; uploads have a time of their own.
CALL_TIMEOUT_S: Final = 15
# A socket that is renewed closes before the next one opens; a second one covers the gap.
SOCKETS: Final = 2
# How long Slack's trouble is sat out at the start: whoever started us wants to know.
START_FOR: Final = timedelta(seconds=30)

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


@dataclass(frozen=True)
class Connection:
    """A workspace that took our token, and how to hear it."""

    client: AsyncWebClient
    workspace: Workspace
    app: AsyncApp
    app_token: str | None

    @property
    def over_http(self) -> AsyncApp | None:
        """Give the app where Slack reaches it over HTTP."""
        return self.app if self.app_token is None else None


async def connect(settings: Settings) -> Connection:
    """Ask Slack who we are, with the tokens of these settings.

    Raises:
        TokensMissing, SlackTurnedAway, SlackUnreachable, SlackBusy: it cannot be done.
    """
    bot_token, app_token = get_tokens(settings)
    client = make_client(settings, bot_token)
    ourselves = await _ask_who_we_are(client)
    if app_token is not None:
        await _check_app_token(make_client(settings, app_token), app_token)
    app = _make_app(settings, client, ourselves)
    return Connection(client, _read_workspace(ourselves), app, app_token)


@asynccontextmanager
async def listening(connection: Connection, settings: Settings) -> AsyncGenerator[None]:
    """Hear Slack for the length of this block: over two sockets; over HTTP, it reaches us."""
    token = connection.app_token
    handlers = [
        AsyncSocketModeHandler(connection.app, token, web_client=make_client(settings, token))
        for _ in range(SOCKETS if token else 0)
        if token is not None
    ]
    try:
        for handler in handlers:
            await _asking("apps.connections.open", "SLACK_APP_TOKEN", handler.connect_async)
        yield
    finally:
        for handler in handlers:
            await handler.close_async()


def get_tokens(settings: Settings) -> tuple[str, str | None]:
    """Give the bot's token, and the app's for Socket Mode; without it Slack's signature is needed, for HTTP mode.

    Raises:
        TokensMissing: one that is needed is not set.
    """
    missing = [] if settings.slack_bot_token else ["SLACK_BOT_TOKEN"]
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        missing.append("SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP)")
    if missing or settings.slack_bot_token is None:
        raise TokensMissing(missing)
    app_token = settings.slack_app_token
    return settings.slack_bot_token.get_secret_value(), app_token.get_secret_value() if app_token else None


def make_client(settings: Settings, token: str | None, *, timeout_s: int | None = None) -> AsyncWebClient:
    """Give a client of the Web API.

    Args:
        settings: Where Slack is.
        token: Without one it may only ask whether Slack is there.
        timeout_s: How long a call may take, where it is not as usual.
    """
    # No retries of its own: a connection lost after a post was taken would post twice.
    timeout_s = CALL_TIMEOUT_S if timeout_s is None else timeout_s
    return AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=timeout_s, retry_handlers=[])


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

    return await trying_again(ask_once, for_long=START_FOR)
