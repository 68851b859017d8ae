"""One life of a process with the real engine and what finds work for it, for tests that end it:
`python -m tests.orchestration.engine.life HOME URL PLAN`, the plan as JSON.

On SQLite it owns the database; on PostgreSQL it shares it, with leases and takeover as the product has them. Whatever
happens is a line in `HOME/ran`. A job's steps are those of the plan: `park` waits for somebody to let the job go, and
`die` ends the process.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from dbos import DBOSClient

from orchestration import leases as leases_module
from orchestration.engine import dbos_engine, takeover
from orchestration.engine.dbos_engine import DbosEngine, make_executor_id
from orchestration.engine.port import JobStatus, Journal
from orchestration.engine.takeover import Takeover
from orchestration.leases import LeaseLost, LeasesPort, LocalLeases, SharedLeases
from recipes.errors import ThreadworkError
from recipes.job import Job
from storage.schema import opening_database
from storage.unit_of_work import Store
from tests.fakes.nouns import TEAM

RECOVERY_ATTEMPTS = 2
OVER = (JobStatus.ENDED, JobStatus.GIVEN_UP)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What this process is, and what it does.

    Args:
        name: Stands before each of its lines.
        version: Of its release.
        steps: Of its jobs, but for those that are called something else.
        submits: Tickets and priorities of the jobs that it hands in.
        watches: Jobs whose end it notes, as the engine sees it.
        team_concurrency: How many jobs run at once.
        dies_adopting: Whether it ends in the middle of adopting a job of another release.
    """

    name: str
    version: str
    steps: list[str]
    submits: list[tuple[str, int]]
    watches: list[str]
    team_concurrency: int
    dies_adopting: bool


HOME, URL, PLAN = Path(sys.argv[1]), sys.argv[2], Plan(**json.loads(sys.argv[3]))


def note(line: str) -> None:
    with (HOME / "ran").open("a", encoding="utf-8") as file:
        file.write(f"{PLAN.name}: {line}\n")


class DyingClient(DBOSClient):
    """Ends the process between taking a job from another release and letting it begin anew."""

    async def rewind_workflow_async(self, *args: Any, **more: Any) -> Any:
        os._exit(1)


class NotingEngine(DbosEngine):
    """Notes how often it looked for what other releases left."""

    looks = count(1)

    async def adopt(self, living: Collection[str]) -> int:
        adopted = await super().adopt(living)
        note(f"looked {next(self.looks)}")
        return adopted


async def run(journal: Journal, job: Job) -> None:
    steps = ["die"] if job.ticket_id.startswith("poison") else PLAN.steps
    try:
        for step in steps:
            await journal.step(step, _doing(job, step))
        note(f"{job.ticket_id} done")
    except ThreadworkError as error:
        note(f"{job.ticket_id} caught {type(error).__name__}")
    except BaseException as error:
        note(f"{job.ticket_id} stopped by {type(error).__name__}")
        raise


def _doing(job: Job, step: str) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        note(f"{job.ticket_id} {step}")
        if step == "die":
            os._exit(1)
        if step == "park":
            while not (HOME / f"go-{job.ticket_id}").exists():  # noqa: ASYNC110 (another process lets it go)
                await asyncio.sleep(0.01)
            note(f"{job.ticket_id} goes")

    return work


async def submit(store: Store) -> None:
    for ticket_id, priority in PLAN.submits:
        job = Job(workflow="run_segment", team_id=TEAM, ticket_id=ticket_id, segment=1, priority=priority)
        async with store.for_team(TEAM).begin() as work:
            await work.enqueue(job)


async def watch(engine: DbosEngine, ticket_id: str) -> None:
    while (status := await engine.status(f"run:{ticket_id}:1")) not in OVER:  # noqa: ASYNC110 (it lies in a database)
        await asyncio.sleep(0.02)
    note(f"{ticket_id} is {status}")


async def beat(leases: LeasesPort, finding: asyncio.Task[None]) -> None:
    """Be heard of; once given up, look for nothing more, but let running jobs see for themselves."""
    try:
        await leases.run()
    except LeaseLost:
        finding.cancel()
        note("was given up")


async def main() -> None:
    is_shared = URL.startswith("postgresql")
    executor = make_executor_id("test", works=True) if is_shared else "embedded"
    async with opening_database(URL) as database:
        engine = NotingEngine(url=URL, executor_id=executor)
        store = Store(database, engine.submit)
        leases: LeasesPort = SharedLeases(store, executor) if is_shared else LocalLeases()
        await leases.enter()
        await engine.start(run)
        async with asyncio.TaskGroup() as loops:
            if is_shared:
                finding = loops.create_task(Takeover(store=store, engine=engine, leases=leases).run())
                loops.create_task(beat(leases, finding))
            else:
                await engine.adopt(living=())
            await submit(store)
            for ticket_id in PLAN.watches:
                loops.create_task(watch(engine, ticket_id))
            await asyncio.Event().wait()


def set_up() -> None:
    """Shorten what a test would have to wait for."""
    dbos_engine.APPLICATION_VERSION = PLAN.version  # pyright: ignore[reportConstantRedefinition]
    dbos_engine.RECOVERY_ATTEMPTS = RECOVERY_ATTEMPTS  # pyright: ignore[reportConstantRedefinition]
    dbos_engine.TEAM_CONCURRENCY = PLAN.team_concurrency  # pyright: ignore[reportConstantRedefinition]
    if PLAN.dies_adopting:
        dbos_engine.DBOSClient = DyingClient
    takeover.ADOPTION_ROUND = timedelta(seconds=0.2)  # pyright: ignore[reportConstantRedefinition]
    leases_module.BEAT = timedelta(seconds=0.2)  # pyright: ignore[reportConstantRedefinition]
    leases_module.LENGTH = timedelta(seconds=2)  # pyright: ignore[reportConstantRedefinition]


if __name__ == "__main__":
    set_up()
    asyncio.run(main())
