"""Origins: what the last sheet of a workbook says of where its values come from, read back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.skills.sheet.reader import ReadBook, ReadSheet, ReadTable, find_column
from orchestration.skills.sheet.sources import ORIGINS_TABLE, SOURCES_TABLE

_PLACE = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]+)(?P<row>\d+)(?::(?P<last_column>[A-Z]+)(?P<last_row>\d+))?")


@dataclass(frozen=True)
class ReadOrigin:
    """One range, what it stands on, and how its values were taken; rows and columns are counted from 0."""

    sheet: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    how: str
    cited: tuple[str, ...]

    @property
    def passage(self) -> str:
        """Give the passage that rows were taken from."""
        return self.cited[0] if self.cited else ""


def list_read_origins(book: ReadBook) -> list[ReadOrigin]:
    """Give the origins in their order; none where the workbook lists no sources."""
    return [
        ReadOrigin(
            sheet=match["sheet"],
            first_row=int(match["row"]) - 1,
            last_row=int(match["last_row"] or match["row"]) - 1,
            first_column=find_column(match["column"]),
            last_column=find_column(match["last_column"] or match["column"]),
            how=str(cells[3] or ""),
            cited=tuple(each for each in str(cells[4] or "").split(", ") if each),
        )
        for cells in _list_rows(book, ORIGINS_TABLE)
        if (match := _PLACE.fullmatch(str(cells[0])))
    ]


def find_listed_sources(book: ReadBook) -> dict[int, str]:
    """Give the source that each number of the list stands for."""
    return {int(str(cells[0])): str(cells[5]) for cells in _list_rows(book, SOURCES_TABLE) if str(cells[0]).isdigit()}


def _list_rows(book: ReadBook, name: str) -> Iterator[list[object]]:
    table = next((each for each in book.list_tables() if each.name == name), None)
    sheet = book.find_sheet(table.sheet) if table else None
    if table is not None and sheet is not None:
        yield from (_list_cells(sheet, table, row) for row in range(table.header_row + 1, table.last_row + 1))


def _list_cells(sheet: ReadSheet, table: ReadTable, row: int) -> list[object]:
    return [sheet.get(row, table.first_column + at) for at in range(len(table.headers))]
