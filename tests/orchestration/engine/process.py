"""One process with the real engine, for tests that kill it:
`python -m tests.orchestration.engine.process HOME MODE URL`.

A ticket's id says what its job does. Each step notes in `HOME/ran` that its body ran, each job what it saw, so that a
test can read afterwards what happened in which order. The last line on standard output is the answer, as JSON.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.slack_errors import SlackUnreachable
from orchestration import retries
from orchestration.engine.dbos_engine import DbosEngine
from orchestration.engine.port import JobStatus, Journal
from recipes.errors import ThreadworkError
from recipes.job import Job
from recipes.source import FileRefused
from storage.schema import opening_database
from storage.unit_of_work import Store
from tests.fakes.nouns import OTHER_TEAM, TEAM, make_draft
from tests.fakes.waiting import until, wait_for_lines

HOME, MODE, URL = Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def note(line: str) -> None:
    with (HOME / "ran").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


async def once(journal: Journal, job: Job) -> None:
    first = await journal.step("first", _doing(job, "first", {"n": 1, "list": ["a"]}))
    note(f"{job.ticket_id} saw {json.dumps(first)} in {job.team_id} {job.segment}")


async def passing(journal: Journal, job: Job) -> None:
    """Fails twice with what may pass."""
    tries = 0

    async def work() -> int:
        nonlocal tries
        tries += 1
        note(f"{job.ticket_id} try")
        if tries <= 2:
            raise SlackUnreachable("chat.postMessage", "test")
        return tries

    note(f"{job.ticket_id} ended after {await journal.step('passing', work)}")


async def failing(journal: Journal, job: Job) -> None:
    """Fails always, as the ticket's id says, then waits to be killed; after a restart it is told the same again."""
    errors: dict[str, Exception] = {
        "transient": SlackUnreachable("chat.postMessage", "test"),
        "fixable": FileRefused("a.csv", "is empty"),
        "foreign": ValueError("surprise"),
    }
    try:
        await journal.step("failing", _doing(job, "failing", errors[job.ticket_id.split("-")[1]]))
    except ThreadworkError as error:
        note(f"{job.ticket_id} caught {type(error).__name__} {json.dumps(error.to_fields(), sort_keys=True)}")
    if MODE != "jobs":
        await journal.step("park", _parking(job))


async def killed(journal: Journal, job: Job) -> None:
    """Is killed in the middle of its second step."""
    await journal.step("first", _doing(job, "first", 1))
    await journal.step("park", _parking(job))
    await journal.step("last", _doing(job, "last", 3))


async def slow(journal: Journal, job: Job) -> None:
    """Would take for ever."""

    async def work() -> None:
        note(f"{job.ticket_id} began")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            note(f"{job.ticket_id} interrupted")
            raise

    await journal.step("slow", work, preemptible=True)


BODIES: dict[str, Callable[[Journal, Job], Awaitable[None]]] = {
    "once": once,
    "passing": passing,
    "failing": failing,
    "killed": killed,
    "slow": slow,
}


def _doing(job: Job, name: str, result: Any) -> Callable[[], Awaitable[Any]]:
    async def work() -> Any:
        note(f"{job.ticket_id} {name}")
        if isinstance(result, Exception):
            raise result
        return result

    return work


def _parking(job: Job) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        note(f"{job.ticket_id} park")
        if MODE == "until-killed":
            await asyncio.Event().wait()

    return work


async def run(journal: Journal, job: Job) -> None:
    await BODIES[job.ticket_id.split("-")[0]](journal, job)


async def submit(store: Store, ticket_id: str, *, team_id: str = TEAM) -> str:
    job = Job(workflow="run_segment", team_id=team_id, ticket_id=ticket_id, segment=1)
    async with store.for_team(team_id).begin() as work:
        await work.enqueue(job)
    return job.id


async def until_ended(engine: DbosEngine, job_id: str) -> None:
    async def has_ended() -> bool:
        return await engine.status(job_id) is JobStatus.ENDED

    await until(has_ended)


async def run_jobs(engine: DbosEngine, store: Store) -> dict[str, Any]:
    """Submit one job of each kind, and tell what the engine says of it."""
    names = ("once-1", "passing-1", "failing-transient", "failing-fixable", "failing-foreign")
    jobs = {name: await submit(store, name) for name in names}
    jobs["once-1 again"] = await submit(store, "once-1")
    jobs["once-elsewhere"] = await submit(store, "once-elsewhere", team_id=OTHER_TEAM)
    for job_id in jobs.values():
        await until_ended(engine, job_id)
    again = await submit(store, "once-1")
    return {
        "rolled_back": await _roll_back(engine, store),
        "again": await engine.status(again),
        "unknown": await engine.status("run:tkt_9:1"),
        "cancelled": await _cancel(engine, store),
    }


async def _roll_back(engine: DbosEngine, store: Store) -> JobStatus | None:
    with contextlib.suppress(ZeroDivisionError):
        async with store.for_team(TEAM).begin() as work:
            await work.drafts.add(make_draft())
            await work.enqueue(Job(workflow="run_segment", team_id=TEAM, ticket_id="once-rolled-back", segment=1))
            _ = 1 / 0
    return await engine.status("run:once-rolled-back:1")


async def _cancel(engine: DbosEngine, store: Store) -> JobStatus | None:
    job_id = await submit(store, "slow-1")
    await asyncio.to_thread(wait_for_lines, HOME / "ran", {"slow-1 began"})
    await engine.cancel(job_id)
    await asyncio.to_thread(wait_for_lines, HOME / "ran", {"slow-1 interrupted"})
    return await engine.status(job_id)


async def run_until_killed(engine: DbosEngine, store: Store) -> dict[str, Any]:
    for name in ("killed-1", "failing-transient", "failing-fixable", "failing-foreign"):
        await submit(store, name)
    await asyncio.Event().wait()
    return {}


async def run_to_the_end(engine: DbosEngine, store: Store) -> dict[str, Any]:
    for name in ("killed-1", "failing-transient", "failing-fixable", "failing-foreign"):
        await until_ended(engine, f"run:{name}:1")
    return {}


async def main() -> None:
    # The pauses between tries are tested by nobody's patience.
    retries.FIRST_PAUSE_S = 0.01  # pyright: ignore[reportConstantRedefinition]
    retries.TRY_FOR = timedelta(seconds=0.3)  # pyright: ignore[reportConstantRedefinition]
    modes = {"jobs": run_jobs, "until-killed": run_until_killed, "to-the-end": run_to_the_end}
    async with opening_database(URL) as database:
        engine = DbosEngine(url=URL, executor_id="embedded")
        store = Store(database, engine.submit)
        await engine.start(run)
        answer = await modes[MODE](engine, store)
        await engine.drain()
        answer["thread_after_drain"] = await asyncio.to_thread(lambda: "works")
    sys.stdout.write(f"{json.dumps(answer)}\n")


if __name__ == "__main__":
    asyncio.run(main())
