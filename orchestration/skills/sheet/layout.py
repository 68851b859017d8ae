"""The layout: in which cell everything of a workbook stands, known before the first cell is written."""

import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.sheet.content import Sheet, SheetFigure, Workbook
from orchestration.skills.sheet.grids import Grid
from orchestration.skills.sheet.limits import ROW_PT
from orchestration.skills.sheet.widths import measure
from orchestration.skills.sheet.xlsx import name_fixed_range

# Notes run over the columns to the right; this is what a landscape page takes.
LINE_CHARS: Final = 110
_GAP_ROWS: Final = 2
# the height of the first row, which holds the title
TITLE_PT: Final = 28
LINE_PT: Final = 15
_CELL_NAME: Final = re.compile(r"(?:[a-z]{1,3}\d+|[rc]|r\d+c\d+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """A table in its place; rows and columns are counted from 0."""

    grid: Grid
    sheet: str
    name: str
    """As programs know it."""
    title_row: int | None
    note_row: int | None
    header_row: int

    @property
    def first_row(self) -> int:
        """Give the first row of values."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """Give the last row of values."""
        return self.header_row + len(self.grid.rows)

    @property
    def total_row(self) -> int | None:
        """Give the row of totals."""
        return self.last_row + 1 if self.grid.has_totals else None

    @property
    def end_row(self) -> int:
        """Give the last row of all."""
        return self.total_row or self.last_row

    def name_cells(self, first: int, last: int | None = None, *, has_sheet: bool = True) -> str:
        """Give the range of some columns' values, as formulas name it: `Data!$C$6:$C$56`."""
        sheet = self.sheet if has_sheet else None
        return name_fixed_range(sheet, self.first_row, first, self.last_row, first if last is None else last)


@dataclass(frozen=True)
class PlacedFigure:
    """A figure in its place: its label in the first column, its value in the second."""

    figure: SheetFigure
    row: int


@dataclass(frozen=True)
class PlacedSheet:
    """A sheet with everything in its place."""

    content: Sheet
    lines: tuple[str, ...]
    """The notes, from the second row on."""
    figures: tuple[PlacedFigure, ...]
    tables: tuple[Placed, ...]

    @property
    def end_row(self) -> int:
        """Give the last row that holds anything."""
        return max([len(self.lines), *(each.row for each in self.figures), *(table.end_row for table in self.tables)])

    @property
    def width(self) -> int:
        """Give how many columns are filled."""
        return max([2 if self.figures else 1, *(len(table.grid.columns) for table in self.tables)])


def count_lines(text: str, width_chars: float) -> int:
    """Give how many lines a text takes in a cell of this width."""
    return max(1, math.ceil(measure(text, bold=False) / max(width_chars - 1, 1)))


def height_pt(lines: int) -> float:
    """Give how high a row with so many lines is, as far as programs let rows grow."""
    return min(LINE_PT * lines, ROW_PT)


def lay_out(book: Workbook, grids: Mapping[str, Grid]) -> list[PlacedSheet]:
    """Give each sheet with its parts in their places, one below the other."""
    taken: set[str] = set()
    return [_lay_out_sheet(sheet, grids, taken) for sheet in book.sheets]


def wrap(text: str) -> tuple[str, ...]:
    """Give a text in lines that a page takes, its own breaks kept."""
    return tuple(line for part in text.splitlines() for line in textwrap.wrap(part, LINE_CHARS) or [""])


def _lay_out_sheet(sheet: Sheet, grids: Mapping[str, Grid], taken: set[str]) -> PlacedSheet:
    lines = wrap(sheet.notes or "")
    row = 1 + len(lines) + 1
    figures = [PlacedFigure(figure, row + at) for at, figure in enumerate(sheet.figures)]
    row += len(figures) + (1 if figures else 0)
    tables: list[Placed] = []
    for table in sheet.tables:
        has_title = table.title is not None or len(sheet.tables) > 1
        title_row = row if has_title else None
        if has_title:
            note_row, header_row = row + 1, row + 1 + bool(table.note)
        else:
            note_row, header_row = row - 1, row + bool(table.note)
        grid = grids[table.name.casefold()]
        tables.append(
            Placed(
                grid,
                sheet.name,
                _make_name(table.name, taken),
                title_row,
                note_row if table.note else None,
                header_row,
            )
        )
        row = tables[-1].end_row + 1 + _GAP_ROWS
    return PlacedSheet(sheet, lines, tuple(figures), tuple(tables))


def _make_name(said: str, taken: set[str]) -> str:
    """Give a name that programs allow for a table, and that no other has."""
    name = re.sub(r"\W", "_", said)[:200]
    if not name[:1].isalpha() or _CELL_NAME.match(name):
        name = f"Table_{name}"
    number, found = 2, name
    while found.casefold() in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found.casefold())
    return found


def list_placed(sheets: Sequence[PlacedSheet]) -> dict[str, Placed]:
    """Give the tables of all sheets by their names in small letters."""
    return {table.grid.content.name.casefold(): table for sheet in sheets for table in sheet.tables}
