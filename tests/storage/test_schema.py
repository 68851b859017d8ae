import stat

from sqlalchemy import inspect, text

from storage.schema import list_differences, migrate, opening_database
from storage.tables import metadata


async def test_the_migrated_schema_is_what_the_code_expects(tmp_path):
    async with opening_database(f"sqlite:///{tmp_path / 'new' / 'threadwork.db'}") as database:
        assert await list_differences(database) == []
        async with database.begin() as connection:
            names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert names == set(metadata.tables) | {"alembic_version"}


async def test_migrating_twice_changes_nothing(tmp_path):
    async with opening_database(f"sqlite:///{tmp_path / 'threadwork.db'}") as database:
        async with database.begin() as connection:
            before = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
        await migrate(database)
        async with database.begin() as connection:
            after = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
            assert len((await connection.execute(text("SELECT * FROM alembic_version"))).all()) == 1
    assert before == after


async def test_a_table_of_the_engine_is_no_difference(tmp_path):
    async with opening_database(f"sqlite:///{tmp_path / 'threadwork.db'}") as database:
        async with database.begin() as connection:
            await connection.execute(text("CREATE TABLE workflow_status (id TEXT)"))
        assert await list_differences(database) == []


async def test_a_missing_column_is_a_difference(tmp_path):
    async with opening_database(f"sqlite:///{tmp_path / 'threadwork.db'}") as database:
        async with database.begin() as connection:
            await connection.execute(text("ALTER TABLE work_tickets DROP COLUMN problem"))
        (difference,) = await list_differences(database)
    assert "problem" in difference


async def test_the_database_is_for_its_owner_only_and_writes_ahead(tmp_path):
    path = tmp_path / "home" / "threadwork.db"
    async with opening_database(f"sqlite:///{path}") as database, database.begin() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_every_row_of_a_workspace_carries_its_team():
    assert [name for name, table in metadata.tables.items() if "team_id" not in table.columns] == []
