from datetime import timedelta

import pytest
from sqlalchemy import text

from recipes.ids import TeamId
from recipes.ticket import TicketStatus
from storage.engine import make_database
from storage.inspection import inspect_database
from storage.row_security import EVERY_TEAM
from storage.schema import SchemaAge
from tests.fakes.moment import START
from tests.fakes.nouns import OTHER_TEAM, make_item
from tests.fakes.stores import add_ticket

PATIENCE = timedelta(seconds=5)


async def set_revision(url: str, revision: str) -> None:
    database = make_database(url)
    async with database.begin(EVERY_TEAM) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    await database.dispose()


async def test_a_fresh_database_is_this_releases_and_has_nothing_to_do(database_url):
    found = await inspect_database(database_url, patience=PATIENCE)
    assert (found.age, found.writes_ahead, found.unbound_role) == (SchemaAge.CURRENT, True, None)
    assert (found.work.living, found.work.silent, found.work.waiting, found.work.tickets) == (0, 0, 0, {})
    assert found.version[0].isdecimal()


@pytest.mark.parametrize(("revision", "age"), [("0001", SchemaAge.OLDER), ("9999", SchemaAge.NEWER)])
async def test_the_tables_of_another_release_are_told_apart_and_not_asked_for_work(database_url, revision, age):
    await set_revision(database_url, revision)
    found = await inspect_database(database_url, patience=PATIENCE)
    assert (found.age, found.work) == (age, None)


async def test_what_there_is_to_do_is_counted_in_all_workspaces(store, database_url):
    await add_ticket(store, number=1)
    await add_ticket(store, number=2, team_id=OTHER_TEAM)
    await add_ticket(store, number=3, status=TicketStatus.FAILED)
    for item_id, team_id, minutes in (("inb_1", "T0SANDBOX", 5), ("inb_2", OTHER_TEAM, 9)):
        item = make_item(item_id, team_id=team_id, received_at=START - timedelta(minutes=minutes))
        async with store.for_team(TeamId(team_id)).begin() as work:
            await work.inbox.add(item)
    found = await inspect_database(database_url, patience=PATIENCE)
    assert found.work.tickets == {TicketStatus.PENDING: 2, TicketStatus.FAILED: 1}
    assert (found.work.waiting, found.work.waits_since) == (2, START - timedelta(minutes=9))


async def test_processes_that_are_heard_of_are_told_from_silent_ones(store, database_url):
    await store.leases.enter("here", length=timedelta(minutes=1))
    await store.leases.enter("frozen", length=-timedelta(minutes=1))
    found = await inspect_database(database_url, patience=PATIENCE)
    assert (found.work.living, found.work.silent) == (1, 1)
    assert await store.leases.bury() == ["frozen"]
    found = await inspect_database(database_url, patience=PATIENCE)
    assert (found.work.living, found.work.silent) == (1, 0)
