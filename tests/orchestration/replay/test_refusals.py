"""What a replay refuses, each in a sentence, before anything runs and before a folder is made."""

import sqlite3

import pytest

from recipes.bundle import BundleMissing, BundleTampered
from recipes.replay import FolderRefused, NoTicketId, TicketUnknown, TurnsNotKept
from storage.schema import DatabaseUnreachable
from storage.window import TablesNotOurs
from tests.fakes.nouns import make_bundle
from tests.fakes.stores import add_ticket


@pytest.fixture(autouse=True)
def no_folder_is_left(tmp_path):
    yield
    again = tmp_path / "again"
    assert not again.exists() or [path.name for path in again.iterdir()] in ([], ["mine.txt"])


@pytest.mark.parametrize("touch", ["canonical = CAST(canonical || ' ' AS BLOB)", "digest = replace(digest, 'a', 'b')"])
async def test_a_touched_bundle(store, again, iowa, change, touch):
    await add_ticket(store, bundle=iowa)
    await change(f"UPDATE work_bundles SET {touch}")  # noqa: S608 (the lines above)
    with pytest.raises(BundleTampered) as caught:
        await again()
    assert caught.value.advice().startswith("What was approved is no longer what is stored")


async def test_a_ticket_whose_bundle_is_not_there(store, again, iowa, database_url):
    await add_ticket(store, bundle=iowa)
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DELETE FROM work_bundles")
    connection.close()
    with pytest.raises(BundleMissing) as caught:
        await again()
    assert caught.value.advice().startswith("What was approved is no longer stored")


async def test_a_ticket_that_nobody_knows_beside_the_newest_that_there_are(store, again):
    for number in range(1, 6):
        await add_ticket(store, number=number)
    with pytest.raises(TicketUnknown) as caught:
        await again("tkt_9")
    assert caught.value.advice() == ("There is no ticket `tkt_9` in this database. The newest are tkt_5, tkt_4, tkt_3.")


async def test_a_ticket_where_there_is_none(store, again):
    with pytest.raises(TicketUnknown) as caught:
        await again("tkt_9")
    assert caught.value.advice() == "There is no ticket `tkt_9` in this database. There are none yet."


@pytest.mark.parametrize("given", ["bun_1", "", "27d773b0c0b4"])
async def test_an_id_of_something_else(again, given):
    with pytest.raises(NoTicketId) as caught:
        await again(given)
    assert caught.value.advice() == f"`{given}` is not the id of a ticket: those begin with `tkt_`."


async def test_a_ticket_of_a_model_that_would_have_to_be_asked_outside(store, again):
    await add_ticket(store, bundle=make_bundle())
    with pytest.raises(TurnsNotKept) as caught:
        await again()
    assert "asks no scripted, which is outside" in caught.value.advice()


async def test_a_folder_in_which_something_lies(again, tmp_path):
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderRefused) as caught:
        await again()
    assert caught.value.advice().endswith("again is not empty. Name another folder with --folder.")
    assert (tmp_path / "again" / "mine.txt").read_text(encoding="utf-8") == "mine"


async def test_an_empty_folder_is_used(run, again, iowa, tmp_path):
    await run(iowa)
    (tmp_path / "again").mkdir()
    assert (await again()).is_faithful()
    (file,) = (tmp_path / "again").iterdir()
    file.unlink()


@pytest.mark.parametrize(
    ("place", "problem"), [("file", "is not a folder"), ("file/below", "cannot be written (Not a directory)")]
)
async def test_a_folder_that_cannot_be_one(run, again, iowa, tmp_path, monkeypatch, place, problem):
    await run(iowa)
    (tmp_path / "file").touch()
    with pytest.raises(FolderRefused) as caught:
        await again(folder=tmp_path / place)
    assert caught.value.problem == problem


async def test_a_database_that_is_not_there(again, tmp_path):
    path = tmp_path / "none.db"
    with pytest.raises(TablesNotOurs) as caught:
        await again(database_url=f"sqlite:///{path}")
    assert caught.value.advice() == (
        f"I cannot read {path}: it is not there yet, and the first start of `threadwork serve` makes it."
    )
    assert not path.exists()


async def test_a_database_without_tables(again, tmp_path):
    (tmp_path / "empty.db").touch()
    with pytest.raises(TablesNotOurs, match="no tables yet"):
        await again(database_url=f"sqlite:///{tmp_path / 'empty.db'}")


@pytest.mark.parametrize(("revision", "said"), [("0001", "an older release"), ("9999", "a newer release")])
async def test_a_database_of_another_release(again, change, database_url, revision, said):
    await change("UPDATE alembic_version SET version_num = ?", revision)
    with pytest.raises(TablesNotOurs, match=said):
        await again()


@pytest.mark.parametrize("content", [b"Wind produced more than ever. " * 100, bytes(range(256)) * 64])
async def test_a_file_that_is_no_database_such_as_one_that_was_encrypted(again, tmp_path, content):
    (tmp_path / "sealed.db").write_bytes(content)
    with pytest.raises(DatabaseUnreachable, match="file is not a database"):
        await again(database_url=f"sqlite:///{tmp_path / 'sealed.db'}")


async def test_a_database_that_breaks_off(store, again, iowa, database_url, tmp_path):
    await add_ticket(store, bundle=iowa)
    await store._database.dispose()
    whole = (tmp_path / "threadwork.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatabaseUnreachable, match="malformed"):
        await again(database_url=f"sqlite:///{tmp_path / 'half.db'}")
