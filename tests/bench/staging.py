"""What a brief of very much costs: its seconds, the bot's memory, and how long the bot hears nothing meanwhile."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from statistics import median
from typing import Any

from tests.bench.row import Row
from tests.bench.stager import BLOCKS

Rounds = list[dict[str, Any]]

_told: dict[str, Rounds] = {}


async def measure_staging(name: str) -> Row:
    """Give the seconds from the draft of a thread with 300 messages and 20 files to its brief in the thread."""
    rounds = await _tell("files")
    note = f"{_tell_spread(rounds, 'took_s', 1)}, {rounds[0]['sources']} sources; {_tell_load(rounds)}"
    return Row(name=name, value=_median(rounds, "took_s"), unit="s", baseline=None, note=note)


async def measure_memory(name: str) -> Row:
    """Give the peak of the bot's own memory meanwhile, the largest of all rounds."""
    rounds = await _tell("files")
    children = [child for each in rounds for child in each["children_mb"]]
    note = f"{rounds[0]['before_mb']} MB before the first; each of 2 readers' children up to {max(children)} MB"
    return Row(name=name, value=max(each["peak_mb"] for each in rounds), unit="MB", baseline=None, note=note)


async def measure_lag(name: str) -> Row:
    """Give the longest time that the loop was held while that brief was made."""
    rounds = await _tell("files")
    note = f"{_tell_spread(rounds, 'lag_ms', 0)}; {_tell_load(rounds)}"
    return Row(name=name, value=_median(rounds, "lag_ms"), unit="ms", baseline=None, note=note)


async def measure_blocks(name: str) -> Row:
    """Give the time from a basket with 20,000 notes to the brief in the thread."""
    rounds = await _tell("blocks")
    took_ms = [each["took_s"] * 1000 for each in rounds]
    worked_ms = [each["worked_s"] * 1000 for each in rounds]
    note = (
        f"{BLOCKS:,} notes, {rounds[0]['sources']:,} fit; fastest {min(took_ms):,.0f} ms, {min(worked_ms):,.0f} ms of "
        f"the processor; the next of the same draft {_median(rounds, 'again_s') * 1000:,.0f} ms; "
        f"the loop held for {_median(rounds, 'lag_ms'):,.0f} ms; {_tell_load(rounds)}"
    )
    return Row(name=name, value=median(took_ms), unit="ms", baseline=None, note=note)


async def _tell(kind: str) -> Rounds:
    """Give the rounds of a bot's process, which several rows look at."""
    if kind not in _told:
        async with asyncio.timeout(300):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.stager", kind, stdout=PIPE
            )
            said, _ = await process.communicate()
        _told[kind] = json.loads(said)
        # The same input, the same bundle: each round began from nothing.
        assert len({each["digest"] for each in _told[kind]}) == 1
    return _told[kind]


def _median(rounds: Rounds, figure: str) -> float:
    return median(each[figure] for each in rounds)


def _tell_spread(rounds: Rounds, figure: str, places: int) -> str:
    figures = [each[figure] for each in rounds]
    return f"{len(rounds)} rounds, {min(figures):.{places}f} to {max(figures):.{places}f}"


def _tell_load(rounds: Rounds) -> str:
    """Say what else the machine had to do: more than its processors, and the figures are those of a queue."""
    return f"load {max(each['load'] for each in rounds):.1f} on {os.cpu_count()} processors"
