from sqlalchemy import inspect, text

from storage.row_security import EVERY_TEAM
from storage.schema import list_differences, migrate, opening_database
from storage.tables import metadata


async def test_the_migrated_schema_is_what_the_code_expects(empty_database_url):
    async with opening_database(empty_database_url) as database:
        assert await list_differences(database) == []
        async with database.begin(EVERY_TEAM) as connection:
            names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert names == set(metadata.tables) | {"alembic_version"}


async def test_migrating_twice_leaves_one_version(empty_database_url):
    async with opening_database(empty_database_url) as database:
        await migrate(database)
        async with database.begin(EVERY_TEAM) as connection:
            assert len((await connection.execute(text("SELECT * FROM alembic_version"))).all()) == 1
        assert await list_differences(database) == []


async def test_a_table_of_the_engine_is_no_difference(empty_database_url):
    async with opening_database(empty_database_url) as database:
        async with database.begin(EVERY_TEAM) as connection:
            await connection.execute(text("CREATE TABLE workflow_status (id TEXT)"))
        assert await list_differences(database) == []


async def test_a_missing_column_is_a_difference(empty_database_url):
    async with opening_database(empty_database_url) as database:
        async with database.begin(EVERY_TEAM) as connection:
            await connection.execute(text("ALTER TABLE work_tickets DROP COLUMN problem"))
        (difference,) = await list_differences(database)
    assert "problem" in difference


def test_every_row_of_a_workspace_carries_its_team():
    others = {name for name, table in metadata.tables.items() if "team_id" not in table.columns}
    assert others == {"leases", "model_rests"}
