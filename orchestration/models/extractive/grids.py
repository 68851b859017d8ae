"""Grids: a table rearranged for drawing. Values are copied, cell by cell; nothing is added up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.models.extractive.figure_words import ENGLISH, FigureWords
from orchestration.models.extractive.periods import find_period, shorten_dates
from orchestration.models.extractive.sheets import Sheet, are_periods, list_axes, make_sheet
from orchestration.models.extractive.units import differ_in_kind
from recipes.source import Cell, Passage

Number = int | float

# a chart of the deck takes this many series
SERIES: Final = 6
# a column that parts the rows into groups has few values
GROUP_VALUES: Final = 60
# on one axis, a series this many times smaller than another cannot be read
_SAME_SCALE: Final = 50


@dataclass(frozen=True)
class Series:
    """One row of values over the grid's categories; None where the table has none."""

    name: str
    values: tuple[Number | None, ...]

    def list_filled(self) -> list[tuple[int, Number]]:
        """Give the values that are there, with their places."""
        return [(place, value) for place, value in enumerate(self.values) if value is not None]

    def find_scale(self) -> float:
        """Give the greatest distance from zero."""
        return max((abs(value) for _, value in self.list_filled()), default=0.0)


@dataclass(frozen=True)
class Grid:
    """Numbers by category and series, as one table holds them."""

    passage_id: str
    table_name: str
    value_name: str
    """What the numbers are: the header of their column, or the table's name where there are several."""
    axis_name: str
    series_name: str | None
    """The header of the column that tells the series apart; None where each series is a column."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_ordered: bool = False
    """The categories are points in time, in order."""
    left_out: tuple[str, ...] = ()
    """Sentences on what is in the table and not in the grid."""
    words: FigureWords = ENGLISH
    """Those in which it is read."""


def list_grids(passages: Iterable[Passage], words: FigureWords = ENGLISH) -> list[Grid]:
    """Give each way the tables among these passages can be drawn, the tables' order kept."""
    return [grid for passage in passages for grid in _read_passage(passage, words)]


def join_grids(grids: Iterable[Grid]) -> list[Grid]:
    """Give grids for reading in rows: what is apart only because no single axis can show it stands together again."""
    joined: list[Grid] = []
    for grid in grids:
        at = next((at for at, each in enumerate(joined) if _may_join(each, grid)), None)
        if at is None:
            joined.append(grid)
        else:
            series = (*joined[at].series, *grid.series)[:SERIES]
            joined[at] = replace(joined[at], series=series, value_name=grid.table_name)
    return joined


def _may_join(one: Grid, other: Grid) -> bool:
    is_same = (one.passage_id, one.table_name, one.categories) == (other.passage_id, other.table_name, other.categories)
    return is_same and one.series_name is None and other.series_name is None and len(one.series) < SERIES


def _read_passage(passage: Passage, words: FigureWords) -> Iterator[Grid]:
    table = passage.table
    if table is None or not table.rows:
        return
    sheet = make_sheet(passage.id, table, words)
    axes = list_axes(sheet, table)
    numbers = [at for at, column in enumerate(table.columns) if column.type == "number" and at not in axes]
    for axis in sorted(axes, key=lambda at: (not are_periods(sheet.columns[at]), at)):
        grids = list(_draw(sheet.without_totals(axis), axis, [at for at in axes if at != axis], numbers))
        if grids:
            yield from grids
            return


def _draw(sheet: Sheet, axis: int, others: Sequence[int], numbers: Sequence[int]) -> Iterator[Grid]:
    key = _find_key(sheet, axis, others)
    if key == axis:
        yield from _draw_wide(sheet, axis, numbers)
    elif key is not None:
        yield from (_pivot(sheet.without_totals(key), axis, key, number) for number in numbers)
    else:
        yield from _draw_parts(sheet, axis, others, numbers)


def _find_key(sheet: Sheet, axis: int, others: Sequence[int]) -> int | None:
    """Give the column that tells rows of one category apart: the axis itself where none is needed."""
    rows = len(sheet.columns[axis])
    if len(set(sheet.columns[axis])) == rows:
        return axis
    for key in others:
        few = len(set(sheet.columns[key])) <= GROUP_VALUES
        if few and len(set(zip(sheet.columns[axis], sheet.columns[key], strict=True))) == rows:
            return key
    return None


def _draw_wide(sheet: Sheet, axis: int, numbers: Sequence[int]) -> Iterator[Grid]:
    """Give a grid for each group of number columns that are of one unit and one scale."""
    named = [Series(sheet.headers[at], tuple(map(_take_number, sheet.columns[at]))) for at in numbers]
    left = [each for each in named if each.list_filled()]
    while left:
        scale = left[0].find_scale() or 1.0
        alike = [each for each in left if not differ_in_kind(left[0].name, each.name)]
        near = [each for each in alike if 1 / _SAME_SCALE <= (each.find_scale() or scale) / scale <= _SAME_SCALE]
        group = near[:SERIES]
        left = [each for each in left if each not in group]
        grid = Grid(
            passage_id=sheet.passage_id,
            table_name=sheet.name,
            words=sheet.words,
            value_name=group[0].name if len(group) == 1 else sheet.name,
            axis_name=sheet.headers[axis],
            series_name=None,
            categories=tuple(str(cell) for cell in sheet.columns[axis]),
            series=tuple(group),
        )
        yield _order(_turn_periods(grid))


def _pivot(sheet: Sheet, axis: int, key: int, number: int) -> Grid:
    """Give the grid of one number column by two others; each of its cells is one cell of the table."""
    rows = list(zip(sheet.columns[axis], sheet.columns[key], sheet.columns[number], strict=True))
    categories = tuple(dict.fromkeys(str(category) for category, _, _ in rows))
    names = dict.fromkeys(str(name) for _, name, _ in rows)
    cells = {(str(category), str(name)): _take_number(value) for category, name, value in rows}
    series = [Series(name, tuple(cells.get((category, name)) for category in categories)) for name in names]
    filled = [each for each in series if each.list_filled()]
    grid = _order(
        Grid(
            passage_id=sheet.passage_id,
            table_name=sheet.name,
            words=sheet.words,
            value_name=sheet.headers[number],
            axis_name=sheet.headers[axis],
            series_name=sheet.headers[key],
            categories=categories,
            series=tuple(filled),
        )
    )
    return _keep_largest(grid) if len(filled) > SERIES else grid


def _keep_largest(grid: Grid) -> Grid:
    kept = sorted(grid.series, key=lambda each: -abs(each.list_filled()[-1][1]))[:SERIES]
    said = grid.words.leading_only.format(name=grid.series_name, value=grid.value_name)
    return replace(grid, series=tuple(each for each in grid.series if each in kept), left_out=(*grid.left_out, said))


def _draw_parts(sheet: Sheet, axis: int, others: Sequence[int], numbers: Sequence[int]) -> Iterator[Grid]:
    """Give the grids of the parts that a further column cuts the rows into, the largest parts first."""
    for cutter in others:
        counts = Counter(cell for cell in sheet.columns[cutter] if cell is not None)
        if not 1 < len(counts) <= GROUP_VALUES:
            continue
        rest = [at for at in others if at != cutter]
        cells = sheet.columns[cutter]
        parts = [
            sheet.keep((place for place, cell in enumerate(cells) if cell == value), f"{sheet.name}, {value}")
            for value, _ in counts.most_common(SERIES)
        ]
        if any(_find_key(part, axis, rest) is None for part in parts):
            continue
        said = sheet.words.one_part.format(name=sheet.headers[cutter])
        for part in parts:
            for grid in _draw(part, axis, rest, numbers):
                yield replace(grid, left_out=(said, *grid.left_out))
        return


def _turn_periods(grid: Grid) -> Grid:
    """Give the grid with its columns as categories, where they are points in time and there are few rows."""
    is_time = len(grid.series) > 1 and all(find_period(each.name) for each in grid.series)
    if not is_time or len(grid.categories) > SERIES:
        return grid
    turned = [
        Series(name, tuple(each.values[place] for each in grid.series)) for place, name in enumerate(grid.categories)
    ]
    return replace(
        grid,
        axis_name=grid.words.period,
        series_name=grid.axis_name,
        categories=tuple(each.name for each in grid.series),
        series=tuple(each for each in turned if each.list_filled()),
    )


def _take_number(cell: Cell) -> Number | None:
    return None if isinstance(cell, str) else cell


def _order(grid: Grid) -> Grid:
    """Give the grid in order of time, where its categories are points in time."""
    periods = [(period, place) for place, each in enumerate(grid.categories) if (period := find_period(each))]
    if len(periods) < len(grid.categories):
        return grid
    places = [place for _, place in sorted(periods)]
    return replace(
        grid,
        is_ordered=True,
        categories=shorten_dates([grid.categories[place] for place in places]),
        series=tuple(Series(each.name, tuple(each.values[place] for place in places)) for each in grid.series),
    )
