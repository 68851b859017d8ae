"""What no single field of a workbook's content can say: names, references and citations that must fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from orchestration.skills.marks import list_passages, source_of
from orchestration.skills.sheet.wording import is_own_name

if TYPE_CHECKING:
    from orchestration.skills.sheet.content import RowsFrom, SheetTable, Workbook

# support.microsoft.com, rename a worksheet: Excel keeps this name to itself
_RESERVED: Final = "history"


def list_cited(book: Workbook) -> tuple[str, ...]:
    """Give the passages that a workbook cites, or the sources as a whole, each once."""
    return tuple(dict.fromkeys(cited for _, cited in _list_citations(book)))


def list_table_problems(table: SheetTable) -> Iterator[str]:
    """Give what does not fit together in one table."""
    headers = [column.header.casefold() for column in table.columns]
    shown = [column.shown.casefold() for column in table.columns]
    for header in dict.fromkeys(each for named in (headers, shown) for each in named if named.count(each) > 1):
        yield f"table '{table.name}' has two columns '{header}'"
    for column in table.columns:
        if column.formula is not None:
            unknown = [each for each in column.formula.of if each.casefold() not in headers]
            yield from (f"column '{column.header}' works with '{each}', which is no column here" for each in unknown)
    yield from _taken_problems(table, table.rows_from) if table.rows_from else _typed_problems(table)


def list_book_problems(book: Workbook) -> Iterator[str]:
    """Give what does not fit together across the sheets."""
    yield from _name_problems(book)
    yield from _reference_problems(book)
    known = [source.id for source in book.sources]
    for place, cited in dict.fromkeys(_list_citations(book)):
        if source_of(cited) not in known:
            yield f"{place} cites unknown source '{source_of(cited)}'; known: {', '.join(known) or 'none'}"


def _list_citations(book: Workbook) -> Iterator[tuple[str, str]]:
    """Give each citation with the place that makes it."""
    for text in (book.subtitle, book.notes):
        yield from (("the workbook", each) for each in list_passages(text or ""))
    for sheet in book.sheets:
        texts = [sheet.title, sheet.notes, *(text for each in sheet.tables for text in (each.title, each.note))]
        fields = [*map(list_passages, filter(None, texts)), *(figure.cites for figure in sheet.figures)]
        for table in sheet.tables:
            fields += [table.list_cites(), *table.row_cites, *(column.cites for column in table.columns)]
        yield from ((f"sheet '{sheet.name}'", each) for field in fields for each in field)


def _typed_problems(table: SheetTable) -> Iterator[str]:
    wide = len(table.list_written())
    if not wide:
        yield f"table '{table.name}' has no columns"
    if not table.rows:
        yield f"table '{table.name}' has neither rows nor rows_from"
    for number, row in enumerate(table.rows, 1):
        if len(row) != wide:
            yield f"table '{table.name}', row {number} has {len(row)} cells for {wide} columns"
    if table.row_cites and len(table.row_cites) != len(table.rows):
        yield f"table '{table.name}' has row_cites for {len(table.row_cites)} of {len(table.rows)} rows"
    for column in table.list_written():
        if column.type is None:
            yield f"column '{column.header}' of table '{table.name}' has no type"
        if column.take != "value" or column.from_column:
            yield f"column '{column.header}' takes something, but table '{table.name}' has no rows_from"


def _taken_problems(table: SheetTable, taken: RowsFrom) -> Iterator[str]:
    if table.rows or table.row_cites:
        yield f"table '{table.name}' has rows and rows_from; give one of them"
    grouped = {each.casefold() for each in taken.group_by}
    if grouped and not table.columns:
        yield f"table '{table.name}' is grouped, so it needs its columns"
    for column in table.list_written():
        is_key = column.taken_from.casefold() in grouped
        if grouped and not is_key and column.take == "value":
            yield f"column '{column.header}' of the grouped table '{table.name}' needs 'take'"
        if not grouped and column.take != "value":
            yield f"column '{column.header}' takes a {column.take}, but table '{table.name}' has no group_by"


def _name_problems(book: Workbook) -> Iterator[str]:
    for sheet in book.sheets:
        if sheet.name.casefold() == _RESERVED or is_own_name(sheet.name):
            yield f"a sheet may not be called '{sheet.name}'"
    for what, names in (
        ("source id", [source.id for source in book.sources]),
        ("sheet name", [sheet.name.casefold() for sheet in book.sheets]),
        ("table name", [table.name.casefold() for table in book.list_tables()]),
    ):
        yield from (f"the {what} '{name}' is given twice" for name in dict.fromkeys(names) if names.count(name) > 1)


def _reference_problems(book: Workbook) -> Iterator[str]:
    tables = {table.name.casefold(): table for table in book.list_tables()}
    for sheet in book.sheets:
        named = [("chart", chart.title, chart.table) for chart in sheet.charts]
        named += [("figure", figure.label, figure.of.table) for figure in sheet.figures if figure.of]
        named += [("table", each.name, each.rows_from.table or "") for each in sheet.tables if each.rows_from]
        for what, name, over in named:
            if over and over.casefold() not in tables:
                yield f"the {what} '{name}' is over table '{over}', which is not here"
    for table in tables.values():
        below = tables.get((table.rows_from.table or "").casefold()) if table.rows_from else None
        if below and below.rows_from and (below.rows_from.table or below.rows_from.group_by):
            yield f"table '{table.name}' takes rows of '{below.name}', which are themselves taken from elsewhere here"
        if below is table:
            yield f"table '{table.name}' takes its own rows"
