"""A process in which tickets wait for an answer: `python -m tests.bench.waiter` prints what it holds, as JSON.

First some tickets warm it up, then more of them wait; the progress pump runs beside them.
"""

import asyncio
import ctypes
import gc
import json
import resource
import sys
import threading
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from orchestration.effects import Effects
from orchestration.tickets.progress import ProgressPump
from orchestration.tickets.workflow import make_workflow
from recipes.ticket import TicketStatus, WorkTicket
from tests.bench.workshop import (
    FreeModel,
    Workshop,
    draw_tickets,
    hush,
    keep_tickets,
    keeping_database,
    opening_workshop,
)
from tests.fakes.models import calling

# Until the caches of the database connections, which have a bound, are full.
WARM_UP: Final = 500
TICKETS: Final = 500
# As many at a time as a busy process gets.
AT_ONCE: Final = 50
# So many workspaces that none of them uses up its edits: the pump would wait for more.
WORKSPACES: Final = 250
PATIENCE_S: Final = 100.0
LOOK_S: Final = 0.2


async def tell_what_waiting_holds() -> list[dict[str, int]]:
    """Give what the process holds before and after the tickets wait."""
    model = FreeModel([calling(("ask_user", {"question": "Which quarter?", "options": ["Q1", "Q2"]}))])
    drawn = draw_tickets([f"T{number:03d}" for number in range(WORKSPACES)], (WARM_UP + TICKETS) // WORKSPACES)
    tickets = [ticket.model_copy(update={"progress_ts": None, "shown_version": 0}) for ticket in drawn]
    waiting = (tickets[at : at + AT_ONCE] for at in range(0, len(tickets), AT_ONCE))
    async with keeping_database("sqlite") as url, opening_workshop(url, model) as shop, asyncio.TaskGroup() as group:
        await shop.engine.start(make_workflow(shop.hands))
        pump = group.create_task(_make_pump(shop).run())
        for some in islice(waiting, WARM_UP // AT_ONCE):
            await _let_wait(shop, some)
        before = await _look(shop)
        for some in waiting:
            await _let_wait(shop, some)
        after = await _look(shop)
        pump.cancel()
    return [before, after]


def _make_pump(shop: Workshop) -> ProgressPump:
    hands = shop.hands
    effects = Effects(store=shop.store, threads=shop.threads, clock=hands.clock, leases=hands.leases)
    return ProgressPump(store=shop.store, threads=shop.threads, effects=effects, bell=hands.bell, leases=hands.leases)


async def _let_wait(shop: Workshop, tickets: Sequence[WorkTicket]) -> None:
    await keep_tickets(shop.store, tickets)
    await shop.hand_over(tickets)
    async with asyncio.timeout(PATIENCE_S):
        for ticket in tickets:
            while not await _waits(shop, ticket):  # noqa: ASYNC110 (what is waited for lies in a database)
                await asyncio.sleep(LOOK_S)


async def _waits(shop: Workshop, ticket: WorkTicket) -> bool:
    async with shop.store.for_team(ticket.team_id).read() as work:
        question = await work.questions.find_open(ticket.id)
        now = await work.tickets.get(ticket.id)
        return question is not None and now.status is TicketStatus.WAITING


async def _look(shop: Workshop) -> dict[str, int]:
    """Count what there is when everything stands still; what the thread in memory noted is not the process's."""
    async with asyncio.timeout(PATIENCE_S):
        while await shop.store.list_lagging():  # noqa: ASYNC110 (what is waited for lies in a database)
            await asyncio.sleep(5 * LOOK_S)
    shop.threads.posts.clear()
    shop.threads.calls.clear()
    gc.collect()
    # What was freed and not yet given back to the system is not held; glibc keeps it in an arena for each thread.
    ctypes.CDLL(None).malloc_trim(0)
    loop: Any = asyncio.get_running_loop()
    return {
        "resident_kb": _read_resident_kb(),
        "tasks": len(asyncio.all_tasks()),
        "threads": threading.active_count(),
        "timers": len(loop._scheduled),
        "objects": len(gc.get_objects()),
    }


def _read_resident_kb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    hush()
    sys.stdout.write(json.dumps(asyncio.run(tell_what_waiting_holds())))
