"""Maya asks for an Excel workbook of her figures, approves the brief, and gets the file with every row of them."""

import csv
import io
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import pytest_asyncio
from openpyxl import load_workbook

from bot.sandbox.screen import words_of
from tests.scenarios.threads import WorkThread, open_thread

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("bot"),
    # openpyxl leaves out bars in cells, and says so
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]

REQUEST = "@Threadwork make an Excel workbook about how electricity in Iowa moved to wind"


@dataclass(frozen=True)
class Delivered:
    """The story, told to its end."""

    thread: WorkThread
    brief: dict[str, Any]
    summary: str
    name: str
    file: bytes
    output: dict[str, Any]


def _list_books(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [file for file in message.get("files") or () if file["name"].endswith(".xlsx")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def delivered(bot, maya, electricity, rows) -> AsyncIterator[Delivered]:
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    brief = await thread.approve()
    message = await thread.wait_for(_list_books, "the workbook")
    [file] = _list_books(message)
    await thread.ending()
    summary = await thread.words("is in this thread")
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    output = rows.get("work_outputs", ticket_id=ticket["id"])
    yield Delivered(thread, brief, words_of(summary), file["name"], await maya.download(file["id"]), output)


@pytest.fixture
def figures(electricity) -> list[tuple[date, str, int]]:
    """The rows of the file that Maya shared."""
    read = csv.DictReader(io.StringIO(electricity.decode()))
    return [(date.fromisoformat(row["year"]), row["source"], int(row["net_generation"])) for row in read]


async def test_the_brief_says_what_is_made(delivered):
    said = words_of(delivered.brief)
    assert "An Excel workbook of the data on how electricity in Iowa moved to wind." in said
    assert "iowa.csv" in said


async def test_every_row_of_the_shared_file_is_in_the_workbook(delivered, figures):
    sheet = load_workbook(io.BytesIO(delivered.file))["iowa"]
    table = sheet.tables["iowa"]
    head, *body = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert head == ["year", "source", "net_generation"]
    assert [(row[0].date(), row[1], row[2]) for row in body] == figures


async def test_the_summary_sheet_sums_up_by_live_formulas(delivered, figures):
    sums = Counter[str]()
    for _, source, generated in figures:
        sums[source] += generated
    formulas, values = (load_workbook(io.BytesIO(delivered.file), data_only=flag)["Summary"] for flag in (False, True))
    cells = formulas.tables["iowa_by_source"].ref
    shown = {row[0].value: row[1].value for row in values[cells]}
    assert {name: shown[name] for name in sums} == dict(sums)
    assert shown["Total"] == sum(sums.values())
    assert all(str(row[1].value).startswith("=SUMIFS(iowa!") for row in formulas[cells][1:-1])
    assert len(formulas._charts) == 2


async def test_the_output_is_a_workbook_with_every_figure_sourced(delivered):
    output = delivered.output
    assert (output["output_type"], output["file_format"], output["generation_method"]) == (
        "data_workbook",
        "xlsx",
        "skill",
    )
    assert output["digest"] == sha256(delivered.file).hexdigest()
    figures = output["provenance"]["figures"]
    assert figures["total"] == figures["found"] + figures["computed"] > 51
    assert all(check["passed"] for check in output["checks"])


async def test_the_thread_says_what_it_is_and_that_no_language_model_was_used(delivered):
    assert delivered.name.endswith(".xlsx")
    assert "No language model was used" in delivered.summary
    assert "11 of 11 checks passed" in delivered.summary


async def test_slack_refused_nothing(delivered, journal, expected_refusals):
    assert set(journal.list_refused(since=0)) <= expected_refusals
