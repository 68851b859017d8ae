"""The database itself shows a unit of work the rows of its own workspace, also to a query that forgets to ask."""

import pytest
from sqlalchemy import NullPool, create_engine, insert, make_url, select, text, update
from sqlalchemy.exc import ProgrammingError

from recipes.ids import TeamId
from storage.repositories.recipes import BUILT_IN
from storage.row_security import EVERY_TEAM, begin_for
from storage.tables import metadata, recipes, work_tickets
from tests.fakes.moment import START
from tests.fakes.nouns import OTHER_TEAM, TEAM, make_draft, make_item
from tests.fakes.stores import add_ticket

OF_A_TEAM = sorted(name for name, table in metadata.tables.items() if "team_id" in table.columns)
POLICY = """
    SELECT relrowsecurity, relforcerowsecurity, polcmd
    FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
    WHERE relname = :name AND polname = 'own_team'
"""


@pytest.fixture
async def both(store):
    """A store with a ticket in each of two workspaces."""
    await add_ticket(store, number=1)
    await add_ticket(store, number=2, team_id=OTHER_TEAM)
    return store


async def _list_teams(store, shown: str) -> list[str]:
    async with store._database.read(shown) as connection:
        rows = await connection.execute(text("SELECT team_id FROM work_tickets ORDER BY id"))
        return list(rows.scalars())


@pytest.mark.parametrize("name", OF_A_TEAM)
async def test_every_table_of_a_workspace_has_the_policy_also_for_its_owner(store, name):
    async with store._database.read(TEAM) as connection:
        assert tuple((await connection.execute(text(POLICY), {"name": name})).one()) == (True, True, "*")


async def test_a_query_without_a_condition_sees_its_own_workspace_only(both):
    assert await _list_teams(both, TEAM) == [TEAM]
    assert await _list_teams(both, OTHER_TEAM) == [OTHER_TEAM]


async def test_neither_does_an_errand_see_others(both):
    async def list_teams(connection) -> list[str]:
        return list((await connection.execute(text("SELECT team_id FROM work_tickets"))).scalars())

    assert await both._database.run(TEAM, list_teams) == [TEAM]
    assert await both._database.run(OTHER_TEAM, list_teams) == [OTHER_TEAM]


async def test_a_question_that_concerns_all_workspaces_sees_them(both):
    assert await _list_teams(both, EVERY_TEAM) == [TEAM, OTHER_TEAM]
    assert len(await both.list_lagging()) == 2


async def test_a_connection_that_says_nothing_sees_nothing(both, database_url):
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        for name in OF_A_TEAM:
            assert connection.execute(select(metadata.tables[name])).all() == []


async def test_a_connection_that_comes_back_to_the_pool_forgets_whose_rows_it_saw(both):
    database = both._database
    async with database._writer.connect() as connection:
        for _ in range(2):
            async with connection.begin():
                assert (await connection.execute(select(work_tickets))).all() == []
            async with connection.begin():
                await begin_for(connection, EVERY_TEAM, read_only=True)
                assert len((await connection.execute(select(work_tickets))).all()) == 2
        assert (await connection.execute(select(recipes))).all() == []


@pytest.mark.parametrize("table", ["drafts", "inbox", "effects"])
async def test_a_row_for_another_workspace_is_refused(store, table):
    row = {
        "drafts": {**make_draft().model_dump(), "id": "dra_9"},
        "inbox": {**make_item().model_dump(), "status": "waiting"},
        "effects": {"key": "k", "status": "intended", "created_at": START},
    }[table]
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with store._database.begin(TEAM) as connection:
            await connection.execute(insert(metadata.tables[table]).values(**row | {"team_id": OTHER_TEAM}))


async def test_a_row_cannot_be_given_to_another_workspace(both):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with both._database.begin(TEAM) as connection:
            await connection.execute(update(work_tickets).values(team_id=OTHER_TEAM))


async def test_what_forgets_its_condition_changes_nothing_of_others(both):
    async with both._database.begin(TEAM) as connection:
        await connection.execute(update(work_tickets).values(problem="oops"))
    async with both.for_team(TeamId(OTHER_TEAM)).read() as work:
        assert (await work.tickets.get("tkt_2")).problem is None


async def test_built_in_recipes_are_read_by_all_and_changed_by_none(store):
    async with store._database.begin(TEAM) as connection:
        before = (await connection.execute(select(recipes.c.slug))).all()
        changed = await connection.execute(update(recipes).values(archived=True))
        deleted = await connection.execute(recipes.delete())
        assert (len(before) > 0, changed.rowcount, deleted.rowcount) == (True, 0, 0)
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with store._database.begin(TEAM) as connection:
            await connection.execute(
                insert(recipes).values(
                    team_id=BUILT_IN, slug="mine", version=1, definition={}, archived=False, created_at=START
                )
            )
