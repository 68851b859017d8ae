"""Grids: the tables of a workbook with nothing left open: rows found, types known, formulas worked out."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from orchestration.skills.problems import ContentRefused
from orchestration.skills.sheet.content import Form, Formula, RowsFrom, SheetColumn, SheetTable, Workbook
from orchestration.skills.sheet.forms import Shape, make_shape
from orchestration.skills.sheet.limits import CELL_CHARS, is_kept
from orchestration.skills.sheet.selection import (
    Grouping,
    Rows,
    SelectionRefused,
    Value,
    find_place,
    group,
    list_numbers,
    plain,
    select,
    sort,
)
from recipes.source import Table

# support.microsoft.com, Excel specifications and limits: 1,048,576 rows, less what stands above and below a table
TABLE_ROWS: Final = 1_048_000
# What a bundle can hold is less; grown by repeating a passage, a file is built and opened within a minute up to here.
BOOK_CELLS: Final = 3_000_000
# Each row of a share adds up a column, so programs work rows times rows when they open the file.
SHARE_ROWS: Final = 5_000
FORMULA_ROWS: Final = 50_000
# of a column that takes the name it has in its file
HEADER_CHARS: Final = 100
# a mean is shown with so many digits that count
MEAN_DIGITS: Final = 3


@dataclass(frozen=True)
class GridColumn:
    """One column: what the content says, how it is shown, where its values are."""

    content: SheetColumn
    shape: Shape
    place: int | None
    """Among the cells of a row; None where a formula works it out."""
    worked: tuple[Value, ...] = ()
    """What its formula comes to in each row; None where an operand is missing."""

    @property
    def header(self) -> str:
        """Give the header as it is shown, with its unit."""
        return self.content.shown


@dataclass(frozen=True)
class Grid:
    """One table."""

    content: SheetTable
    columns: tuple[GridColumn, ...]
    rows: Rows
    below: "Grid | None" = field(default=None, repr=False)
    """The table of this workbook whose rows it groups."""

    @property
    def has_totals(self) -> bool:
        """It ends with a row of totals."""
        return any(column.content.total != "none" for column in self.columns)

    def list_values(self, at: int) -> Iterator[Value]:
        """Give the values of one column."""
        column = self.columns[at]
        return iter(column.worked) if column.place is None else self.rows.list_column(column.place)

    def find_column(self, name: str) -> int:
        """Give the place of a column.

        Raises:
            SelectionRefused: there is none of this name.
        """
        return find_place([column.content.header for column in self.columns], name)


def make_grids(book: Workbook, tables: Mapping[str, Table]) -> dict[str, Grid]:
    """Give the grid of each table, by its name in small letters.

    Args:
        book: The content.
        tables: Of the sources, by passage.

    Raises:
        ContentRefused: rows or columns are asked for that are not there.
    """
    grids: dict[str, Grid] = {}
    problems: list[str] = []
    for table in sorted(book.list_tables(), key=lambda each: bool(each.rows_from and each.rows_from.table)):
        try:
            grids[table.name.casefold()] = _make_grid(table, tables, grids, book.language)
        except SelectionRefused as refused:
            problems.append(f"table '{table.name}': {refused}")
    if problems:
        raise ContentRefused(problems)
    cells = sum(len(grid.rows) * len(grid.columns) for grid in grids.values())
    if cells > BOOK_CELLS:
        raise ContentRefused([f"the workbook would have {cells:,} cells; at most {BOOK_CELLS:,}"])
    return grids


def _make_grid(table: SheetTable, tables: Mapping[str, Table], grids: Mapping[str, Grid], language: str) -> Grid:
    taken = table.rows_from
    if taken is None:
        order = range(len(table.rows))
        grid = _Draft(table, table.columns, Rows(table.rows, order, tuple(range(len(table.list_written())))), {})
    elif taken.table:
        grid = _take_below(table, taken, grids)
    else:
        grid = _take_passage(table, taken, tables)
    if len(grid.rows) > TABLE_ROWS:
        raise SelectionRefused(f"it has {len(grid.rows):,} rows; a sheet holds {TABLE_ROWS:,}; filter or group them")
    if not len(grid.rows):
        has_filters = bool(taken and taken.where)
        raise SelectionRefused(
            "no row is left; loosen the filters" if has_filters else f"{taken and taken.passage} has no rows"
        )
    return _finish(grid, language)


@dataclass(frozen=True)
class _Draft:
    """A grid whose columns have no shapes yet."""

    content: SheetTable
    columns: tuple[SheetColumn, ...]
    rows: Rows
    forms: Mapping[str, Form]
    """What is known of the columns that rows were taken from, by their names."""
    below: Grid | None = None


def _take_passage(table: SheetTable, taken: RowsFrom, tables: Mapping[str, Table]) -> _Draft:
    source = tables.get(taken.passage or "")
    if source is None:
        known = ", ".join(list(tables)[:20]) or "none"
        raise SelectionRefused(f"{taken.passage} is no table of the sources; tables are {known}")
    names = [column.name for column in source.columns]
    return _take(table, taken, names, source.rows, {})


def _take_below(table: SheetTable, taken: RowsFrom, grids: Mapping[str, Grid]) -> _Draft:
    below = grids.get((taken.table or "").casefold())
    if below is None:
        raise SelectionRefused(f"the table '{taken.table}' could not be made")
    written = [column.content for column in below.columns if column.place is not None]
    is_whole = isinstance(below.rows.order, range) and below.rows.places == tuple(range(len(written)))
    cells = below.rows.cells if is_whole and below.rows.cells else list(below.rows)
    forms = {plain(column.header): column for column in written}
    drawn = _take(table, taken, [column.header for column in written], cells, forms)
    return _Draft(drawn.content, drawn.columns, drawn.rows, drawn.forms, below)


def _take(
    table: SheetTable,
    taken: RowsFrom,
    names: Sequence[str],
    cells: Sequence[Sequence[Value]],
    forms: Mapping[str, Form],
) -> _Draft:
    columns = table.columns or tuple(_name_apart(names))
    written = [column for column in columns if column.formula is None]
    places = (
        tuple(find_place(names, column.taken_from) for column in written) if table.columns else tuple(range(len(names)))
    )
    order = select(names, cells, taken)
    if taken.group_by:
        keys = tuple(find_place(names, each) for each in taken.group_by)
        takes = tuple((place, column.take) for place, column in zip(places, written, strict=True))
        made = group(cells, order, Grouping(keys, takes))
        headers = [column.header for column in written]
        rows = Rows(made, sort(headers, made, range(len(made)), taken.sort)[: taken.limit], tuple(range(len(takes))))
    else:
        rows = Rows(cells, sort(names, cells, order, taken.sort)[: taken.limit], places)
    return _Draft(table, columns, rows, forms)


def _name_apart(names: Sequence[str]) -> Iterator[SheetColumn]:
    """Give columns whose headers differ in more than case, and are short enough."""
    made: set[str] = set()
    for number, name in enumerate(names, 1):
        short = " ".join(name.split())[:HEADER_CHARS] or f"Column {number}"
        header = short if short.casefold() not in made else f"{short} ({number})"
        made.add(header.casefold())
        yield SheetColumn(header=header, from_column=None if header == name else name)


def _finish(draft: _Draft, language: str) -> Grid:
    columns: list[GridColumn] = []
    place = 0
    for content in draft.columns:
        if content.formula is None:
            known = _inherit(content, draft.forms)
            if known.take == "average" and known.decimals is None:
                known = known.model_copy(update={"decimals": _count_decimals(draft.rows.list_column(place))})
            shape = make_shape(known, content.header, draft.rows.list_column(place), language)
            columns.append(GridColumn(known, shape, place))
            _check_texts(content, draft.rows.list_column(place))
            place += 1
        else:
            columns.append(GridColumn(content, Shape("number", "0"), None))
    grid = Grid(draft.content, tuple(columns), draft.rows, draft.below)
    finished = tuple(
        column if column.content.formula is None else _work_out(grid, column.content, column.content.formula, language)
        for column in columns
    )
    whole = Grid(grid.content, finished, grid.rows, grid.below)
    _check_totals(whole)
    return whole


def _check_texts(content: SheetColumn, values: Iterable[Value]) -> None:
    most = max((len(value) for value in values if isinstance(value, str)), default=0)
    if most > CELL_CHARS:
        raise SelectionRefused(
            f"column '{content.header}' has a text of {most:,} characters; a cell holds {CELL_CHARS:,}; leave it out"
        )


def _count_decimals(means: Iterable[Value]) -> int:
    """Give how many decimals the largest of some means is shown with."""
    most = max((abs(number) for number in list_numbers(list(means))), default=0)
    return max(0, MEAN_DIGITS - 1 - (math.floor(math.log10(most)) if most >= 1 else 0))


def _inherit(content: SheetColumn, forms: Mapping[str, Form]) -> SheetColumn:
    """Give the column with the form of what it is taken from, where it says none itself."""
    known = forms.get(plain(content.taken_from))
    if content.take == "count":
        return content.model_copy(update={"type": content.type or "integer"})
    if known is None or content.type is not None:
        return content
    kept = {name: getattr(content, name) or getattr(known, name) for name in ("unit", "currency")}
    is_same = content.take in {"value", "sum", "least", "greatest"} or known.type in {"money", "percent"}
    return content.model_copy(update=kept | ({"type": known.type, "thousands": known.thousands} if is_same else {}))


def _work_out(grid: Grid, content: SheetColumn, formula: Formula, language: str) -> GridColumn:
    most = SHARE_ROWS if formula.kind == "share" else FORMULA_ROWS
    if len(grid.rows) > most:
        raise SelectionRefused(f"column '{content.header}' works out {len(grid.rows):,} rows; at most {most:,}")
    operands = [grid.columns[grid.find_column(name)] for name in formula.of]
    for operand in operands:
        if operand.place is None or not operand.shape.is_number:
            raise SelectionRefused(f"column '{content.header}' works with '{operand.header}', which holds no numbers")
    columns = [list(grid.rows.list_column(operand.place or 0)) for operand in operands]
    worked = tuple(_work_rows(formula.kind, columns))
    form = content
    if content.type is None and formula.kind in {"share", "change"}:
        form = content.model_copy(
            update={"type": "percent", "decimals": content.decimals if content.decimals is not None else 1}
        )
    elif content.type is None and formula.kind == "ratio":
        form = content.model_copy(
            update={"type": "number", "decimals": content.decimals if content.decimals is not None else 2}
        )
    elif content.type is None:
        first = operands[0]
        update = {
            "type": first.shape.type if formula.kind != "average" else "number",
            "currency": first.content.currency,
        }
        form = content.model_copy(update={**update, "unit": content.unit or first.content.unit})
    return GridColumn(form, make_shape(form, content.header, worked, language), None, worked)


def _work_rows(kind: str, columns: Sequence[Sequence[Value]]) -> Iterator[Value]:
    whole = sum(list_numbers(columns[0])) if kind == "share" else 0
    for cells in zip(*columns, strict=True):
        numbers = list_numbers(cells)
        yield _work_one(kind, numbers, whole) if len(numbers) == len(cells) else None


def _work_one(kind: str, numbers: Sequence[int | float], whole: float) -> Value:
    first, last = numbers[0], numbers[-1]
    match kind:
        case "share":
            return _kept(first / whole) if whole else None
        case "change":
            return _kept((last - first) / first) if first else None
        case "difference":
            return _kept(last - first)
        case "ratio":
            return _kept(first / last) if last else None
        case "sum":
            return _kept(sum(numbers))
        case _:
            return _kept(sum(numbers) / len(numbers))


def _kept(number: float) -> Value:
    return number if is_kept(number) else None


def _check_totals(grid: Grid) -> None:
    for at, column in enumerate(grid.columns):
        if column.content.total != "none" and not column.shape.is_number:
            raise SelectionRefused(f"column '{column.content.header}' has a total, but holds no numbers")
        if not is_kept(sum_up(grid.list_values(at), column.content.total) or 0):
            raise SelectionRefused(f"column '{column.content.header}' has a total beyond what a cell holds")
        kind = column.content.formula.kind if column.content.formula else None
        if column.content.total == "sum" and kind in {"change", "ratio", "average"}:
            raise SelectionRefused(f"column '{column.content.header}' cannot be added up: a {kind} has no sum")


def sum_up(values: Iterable[Value], take: str) -> float | int | None:
    """Give the sum, average, count, least or greatest of numbers, as programs work them out of the cells."""
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if take == "count":
        return len(numbers)
    if not numbers:
        return None
    match take:
        case "sum":
            return sum(numbers)
        case "average":
            return sum(numbers) / len(numbers)
        case "least":
            return min(numbers)
        case _:
            return max(numbers)
