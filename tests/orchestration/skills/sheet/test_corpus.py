"""Strained contents as workbooks: they open, values come back typed, nothing is lost, nothing becomes a formula."""

import datetime as dt
import io
import re
import warnings
import zipfile
from functools import cache
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from orchestration.skills.characters import clean_line, clean_lines
from orchestration.skills.problems import parse_content
from orchestration.skills.sheet.checks import check_workbook
from orchestration.skills.sheet.content import SheetTable, Workbook
from orchestration.skills.sheet.forms import FIRST_DAY
from orchestration.skills.sheet.grids import GridColumn, make_grids
from orchestration.skills.sheet.wording import wording_for
from tests.orchestration.skills.sheet.book_corpus import CONTENTS, INJECTIONS, REFUSED, TYPES
from tests.orchestration.skills.sheet.books import build, problems_of

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# support.microsoft.com, Excel specifications and limits
ROW_PT, NAME_UNITS = 409, 31
EXACT = 2**53 - 1
LARGEST = 9.99999999999999e307
# These hold values that are not of their column's type, which their check says.
MIXED = {"numbers large and small"}
every_content = pytest.mark.parametrize("name", CONTENTS)


@cache
def built(name: str) -> bytes:
    content, tables = CONTENTS[name]
    return build(content, tables)


@cache
def parsed(name: str) -> Workbook:
    return parse_content(Workbook, CONTENTS[name][0], "the workbook")


def loaded(name: str, *, values: bool = True) -> Any:
    with warnings.catch_warnings():
        # openpyxl reads no data bars, which nothing here asks it for.
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return load_workbook(io.BytesIO(built(name)), data_only=values)


def parts_of(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(built(name))) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {part: archive.read(part) for part in archive.namelist()}


@every_content
def test_a_strained_workbook_passes_every_check_and_is_the_same_each_time(name):
    failed = [(check.name, check.said) for check in check_workbook(built(name), parsed(name)) if not check.passed]
    assert [said for kind, said in failed if not (kind == "types" and name in MIXED)] == []
    content, tables = CONTENTS[name]
    assert build(content, tables) == built(name)


@every_content
def test_every_part_is_well_formed_and_of_a_known_type(name):
    parts = parts_of(name)
    types = parts["[Content_Types].xml"].decode()
    roots = {part: etree.fromstring(content) for part, content in parts.items() if part.endswith((".xml", ".rels"))}
    known = set(re.findall(r'Extension="(\w+)"', types)) | set(re.findall(r'PartName="/([^"]+)"', types))
    assert [part for part in parts if part not in known and part.rpartition(".")[2] not in known] == []
    heights = [
        float(row.get("ht", 0)) for root in roots.values() for row in root.iter(f"{NAMESPACE}row") if row.get("ht")
    ]
    assert max(heights, default=0) <= ROW_PT
    native = [root for part, root in roots.items() if part.startswith("xl/tables/")]
    names = [root.get("name").casefold() for root in native]
    assert len(set(names)) == len(names)
    for root in native:
        headers = [column.get("name").casefold() for column in root.iter(f"{NAMESPACE}tableColumn")]
        assert len(set(headers)) == len(headers)


@every_content
def test_every_sheet_is_there_under_its_name(name):
    book, words = parsed(name), wording_for(parsed(name).language)
    found = loaded(name).sheetnames
    assert found == [words.about, *(sheet.name for sheet in book.sheets), *([words.sources] if book.sources else [])]
    assert all(len(each.encode("utf-16-le")) <= 2 * NAME_UNITS for each in found)


@every_content
def test_every_value_comes_back_as_what_it_is(name):
    book, grids = parsed(name), make_grids(parsed(name), CONTENTS[name][1])
    sheets = loaded(name)
    for sheet in book.sheets:
        native = list(sheets[sheet.name].tables.values())
        assert len(native) == len(sheet.tables)
        for table, shown in zip(sheet.tables, native, strict=True):
            grid = grids[table.name.casefold()]
            cells = [[cell.value for cell in row] for row in sheets[sheet.name][shown.ref]]
            assert cells[0] == [unescape(column.header) for column in grid.columns]
            rows = cells[1 : len(grid.rows) + 1]
            columns = [column for column in grid.columns if column.place is not None]
            wanted = [[expect(column, cell) for column, cell in zip(columns, row, strict=True)] for row in grid.rows]
            found = [[row[at] for at, column in enumerate(grid.columns) if column.place is not None] for row in rows]
            assert [[same(cell) for cell in row] for row in found] == [[same(cell) for cell in row] for row in wanted]


def expect(column: GridColumn, cell: Any) -> Any:
    """Give what a cell must hold, said by its column's type and by nothing of the writer."""
    kind = column.shape.type
    if cell is None or cell == "":
        return None
    if kind in {"date", "datetime"} and isinstance(cell, str):
        return expect_day(cell)
    if kind == "yes_no" and isinstance(cell, str | bool):
        return {"true": True, "false": False}.get(str(cell).casefold(), cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        is_kept = abs(cell) <= EXACT if isinstance(cell, int) else abs(cell) <= LARGEST
        return cell if is_kept and kind not in {"text", "date", "yes_no"} else repr(cell)
    return unescape(clean_lines(cell) if not cell.isprintable() else cell)


def expect_day(cell: str) -> Any:
    try:
        moment = dt.datetime.fromisoformat(cell)
    except ValueError:
        return cell
    return moment if moment.date() >= FIRST_DAY and re.match(r"\d{4}-\d{2}-\d{2}", cell) else cell


def unescape(text: str) -> str:
    """Give a text as openpyxl gives it, which leaves what programs turn back (`_x005F_`) as it is written."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def same(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    return float(f"{cell:.15g}") if isinstance(cell, float) else cell or None if cell == "" else cell


@every_content
def test_no_word_of_the_content_is_lost(name):
    said = " ".join(part.decode(errors="replace") for part in parts_of(name).values())
    read = letters(re.sub(r"<[^>]+>", " ", said))
    missing = [text for text in list_texts(CONTENTS[name][0]) if letters(text) not in read]
    assert missing == []


FORMS = {"type", "kind", "currency", "take", "total", "conditional", "formula", "rows_from", "language", "date", "unit",
         "rows", "id", "table", "categories", "series", "highlight", "url", "from_column", "alt"}  # fmt: skip


def list_texts(value: Any) -> list[str]:
    """Give every text that a reader of the file should find, cells apart."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in FORMS for text in list_texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in list_texts(part)]
    return [str(clean_line(value))] if isinstance(value, str) else []


def letters(text: str) -> str:
    plain = re.sub(r"&(?:amp|lt|gt|quot|apos|#\d+);", "", text)
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


@pytest.mark.parametrize("name", [each for each in CONTENTS if "injection" in each])
def test_an_injection_is_text_wherever_it_stands_and_stays_text_when_it_is_edited(name):
    parts = parts_of(name)
    sheets = [content.decode() for part, content in parts.items() if part.startswith("xl/worksheets/sheet")]
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
    assert not [part for part in parts if "externalLink" in part or "connections" in part]
    cells = [cell for sheet in loaded(name, values=False) for row in sheet.iter_rows() for cell in row if cell.value]
    risky = [cell for cell in cells if str(cell.value).lstrip().startswith(("=", "+", "-", "@"))]
    assert len(risky) >= 8
    assert {cell.data_type for cell in risky} == {"s"}
    assert {cell.number_format for cell in risky} == {"@"}


def test_every_injection_is_tried():
    cells = {cell.value for row in loaded("every injection in cells")["Typed"].iter_rows() for cell in row}
    assert {str(clean_lines(each)) for each in INJECTIONS} <= cells


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_workbook_holds_is_refused_in_a_sentence(name):
    content, tables, said = REFUSED[name]
    assert any(said in problem for problem in problems_of(content, tables)), problems_of(content, tables)


def test_the_corpus_strains_every_type_of_column():
    kinds = {column.type for name in CONTENTS for table in tables_of(name) for column in table.columns}
    assert kinds >= set(TYPES)


def tables_of(name: str) -> list[SheetTable]:
    return parsed(name).list_tables()
