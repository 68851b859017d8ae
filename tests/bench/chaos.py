"""What a dozen kills, a freeze and two outages lose and double: the short form of `make chaos`."""

import tempfile
from pathlib import Path

from tests.bench.row import Row
from tests.chaos.acts import Choice, Outcome, play_all
from tests.postgres.server import running_postgres

_played: list[Outcome] = []


async def measure_lost(name: str) -> Row:
    """Count what did not come to its end as it should."""
    outcomes = await _play()
    lost = [*(each for outcome in outcomes for each in (*outcome.verdict.lost, *outcome.verdict.gaps))]
    return _row(name, len(lost), outcomes)


async def measure_doubled(name: str) -> Row:
    """Count what stands there twice, or was paid again although it was kept."""
    outcomes = await _play()
    doubled = [each for outcome in outcomes for each in (*outcome.verdict.doubled, *outcome.verdict.rebought)]
    return _row(name, len(doubled), outcomes)


async def _play() -> list[Outcome]:
    if not _played:
        with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
            _played.extend([each async for each in play_all(Choice(is_short=True), server, Path(folder))])
    return _played


def _row(name: str, value: float, outcomes: list[Outcome]) -> Row:
    stories = sum(outcome.verdict.stories for outcome in outcomes)
    blows = sum(outcome.times for outcome in outcomes)
    return Row(name=name, value=value, unit="", baseline=None, note=f"{stories} requests, {blows} blows")
