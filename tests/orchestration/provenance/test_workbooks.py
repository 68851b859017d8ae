"""What a workbook stands on: read from its bytes, compared with the passages, range by range."""

import io
import zipfile

import pytest

from orchestration.provenance.report import report_on_file
from orchestration.skills.builder import build_xlsx
from orchestration.skills.sheet.content import Filter
from orchestration.skills.sheet.lineage import read_taking
from recipes.provenance import Ground
from tests.orchestration.models.bundles import make_book_bundle

SALES = b"day,region,units\n2026-01-05,North,3\n2026-01-06,South,41\n2026-01-07,North,17\n2026-02-01,West,5\n"
BUNDLE = make_book_bundle(topic="Sales", messages=[("Maya", "We aim for 250 units.")], files={"sales.csv": SALES})
TABLES = {str(each.id): each.table for each in BUNDLE.list_passages() if each.table}
SOURCES = [{"id": "S1", "title": "Maya", "kind": "message"}, {"id": "S2", "title": "sales.csv", "kind": "data"}]
GROUPED = {
    "name": "By region",
    "columns": [{"header": "region"}, {"header": "Sum", "from_column": "units", "take": "sum", "total": "sum"}],
    "rows_from": {
        "passage": "S2.1",
        "group_by": ["region"],
        "where": [
            {"column": "units", "test": "above", "value": 4},
            {"column": "region", "test": "one_of", "values": ['No"rth and', "North", "West"]},
        ],
    },
}


def build(*sheets):
    content = {"title": "Sales", "sources": SOURCES, "sheets": list(sheets)}
    return build_xlsx(content, permalinks={}, tables=TABLES).content


def report(content):
    return report_on_file("xlsx", content, bundle=BUNDLE, claims=())


def change(content, part, old, new):
    source, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            read = source.read(name)
            if name == part:
                assert old.encode() in read
                read = read.replace(old.encode(), new.encode())
            target.writestr(name, read)
    return made.getvalue()


DATA = {"name": "Data", "tables": [{"name": "Data", "rows_from": {"passage": "S2.1"}}]}


def test_rows_that_are_copied_are_found_whole():
    found = report(build(DATA))
    assert (found.figures.total, found.figures.found, found.figures.missing) == (4, 4, 0)
    assert found.standing == {"S2": 4}
    assert [each.passages for each in found.findings] == [("S2.1",)]


def test_one_changed_value_of_a_copied_row_stands_on_nothing():
    [missing] = report(change(build(DATA), "xl/worksheets/sheet2.xml", "<v>41</v>", "<v>17</v>")).list_missing()
    assert (missing.where, missing.why) == ("sheet Data, row 5", "S2.1 has no such row")


def test_columns_under_other_names_and_chosen_rows_are_found():
    columns = [{"header": "Where", "from_column": "region"}, {"header": "units"}]
    taken = {
        "passage": "S2.1",
        "where": [{"column": "units", "test": "at_most", "value": 17}],
        "sort": [{"column": "units"}],
    }
    found = report(build({"name": "Few", "tables": [{"name": "Few", "columns": columns, "rows_from": taken}]}))
    assert (found.figures.total, found.figures.found) == (3, 3)


def test_groups_are_worked_out_again_from_the_rows_that_were_taken():
    content = build({"name": "Sums", "tables": [GROUPED]})
    found = report(content)
    assert (found.figures.total, found.figures.computed, found.figures.missing) == (3, 3, 0)
    missing = report(change(content, "xl/worksheets/sheet2.xml", "<v>5</v>", "<v>6</v>")).list_missing()
    assert {each.why for each in missing} == {
        "worked out again from S2.1 it is another",
        "its formula comes to another number",
    }


def test_a_number_that_is_said_to_be_a_formula_and_is_none_stands_on_nothing():
    content = build({"name": "Sums", "tables": [GROUPED]})
    changed = change(content, "xl/worksheets/sheet2.xml", "<f>SUBTOTAL(109,By_region[Sum])</f>", "")
    [missing] = report(changed).list_missing()
    assert missing.why == "it is said to be a formula, and is none"


@pytest.mark.parametrize(
    ("value", "cites", "ground"),
    [(250, ["S1.1"], Ground.PASSAGE), (251, ["S1.1"], Ground.NOTHING), (250, ["S2"], Ground.NOTHING)],
)
def test_what_was_written_by_hand_is_looked_up_in_what_it_cites(value, cites, ground):
    columns = [{"header": "Goal", "type": "text"}, {"header": "Units", "type": "integer"}]
    table = {"name": "Goals", "columns": columns, "rows": [["Year", value]], "row_cites": [cites]}
    [finding] = [
        each for each in report(build({"name": "Goals", "tables": [table]})).findings if each.shown == str(value)
    ]
    assert finding.ground is ground


def test_words_lean_on_what_they_cite():
    said = {"name": "Notes", "notes": "The goal is 250 units [@S1.1].\nIt was 999 before [@S1.1]."}
    found = {each.shown: each.ground for each in report(build(said)).findings}
    assert found == {"250": Ground.PASSAGE, "999": Ground.NOTHING}


def test_a_number_that_no_origin_covers_stands_on_nothing():
    changed = change(
        build(DATA),
        "xl/worksheets/sheet2.xml",
        "</sheetData>",
        '<row r="99"><c r="A99"><v>77</v></c></row></sheetData>',
    )
    assert [each.shown for each in report(changed).list_missing()] == ["77"]


@pytest.mark.parametrize(
    "how",
    [
        "copied",
        'copied from "a \\" where b"',
        'each "x"',
        'least of "x" for each "y", "z" where "y" filled and "z" below -2.5',
    ],
)
def test_what_is_said_of_values_is_read_back(how):
    taking = read_taking(how)
    assert taking is not None
    if "where" in how and "least" in how:
        assert taking.where == (Filter(column="y", test="filled"), Filter(column="z", test="below", value=-2.5))
        assert (taking.take, taking.column, taking.keys) == ("least", "x", ("y", "z"))


@pytest.mark.parametrize(
    "how", ["formulas", "as written", "", "copied where", 'sum of "x"', 'each "x" where "y" nope 3']
)
def test_what_says_nothing_of_a_passage_is_no_taking(how):
    assert read_taking(how) is None
