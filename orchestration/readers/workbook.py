"""Workbooks (XLSX): each sheet that people see and that is not empty becomes a table."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orchestration.readers.grid import read_grid
from orchestration.readers.passages import ReadFile
from recipes.source import Cell, FileRefused, Table

# measured to be safe for uploads
SHEETS: Final = 50

_CalamineCell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(filename: str, content: bytes) -> ReadFile:
    """Give a workbook's sheets as tables; dates are ISO text, formulas their stored results.

    Raises:
        FileRefused: it is damaged, or no sheet holds anything.
    """
    passages: list[str | Table] = []
    left_out: list[str] = []
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))  # pyright: ignore[reportUnknownMemberType] (a bare PathLike)
        names = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
        for sheet in _list_sheets(book, names[:SHEETS]):
            read = read_grid(sheet.name, _list_rows(sheet), is_comma_grouping=False)
            passages.extend(read.passages)
            left_out.extend(read.left_out)
        left_out.extend(_name_unread(book, names))
    except CalamineError as error:
        raise FileRefused(filename, "is damaged: the workbook does not open") from error
    return ReadFile(passages=tuple(passages), left_out=tuple(left_out))


def _list_sheets(book: CalamineWorkbook, names: list[str]) -> Iterator[CalamineSheet]:
    kinds = {each.name: each.typ for each in book.sheets_metadata}
    for name in names:
        if kinds[name] is SheetTypeEnum.WorkSheet:
            yield book.get_sheet_by_name(name)


def _name_unread(book: CalamineWorkbook, visible: list[str]) -> Iterator[str]:
    hidden = [each.name for each in book.sheets_metadata if each.name not in visible]
    if hidden:
        yield f"hidden sheets: {', '.join(hidden)}"
    if len(visible) > SHEETS:
        yield f"sheets after the first {SHEETS} ({len(visible)} in all)"


def _list_rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows():
        yield [_read_cell(cell) for cell in row]


def _read_cell(cell: _CalamineCell) -> Cell:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case str() | int() | float():
            return cell
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
