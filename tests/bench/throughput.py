"""Tickets a second that worker processes finish on PostgreSQL, beside what the engine does with empty steps."""

import asyncio
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Final
from uuid import uuid4

from psycopg import AsyncConnection

from tests.bench.row import Row
from tests.bench.worker import STEPS
from tests.bench.workshop import FreeModel, draw_tickets, keep_tickets, keeping_databases, opening_workshop
from tests.fakes.databases import Databases

WORKSPACES: Final = 20
TICKETS_EACH: Final = 10
ROUNDS: Final = 3
LOOK_S: Final = 0.1
PATIENCE_S: Final = 120.0


async def measure_one_worker(name: str) -> Row:
    """Give the share of the engine's own speed that one worker has."""
    return await _measure(name, workers=1)


async def measure_three_workers(name: str) -> Row:
    """Give the share of the engine's own speed that three workers have."""
    return await _measure(name, workers=3)


async def _measure(name: str, *, workers: int) -> Row:
    bare: list[float] = []
    whole: list[float] = []
    with keeping_databases("postgresql") as databases:
        for _ in range(ROUNDS):
            bare.append(await _count_a_second(databases, workers=workers, body="bare"))
            whole.append(await _count_a_second(databases, workers=workers, body="whole"))
    ratios = sorted(ours / theirs for ours, theirs in zip(whole, bare, strict=True))
    return Row(
        name=name,
        value=median(ratios),
        unit="",
        baseline=None,
        note=(
            f"{median(whole):,.1f} of our tickets a second, {median(bare):,.1f} of empty steps; "
            f"{ROUNDS} rounds of {WORKSPACES * TICKETS_EACH} tickets, ratios {ratios[0]:.2f} to {ratios[-1]:.2f}"
        ),
    )


async def _count_a_second(databases: Databases, *, workers: int, body: str) -> float:
    """Give all tickets to workers that wait for them, and tell how many they finish a second."""
    tickets = draw_tickets([f"T{number:03d}" for number in range(WORKSPACES)], TICKETS_EACH)
    with tempfile.TemporaryDirectory() as folder:
        url = await databases.add_migrated(Path(folder))
        async with opening_workshop(url, FreeModel(())) as shop, working(url, workers=workers, body=body):
            await shop.engine.connect()
            if body == "whole":
                await keep_tickets(shop.store, tickets)
            await shop.hand_over(tickets)
            started = time.perf_counter()
            await _until_ended(url, len(tickets))
            took = time.perf_counter() - started
            await _check_journal(url)
            if body == "whole":
                await shop.wait_until_over(tickets)
    return len(tickets) / took


@asynccontextmanager
async def working(url: str, *, workers: int, body: str) -> AsyncGenerator[None]:
    """Run workers for the length of the block; all of them are ready when it begins."""
    processes = [await _start_worker(url, body) for _ in range(workers)]
    try:
        for process in processes:
            assert process.stdout is not None
            while (line := await process.stdout.readline()) != b"ready\n":
                assert line, "a worker ended before it was ready"
        yield
    finally:
        for process in processes:
            # Something, if empty: with nothing at all its input would stay open.
            await process.communicate(b"")


async def _start_worker(url: str, body: str) -> Process:
    command = (sys.executable, "-m", "tests.bench.worker", url, f"bench-{uuid4().hex}", body)
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)


async def _until_ended(url: str, jobs: int) -> None:
    async with asyncio.timeout(PATIENCE_S), await AsyncConnection.connect(url, autocommit=True) as connection:
        counting = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'"
        while await _ask_number(connection, counting) < jobs:  # noqa: ASYNC110 (what is waited for lies in a database)
            await asyncio.sleep(LOOK_S)


async def _ask_number(connection: AsyncConnection, question: str) -> int:
    row = await (await connection.execute(question)).fetchone()
    assert row is not None
    return row[0]


async def _check_journal(url: str) -> None:
    """Make sure that both bodies took the same steps."""
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        rows = await connection.execute(
            "SELECT array_agg(function_name ORDER BY function_id) FROM dbos.operation_outputs GROUP BY workflow_uuid"
        )
        assert {tuple(row[0]) for row in await rows.fetchall()} == {STEPS}
