"""What a process keeps of a ticket that waits for an answer: measured in a process of its own."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE

from tests.bench.row import Row
from tests.bench.waiter import TICKETS


async def measure_waiting(name: str) -> Row:
    """Give by how much the memory of a process grows with each ticket that waits."""
    async with asyncio.timeout(120):
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.waiter", stdout=PIPE)
        said, _ = await process.communicate()
    before, after = json.loads(said)
    return Row(
        name=name,
        value=(after["resident_kb"] - before["resident_kb"]) / TICKETS,
        unit="KB",
        baseline=None,
        note=(
            f"{TICKETS} more tickets wait; tasks {before['tasks']} -> {after['tasks']}, threads {before['threads']} -> "
            f"{after['threads']}, timers {before['timers']} -> {after['timers']}, "
            f"Python's objects {before['objects']:,} -> {after['objects']:,}"
        ),
    )
