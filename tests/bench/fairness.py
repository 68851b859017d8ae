"""How much longer others wait for their turn when one workspace floods the queue of a process.

Each ticket is a workflow of one durable step that takes some tens of milliseconds, as work does that waits for a model;
each is another person's, so that only the workspaces' own shares keep the flood back.
"""

import asyncio
import time
from collections.abc import Sequence
from statistics import median
from typing import Final

from orchestration.engine.port import Journal
from recipes.job import Job
from recipes.ticket import WorkTicket
from tests.bench.row import Row
from tests.bench.workshop import FreeModel, draw_tickets, keeping_database, opening_workshop

FLOOD: Final = 1_050
WORKSPACES: Final = 19
TICKETS_EACH: Final = 50
WORK_S: Final = 0.03
FLOODING: Final = "T999"
PATIENCE_S: Final = 120.0


async def measure_fairness(name: str) -> Row:
    """Give by how much the flood moves the median wait of the other workspaces' tickets."""
    others = draw_tickets([f"T{number:03d}" for number in range(WORKSPACES)], TICKETS_EACH)
    flood = [ticket.model_copy(update={"id": f"{ticket.id}_f"}) for ticket in draw_tickets([FLOODING], FLOOD)]
    calm = await _list_waits(others, flood=())
    flooded = await _list_waits(others, flood=flood)
    return Row(
        name=name,
        value=median(flooded) - median(calm),
        unit="s",
        baseline=median(calm),
        note=(
            f"{len(others)} tickets of {WORKSPACES} workspaces, {WORK_S * 1000:.0f} ms of work each, beside "
            f"{len(flood)} of one that came first; the longest wait {max(flooded):,.1f} s, else {max(calm):,.1f} s"
        ),
    )


async def _list_waits(others: Sequence[WorkTicket], *, flood: Sequence[WorkTicket]) -> list[float]:
    """Give how long each of the others' tickets waits for its first statement, in seconds."""
    began: dict[str, float] = {}
    submitted: dict[str, float] = {}
    all_began = asyncio.Event()

    async def run(journal: Journal, job: Job) -> None:
        began[job.ticket_id] = time.perf_counter()
        if len(submitted) == len(others) and submitted.keys() <= began.keys():
            all_began.set()
        await journal.step("work", _work)

    async with keeping_database("sqlite") as url, opening_workshop(url, FreeModel(())) as shop:
        await shop.engine.start(run)
        if flood:
            await shop.hand_over(flood)
        for team_id in sorted({ticket.team_id for ticket in others}):
            own = [ticket for ticket in others if ticket.team_id == team_id]
            await shop.hand_over(own)
            submitted |= dict.fromkeys((ticket.id for ticket in own), time.perf_counter())
        async with asyncio.timeout(PATIENCE_S):
            await all_began.wait()
    return [began[ticket_id] - when for ticket_id, when in submitted.items()]


async def _work() -> None:
    await asyncio.sleep(WORK_S)
