"""What a process has in hand, on the kind for one process and on the kind for many."""

import asyncio

import pytest

from orchestration.leases import LeasesPort, LocalLeases, SharedLeases, holding
from tests.fakes.nouns import TEAM
from tests.fakes.stores import opening_store


@pytest.fixture(params=["local", "shared"])
async def leases(request, database_url):
    async with opening_store(database_url) as store:
        made: LeasesPort = LocalLeases() if request.param == "local" else SharedLeases(store, "one")
        await made.enter()
        yield made
        await made.leave()


async def test_what_is_in_hand_is_not_taken_twice(leases):
    assert await leases.take("lane:a")
    assert not await leases.take("lane:a")
    assert await leases.take("lane:b")


async def test_what_was_let_go_can_be_taken(leases):
    await leases.take("lane:a")
    await leases.release("lane:a")
    assert await leases.take("lane:a")


async def test_what_is_not_in_hand_can_be_let_go(leases):
    await leases.release("lane:a")
    assert await leases.take("lane:a")


async def test_who_waits_gets_it_when_it_is_let_go_also_by_a_failure(leases):
    order = []

    async def work(name):
        async with holding(leases, "ticket:1"):
            order.append(f"{name} in")
            await asyncio.sleep(0)
            order.append(f"{name} out")
            raise ValueError(name)

    await asyncio.gather(work("a"), work("b"), return_exceptions=True)
    assert order in (["a in", "a out", "b in", "b out"], ["b in", "b out", "a in", "a out"])


async def test_a_living_process_may_go_on(leases, database_url):
    async with opening_store(database_url) as store, store.for_team(TEAM).begin() as work:
        await leases.check(work)
