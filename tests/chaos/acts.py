"""The acts: what is done to work under way, one way after the other, each in a workspace and database of its own."""

import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.chaos.disturbances import Disturbance, SlackTrouble, freeze, freeze_in_post, killing, losing_database
from tests.chaos.stage import Stage
from tests.chaos.verdict import Verdict
from tests.fakes.databases import Databases, PostgresDatabases, SqliteFiles
from tests.postgres.server import PostgresServer

SHARED: Final = ("talk", "work", "work")
OUTAGE_S: Final = 60.0
SHORT_OUTAGE_S: Final = 5.0


@dataclass(frozen=True)
class Choice:
    """What is to be played: a few times each, one act only, so often instead of the act's own number."""

    is_short: bool = False
    only: str | None = None
    times: int | None = None

    def count(self, act: "Act") -> int:
        """Give how often an act is to disturb."""
        return self.times or (act.short if self.is_short else act.times)


@dataclass(frozen=True)
class Act:
    """One way of making trouble, and how often in the long and in the short form."""

    name: str
    roles: Sequence[str]
    disturb: Disturbance
    times: int
    short: int
    needs_postgres: bool = True
    counts: bool = True
    """What comes twice here is a fault."""


@dataclass(frozen=True)
class Outcome:
    """What an act came to."""

    act: str
    times: int
    seconds: float
    verdict: Verdict
    counts: bool

    def list_faults(self) -> list[str]:
        """Give a sentence for each thing that should not be."""
        verdict = self.verdict
        return [*verdict.lost, *verdict.gaps, *verdict.rebought, *(verdict.doubled if self.counts else ())]


async def play_all(choice: Choice, server: PostgresServer, folder: Path) -> AsyncGenerator[Outcome]:
    """Play what was chosen, and give what each act came to; homes, journals and logs lie in this folder."""
    stores: dict[bool, Databases] = {True: PostgresDatabases(server), False: SqliteFiles()}
    for act in _list_acts(server, outage_s=SHORT_OUTAGE_S if choice.is_short else OUTAGE_S):
        if choice.count(act) and choice.only in (None, act.name):
            place = folder / act.name
            place.mkdir()
            yield await _play(act, choice.count(act), databases=stores[act.needs_postgres], folder=place)


def _list_acts(server: PostgresServer, *, outage_s: float) -> tuple[Act, ...]:
    """Give every act; in trouble Slack is away for so long."""
    return (
        Act("killed-embedded", ("serve",), killing("serve"), 50, 3, needs_postgres=False),
        Act("killed-bot", SHARED, killing("talk"), 50, 3),
        Act("killed-worker", SHARED, killing("work"), 50, 3),
        Act("killed-both", SHARED, killing("talk", "work"), 50, 3),
        Act("frozen-worker", SHARED, freeze, 10, 1),
        Act("frozen-in-post", ("talk", "work"), freeze_in_post, 3, 0, counts=False),
        Act("crashed-database", SHARED, losing_database(server), 10, 1),
        Act("slack-429", ("serve",), SlackTrouble("rate_limited", outage_s), 1, 0, needs_postgres=False),
        Act("slack-500", ("serve",), SlackTrouble("server_error", outage_s), 1, 0, needs_postgres=False),
        Act("slack-dropping", ("serve",), SlackTrouble("dropped_after", outage_s), 1, 1, needs_postgres=False),
    )


async def _play(act: Act, times: int, *, databases: Databases, folder: Path) -> Outcome:
    """Let people ask, make trouble, wait until all is quiet, and look."""
    started = time.monotonic()
    async with Stage(folder, databases.add_empty(folder), act.roles) as stage:
        stage.ask()
        await act.disturb(stage, times)
        verdict = await stage.finish()
    return Outcome(act.name, times, time.monotonic() - started, verdict, act.counts)
