"""What is true of a SQLite file only."""

import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.engine import DatabaseAway, make_database
from storage.row_security import EVERY_TEAM
from storage.schema import migrate, opening_database


async def test_migrating_twice_changes_nothing(empty_database_url):
    async with opening_database(empty_database_url) as database:
        async with database.begin(EVERY_TEAM) as connection:
            before = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
        await migrate(database)
        async with database.begin(EVERY_TEAM) as connection:
            after = (await connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name"))).all()
    assert before == after


async def test_the_database_is_for_its_owner_only_and_writes_ahead(tmp_path):
    path = tmp_path / "home" / "threadwork.db"
    async with opening_database(f"sqlite:///{path}") as database, database.begin(EVERY_TEAM) as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_file_that_another_process_keeps_locked_is_told_as_what_may_pass(database_url, monkeypatch):
    monkeypatch.setattr("storage.engine.BUSY_TIMEOUT_MS", 1)
    database = make_database(database_url)
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseAway, match="locked"):
            async with database.begin(EVERY_TEAM):
                pass
    await database.dispose()


async def test_a_wrong_statement_stays_a_defect(database_url):
    database = make_database(database_url)
    with pytest.raises(OperationalError, match="no such table"):
        async with database.begin(EVERY_TEAM) as connection:
            await connection.execute(text("SELECT 1 FROM nowhere"))
    await database.dispose()
