"""What is true of a PostgreSQL only."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from orchestration.leases import LENGTH
from recipes.errors import TransientError
from storage.catalog import read_catalog
from storage.engine import IDLE_TIMEOUT_MS, DatabaseAway, make_database
from storage.schema import DatabaseUnreachable, opening_database
from storage.unit_of_work import Store
from tests.fakes.moment import START
from tests.fakes.nouns import TEAM, make_draft
from tests.fakes.stores import RecordingEnqueue


async def test_a_server_that_is_away_is_told_as_what_may_pass(postgres, ours):
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
    postgres.stop()
    with pytest.raises(DatabaseAway) as caught:
        async with ours.begin():
            pass
    postgres.start()
    assert isinstance(caught.value, TransientError)
    async with ours.read() as work:
        assert (await work.drafts.get("dra_1")).id == "dra_1"


async def test_a_server_that_dies_within_a_unit_of_work_takes_it_back(postgres, ours):
    async def write_across_a_crash() -> None:
        async with ours.begin() as work:
            await work.drafts.add(make_draft())
            postgres.kill()
            postgres.start()
            await work.drafts.save(make_draft(asked="topic"))

    with pytest.raises(DatabaseAway):
        await write_across_a_crash()
    async with ours.begin() as work:
        await work.drafts.add(make_draft())


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_who_asks_next_does_not_notice_that_the_server_was_restarted(postgres, ours, store, end):
    async with ours.begin(), ours.begin(), ours.read():
        await store.leases.take("thread:1", "a")
    getattr(postgres, end)()
    postgres.start()
    await store.leases.release("a", "thread:1")
    async with ours.begin() as first, ours.begin() as second, ours.read() as third:
        await first.drafts.add(make_draft("dra_1"))
        await second.drafts.add(make_draft("dra_2"))
        assert await third.drafts.find_brief("dra_1") is None


async def test_a_lease_is_asked_for_once_more_where_the_connection_was_dead(postgres, store):
    assert await store.leases.list_living() == []
    await store.leases.enter("a", length=LENGTH)
    postgres.kill()
    postgres.start()
    assert await store.leases.take("thread:1", "a")
    assert not await store.leases.take("thread:1", "b")


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_an_errand_does_not_notice_that_the_server_was_restarted(postgres, ours, end):
    async def add(work) -> None:
        await work.drafts.add(make_draft())

    async def has(work) -> bool:
        return (await work.drafts.get("dra_1")).id == "dra_1"

    await ours.run(add)
    getattr(postgres, end)()
    postgres.start()
    assert await ours.run(has)


async def test_an_errand_that_the_server_dies_under_is_told_as_what_may_pass(postgres, ours):
    async def write_across_a_crash(work) -> None:
        await work.drafts.add(make_draft())
        postgres.kill()
        postgres.start()
        await work.drafts.save(make_draft(asked="topic"))

    async def add(work) -> None:
        await work.drafts.add(make_draft())

    with pytest.raises(DatabaseAway):
        await ours.run(write_across_a_crash)
    await ours.run(add)


async def test_a_transaction_of_a_frozen_process_ends_by_itself(store):
    async def show(connection) -> str:
        return (await connection.execute(text("SHOW idle_in_transaction_session_timeout"))).scalar_one()

    async with store._database.begin(TEAM) as connection:
        assert await show(connection) == f"{IDLE_TIMEOUT_MS // 1_000}s"
    assert await store._database.run(TEAM, show) == f"{IDLE_TIMEOUT_MS // 1_000}s"


async def test_an_address_without_a_database_is_refused_with_what_to_check(empty_database_url):
    with pytest.raises(DatabaseUnreachable) as caught:
        async with opening_database(f"{empty_database_url}_not"):
            pass
    assert "does not exist" in caught.value.advice()
    assert "THREADWORK_DATABASE_URL" in caught.value.advice()


async def test_nothing_is_opened_before_the_first_use():
    await make_database("postgresql://nobody@127.0.0.1:1/nothing").dispose()


async def test_several_processes_may_start_on_an_empty_database_at_once(empty_database_url):
    async with AsyncExitStack() as stack:
        opened = [stack.enter_async_context(opening_database(empty_database_url)) for _ in range(3)]
        stores = [Store(database, RecordingEnqueue()) for database in await asyncio.gather(*opened)]
        await asyncio.gather(*(store.save_built_in(read_catalog(), now=START) for store in stores))
        async with stores[0].for_team(TEAM).read() as work:
            assert len(await work.recipes.list_active()) == len(read_catalog())
