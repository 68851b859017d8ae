"""LibreOffice is asked in one way: apart from people's own, and never for longer than it may take."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.office import find_office, print_files, set_as_pdf
from tests.fakes.offices import is_alive, make_office, make_pdf


def list_asked(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "asked.jsonl").read_text().splitlines()]


def test_the_program_is_looked_for_on_the_path(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() is None
    office = make_office(tmp_path)
    assert find_office() == str(office)


def test_a_file_becomes_a_pdf(tmp_path):
    made = set_as_pdf(str(make_office(tmp_path, pages=3)), b"any document", "docx")
    assert made == make_pdf(3)
    [asked] = list_asked(tmp_path)
    assert asked[asked.index("--convert-to") + 1] == "pdf:writer_pdf_Export"


def test_no_more_pages_are_made_than_are_wanted(tmp_path):
    set_as_pdf(str(make_office(tmp_path)), b"any deck", "pptx", last_page=5)
    [asked] = list_asked(tmp_path)
    name, _, options = asked[asked.index("--convert-to") + 1].removeprefix("pdf:").partition(":")
    assert (name, json.loads(options)) == ("impress_pdf_Export", {"PageRange": {"type": "string", "value": "1-5"}})


def test_each_call_has_a_profile_of_its_own_that_is_gone_afterwards(tmp_path):
    office = str(make_office(tmp_path))
    for _ in range(2):
        set_as_pdf(office, b"any deck", "pptx")
    profiles = [next(each for each in asked if each.startswith("-env:")) for asked in list_asked(tmp_path)]
    assert len(set(profiles)) == 2
    assert not any(Path(each.partition("file://")[2]).parent.exists() for each in profiles)


def test_the_program_learns_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    set_as_pdf(str(make_office(tmp_path)), b"any deck", "pptx")
    known = json.loads((tmp_path / "environment.json").read_text())
    # LC_CTYPE is Python's own doing, in which this program is written.
    assert known.keys() - {"LC_CTYPE"} == {"PATH", "HOME", "TMPDIR"}


@pytest.mark.parametrize("does", ["fails", "waits"])
def test_a_program_that_fails_or_hangs_makes_nothing_and_leaves_nothing_behind(tmp_path, does):
    office = str(make_office(tmp_path, does=does))
    assert set_as_pdf(office, b"any deck", "pptx", patience=timedelta(seconds=2)) is None
    assert not is_alive(tmp_path)


def test_many_files_are_made_by_one_start(tmp_path):
    office = str(make_office(tmp_path / "office"))
    sources = [tmp_path / f"{number}.xlsx" for number in range(3)]
    print_files(office, sources, options={"SinglePageSheets": {"type": "boolean", "value": "true"}})
    [asked] = list_asked(tmp_path / "office")
    assert asked[-3:] == [str(each) for each in sources]
    assert any("SinglePageSheets" in each for each in asked)
