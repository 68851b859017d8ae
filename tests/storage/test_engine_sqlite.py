"""What is true of a SQLite file only."""

import stat

from sqlalchemy import text

from storage.schema import migrate, opening_database


async def test_migrating_twice_changes_nothing(empty_database_url):
    async with opening_database(empty_database_url) as database:
        async with database.begin() as connection:
            before = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
        await migrate(database)
        async with database.begin() as connection:
            after = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
    assert before == after


async def test_the_database_is_for_its_owner_only_and_writes_ahead(tmp_path):
    path = tmp_path / "home" / "threadwork.db"
    async with opening_database(f"sqlite:///{path}") as database, database.begin() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
