"""How long work stands still when the process that does it is killed, or stands still itself."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.row import Row
from tests.chaos.desk import AskedTurn
from tests.chaos.services import Service
from tests.chaos.stage import CHANNELS, Stage
from tests.chaos.story import Plot, Story
from tests.fakes.databases import PostgresDatabases
from tests.postgres.server import running_postgres

ROLES: Final = ("talk", "work", "work")
# Which turn the blow falls into.
STRUCK_TURN: Final = 2
TOPICS: Final = ("wind", "coal", "water", "gas", "light")


async def measure_takeover(name: str) -> Row:
    """Strike whoever works, in the middle of a turn; give the longest time until another one asks for that turn."""
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        database_url = PostgresDatabases(server).add_empty(Path(folder))
        async with Stage(Path(folder), database_url, ROLES) as stage:
            killed = [await _strike(stage, f"killed {topic}", Service.kill) for topic in TOPICS]
            frozen = [await _strike(stage, f"frozen {topic}", Service.freeze) for topic in TOPICS]
    return Row(
        name=name,
        value=max(killed + frozen),
        unit="s",
        baseline=None,
        note=(
            f"the slowest of {len(killed)} kills (median {median(killed):.1f} s) and {len(frozen)} freezes "
            f"(median {median(frozen):.1f} s), two workers on PostgreSQL"
        ),
    )


async def _strike(stage: Stage, topic: str, blow: Callable[[Service], None]) -> float:
    struck_at: dict[int, float] = {}
    taken_over: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def watch(asked: AskedTurn) -> None:
        if (asked.topic, asked.number) != (topic, STRUCK_TURN):
            return
        if struck_at and asked.asked_by not in struck_at and not taken_over.done():
            taken_over.set_result(time.monotonic() - min(struck_at.values()))
        elif not struck_at:
            struck_at[asked.asked_by] = time.monotonic()
            blow(stage.find_process(asked.asked_by))

    stage.desk.on_asked = watch
    story = Story(stage.someone, CHANNELS[0], topic, Plot.PLAIN)
    await story.play()
    for service in stage.services:
        service.wake()
    return await taken_over
