"""Work that survives: `make chaos`, or `make chaos ARGS=--short`, or `ARGS="--only killed-bot"`.

People ask for presentations all the time, several at once; some are asked back, some stop their work and let it go on.
Meanwhile processes are killed at random instants, frozen, their database crashes, Slack is in trouble. Then every
thread, every record and every call is looked at: see `tests.chaos.verdict`.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.chaos.disturbances import Disturbance, SlackTrouble, freeze, freeze_in_post, killing, losing_database
from tests.chaos.stage import Stage
from tests.chaos.verdict import Verdict
from tests.fakes.databases import Databases, PostgresDatabases, SqliteFiles
from tests.postgres.server import PostgresServer

RESULTS = Path(".bench/chaos.json")
SHARED = ("talk", "work", "work")


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


def list_acts(server: PostgresServer, *, outage_s: float) -> tuple[Act, ...]:
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


async def play(act: Act, times: int, *, databases: Databases, folder: Path) -> Outcome:
    """Let people ask, make trouble, wait until all is quiet, and look."""
    started = time.monotonic()
    async with Stage(folder, databases.add_empty(folder), act.roles) as stage:
        stage.ask()
        await act.disturb(stage, times)
        verdict = await stage.finish()
    return Outcome(act.name, times, time.monotonic() - started, verdict, act.counts)


def draw(outcome: Outcome) -> str:
    """Give an outcome's row of the table, under `HEAD`."""
    verdict = outcome.verdict
    figures = (
        outcome.times,
        verdict.stories,
        len(verdict.lost),
        len(verdict.doubled),
        len(verdict.gaps),
        len(verdict.rebought),
        f"{verdict.repaid / outcome.times:.2f}",
        verdict.uncertain,
        f"{outcome.seconds:.0f}",
    )
    return f"{outcome.act:<18}" + "".join(f"{figure:>12}" for figure in figures)


COLUMNS = ("times", "stories", "lost", "doubled", "gaps", "rebought", "repaid each", "uncertain", "seconds")
HEAD = f"{'':<18}" + "".join(f"{column:>12}" for column in COLUMNS)


async def run(arguments: argparse.Namespace, server: PostgresServer) -> list[Outcome]:
    """Play the acts one after the other, each with a database of its own."""
    outcomes: list[Outcome] = []
    stores: dict[bool, Databases] = {True: PostgresDatabases(server), False: SqliteFiles()}
    sys.stdout.write(f"{HEAD}\n")
    for act in list_acts(server, outage_s=5 if arguments.short else 60):
        times = arguments.times or (act.short if arguments.short else act.times)
        if times and arguments.only in (None, act.name):
            folder = arguments.folder / act.name
            folder.mkdir()
            outcome = await play(act, times, databases=stores[act.needs_postgres], folder=folder)
            outcomes.append(outcome)
            sys.stdout.write("".join(f"{line}\n" for line in (draw(outcome), *outcome.list_faults())))
            sys.stdout.flush()
    return outcomes


def main(given: Sequence[str]) -> int:
    """Play what was asked for; give 1 where anything was lost, came twice, or was asked for again."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few times each, in under three minutes")
    parser.add_argument("--only", help="one act, by its name")
    parser.add_argument("--times", type=int, help="how often, instead of the act's own number")
    parser.add_argument("--folder", type=Path, help="where homes, journals and logs are to be kept")
    arguments = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="threadwork-chaos-") as folder:
        arguments.folder = arguments.folder or Path(folder)
        arguments.folder.mkdir(parents=True, exist_ok=True)
        server = PostgresServer()
        try:
            server.start()
            server.add_role()
            outcomes = asyncio.run(run(arguments, server))
        finally:
            server.remove()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=2) + "\n")
    return 1 if any(outcome.list_faults() for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
