"""What is true of a SQLite file only."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.inspection import inspect_database
from storage.schema import DatabaseUnreachable, SchemaAge
from tests.fakes.stores import add_ticket

PATIENCE = timedelta(seconds=5)


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_file_that_is_not_there_is_not_made(empty_database_url, tmp_path):
    assert await inspect_database(empty_database_url, patience=PATIENCE) is None
    assert list(tmp_path.iterdir()) == []


async def test_an_empty_file_has_no_tables_yet(tmp_path):
    (tmp_path / "threadwork.db").touch()
    found = await inspect_database(f"sqlite:///{tmp_path / 'threadwork.db'}", patience=PATIENCE)
    assert (found.age, found.work) == (SchemaAge.NONE, None)


async def test_a_look_changes_no_byte_and_leaves_nothing_beside_the_file(database_url, tmp_path):
    before = read_all(tmp_path)
    assert (await inspect_database(database_url, patience=PATIENCE)).age is SchemaAge.CURRENT
    assert read_all(tmp_path) == before


async def test_what_another_process_has_only_written_ahead_is_seen(store, database_url):
    await add_ticket(store)
    found = await inspect_database(database_url, patience=PATIENCE)
    assert sum(found.work.tickets.values()) == 1


async def test_a_look_does_not_wait_for_a_writer(store, database_url):
    async with store._database.begin("T0SANDBOX"):
        assert (await inspect_database(database_url, patience=PATIENCE)).work is not None


async def test_a_file_in_another_mode_is_noticed(database_url):
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    assert not (await inspect_database(database_url, patience=PATIENCE)).writes_ahead


async def test_a_path_with_a_mark_of_addresses_is_found(database_url, tmp_path):
    odd = tmp_path / "50% ?#.db"
    (tmp_path / "threadwork.db").rename(odd)
    assert (await inspect_database(f"sqlite:///{odd}", patience=PATIENCE)).age is SchemaAge.CURRENT


async def test_what_is_no_database_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("Wind produced more than ever. " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnreachable, match="not a database"):
        await inspect_database(f"sqlite:///{tmp_path / 'notes.txt'}", patience=PATIENCE)
