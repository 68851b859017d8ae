"""A worker process of the rows about many tickets: `python -m tests.bench.worker URL NAME BODY`.

BODY is `whole`, our workflow with all that a worker runs beside it, or `bare`: the engine alone with as many steps of
the same names. It says `ready` on standard output and works until its standard input is closed.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from typing import Final

from dbos import DBOS, StepOptions

from bot.heap import settle_heap
from orchestration.engine.dbos_engine import DbosEngine
from orchestration.engine.port import Journal
from orchestration.engine.takeover import Takeover
from orchestration.tickets.workflow import make_workflow
from recipes.job import Job
from tests.bench.workshop import FreeModel, hush, opening_workshop, write_script

# What our workflow's steps are called, for the script of the free model; the row compares them with the journal.
STEPS: Final = (
    "open", "turn:1", "tool:1:TodoWrite", "turn:2", "tool:2:emit_work_output", "turn:3",
    "list_outputs", "summarise", "finish",
)  # fmt: skip


async def work_bare(url: str, name: str) -> None:
    """Work with nothing in the steps, and past our own journal."""
    engine = DbosEngine(url=url, executor_id=name)
    await engine.start(_run_bare)
    await _until_told()
    await engine.drain()


async def work_whole(url: str, name: str) -> None:
    """Work as a worker does."""
    async with AsyncExitStack() as stack:
        shop = await stack.enter_async_context(opening_workshop(url, FreeModel(write_script()), name=name))
        await shop.engine.start(make_workflow(shop.hands))
        settle_heap()
        async with asyncio.TaskGroup() as group:
            loops = [group.create_task(Takeover(store=shop.store, engine=shop.engine, leases=shop.hands.leases).run())]
            await _until_told()
            for loop in loops:
                loop.cancel()


async def _run_bare(_journal: Journal, _job: Job) -> None:
    for name in STEPS:
        await DBOS.run_step_async(StepOptions(name=name), _do_nothing)


async def _do_nothing() -> str:
    return "done"


async def _until_told() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    hush()
    address, own_name, body = sys.argv[1:]
    asyncio.run({"whole": work_whole, "bare": work_bare}[body](address, own_name))
