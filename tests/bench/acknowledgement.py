"""How long Slack waits for an acknowledgement while a ticket works on a large table."""

import asyncio
import contextlib
import random
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from bot.app import serve
from bot.sandbox.person import Person
from bot.sandbox.screen import Screen, buttons_of
from bot.sandbox.server import Sandbox
from bot.settings import read_settings
from tests.bench.row import Row

ROWS, COLUMNS = 3_000, 40
WAIT_S = 60.0


async def measure_acknowledgement(name: str) -> Row:
    """Type a command again and again while a ticket runs; give the time that 95 of 100 stay under."""
    async with Sandbox() as sandbox:
        with tempfile.TemporaryDirectory() as home:
            settings = read_settings(
                {},
                slack_bot_token=sandbox.bot_token,
                slack_app_token=sandbox.app_token,
                slack_api_url=sandbox.api_url,
                THREADWORK_HOME=Path(home),
                THREADWORK_BIND="127.0.0.1:0",
            )
            ready = asyncio.Event()
            bot = asyncio.create_task(serve(settings, ready=ready))
            await ready.wait()
            async with Person(sandbox.page_url, "Maya") as maya, Person(sandbox.page_url, "Jonas") as jonas:
                times = await _measure(maya, jonas)
            bot.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await bot
    worst = max(times)
    return Row(
        name=name,
        value=quantiles(times, n=20)[-1],
        unit="ms",
        baseline=None,
        note=f"{len(times)} commands, the slowest {worst:,.0f} ms",
    )


async def _measure(maya: Person, jonas: Person) -> list[float]:
    ts = await maya.say("reports", "The measurements of the plant.", files=[("plant.csv", _make_table())])
    await maya.say("reports", f"<@{maya.app_user_id}> make a presentation of 8 slides about the plant", thread_ts=ts)

    def find_brief(screen: Screen) -> str | None:
        return next((each["ts"] for each in screen.thread("reports", ts) if "brief.approve" in buttons_of(each)), None)

    def is_over(screen: Screen) -> bool:
        return any(str(each.get("text")).startswith("Done") for each in screen.thread("reports", ts))

    brief = await maya.wait_for(find_brief, WAIT_S, "a brief")
    await maya.press("brief.approve", message_ts=brief, channel="reports")
    work = asyncio.create_task(maya.wait_for(is_over, WAIT_S, "the end"))
    times: list[float] = []
    while not work.done():
        started = time.perf_counter()
        await jonas.command("general", "/work", "list")
        times.append((time.perf_counter() - started) * 1000)
    await work
    return times


def _make_table() -> bytes:
    chance = random.Random(7)
    lines = ["sample," + ",".join(f"probe {number}" for number in range(1, COLUMNS))]
    lines += [f"{row}," + ",".join(str(chance.randint(1, 9_999)) for _ in range(1, COLUMNS)) for row in range(ROWS)]
    return "\n".join(lines).encode()
