"""Units of work that are done in one go: the same promises as of those that are open for a while."""

import asyncio
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from recipes.draft import DraftNotFound
from recipes.job import Job
from tests.fakes.nouns import TEAM, make_draft
from tests.fakes.stores import add_ticket


async def _has_draft(ours) -> bool:
    async with ours.read() as work:
        try:
            await work.drafts.get("dra_1")
        except DraftNotFound:
            return False
    return True


async def test_what_it_comes_to_is_given_and_what_it_wrote_is_kept_with_the_engines_row(ours, enqueue):
    job = Job(workflow="run_segment", team_id=TEAM, ticket_id="tkt_1", segment=1)

    async def add(work) -> str:
        await work.drafts.add(make_draft())
        await work.enqueue(job)
        return (await work.drafts.get("dra_1")).id

    assert await ours.run(add) == "dra_1"
    assert enqueue.jobs == [job]
    assert await _has_draft(ours)


async def test_it_does_not_run_on_the_loop(ours):
    async def find_thread(_work) -> int:
        return threading.get_ident()

    assert await ours.run(find_thread) != threading.get_ident()


async def test_an_exception_takes_it_back_and_the_next_one_goes_on(ours):
    async def add_and_fail(work) -> None:
        await work.drafts.add(make_draft())
        raise RuntimeError("changed my mind")

    async def add(work) -> None:
        await work.drafts.add(make_draft())

    with pytest.raises(RuntimeError, match="changed my mind"):
        await ours.run(add_and_fail)
    assert not await _has_draft(ours)
    await ours.run(add)


async def test_one_that_waits_for_something_else_is_refused_and_taken_back(ours):
    async def add_and_wait(work) -> None:
        await work.drafts.add(make_draft())
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for nothing but its transaction"):
        await ours.run(add_and_wait)
    assert not await _has_draft(ours)


async def test_a_cancelled_one_is_kept_whole_or_not_at_all_and_the_next_one_goes_on(store, ours):
    await add_ticket(store)
    entered, leave = threading.Event(), threading.Event()

    async def bump_slowly(work) -> None:
        entered.set()
        leave.wait(timeout=30)
        await work.tickets.save((await work.tickets.get("tkt_1")).bumped())

    task = asyncio.create_task(ours.run(bump_slowly))
    await asyncio.to_thread(entered.wait, 30)
    task.cancel()
    leave.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with ours.begin() as work:
        assert (await work.tickets.get("tkt_1")).progress_version in {1, 2}


async def test_they_and_open_units_of_work_at_the_same_time_lose_no_update(store, ours):
    await add_ticket(store)

    async def bump(work) -> None:
        await work.tickets.save((await work.tickets.get("tkt_1")).bumped())

    async def bump_openly() -> None:
        async with ours.begin() as work:
            await bump(work)

    await asyncio.gather(*(each for _ in range(20) for each in (ours.run(bump), bump_openly())))
    async with ours.read() as work:
        assert (await work.tickets.get("tkt_1")).progress_version == 41


async def test_one_that_only_reads_cannot_write(ours):
    async def add(work) -> None:
        await work.drafts.add(make_draft())

    with pytest.raises(DBAPIError, match=r"read-?only"):
        await ours.run(add, read_only=True)


async def test_one_that_only_reads_waits_for_no_writer(ours):
    async def is_engaged(work) -> bool:
        return await work.drafts.is_engaged("C0REPORTS", make_draft().thread_ts)

    async with ours.begin() as writing:
        await writing.drafts.add(make_draft())
        assert not await ours.run(is_engaged, read_only=True)


async def test_another_workspaces_rows_are_not_found(ours, theirs):
    async def add(work) -> None:
        await work.drafts.add(make_draft())

    async def get(work) -> None:
        await work.drafts.get("dra_1")

    await ours.run(add)
    with pytest.raises(DraftNotFound):
        await theirs.run(get)


async def test_a_wrong_statement_stays_a_defect(store):
    async def ask(connection) -> None:
        await connection.execute(text("SELECT 1 FROM nowhere"))

    with pytest.raises((OperationalError, ProgrammingError), match="nowhere"):
        await store._database.run(TEAM, ask)
