"""Many processes on one database: who holds what, and who is given up."""

import asyncio
from datetime import timedelta

import pytest

from orchestration import leases as leases_module
from orchestration.bell import Bell
from orchestration.leases import LeaseLost, SharedLeases
from orchestration.tickets.admission import job_of
from orchestration.tickets.moves import TicketMoves
from recipes.ticket import TicketStatus
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.nouns import TEAM
from tests.fakes.stores import add_ticket

LONG = timedelta(minutes=1)
OVER = timedelta(seconds=-1)


async def test_what_a_living_process_holds_nobody_else_takes(store):
    await store.leases.enter("one", length=LONG)
    await store.leases.enter("two", length=LONG)
    assert await store.leases.take("lane:a", "one")
    assert not await store.leases.take("lane:a", "two")
    assert sorted(await store.leases.list_living()) == ["one", "two"]


async def test_who_does_not_know_whether_it_let_go_can_take_it_again(store):
    await store.leases.enter("one", length=LONG)
    assert await store.leases.take("lane:a", "one")
    assert await store.leases.take("lane:a", "one")


async def test_of_many_that_reach_for_it_at_once_one_gets_it(store):
    for number in range(8):
        await store.leases.enter(f"p{number}", length=LONG)
    taken = await asyncio.gather(*(store.leases.take("pump:T", f"p{number}") for number in range(8)))
    assert sum(taken) == 1


async def test_who_is_late_is_only_given_up_by_a_burial(store):
    await store.leases.enter("late", length=OVER)
    await store.leases.take("lane:a", "late")
    await store.leases.enter("other", length=LONG)
    assert not await store.leases.take("lane:a", "other")
    assert await store.leases.renew("late", length=LONG)
    assert await store.leases.bury() == []


async def test_what_a_buried_process_held_is_free_and_it_is_told_so(store):
    await store.leases.enter("gone", length=OVER)
    await store.leases.take("lane:a", "gone")
    await store.leases.enter("other", length=LONG)
    assert await store.leases.bury() == ["gone"]
    assert await store.leases.bury() == []
    assert not await store.leases.renew("gone", length=LONG)
    assert await store.leases.list_living() == ["other"]
    assert await store.leases.take("lane:a", "other")
    async with store.for_team(TEAM).begin() as work:
        assert not await work.is_alive("gone")
        assert await work.is_alive("other")


async def test_a_buried_process_moves_no_ticket_and_leaves_nothing_of_the_attempt(store):
    ticket = await add_ticket(store)
    slow = SharedLeases(store, "slow")
    moves = TicketMoves(job_of(ticket), store=store, leases=slow, bell=Bell(), clock=FakeClock(), ids=FakeIds())
    await store.leases.enter("slow", length=OVER)
    assert await store.leases.bury() == ["slow"]
    with pytest.raises(LeaseLost):
        await moves.move(TicketStatus.RUNNING)
    async with store.for_team(TEAM).read() as work:
        assert await work.tickets.get(ticket.id) == ticket


async def test_who_leaves_gives_everything_back_at_once(store):
    await store.leases.enter("one", length=LONG)
    await store.leases.take("lane:a", "one")
    await store.leases.leave("one")
    await store.leases.enter("two", length=LONG)
    assert await store.leases.list_living() == ["two"]
    assert await store.leases.take("lane:a", "two")


async def test_a_process_buries_those_that_are_silent_and_ends_when_it_was_buried_itself(store, monkeypatch):
    monkeypatch.setattr(leases_module, "BEAT", timedelta(milliseconds=5))
    await store.leases.enter("silent", length=OVER)
    alive = SharedLeases(store, "alive")
    await alive.enter()
    running = asyncio.create_task(alive.run())
    async with asyncio.timeout(10):
        while "silent" in await store.leases.list_living():  # noqa: ASYNC110 (told by the database)
            await asyncio.sleep(0)
    await store.leases.leave("alive")
    with pytest.raises(LeaseLost):
        await running
