"""What is told of the database's work, and of the places where things are kept."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from orchestration.checkup.database import examine_database
from orchestration.checkup.folders import examine_files, examine_home
from recipes.finding import Mark
from recipes.ticket import TicketStatus
from storage.engine import make_database
from storage.row_security import EVERY_TEAM
from tests.fakes.moment import START, FakeClock
from tests.fakes.nouns import TEAM, make_item
from tests.fakes.stores import add_ticket


async def examine(url: str) -> dict:
    return {each.subject: each for each in await examine_database(url, clock=FakeClock())}


@pytest.mark.parametrize(
    ("minutes", "mark", "length"),
    [
        (0, Mark.OK, "0 s"),
        (1.5, Mark.WARNING, "90 s"),
        (59, Mark.WARNING, "59 minutes"),
        (3000, Mark.WARNING, "2 days"),
    ],
)
async def test_what_waits_too_long_is_a_warning(store, database_url, minutes, mark, length):
    async with store.for_team(TEAM).begin() as work:
        await work.inbox.add(make_item(received_at=START - timedelta(minutes=minutes)))
    found = (await examine(database_url))["Inbox"]
    assert (found.mark, found.said) == (mark, f"1 waiting, the oldest for {length}")


async def test_tickets_are_counted_by_where_they_stand(store, database_url):
    for number, status in enumerate((TicketStatus.RUNNING, TicketStatus.FAILED, TicketStatus.FAILED), start=1):
        await add_ticket(store, number=number, status=status)
    assert (await examine(database_url))["Work"].said == "tickets: 1 running, 2 failed"


@pytest.mark.parametrize(("revision", "mark"), [("0001", Mark.WARNING), ("9999", Mark.PROBLEM)])
async def test_the_tables_of_another_release_are_told(database_url, revision, mark):
    database = make_database(database_url)
    async with database.begin(EVERY_TEAM) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    await database.dispose()
    found = await examine(database_url)
    assert (list(found), found["Database"].mark) == (["Database"], mark)


async def test_a_sqlite_file_that_could_not_be_made_is_a_problem(tmp_path):
    (tmp_path / "file").touch()
    found = await examine(f"sqlite:///{tmp_path / 'file' / 'threadwork.db'}")
    assert found["Database"].mark is Mark.PROBLEM


@pytest.mark.parametrize(("free_bytes", "mark"), [(10**10, Mark.OK), (10**9 - 1, Mark.WARNING), (10**7, Mark.PROBLEM)])
def test_a_disk_with_little_room_is_told(tmp_path, monkeypatch, free_bytes, mark):
    total, used, _ = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(total, used, free_bytes))
    assert examine_home(tmp_path).mark is mark


async def test_a_folder_that_may_not_be_written_is_a_problem(tmp_path, monkeypatch):
    # Who runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path)
    assert examine_home(tmp_path / "home").mark is Mark.PROBLEM
    found = await examine_files(str(tmp_path / "files"), is_shared=False)
    assert (found.mark, found.said) == (
        Mark.PROBLEM,
        f"{tmp_path / 'files'} cannot be made: {tmp_path} does not allow it",
    )


def test_a_home_below_a_folder_that_may_not_be_looked_at_is_a_problem(tmp_path, monkeypatch):
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)
    found = examine_home(tmp_path / "home")
    assert found.mark is Mark.PROBLEM
    assert "cannot be reached: this account may not look" in found.said
