"""What is true of a finished workbook: each check reads the real bytes back and says in a sentence what it found."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from orchestration.skills.marks import LINK_SCHEMES
from orchestration.skills.sheet.calculation import Calculation, FormulaUnclear
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.reader import ReadBook, ReadSheet, ReadTable, WorkbookUnreadable, read_book
from orchestration.skills.sheet.sources import ORIGINS_TABLE, SOURCES_TABLE
from orchestration.skills.sheet.wording import wording_for
from recipes.output import Check

# More examples than this make a sentence nobody reads.
EXAMPLES: Final = 5
# Programs add up in another order than we do.
_CLOSE: Final = 1e-9

Finder = Callable[[ReadBook, Workbook], Iterable[str]]


def check_workbook(content: bytes, book: Workbook) -> list[Check]:
    """Give the checks of a workbook, the failed ones among them; one that does not open has the first check only.

    Args:
        content: The bytes of the .xlsx file.
        book: What was to be written.
    """
    try:
        read = read_book(content)
    except WorkbookUnreadable:
        return [Check(name="opens", passed=False, said="the file does not open")]
    opens = Check(name="opens", passed=True, said=f"the file opens and has {len(read.sheets)} sheets")
    return [opens, *(_verdict(name, good, find(read, book)) for name, good, find in _FINDERS)]


def _verdict(name: str, good: str, findings: Iterable[str]) -> Check:
    found = list(findings)
    if not found:
        return Check(name=name, passed=True, said=good)
    more = f"; and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
    return Check(name=name, passed=False, said="; ".join(found[:EXAMPLES]) + more)


def _missing_sheets(read: ReadBook, book: Workbook) -> Iterator[str]:
    wording = wording_for(book.language)
    wanted = [wording.about, *(sheet.name for sheet in book.sheets), *([wording.sources] if book.sources else [])]
    found = [sheet.name for sheet in read.sheets]
    yield from (f"there is no sheet '{name}'" for name in wanted if name not in found)


def _missing_tables(read: ReadBook, book: Workbook) -> Iterator[str]:
    found = {(table.sheet, table.title) for table in _list_own(read)}
    for sheet in book.sheets:
        for table in sheet.tables:
            if (sheet.name, table.name) not in found:
                yield f"sheet '{sheet.name}' has no table '{table.name}'"


def _list_own(read: ReadBook) -> list[ReadTable]:
    return [table for table in read.list_tables() if table.name not in {SOURCES_TABLE, ORIGINS_TABLE}]


def _loose_headers(read: ReadBook, _: Workbook) -> Iterator[str]:
    for sheet in read.sheets:
        own = [table for table in sheet.tables if table in _list_own(read)]
        if len(own) == 1 and sheet.frozen_rows != own[0].header_row + 1:
            yield f"the header of sheet '{sheet.name}' scrolls out of sight"
        for table in own:
            shown = [sheet.get(table.header_row, table.first_column + at) for at in range(len(table.headers))]
            if list(table.headers) != shown:
                yield f"the headers of table '{table.title}' are not those of its cells"
            if not table.has_filter:
                yield f"table '{table.title}' has no filter"


def _mixed_columns(read: ReadBook, book: Workbook) -> Iterator[str]:
    """Find columns of numbers or days with a text among them."""
    kinds = {
        (sheet.name, table.name): {column.header: column.type for column in table.columns}
        for sheet in book.sheets
        for table in sheet.tables
    }
    for table in _list_own(read):
        sheet = read.find_sheet(table.sheet)
        for at, header in enumerate(table.headers):
            kind = kinds.get((table.sheet, table.title), {}).get(header)
            if sheet is not None and kind in {"integer", "number", "percent", "money"}:
                texts = sum(isinstance(cell, str) for cell in _list_column(sheet, table, at))
                if texts:
                    yield f"column '{header}' of table '{table.title}' holds {texts} texts among its numbers"


def _list_column(sheet: ReadSheet, table: ReadTable, at: int) -> Iterator[object]:
    rows = range(table.header_row + 1, table.last_row + 1)
    return (sheet.get(row, table.first_column + at) for row in rows)


def _wrong_formulas(read: ReadBook, _: Workbook) -> Iterator[str]:
    calculation = Calculation(read)
    for sheet in read.sheets:
        if sheet.other_formulas:
            yield f"sheet '{sheet.name}' holds {sheet.other_formulas} formulas of a kind that is not written here"
        for each in sheet.formulas:
            place = f"row {each.row + 1} of sheet '{sheet.name}'"
            try:
                worked = calculation.work_out(sheet, each.formula)
            except FormulaUnclear as unclear:
                yield f"a formula in {place} is not one of ours ({unclear})"
                continue
            kept = float(each.value) if re.fullmatch(r"-?[\d.]+(?:[eE][-+]?\d+)?", each.value) else None
            if worked is None or kept is None or not math.isclose(worked, kept, rel_tol=_CLOSE, abs_tol=_CLOSE):
                yield f"a formula in {place} comes to {worked}, but {each.value or 'nothing'} is kept beside it"


def _formula_like(read: ReadBook, _: Workbook) -> Iterator[str]:
    for sheet in read.sheets:
        yield from (f"the text in {sheet.name}!{cell} would be taken for a formula" for cell in sheet.risky)


def _missing_charts(read: ReadBook, book: Workbook) -> Iterator[str]:
    for content in book.sheets:
        sheet = read.find_sheet(content.name)
        charts = sheet.charts if sheet else ()
        if len(charts) != len(content.charts):
            yield f"sheet '{content.name}' has {len(charts)} charts, {len(content.charts)} were asked for"
        for chart in charts:
            lacks = [
                what
                for what, is_there in (
                    ("title", chart.title),
                    ("alt text", chart.alt),
                    ("value", chart.points),
                    ("axis title", chart.has_axis_titles),
                )
                if not is_there
            ]
            yield from (f"the chart '{chart.title}' of sheet '{content.name}' has no {what}" for what in lacks)


def _unlisted_sources(read: ReadBook, book: Workbook) -> Iterator[str]:
    listed = next((table for table in read.list_tables() if table.name == SOURCES_TABLE), None)
    if book.sources and listed is None:
        yield "no sheet lists the sources"
    elif listed is not None and listed.last_row - listed.header_row != len(book.sources):
        yield f"{listed.last_row - listed.header_row} of {len(book.sources)} sources are listed"


def _unexplained(read: ReadBook, book: Workbook) -> Iterator[str]:
    """Find tables of whose values nothing says where they come from."""
    if not book.sources:
        return
    listed = next((table for table in read.list_tables() if table.name == ORIGINS_TABLE), None)
    sheet = read.find_sheet(listed.sheet) if listed else None
    rows = range(listed.header_row + 1, listed.last_row + 1) if listed else range(0)
    named = {(sheet.get(row, 0), sheet.get(row, 1)) for row in rows} if sheet else set[tuple[object, object]]()
    said = {(str(place).rpartition("!")[0], table) for place, table in named}
    for table in _list_own(read):
        if (table.sheet, table.title) not in said:
            yield f"nothing says where the values of table '{table.title}' come from"


def _unsafe_links(read: ReadBook, _: Workbook) -> Iterator[str]:
    for sheet in read.sheets:
        yield from (
            f"sheet '{sheet.name}' links to '{each[:60]}'" for each in sheet.links if not each.startswith(LINK_SCHEMES)
        )


_FINDERS: Final[Sequence[tuple[str, str, Finder]]] = (
    ("sheets", "every sheet is there, the first says what the workbook is", _missing_sheets),
    ("tables", "every table is a native table", _missing_tables),
    ("headers", "headers have filters, and those of long sheets stay in sight", _loose_headers),
    ("types", "columns of numbers hold numbers only", _mixed_columns),
    ("formulas", "every formula was worked out again and comes to the value beside it", _wrong_formulas),
    ("injection", "no text would be taken for a formula", _formula_like),
    ("charts", "every chart is native, named and described", _missing_charts),
    ("sources", "every source is listed", _unlisted_sources),
    ("origins", "of every table it is said where its values come from", _unexplained),
    ("links", "links lead to http, https or mailto addresses or within the workbook", _unsafe_links),
)
