"""How late a full workspace shows what happens: 50 channels, 20,000 messages, 500 edits a minute, a bot beside it."""

import asyncio
import json
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from statistics import quantiles
from typing import Final

from aiohttp import ClientSession, CookieJar
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.sandbox.person import Person
from bot.sandbox.seed import ChannelSeed, SlackRules, WorkspaceSeed
from bot.sandbox.server import Sandbox
from tests.bench.row import Row
from tests.scenarios.workplace import serving

CHANNELS: Final = 50
MESSAGES: Final = 20_000
EDITS_A_MINUTE: Final = 500
EDITS: Final = 150
COMMAND_EVERY: Final = 10


async def measure_workspace(name: str) -> Row:
    """Edit messages at this rate; give the time after which 95 of 100 edits stand on an open page."""
    channels = tuple(ChannelSeed(f"channel-{number}") for number in range(CHANNELS))
    # Slack's own tiers would refuse most of these edits.
    rules = SlackRules(enforces_tiers=False)
    sandbox = Sandbox(seed=WorkspaceSeed(channels=channels), rules=rules)
    # Before it opens: what was said before an app was there, Slack does not tell it.
    shown = _fill(sandbox)
    async with sandbox:
        with tempfile.TemporaryDirectory() as home:
            async with serving(sandbox, Path(home)), Person(sandbox.page_url, "Jonas") as jonas:
                seen, acknowledged = await _edit(sandbox, jonas, shown)
                opened = await _open_page(sandbox, shown)
    return Row(
        name=name,
        value=quantiles(seen, n=20)[-1],
        unit="ms",
        baseline=None,
        note=(
            f"{len(seen)} edits, the slowest {max(seen):,.0f} ms; commands acknowledged in at most "
            f"{max(acknowledged):,.0f} ms; a page opened in {opened:,.0f} ms"
        ),
    )


def _fill(sandbox: Sandbox) -> str:
    """Let everybody talk; give the channel that stands on the page."""
    workspace = sandbox.workspace
    places = [place for place in workspace.places.list_all() if place.name.startswith("channel-")]
    people = workspace.people.list_humans()
    for number in range(MESSAGES):
        place, person = places[number % CHANNELS], people[number % len(people)]
        workspace.post(place, person.id, f"Message {number}: the numbers of the week are in.")
    return places[0].id


async def _edit(sandbox: Sandbox, jonas: Person, channel: str) -> tuple[list[float], list[float]]:
    """Edit at the rate, and type a command now and then; give how long each took to be seen and answered, in ms."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    ts = str((await client.chat_postMessage(channel=channel, text="Edit 0"))["ts"])
    sent: list[float] = []
    seen: list[float] = []
    acknowledged: list[float] = []

    async def watch(patches: AsyncIterator[str]) -> None:
        """Edits that came in one batch are all shown by the newest."""
        async for patch in patches:
            now = time.perf_counter()
            newest = max((int(number) for number in re.findall(r"Edit (\d+)\.", patch)), default=0)
            seen.extend((now - moment) * 1000 for moment in sent[len(seen) : newest])
            if len(seen) == EDITS:
                return

    async def command() -> None:
        started = time.perf_counter()
        await jonas.command("channel-1", "/work", "list")
        acknowledged.append((time.perf_counter() - started) * 1000)

    async with _page(sandbox) as session, aclosing(_follow(session, sandbox)) as patches, asyncio.TaskGroup() as group:
        group.create_task(watch(patches))
        started = time.perf_counter()
        for number in range(1, EDITS + 1):
            await asyncio.sleep(max(0.0, started + number * 60 / EDITS_A_MINUTE - time.perf_counter()))
            sent.append(time.perf_counter())
            await client.chat_update(channel=channel, ts=ts, text=f"Edit {number}.")
            if number % COMMAND_EVERY == 0:
                group.create_task(command())
    return seen, acknowledged


def _page(sandbox: Sandbox) -> ClientSession:
    return ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"X-Sandbox-Token": sandbox.token})


async def _follow(session: ClientSession, sandbox: Sandbox) -> AsyncIterator[str]:
    """Yield what Maya's open page is told, batch by batch."""
    since = sandbox.workspace.changes.last_id
    address = URL(sandbox.page_url).origin() / "page/changes"
    maya = sandbox.workspace.people.list_humans()[0]
    async with session.get(address.with_query(user=maya.id, since=since)) as response:
        while line := await response.content.readline():
            if line.startswith(b"data: "):
                yield json.dumps(json.loads(line.removeprefix(b"data: ")), ensure_ascii=False)


async def _open_page(sandbox: Sandbox, channel: str) -> float:
    """Give how long a conversation takes to be drawn, in ms."""
    maya = sandbox.workspace.people.list_humans()[0]
    async with _page(sandbox) as session:
        started = time.perf_counter()
        async with session.get(URL(sandbox.page_url).origin() / "client" / maya.id / channel) as response:
            response.raise_for_status()
            await response.read()
        return (time.perf_counter() - started) * 1000
