"""Rows of raw cells become a table: header found, columns typed, limits kept."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from orchestration.readers.figures import find_style, is_figure, type_column
from orchestration.readers.passages import ReadFile
from recipes.source import Cell, Table

# measured to be safe for uploads; the last is Excel's own limit for a cell
TABLE_ROWS: Final = 5_000
TABLE_COLUMNS: Final = 200
CELL_CHARS: Final = 32_767

# titles and notes stand above a header, seldom more of them
_PREAMBLE_ROWS: Final = 20
_SHAPE_ROWS: Final = 50
# a row belongs to the table itself if it fills this share of the usual width
_FULL_SHARE: Final = 0.6
_YEARS: Final = range(1900, 2101)
_ISO_DAY: Final = re.compile(r"\s*\d{4}-\d{2}-\d{2}")

_Row = Sequence[Cell]


def read_grid(name: str, rows: Iterable[_Row], *, is_comma_grouping: bool) -> ReadFile:
    """Give the table of these rows, before it the text that stood above its header; nothing where all is empty.

    Args:
        name: What to call the table: the sheet, or the file where it has no sheets.
        rows: Raw cells, of any width; numbers may still be text.
        is_comma_grouping: See `find_style`.
    """
    filled = (row for row in rows if any(not _is_empty(cell) for cell in row))
    taken = list(islice(filled, TABLE_ROWS + _PREAMBLE_ROWS))
    if not taken:
        return ReadFile(passages=())
    start = _find_start(taken)
    has_header = _is_header(*taken[start : start + 2])
    body = taken[start + has_header :]
    left_out = tuple(_name_cuts(name, body, unread_rows=sum(1 for _ in filled)))
    table = _build_table(
        name, taken[start] if has_header else (), body[:TABLE_ROWS], is_comma_grouping=is_comma_grouping
    )
    return ReadFile(passages=(*_show_preamble(taken[:start]), table), left_out=left_out)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _list_filled(row: _Row) -> list[Cell]:
    return [cell for cell in row if not _is_empty(cell)]


def _find_start(rows: Sequence[_Row]) -> int:
    """Give the place of the first row that is about as wide as the rows usually are."""
    widths = Counter(len(_list_filled(row)) for row in rows[:_SHAPE_ROWS])
    usual, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
    return next(place for place, row in enumerate(rows) if len(_list_filled(row)) >= _FULL_SHARE * usual)


def _is_header(row: _Row, below: _Row = ()) -> bool:
    """Tell whether a row names columns: texts, or years after a text, each its own or unlike the row below."""
    cells = _list_filled(row)
    texts = [cell for cell in cells if isinstance(cell, str) and not is_figure(cell) and not _ISO_DAY.match(cell)]
    years = [cell for cell in cells if str(cell).strip().removesuffix(".0") in {str(year) for year in _YEARS}]
    names_all = len(texts) + len(years) == len(cells) and bool(texts or _is_empty(row[0]))
    differs = len({str(cell) for cell in cells}) == len(cells) or any(is_figure(cell) for cell in below)
    return bool(below) and names_all and differs


def _name_cuts(name: str, body: Sequence[_Row], *, unread_rows: int) -> Iterator[str]:
    rows = len(body) + unread_rows
    if rows > TABLE_ROWS:
        yield f"rows after the first {TABLE_ROWS:,} of {name} ({rows:,} in all)"
    if any(_list_filled(row[TABLE_COLUMNS:]) for row in body):
        yield f"columns after the first {TABLE_COLUMNS} of {name}"
    if any(isinstance(cell, str) and len(cell) > CELL_CHARS for row in body for cell in row):
        yield f"text after {CELL_CHARS:,} characters in cells of {name}"


def _show_preamble(rows: Sequence[_Row]) -> tuple[str, ...]:
    lines = [" ".join(str(cell).strip() for cell in _list_filled(row)) for row in rows]
    return ("\n".join(lines),) if lines else ()


def _build_table(name: str, header: _Row, body: Sequence[_Row], *, is_comma_grouping: bool) -> Table:
    width = min(max(len(row) for row in (header, *body)), TABLE_COLUMNS)
    columns = [[_take_cell(row, place) for row in body] for place in range(width)]
    places = [
        place for place in range(width) if not _is_empty(_take_cell(header, place)) or _list_filled(columns[place])
    ]
    style = find_style([columns[place] for place in places], is_comma_grouping=is_comma_grouping)
    names = _name_columns([_take_cell(header, place) for place in places])
    typed = [type_column(said, columns[place], style) for said, place in zip(names, places, strict=True)]
    rows = tuple(zip(*(cells for _, cells in typed), strict=True))
    return Table(name=name, columns=tuple(column for column, _ in typed), rows=rows)


def _take_cell(row: _Row, place: int) -> Cell:
    cell = row[place] if place < len(row) else None
    return cell[:CELL_CHARS] if isinstance(cell, str) else cell


def _name_columns(header: Sequence[Cell]) -> list[str]:
    """Give each column a name of its own: what its header says, numbered where said before."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        said = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell or "").split())
        name = said or f"Column {place}"
        count = 2
        while name in names:
            name = f"{said or f'Column {place}'} ({count})"
            count += 1
        names.append(name)
    return names
