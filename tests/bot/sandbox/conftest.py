import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.person import Person
from bot.sandbox.seed import ChannelSeed, SlackRules, WorkspaceSeed
from bot.sandbox.server import Sandbox


@dataclass
class FakeClock:
    """Time that stands still until a test moves it."""

    now: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Heard:
    """What a bot heard, in order, and a way to wait for it."""

    items: list = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def add(self, item) -> None:
        async with self.news:
            self.items.append(item)
            self.news.notify_all()

    async def until(self, count: int) -> list:
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(lambda: len(self.items) >= count)
        return self.items


SEED = WorkspaceSeed(
    channels=(
        ChannelSeed("general"),
        ChannelSeed("reports"),
        ChannelSeed("lobby", has_bot=False),
        ChannelSeed("board", members=("Maya",), is_private=True),
        ChannelSeed("secret", members=("Maya",), is_private=True, has_bot=False),
    )
)
RULES = SlackRules(share_delay=timedelta(milliseconds=5), ack_timeout=timedelta(seconds=2))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def journal_path(tmp_path):
    return tmp_path / "journal.jsonl"


@pytest.fixture
def rules() -> SlackRules:
    return RULES


@pytest.fixture
def seed() -> WorkspaceSeed:
    return SEED


@pytest.fixture
async def sandbox(clock, journal_path, rules, seed) -> AsyncIterator[Sandbox]:
    async with Sandbox(seed=seed, rules=rules, journal=journal_path, now=clock) as running:
        yield running


@pytest.fixture
def client(sandbox) -> AsyncWebClient:
    return AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url)


@pytest.fixture
async def maya(sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.page_url, "Maya") as person:
        yield person


@pytest.fixture
async def jonas(sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.page_url, "Jonas") as person:
        yield person


@asynccontextmanager
async def connected(sandbox: Sandbox, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """A bolt app with one open connection."""
    handler = AsyncSocketModeHandler(app, sandbox.app_token, web_client=AsyncWebClient(base_url=sandbox.api_url))
    await handler.connect_async()
    try:
        yield handler
    finally:
        await handler.close_async()


@pytest.fixture
def app(client) -> AsyncApp:
    return AsyncApp(client=client)


@pytest.fixture
def connect(sandbox) -> Callable:
    return lambda app: connected(sandbox, app)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def refusal() -> Callable:
    """Run a call that Slack refuses and give its whole answer."""

    async def run(call) -> dict:
        with pytest.raises(SlackApiError) as caught:
            await call
        return caught.value.response.data

    return run


@pytest.fixture
def journal(journal_path) -> Callable:
    return lambda: [json.loads(line) for line in journal_path.read_text(encoding="utf-8").splitlines()]


def modal(*blocks, **frame) -> dict:
    words = {"type": "plain_text", "text": "Report"}
    return {"type": "modal", "callback_id": "form", "title": words, "submit": words, "blocks": list(blocks), **frame}


def text_input(block_id="topic", **element) -> dict:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": "Topic"},
        "element": {"type": "plain_text_input", "action_id": "value", **element},
    }


def button(action_id="go", text="Go", **more) -> dict:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": text}, **more}


def section(text="hello", **more) -> dict:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


@pytest.fixture
def kit():
    """Small builders of blocks and views."""

    class Kit:
        modal = staticmethod(modal)
        text_input = staticmethod(text_input)
        button = staticmethod(button)
        section = staticmethod(section)

        @staticmethod
        def actions(*elements) -> dict:
            return {"type": "actions", "elements": list(elements)}

    return Kit
