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
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.chaos.acts import Choice, Outcome, play_all
from tests.postgres.server import running_postgres

RESULTS: Final = Path(".bench/chaos.json")
COLUMNS: Final = ("times", "stories", "lost", "doubled", "gaps", "rebought", "repaid each", "uncertain", "seconds")


def main(given: Sequence[str]) -> int:
    """Play what was asked for; give 1 where anything was lost, came twice, or was asked for again."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few times each, in under three minutes")
    parser.add_argument("--only", help="one act, by its name")
    parser.add_argument("--times", type=int, help="how often, instead of the act's own number")
    parser.add_argument("--folder", type=Path, help="where homes, journals and logs are to be kept")
    arguments = parser.parse_args(given)
    choice = Choice(is_short=arguments.short, only=arguments.only, times=arguments.times)
    if arguments.folder is not None:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        outcomes = asyncio.run(show(choice, arguments.folder))
    else:
        with tempfile.TemporaryDirectory(prefix="threadwork-chaos-") as folder:
            outcomes = asyncio.run(show(choice, Path(folder)))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=2) + "\n")
    return 1 if any(outcome.list_faults() for outcome in outcomes) else 0


async def show(choice: Choice, folder: Path) -> list[Outcome]:
    """Play, and draw each act's row when it is over, below it a sentence for each fault."""
    outcomes: list[Outcome] = []
    sys.stdout.write(f"{'':<18}" + "".join(f"{column:>12}" for column in COLUMNS) + "\n")
    with running_postgres() as server:
        async for outcome in play_all(choice, server, folder):
            outcomes.append(outcome)
            sys.stdout.write("".join(f"{line}\n" for line in (draw(outcome), *outcome.list_faults())))
            sys.stdout.flush()
    return outcomes


def draw(outcome: Outcome) -> str:
    """Give an outcome's row of the table."""
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
