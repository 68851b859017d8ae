"""The workspace of the stories, and the bot in this process, which reaches it over the wire."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from bot.app import serve
from bot.sandbox.seed import ChannelSeed, WorkspaceSeed
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from orchestration.models.claude.models import DEFAULT_MODEL, DEFAULT_PARTNER_MODEL
from orchestration.models.port import ModelPort
from tests.claude.server import ClaudeServer

SEED: Final = WorkspaceSeed(
    channels=(
        ChannelSeed("general"),
        ChannelSeed("reports"),
        ChannelSeed("board", members=("Maya", "Jonas"), is_private=True),
        ChannelSeed("lobby", has_bot=False),
    )
)


def request_url_of(bind: str) -> str:
    """Give the address that a bot which listens here takes Slack's requests at."""
    return f"http://{bind}/slack/events"


def make_settings(
    sandbox: Sandbox,
    home: Path,
    *,
    bind: str,
    over_http: bool,
    database_url: str | None = None,
    claude: ClaudeServer | None = None,
    previews: bool = False,
    more: Mapping[str, str] | None = None,
) -> Settings:
    """Give the settings of a bot in this workspace, whatever the environment says; `more` of them by their names."""
    given = {
        "slack_bot_token": sandbox.bot_token,
        "slack_app_token": None if over_http else sandbox.app_token,
        "slack_signing_secret": sandbox.signing_secret if over_http else None,
        "slack_api_url": sandbox.api_url,
        "anthropic_api_key": claude.key if claude else None,
        "anthropic_base_url": claude.url if claude else None,
        "THREADWORK_MODEL": DEFAULT_MODEL,
        "THREADWORK_PARTNER_MODEL": DEFAULT_PARTNER_MODEL,
        "THREADWORK_HOME": home,
        "THREADWORK_DATABASE_URL": database_url,
        "THREADWORK_BIND": bind,
        "THREADWORK_JOURNAL": None,
        # What a machine happens to have installed is no part of a story.
        "THREADWORK_PREVIEWS": previews,
        **(more or {}),
    }
    return Settings(_env_file=None, **given)


@asynccontextmanager
async def serving(
    sandbox: Sandbox,
    home: Path,
    *,
    bind: str = "127.0.0.1:0",
    over_http: bool = False,
    database_url: str | None = None,
    model: ModelPort | None = None,
    claude: ClaudeServer | None = None,
    previews: bool = False,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[None]:
    """Run the bot for the length of this block; it hears Slack when the block begins."""
    ready = asyncio.Event()
    at = {"bind": bind, "over_http": over_http, "database_url": database_url}
    settings = make_settings(sandbox, home, claude=claude, previews=previews, more=more, **at)
    bot = asyncio.create_task(serve(settings, ready=ready, model=model))
    hearing = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait({bot, hearing}, return_when=asyncio.FIRST_COMPLETED)
        if bot.done():
            await bot
        yield
    finally:
        hearing.cancel()
        bot.cancel()
        with suppress(asyncio.CancelledError):
            await bot
