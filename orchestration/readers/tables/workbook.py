"""Workbooks (XLSX): each sheet that people see and that is not empty becomes a table."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orchestration.readers.packages.package import Package
from orchestration.readers.passages import ReadFile, join_reads
from orchestration.readers.tables.grid import TABLE_CELLS, Span, read_grid
from orchestration.readers.texts.characters import drop_unseen
from recipes.source import Cell, FileRefused, Table

# measured to be safe for uploads
SHEETS: Final = 50
# Excel's own limit; a file may claim rows without end
SHEET_ROWS: Final = 1_048_576

# what Excel lets stand in a formula without quotation marks, and no cell's address
_PLAIN_NAME: Final = re.compile(r"(?![A-Za-z]{1,3}\d+$)[^\W\d][\w.]*")

_CalamineCell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(filename: str, content: bytes) -> ReadFile:
    """Give a workbook's sheets as tables; dates are ISO text, formulas their stored results.

    Raises:
        FileRefused: it is damaged, or no sheet holds anything.
    """
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))  # pyright: ignore[reportUnknownMemberType] (a bare PathLike)
        names = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
        read = join_reads(_read_sheets(book, names[:SHEETS]))
        unread = list(_name_unread(book, names))
    except CalamineError as error:
        raise FileRefused(filename, "is damaged: the workbook does not open") from error
    with Package.open(filename, content) as package:
        return ReadFile(passages=read.passages, left_out=(*read.left_out, *unread, *package.name_ignored()))


def _read_sheets(book: CalamineWorkbook, names: list[str]) -> Iterator[ReadFile]:
    """Give the sheets one by one, up to the first that is beyond what one table may hold."""
    cells = 0
    sheets = list(_list_names(book, names))
    for place, name in enumerate(sheets, start=1):
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > SHEET_ROWS:
            raise CalamineError
        read = read_grid(sheet.name, _list_rows(sheet), is_comma_grouping=False, locate=partial(_name_cells, sheet))
        yield read
        tables = [passage.content for passage in read.passages if isinstance(passage.content, Table)]
        cells += sum(len(table.rows) * len(table.columns) for table in tables)
        if cells > TABLE_CELLS and sheets[place:]:
            said = f"sheets after {name}: a workbook may hold {TABLE_CELLS:,} cells"
            yield ReadFile(passages=(), left_out=(said,))
            break


def _name_cells(sheet: CalamineSheet, span: Span) -> str:
    """Give a range as a formula would name it: Sales!A1:F51, 'Q4 2025'!B2:C9."""
    # The library gives the empty rows above the data, but not the empty columns before it.
    column = sheet.start[1] if sheet.start else 0
    first = f"{_name_column(column + span.first_column)}{span.first_row + 1}"
    last = f"{_name_column(column + span.last_column)}{span.last_row + 1}"
    name = sheet.name if _PLAIN_NAME.fullmatch(sheet.name) else "'" + sheet.name.replace("'", "''") + "'"
    return f"{name}!{first}" if first == last else f"{name}!{first}:{last}"


def _name_column(number: int) -> str:
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _list_names(book: CalamineWorkbook, names: list[str]) -> Iterator[str]:
    kinds = {each.name: each.typ for each in book.sheets_metadata}
    return (name for name in names if kinds[name] is SheetTypeEnum.WorkSheet)


def _name_unread(book: CalamineWorkbook, visible: list[str]) -> Iterator[str]:
    hidden = [each.name for each in book.sheets_metadata if each.name not in visible]
    if hidden:
        yield f"hidden sheets: {', '.join(hidden)}"
    if len(visible) > SHEETS:
        yield f"sheets after the first {SHEETS} ({len(visible)} in all)"


def _list_rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows():
        yield [cell if type(cell) is float else _read_cell(cell) for cell in row]


def _read_cell(cell: _CalamineCell) -> Cell:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case str():
            return drop_unseen(cell)
        case int() | float():
            return cell
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
