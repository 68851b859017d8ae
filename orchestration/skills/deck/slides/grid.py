"""Native tables measured cell by cell: column widths from the content, row heights from the wrapped text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from orchestration.skills.deck.page import CELL_SIDE_PT, Slot, TableBlock, TableCell, TableRow
from orchestration.skills.deck.setting import TABLE_SIZES_PT, Setting
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.problems import ContentTooLong

Align = Literal["l", "ctr", "r"]
# The air above and below a cell's text shrinks with the text.
CELL_TOP_PT: Final = {20.0: 12.0, 18.0: 11.0, 16.0: 9.0, 15.0: 8.0, 14.0: 7.0, 13.0: 5.0, 12.0: 3.6}
# A column wider than this is wrapped rather than served first.
WIDE_COLUMN_PT: Final = 420.0
# Rows of a short table are given air up to this height.
AIRY_ROW_PT: Final = 44.0


@dataclass(frozen=True)
class GridRow:
    """One row before it is measured."""

    cells: tuple[str, ...]
    bold: bool = False
    fill: Ink | None = None
    rule_above: Ink | None = None
    rule_below: Ink | None = Ink.HAIRLINE


@dataclass(frozen=True)
class Grid:
    """A table before it is measured. `inks` and `bolds` are by column; a header repeats on each page."""

    header: GridRow | None
    rows: tuple[GridRow, ...]
    aligns: tuple[Align, ...]
    inks: tuple[Ink, ...]
    bolds: tuple[bool, ...]
    alt: str
    sizes_pt: tuple[float, ...] = TABLE_SIZES_PT
    airy_row_pt: float = AIRY_ROW_PT

    def lines(self, row: GridRow, size_pt: float, setting: Setting) -> list[Line]:
        """Give a row's cells as paragraphs."""
        return [
            replace(setting.line(text, size_pt, ink, bold=row.bold or bold), align=align)
            for text, ink, bold, align in zip(row.cells, self.inks, self.bolds, self.aligns, strict=True)
        ]


def tables_of(grid: Grid, box: Box, setting: Setting, *, slot: Slot | None = Slot.TABLE) -> list[TableBlock]:
    """Give one table at the largest size that fits the box, or several of about equal length at the smallest.

    Raises:
        ContentTooLong: if a single row is higher than the box.
    """
    for size in grid.sizes_pt:
        widths = _widths(grid, size, box.width, setting)
        if widths is None and size != grid.sizes_pt[-1]:
            continue
        measured = _Measured(grid, size, widths or _squeezed(grid, size, box.width, setting), setting)
        if measured.height_pt(grid.rows) <= box.height:
            return [measured.table(grid.rows, box, slot)]
    return _pages(grid, box, setting, slot)


@dataclass(frozen=True)
class _Measured:
    """A grid at one size with its column widths."""

    grid: Grid
    size_pt: float
    widths_pt: tuple[float, ...]
    setting: Setting

    def row(self, row: GridRow) -> TableRow:
        lines = self.grid.lines(row, self.size_pt, self.setting)
        ruler = self.setting.ruler
        rooms = [width - 2 * CELL_SIDE_PT for width in self.widths_pt]
        fitting = [
            line if ruler.longest_word_pt([line]) <= room else ruler.with_breaks(line, room)
            for line, room in zip(lines, rooms, strict=True)
        ]
        tallest = max(ruler.height_pt([line], room) for line, room in zip(fitting, rooms, strict=True))
        cells = tuple(TableCell(line, row.fill, row.rule_above, row.rule_below) for line in fitting)
        return TableRow(tallest + 2 * CELL_TOP_PT[self.size_pt], cells)

    def height_pt(self, rows: Sequence[GridRow]) -> float:
        return sum(self.row(row).height_pt for row in self.with_header(rows))

    def with_header(self, rows: Sequence[GridRow]) -> list[GridRow]:
        return [self.grid.header, *rows] if self.grid.header else list(rows)

    def table(self, rows: Sequence[GridRow], box: Box, slot: Slot | None) -> TableBlock:
        measured = [self.row(row) for row in self.with_header(rows)]
        free = box.height - sum(row.height_pt for row in measured)
        air = max(0.0, free / len(measured))
        first = 1 if self.grid.header else 0
        aired = tuple(
            row
            if at < first
            else replace(row, height_pt=max(row.height_pt, min(self.grid.airy_row_pt, row.height_pt + air)))
            for at, row in enumerate(measured)
        )
        height = sum(row.height_pt for row in aired)
        placed = Box(box.x, box.y, sum(self.widths_pt), height)
        return TableBlock("Table", placed, self.widths_pt, aired, self.grid.alt, bool(self.grid.header), slot)


def _pages(grid: Grid, box: Box, setting: Setting, slot: Slot | None) -> list[TableBlock]:
    size = grid.sizes_pt[-1]
    widths = _widths(grid, size, box.width, setting) or _squeezed(grid, size, box.width, setting)
    measured = _Measured(grid, size, widths, setting)
    heights = [measured.row(row).height_pt for row in grid.rows]
    room = box.height - (measured.row(grid.header).height_pt if grid.header else 0.0)
    for count in range(2, len(grid.rows) + 1):
        step = -(-len(grid.rows) // count)
        if all(sum(heights[at : at + step]) <= room for at in range(0, len(heights), step)):
            parts = [grid.rows[at : at + step] for at in range(0, len(grid.rows), step)]
            return [measured.table(part, box, slot) for part in parts]
    raise ContentTooLong([f"a table row does not fit a slide at {size:g} pt; use fewer columns or shorter cells"])


def _widths(grid: Grid, size_pt: float, width_pt: float, setting: Setting) -> tuple[float, ...] | None:
    """Give widths that let no word break: what each column asks for, or a fair share; None if words would break."""
    least, wanted = _needs(grid, size_pt, setting)
    if sum(least) > width_pt:
        return None
    if sum(wanted) <= width_pt:
        spare = width_pt - sum(wanted)
        return tuple(want + spare * want / sum(wanted) for want in wanted)
    spare = width_pt - sum(least)
    asked = [want - low for want, low in zip(wanted, least, strict=True)]
    return tuple(low + spare * ask / (sum(asked) or 1) for low, ask in zip(least, asked, strict=True))


def _squeezed(grid: Grid, size_pt: float, width_pt: float, setting: Setting) -> tuple[float, ...]:
    least, _ = _needs(grid, size_pt, setting)
    floor = width_pt / len(least) * 0.6
    capped = [min(max(low, floor), width_pt / 2) for low in least]
    return tuple(width_pt * low / sum(capped) for low in capped)


def _needs(grid: Grid, size_pt: float, setting: Setting) -> tuple[list[float], list[float]]:
    """Give for each column the width of its longest word, and the width at which nothing wraps."""
    rows = [grid.lines(row, size_pt, setting) for row in ([grid.header] if grid.header else []) + list(grid.rows)]
    columns = list(zip(*rows, strict=True))
    margins = 2 * CELL_SIDE_PT + 1
    least = [setting.ruler.longest_word_pt(column) + margins for column in columns]
    wanted = [max(setting.ruler.width_pt(line) for line in column) + margins for column in columns]
    return least, [max(low, min(want, WIDE_COLUMN_PT)) for low, want in zip(least, wanted, strict=True)]
