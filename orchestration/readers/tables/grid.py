"""Rows of raw cells become a table: header found, columns typed, limits kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from orchestration.readers.passages import ReadFile, ReadPassage
from orchestration.readers.tables.figures import find_style, is_figure, type_column
from recipes.source import Cell, Table

# what an answer and a bundle can hold: a table is read whole up to these, then cut after a row, and that is said
TABLE_CHARS: Final = 1_800_000
TABLE_CELLS: Final = 1_000_000
# a year of days and their labels; beyond it, columns are a matrix that no brief can use
TABLE_COLUMNS: Final = 400
# Excel's own limit for a cell
CELL_CHARS: Final = 32_767

# a number counts as so many characters against the limit
_NUMBER_CHARS: Final = 8
# titles and notes stand above a header, seldom more of them
_SHAPE_ROWS: Final = 50
# a row belongs to the table itself if it fills this share of the usual width
_FULL_SHARE: Final = 0.6
_YEARS: Final = range(1900, 2101)
_ISO_DAY: Final = re.compile(r"\s*\d{4}-\d{2}-\d{2}")

_Row = Sequence[Cell]


@dataclass(frozen=True)
class Span:
    """The rows and columns that a passage takes of the rows it was read from, counted from 0, the last included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class _Taken:
    """The filled rows that a table has room for, and what of them and after them is cut."""

    rows: list[_Row] = field(default_factory=list[_Row])
    numbers: list[int] = field(default_factory=list[int])
    unread_rows: int = 0
    is_too_wide: bool = False
    has_long_cells: bool = False


def read_grid(name: str, rows: Iterable[_Row], *, is_comma_grouping: bool, locate: Callable[[Span], str]) -> ReadFile:
    """Give the table of these rows, before it the text that stood above its header; nothing where all is empty.

    Args:
        name: What to call the table: the sheet, or the file where it has no sheets.
        rows: Raw cells, of any width; numbers may still be text.
        is_comma_grouping: See `find_style`.
        locate: Gives the locator of a part of the rows.
    """
    taken = _take_rows(rows)
    if not taken.rows:
        return ReadFile(passages=())
    start = _find_start(taken.rows)
    has_header = _is_header(*taken.rows[start : start + 2])
    header, body = (taken.rows[start], taken.rows[start + 1 :]) if has_header else ((), taken.rows[start:])
    table, places = _build_table(name, header, body, is_comma_grouping=is_comma_grouping)
    span = Span(taken.numbers[start], taken.numbers[-1], places[0], places[-1])
    passages = [ReadPassage(locator=locate(span), content=table)]
    if start:
        above = Span(taken.numbers[0], taken.numbers[start - 1], 0, max(map(len, taken.rows[:start])) - 1)
        passages.insert(0, ReadPassage(locator=locate(above), content=_show_lines(taken.rows[:start])))
    return ReadFile(passages=tuple(passages), left_out=tuple(_name_cuts(name, taken, len(body))))


def _take_rows(rows: Iterable[_Row]) -> _Taken:
    taken = _Taken()
    filled = ((number, row) for number, row in enumerate(rows) if not all(map(_is_empty, row)))
    chars = cells = 0
    for number, whole in filled:
        row = whole[:TABLE_COLUMNS]
        row_chars = sum(len(cell) if isinstance(cell, str) else _NUMBER_CHARS for cell in row)
        if row_chars > CELL_CHARS and any(isinstance(cell, str) and len(cell) > CELL_CHARS for cell in row):
            taken.has_long_cells = True
            row = [cell[:CELL_CHARS] if isinstance(cell, str) else cell for cell in row]
        chars += row_chars
        cells += len(row)
        if taken.rows and (chars > TABLE_CHARS or cells > TABLE_CELLS):
            taken.unread_rows = 1 + sum(1 for _ in filled)
            break
        taken.is_too_wide |= len(whole) > TABLE_COLUMNS and not all(map(_is_empty, whole[TABLE_COLUMNS:]))
        taken.rows.append(row)
        taken.numbers.append(number)
    return taken


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


def _name_cuts(name: str, taken: _Taken, body_rows: int) -> Iterator[str]:
    if taken.unread_rows:
        yield f"rows after the first {body_rows:,} of {name} ({body_rows + taken.unread_rows:,} in all)"
    if taken.is_too_wide:
        yield f"columns after the first {TABLE_COLUMNS} of {name}"
    if taken.has_long_cells:
        yield f"text after {CELL_CHARS:,} characters in cells of {name}"


def _show_lines(rows: Sequence[_Row]) -> str:
    return "\n".join(" ".join(str(cell).strip() for cell in _list_filled(row)) for row in rows)


def _build_table(
    name: str, header: _Row, body: Sequence[_Row], *, is_comma_grouping: bool
) -> tuple[Table, Sequence[int]]:
    """Give the table, and the places of its columns among those of the rows."""
    columns = list(zip_longest(*body))
    columns += [(None,) * len(body)] * (len(header) - len(columns))
    # Each column is looked at by its different cells: large ones repeat themselves.
    different = [dict.fromkeys(column) for column in columns]
    places = [
        place
        for place, cells in enumerate(different)
        if not all(map(_is_empty, cells)) or not all(map(_is_empty, header[place : place + 1]))
    ]
    style = find_style([different[place] for place in places], is_comma_grouping=is_comma_grouping)
    names = _name_columns([header[place] if place < len(header) else None for place in places])
    typed = [type_column(said, different[place], style) for said, place in zip(names, places, strict=True)]
    cells = [map(values.__getitem__, columns[place]) for (_, values), place in zip(typed, places, strict=True)]
    rows = tuple(zip(*cells, strict=True))
    return Table(name=name, columns=tuple(column for column, _ in typed), rows=rows), places


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
