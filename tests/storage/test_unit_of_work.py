import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, StatementError

from recipes.draft import DraftNotFound
from recipes.job import Job
from recipes.ticket import TicketNotFound
from storage.catalog import read_catalog
from tests.fakes.moment import START
from tests.fakes.nouns import MAYA, OTHER_TEAM, TEAM, THREAD, make_draft, make_item, make_ticket
from tests.fakes.stores import add_ticket


def _job(ticket_id: str = "tkt_1") -> Job:
    return Job(workflow="run_segment", team_id=TEAM, ticket_id=ticket_id, segment=1)


async def _count_jobs(ours) -> int:
    async with ours.begin() as work:
        connection = work.tickets._team.connection
        if not await connection.run_sync(lambda sync: inspect(sync).has_table("jobs")):
            return 0
        return (await connection.execute(text("SELECT count(*) FROM jobs"))).scalar_one()


async def test_a_clean_exit_commits_our_rows_and_the_engines(ours, enqueue):
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
        await work.enqueue(_job())
    async with ours.begin() as work:
        assert await work.drafts.get("dra_1") == make_draft()
    assert enqueue.jobs == [_job()]
    assert await _count_jobs(ours) == 1


async def test_an_exception_takes_both_back(ours):
    with pytest.raises(RuntimeError, match="changed my mind"):
        await _add_and_enqueue(ours, then=RuntimeError("changed my mind"))
    async with ours.begin() as work:
        with pytest.raises(DraftNotFound):
            await work.drafts.get("dra_1")
    assert await _count_jobs(ours) == 0


async def test_a_refusing_engine_takes_our_rows_back(ours, enqueue):
    enqueue.trouble = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        await _add_and_enqueue(ours)
    async with ours.begin() as work:
        with pytest.raises(DraftNotFound):
            await work.drafts.get("dra_1")
    assert await _count_jobs(ours) == 0


async def _add_and_enqueue(ours, *, then: Exception | None = None) -> None:
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
        await work.enqueue(_job())
        if then is not None:
            raise then


async def test_a_cancelled_unit_of_work_leaves_nothing_and_the_next_one_goes_on(ours):
    entered = asyncio.Event()

    async def stay() -> None:
        async with ours.begin() as work:
            await work.drafts.add(make_draft())
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stay())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with ours.begin() as work:
        await work.drafts.add(make_draft())


async def test_units_of_work_at_the_same_time_lose_no_update(store, ours):
    await add_ticket(store)

    async def bump() -> None:
        async with ours.begin() as work:
            await work.tickets.save((await work.tickets.get("tkt_1")).bumped())

    await asyncio.gather(*(bump() for _ in range(10)))
    async with ours.begin() as work:
        assert (await work.tickets.get("tkt_1")).progress_version == 11


async def test_times_come_back_aware_and_in_utc(ours):
    here = datetime(2026, 11, 17, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    async with ours.begin() as work:
        await work.drafts.add(make_draft(created_at=here))
    async with ours.begin() as work:
        kept = await work.drafts.get("dra_1")
    assert kept.created_at == START
    assert kept.created_at.tzinfo == UTC


async def test_a_time_without_a_zone_is_refused(ours):
    with pytest.raises(StatementError, match="a stored time is aware"):
        async with ours.begin() as work:
            await work.drafts.add(make_draft(created_at=datetime(2026, 11, 17, 9, 0)))  # noqa: DTZ001 (what is refused)


async def test_waiting_items_of_all_workspaces_come_oldest_first(store, ours, theirs):
    async with ours.begin() as work:
        await work.inbox.add(make_item("inb_2"))
        await work.inbox.add(make_item("inb_3"))
    async with theirs.begin() as work:
        await work.inbox.add(make_item("inb_1", team_id=OTHER_TEAM))
    assert [item.id for item in await store.list_waiting(most=2)] == ["inb_1", "inb_2"]
    async with ours.begin() as work:
        await work.inbox.close("inb_2")
    assert [item.id for item in await store.list_waiting(most=9)] == ["inb_1", "inb_3"]


async def test_tickets_that_lag_come_longest_waiting_first(store, ours):
    await add_ticket(store, number=1, progress_version=2, shown_version=2)
    await add_ticket(store, number=2, created_at=START + timedelta(seconds=1))
    await add_ticket(store, number=3, team_id=OTHER_TEAM)
    assert [ticket.id for ticket in await store.list_lagging()] == ["tkt_3", "tkt_2"]


async def test_tickets_at_work_are_those_that_were_begun_and_are_not_over(store):
    statuses = ("running", "pending", "waiting", "completed", "failed", "cancelled")
    for number, status in enumerate(statuses, start=1):
        await add_ticket(store, number=number, status=status, team_id=OTHER_TEAM if number == 1 else TEAM)
    assert [ticket.id for ticket in await store.list_at_work()] == ["tkt_1", "tkt_3"]


async def test_the_catalogue_is_kept_once_however_often_it_is_synchronised(store, ours):
    await store.save_built_in(read_catalog(), now=START)
    newer = tuple(
        recipe.model_copy(update={"version": recipe.version + 1, "name": "Newer"}) for recipe in read_catalog()
    )
    await store.save_built_in(newer, now=START)
    await store.save_built_in(newer, now=START + timedelta(days=1))
    async with ours.begin() as work:
        active = await work.recipes.list_active()
    assert [recipe.version for recipe in active] == [recipe.version for recipe in newer]
    assert {recipe.name for recipe in active} == {"Newer"}


async def test_what_is_not_there_is_said_by_its_id(ours):
    async with ours.begin() as work:
        with pytest.raises(TicketNotFound) as caught:
            await work.tickets.get("tkt_9")
        assert caught.value.ticket_id == "tkt_9"
        with pytest.raises(LookupError, match="tkt_9"):
            await work.tickets.save(make_ticket("tkt_9"))


async def test_a_flood_of_writers_is_worked_off_one_after_the_other(store, ours):
    async def keep(number: int) -> None:
        async with ours.begin() as work:
            await work.inbox.add(make_item(f"inb_{number}", key=f"said:{number}"))

    await asyncio.gather(*(keep(number) for number in range(300)))
    assert len(await store.list_waiting(most=999)) == 300


async def test_who_only_reads_waits_for_no_writer(ours):
    async with ours.begin() as writing:
        await writing.drafts.add(make_draft())
        async with ours.read() as reading:
            assert not await reading.drafts.is_engaged("C0REPORTS", make_draft().thread_ts)


async def test_who_only_reads_cannot_write(ours):
    with pytest.raises(DBAPIError, match=r"read-?only"):
        async with ours.read() as reading:
            await reading.drafts.add(make_draft())


async def test_who_only_reads_may_ask_for_what_a_writer_would_lock(store, ours):
    ticket = await add_ticket(store)
    async with ours.read() as reading:
        assert await reading.tickets.get("tkt_1") == ticket
        assert (await reading.drafts.get("dra_1")).id == "dra_1"
        assert await reading.drafts.find_newest(THREAD, MAYA) is not None


async def test_what_comes_twice_at_the_same_time_is_kept_once(store, ours):
    async def keep(number: int) -> bool:
        async with ours.begin() as work:
            return await work.inbox.add(make_item(f"inb_{number}", key="said:1"))

    assert sorted(await asyncio.gather(*(keep(number) for number in range(10)))) == [False] * 9 + [True]
