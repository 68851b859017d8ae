"""The extractive model at work on a workbook: which tables it takes, how it sums up, what it says of itself."""

import json

import pytest

from orchestration.agents.tools import read_tool_input
from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.book.plan import DISCLOSURE, plan_book
from orchestration.models.extractive.book.work import NOTHING_FOUND
from orchestration.models.port import TextBlock, ToolResult
from orchestration.provenance.report import report_on_file
from orchestration.skills.builder import MadeFile, build_xlsx
from orchestration.skills.sheet.reader import read_book
from recipes.bundle import WorkBundle
from recipes.source import LeftOut
from tests.orchestration.models.bundles import EXAMPLE, ScriptedHost, list_calls, make_book_bundle, run_to_end

SALES = b"""region,month,revenue,margin_rate,note
North,2026-01,10.5,0.2,=cmd|'/c calc'!A1
South,2026-01,20.25,0.3,
North,2026-02,11,0.25,@SUM(A1)
Total,2026-02,41.75,0.25,
"""
FILES = {"iowa.csv": EXAMPLE.read_bytes(), "sales.csv": SALES}


def make(bundle: WorkBundle) -> MadeFile:
    tables = {str(each.id): each.table for each in bundle.list_passages() if each.table is not None}
    return build_xlsx(plan_book(bundle).to_json(), permalinks={}, tables=tables)


def table_rows(made: MadeFile, title: str) -> list[list[object]]:
    """Give the rows of a native table, header and totals included."""
    book = read_book(made.content)
    table = next(each for each in book.list_tables() if each.title == title)
    sheet = book.find_sheet(table.sheet)
    rows = range(table.header_row, (table.total_row or table.last_row) + 1)
    return [[sheet.get(row, table.first_column + at) for at in range(len(table.headers))] for row in rows]


def iowa(**answers):
    return make_book_bundle(topic="Iowa's electricity", files={"iowa.csv": FILES["iowa.csv"]}, **answers)


def test_every_row_of_the_file_is_there_and_summed_up():
    bundle = iowa()
    made = make(bundle)
    table = next(each.table for each in bundle.list_passages() if each.table)
    assert table_rows(made, "iowa")[1:] == [list(row) for row in table.rows]
    total = sum(row[2] for row in table.rows)
    assert table_rows(made, "iowa by source")[-1] == ["Total", total, None]
    assert len(table_rows(made, "iowa by year")) == 1 + 17 + 1
    assert [check.name for check in made.checks if not check.passed] == []


def test_it_is_summed_up_by_what_was_asked_for():
    made = make(iowa(group_by="Year"))
    assert [table.title for table in read_book(made.content).list_tables()][:2] == ["iowa by year", "iowa"]


def test_columns_and_tables_that_were_asked_for_are_taken_and_what_is_not_there_is_said():
    bundle = make_book_bundle(
        topic="Sales", files=FILES, tables=("sales", "costs"), columns=("Revenue", "region", "profit")
    )
    plan = plan_book(bundle)
    assert [name for name, _ in plan.tables] == ["sales"]
    assert table_rows(make(bundle), "sales")[0] == ["region", "revenue"]
    assert plan.missed == ("No table is called “costs”.", "No column is called “profit”.")


def test_rows_that_are_sums_of_others_are_copied_and_not_added_up_again():
    made = make(make_book_bundle(topic="Sales", files={"sales.csv": SALES}))
    assert table_rows(made, "sales by region") == [
        ["region", "Total revenue", "Average margin_rate", "Share of revenue"],
        ["North", 21.5, 0.225, pytest.approx(21.5 / 41.75)],
        ["South", 20.25, 0.3, pytest.approx(20.25 / 41.75)],
        ["Total", 41.75, None, None],
    ]
    assert table_rows(made, "sales")[-1] == ["Total", "2026-02", 41.75, 0.25, None]


def test_text_of_a_source_that_looks_like_a_formula_stays_text():
    made = make(make_book_bundle(topic="Sales", files={"sales.csv": SALES}))
    assert [row[4] for row in table_rows(made, "sales")[1:4]] == ["=cmd|'/c calc'!A1", None, "@SUM(A1)"]
    assert next(check for check in made.checks if check.name == "injection").passed


def test_a_summary_is_left_out_where_none_is_wanted():
    assert [sheet.name for sheet in read_book(make(iowa(summary=False)).content).sheets] == ["About", "iowa", "Sources"]


def test_every_figure_stands_on_a_passage_or_is_worked_out_again():
    bundle = make_book_bundle(topic="Iowa and sales", files=FILES)
    report = report_on_file("xlsx", make(bundle).content, bundle=bundle, claims=())
    assert (report.figures.missing, report.broken_citations) == (0, 0)
    assert report.figures.found >= 51 + 8
    assert report.figures.computed > 30


async def test_it_says_plainly_that_no_language_model_was_used():
    history = await run_to_end(ExtractiveModel(), iowa())
    [content] = [call["content"] for call in list_calls(history, "Skill")]
    [output] = list_calls(history, "emit_work_output")
    assert content["subtitle"] == DISCLOSURE
    assert output["body"].startswith("No language model was used")
    assert output["output_type"] == "data_workbook"


async def test_the_todos_say_what_this_work_is_and_every_call_passes_the_tools_own_checks():
    history = await run_to_end(ExtractiveModel(), iowa())
    assert [todo["content"] for todo in list_calls(history, "TodoWrite")[0]["todos"]] == [
        "Read iowa.csv",
        "Take the tables iowa",
        "Sum up iowa by source; iowa by year",
        "Build the workbook of 51 rows",
        "Check and hand in the file",
    ]
    for call in (call for turn in history for call in turn.tool_calls()):
        read_tool_input(call.name, call.input)


async def test_rows_do_not_travel_in_the_call():
    history = await run_to_end(ExtractiveModel(), iowa())
    assert len(json.dumps(list_calls(history, "Skill"))) < 5_000


async def test_sources_without_a_table_are_an_honest_end():
    history = await run_to_end(ExtractiveModel(), make_book_bundle(topic="x", messages=[("Maya", "We sold 3 units.")]))
    assert history[-1].blocks == (TextBlock(text=NOTHING_FOUND),)


async def test_a_refusal_ends_the_work_with_its_reason():
    refused = ToolResult(tool_use_id="", content="no row is left", is_error=True)
    history = await run_to_end(ExtractiveModel(), iowa(), ScriptedHost(skill=[refused, refused]))
    assert history[-1].blocks == (TextBlock(text="The file could not be built: no row is left"),)


async def test_a_refused_workbook_is_built_once_more_with_the_rows_alone():
    refused = ToolResult(tool_use_id="", content="chart 'A': a pie needs positive values", is_error=True)
    history = await run_to_end(ExtractiveModel(), iowa(), ScriptedHost(skill=[refused]))
    first, second = [call["content"]["sheets"] for call in list_calls(history, "Skill")]
    assert second == first[1:]
    assert (
        "since the first file was not as it should be: chart 'A'" in list_calls(history, "emit_work_output")[0]["body"]
    )


async def test_the_text_in_the_thread_says_what_was_not_read():
    left_out = [LeftOut(source="big.csv", reason="rows after the first 5,000")]
    bundle = make_book_bundle(topic="Iowa", files={"iowa.csv": FILES["iowa.csv"]}, left_out=left_out)
    [output] = list_calls(await run_to_end(ExtractiveModel(), bundle), "emit_work_output")
    assert "Not read: big.csv: rows after the first 5,000" in output["body"]
    assert "• net_generation by source: most for Fossil Fuels, 620,129 in all" in output["body"]
