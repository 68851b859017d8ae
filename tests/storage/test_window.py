"""Looking into a database that others work with: on both kinds, nothing can be written through it."""

from datetime import timedelta

import pytest

from recipes.bundle import BundleMissing
from recipes.job import Job
from storage.schema import DatabaseUnreachable
from storage.window import TablesNotOurs, looking_into
from tests.fakes.nouns import OTHER_TEAM, TEAM
from tests.fakes.stores import add_ticket

PATIENCE = timedelta(seconds=5)


async def test_a_ticket_is_found_in_whichever_workspace(store, database_url):
    await add_ticket(store, number=1)
    await add_ticket(store, number=2, team_id=OTHER_TEAM)
    async with looking_into(database_url, patience=PATIENCE) as window:
        found = [await window.find_ticket(f"tkt_{number}") for number in (1, 2)]
        assert [ticket.team_id for ticket in found] == [TEAM, OTHER_TEAM]
        assert await window.find_ticket("tkt_3") is None
        assert [ticket.id for ticket in await window.list_newest(most=1)] == ["tkt_2"]


async def test_what_is_read_of_one_workspace_is_its_own(store, database_url):
    await add_ticket(store, number=2, team_id=OTHER_TEAM)
    async with looking_into(database_url, patience=PATIENCE) as window, window.for_team(TEAM).read() as work:
        with pytest.raises(BundleMissing):
            await work.bundles.get("bun_2")


@pytest.mark.parametrize("verb", ["begin", "read"])
async def test_nothing_is_written_through_it_by_either_door(store, database_url, verb):
    ticket = await add_ticket(store)
    with pytest.raises(DatabaseUnreachable, match=r"read-?only"):
        await _save_through(database_url, verb, ticket.bumped())
    async with store.for_team(TEAM).read() as work:
        assert await work.tickets.get(ticket.id) == ticket


async def _save_through(url, verb, ticket):
    async with looking_into(url, patience=PATIENCE) as window, getattr(window.for_team(TEAM), verb)() as work:
        await work.tickets.save(ticket)


async def test_no_job_is_handed_over_through_it(store, database_url):
    job = Job(workflow="run_segment", team_id=TEAM, ticket_id="tkt_1", segment=1)
    async with looking_into(database_url, patience=PATIENCE) as window:
        with pytest.raises(RuntimeError):
            async with window.for_team(TEAM).read() as work:
                await work.enqueue(job)


async def test_it_does_not_wait_for_a_writer(store, database_url):
    ticket = await add_ticket(store)
    async with store.for_team(TEAM).begin() as writing:
        await writing.tickets.save(ticket.bumped())
        async with looking_into(database_url, patience=PATIENCE) as window:
            assert await window.find_ticket(ticket.id) == ticket


async def test_a_database_without_tables_is_refused(empty_database_url, tmp_path):
    (tmp_path / "threadwork.db").touch()
    with pytest.raises(TablesNotOurs, match="has no tables yet"):
        async with looking_into(empty_database_url, patience=PATIENCE):
            raise AssertionError("it opened")


async def test_an_error_of_whoever_looks_stays_what_it_is(database_url):
    with pytest.raises(ValueError, match="mine"):
        async with looking_into(database_url, patience=PATIENCE):
            raise ValueError("mine")
