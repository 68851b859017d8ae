# ruff: noqa: DTZ001, E501 - cells have no time zone; content is data, a sheet a line

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest

from orchestration.skills.problems import parse_content
from orchestration.skills.sheet.checks import check_workbook
from orchestration.skills.sheet.content import Workbook
from tests.orchestration.skills.sheet.books import (
    DATA,
    SALES,
    TABLES,
    build,
    load,
    make_content,
    problems_of,
    rows_of,
    typed,
)

TEXT = [{"header": "Name", "type": "text"}]
GROUPED = {
    "name": "By region",
    "columns": [
        {"header": "region"},
        {"header": "Revenue", "from_column": "revenue", "take": "sum", "total": "sum"},
        {"header": "Mean", "from_column": "revenue", "take": "average"},
        {"header": "Days", "from_column": "units", "take": "count"},
        {"header": "Best", "from_column": "revenue", "take": "greatest"},
        {"header": "Share", "formula": {"kind": "share", "of": ["Revenue"]}},
    ],
    "rows_from": {"table": "Sales", "group_by": ["region"], "sort": [{"column": "Revenue", "descending": True}]},
}


def test_the_same_content_gives_the_same_bytes():
    content = make_content({"name": "Summary", "tables": [GROUPED]}, DATA)
    assert build(content) == build(content)


def test_rows_are_taken_from_the_passage_with_their_types():
    sheet = load(make_content())["Data"]
    assert rows_of(sheet, "A4:D8")[0] == [dt.datetime(2026, 1, 5), "North", 3, 30.5]
    assert [sheet["C7"].value, sheet["D7"].value] == [None, 7]
    assert [sheet[cell].number_format for cell in ("A4", "B4", "C4", "D4")] == ["d mmm yyyy", "@", "#,##0", "#,##0.0"]


def test_a_sheet_of_one_table_keeps_its_header_in_sight_and_is_a_native_table_with_a_filter():
    sheet = load(make_content())["Data"]
    assert sheet.freeze_panes == "A4"
    [table] = sheet.tables.values()
    assert (table.name, table.ref, table.autoFilter.ref) == ("Sales", "A3:D8", "A3:D8")
    assert [column.name for column in table.tableColumns] == ["day", "region", "units", "revenue"]
    assert sheet.print_title_rows == "$3:$3"


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "<r>x</r>", "<r><t>&</t></r>", "_x0041_", "007"]
)
def test_text_stays_the_text_it_is(text):
    sheet = load(make_content(typed(TEXT, [[text]])))["Typed"]
    cell = sheet["A4"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value.replace("_x005F_x0041_", "_x0041_") == text.strip()


def test_no_text_is_written_as_a_formula_or_a_link_wherever_it_stands():
    evil = "=HYPERLINK(1)"
    content = make_content(
        {
            **typed([{"header": evil, "type": "text"}], [[evil]], title=evil, note=evil),
            "title": evil,
            "notes": evil,
            "figures": [{"label": evil, "value": 1}],
        },
        title=evil,
        subtitle=evil,
    )
    parts = zipfile.ZipFile(io.BytesIO(build(content)))
    sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet for sheet in sheets)


def test_a_link_is_written_only_where_it_opens_a_browser_or_a_mail_program():
    sources = [
        {"id": "S1", "title": "safe", "url": "https://files.example.com/a", "kind": "data"},
        {"id": "S2", "title": "unsafe", "url": "file:///etc/passwd", "kind": "data"},
    ]
    sheet = load(make_content(sources=sources))["Sources"]
    assert (sheet["B4"].hyperlink.target, sheet["B5"].hyperlink) == ("https://files.example.com/a", None)


def test_types_are_typed_cells_with_formats():
    columns = [
        {"header": "When", "type": "datetime"},
        {"header": "Paid", "type": "money", "currency": "EUR"},
        {"header": "Rate", "type": "percent"},
        {"header": "Done", "type": "yes_no"},
        {"header": "Year", "type": "integer"},
        {"header": "Load", "type": "number", "unit": "kWh", "decimals": 3},
    ]
    rows = [["2026-01-05T09:30", 1234.5, 0.125, True, 2026, 1.5], [None, None, None, None, None, None]]
    sheet = load(make_content(typed(columns, rows)))["Typed"]
    assert rows_of(sheet, "A4:F4") == [[dt.datetime(2026, 1, 5, 9, 30), 1234.5, 0.125, True, 2026, 1.5]]
    formats = [cell.number_format for cell in sheet[4]]
    assert formats == ["d mmm yyyy hh:mm", '"€"#,##0.00;-"€"#,##0.00', "0.0%", "General", "0", "#,##0.000"]
    assert sheet["F3"].value == "Load (kWh)"


def test_formats_follow_the_language():
    columns = [
        {"header": "Tag", "type": "date"},
        {"header": "Betrag", "type": "money", "currency": "EUR", "decimals": 2},
    ]
    book = load(make_content(typed(columns, [["2026-01-05", 3]]), language="de-DE"))
    assert [cell.number_format for cell in book["Typed"][4]] == ["dd.mm.yyyy", '#,##0.00 "€"']
    assert book.sheetnames == ["Über", "Typed", "Quellen"]


def test_a_day_before_the_calendar_of_programs_stays_text():
    sheet = load(make_content(typed([{"header": "Day", "type": "date"}], [["1850-01-01"], ["2026-13-40"]])))["Typed"]
    assert rows_of(sheet, "A4:A5") == [["1850-01-01"], ["2026-13-40"]]


def test_groups_of_a_table_here_are_live_formulas_with_their_values():
    content = make_content({"name": "Summary", "tables": [GROUPED]}, DATA)
    formulas, values = load(content)["Summary"], load(content, values=True)["Summary"]
    assert formulas["B4"].value == "=SUMIFS(Data!$D$4:$D$8,Data!$B$4:$B$8,$A4)"
    assert formulas["D4"].value == '=COUNTIFS(Data!$B$4:$B$8,$A4,Data!$C$4:$C$8,"<>")'
    assert formulas["B7"].value == "=SUBTOTAL(109,By_region[Revenue])"
    assert rows_of(values, "A4:E7") == [
        ["North", 70.7, 35.35, 2, 40.2],
        ["South", 30.3, 15.15, 2, 20.2],
        ["West", 7, 7, 0, 7],
        ["Total", 108, None, None, None],
    ]
    assert values["F4"].value == pytest.approx(70.7 / 108)


@pytest.mark.parametrize("key", ["a*", ">5", "=x", "12", "", "TRUE", "a" * 300])
def test_keys_that_programs_would_read_as_something_else_are_not_looked_up(key):
    rows = (("b", 1), (key or None, 2), (key or None, 3))
    table = SALES.model_copy(update={"columns": SALES.columns[1:3], "rows": rows})
    grouped = {
        "name": "Groups",
        "columns": [{"header": "region"}, {"header": "units", "take": "sum"}],
        "rows_from": {"table": "Sales", "group_by": ["region"]},
    }
    sheet = load(make_content({"name": "Summary", "tables": [grouped]}, DATA), {"S1.1": table})["Summary"]
    assert rows_of(sheet, "B4:B5") == [[1], [5]]


def test_rows_are_filtered_sorted_and_limited():
    taken = {
        "passage": "S1.1",
        "where": [
            {"column": "units", "test": "at_least", "value": 2},
            {"column": "region", "test": "one_of", "values": ["north", "South"]},
        ],
        "sort": [{"column": "revenue", "descending": True}],
        "limit": 2,
    }
    table = {
        "name": "Best",
        "columns": [{"header": "Region", "from_column": "region"}, {"header": "revenue"}],
        "rows_from": taken,
    }
    assert rows_of(load(make_content({"name": "Best", "tables": [table]}))["Best"], "A3:B6") == [
        ["Region", "revenue"],
        ["North", 40.2],
        ["North", 30.5],
        [None, None],
    ]


def test_columns_work_out_changes_of_rows_and_leave_missing_ones_empty():
    columns = [
        *TEXT,
        {"header": "Before", "type": "number"},
        {"header": "After", "type": "number"},
        {"header": "Change", "formula": {"kind": "change", "of": ["Before", "After"]}},
        {"header": "Ratio", "formula": {"kind": "ratio", "of": ["After", "Before"]}},
    ]
    content = make_content(typed(columns, [["a", 10, 15], ["b", None, 5], ["c", 0, 5]]))
    formulas, values = load(content)["Typed"], load(content, values=True)["Typed"]
    assert rows_of(formulas, "D4:E6") == [["=($C4-$B4)/$B4", "=$C4/$B4"], [None, None], [None, None]]
    assert rows_of(values, "D4:E4") == [[0.5, 1.5]]
    assert values["D4"].number_format == "0.0%"


def test_charts_are_native_named_and_described():
    chart = {
        "title": "=Revenue",
        "type": "bar",
        "table": "By region",
        "categories": "region",
        "series": ["Revenue"],
        "alt": "Bars",
    }
    parts = zipfile.ZipFile(
        io.BytesIO(build(make_content({"name": "Summary", "tables": [GROUPED], "charts": [chart]}, DATA)))
    )
    drawn = parts.read("xl/charts/chart1.xml").decode()
    assert "Summary!$B$4:$B$6" in drawn
    assert "<c:v>70.7</c:v>" in drawn
    assert "<c:v>North</c:v>" in drawn
    assert "\N{WORD JOINER}=Revenue" in drawn
    assert 'descr="Bars"' in parts.read("xl/drawings/drawing1.xml").decode()


def test_the_first_sheet_says_what_it_is_and_the_last_where_everything_comes_from():
    book = load(make_content({"name": "Summary", "tables": [GROUPED]}, DATA, subtitle="All regions", author="Maya"))
    assert book.sheetnames == ["About", "Summary", "Data", "Sources"]
    said = [cell.value for row in book["About"].iter_rows() for cell in row if cell.value]
    assert {"Sales", "All regions", "sales.csv", "23 Nov 2026", "Maya", "Summary", "Data"} <= set(said)
    origins = rows_of(book["Sources"], "A8:F14")
    assert ["Summary!A4:A6", "By region", "region", 'each "region"', "S1.1", "1"] in origins
    assert ["Data!A4:D8", "Sales", "day … revenue", "copied", "S1.1", "1"] in origins
    assert ["Summary!B4:D6", "By region", "Revenue … Days", "formulas", "", ""] in origins
    assert ["Summary!E4:E6", "By region", "Best", 'greatest of "revenue" for each "region"', "S1.1", "1"] in origins
    assert (book.properties.title, book.properties.creator, book.properties.created) == (
        "Sales",
        "Maya",
        dt.datetime(2026, 11, 23),
    )


def test_nothing_is_left_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    build(make_content())
    assert not list(Path(tmp_path).iterdir())


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        ({"name": "Empty"}, "the sheet 'Empty' holds nothing"),
        ({"name": "sources", "notes": "x"}, "a sheet may not be called 'sources'"),
        (typed([{"header": "A", "type": "text"}, {"header": "a", "type": "text"}], [["x", "y"]]), "has two columns 'a'"),
        (typed(TEXT, [["x", "y"]]), "table 'Typed', row 1 has 2 cells for 1 columns"),
        (typed([{"header": "A"}], [["x"]]), "column 'A' of table 'Typed' has no type"),
        (typed(TEXT, [["x"]], cites=["S9"]), "cites unknown source 'S9'; known: S1"),
        (typed([*TEXT, {"header": "B", "formula": {"kind": "share", "of": ["Name"]}}], [["x"]]), "which holds no numbers"),
        ({"name": "X", "tables": [{"name": "X", "rows_from": {"passage": "S1.9"}}]}, "S1.9 is no table of the sources; tables are S1.1"),
        (
            {"name": "X", "tables": [{"name": "X", "columns": [{"header": "nope"}], "rows_from": {"passage": "S1.1"}}]},
            "there is no column 'nope'; the columns are 'day', 'region', 'units', 'revenue'",
        ),
        (
            {"name": "X", "tables": [{"name": "X", "rows_from": {"passage": "S1.1", "where": [{"column": "units", "test": "above", "value": 99}]}}]},
            "no row is left",
        ),
        ({"name": "X", "notes": "x", "charts": [{"title": "C", "type": "pie", "table": "T", "categories": "a", "series": ["b"]}]}, "is over table 'T', which is not here"),
    ],
)  # fmt: skip
def test_what_does_not_make_a_workbook_is_said_in_a_sentence(sheet, problem):
    assert any(problem in said for said in problems_of(make_content(sheet)))


def test_a_chart_that_nobody_could_read_is_refused():
    chart = {"title": "C", "type": "column", "table": "Sales", "categories": "day", "series": ["region"]}
    assert problems_of(make_content({**DATA, "charts": [chart]})) == ["chart 'C': 'region' holds no numbers"]


def test_a_hundred_thousand_rows_are_written(tmp_path):
    rows = tuple((f"2026-01-{1 + at % 28:02d}", "North", at, at / 4) for at in range(100_000))
    table = SALES.model_copy(update={"rows": rows})
    parts = zipfile.ZipFile(io.BytesIO(build(make_content(), {**TABLES, "S1.1": table})))
    sheet = parts.read("xl/worksheets/sheet2.xml")
    assert sheet.count(b"<row ") == 100_000 + 2
    assert b'<c r="D100003"' in sheet


def test_a_combination_has_a_line_on_an_axis_of_its_own_and_a_scatter_names_its_points():
    both = {"title": "Both", "type": "combination", "categories": "region", "series": ["Revenue", "Share"]}
    points = {"title": "Points", "type": "scatter", "categories": "region", "series": ["Days", "Revenue"]}
    charts = [{**each, "table": "By region"} for each in (both, points)]
    content = make_content({"name": "Sum of it", "tables": [GROUPED], "charts": charts}, DATA)
    made = build(content)
    checks = check_workbook(made, parse_content(Workbook, content, "the workbook"))
    assert [each.said for each in checks if not each.passed] == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first, second = (archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2))
    assert "<c:barChart>" in first
    assert "<c:lineChart>" in first
    assert first.count("<c:valAx>") == 2
    assert "<c:scatterChart>" in second
    assert re.findall(r"<a:t>(North|South|West)</a:t>", second) == ["North", "South", "West"]
