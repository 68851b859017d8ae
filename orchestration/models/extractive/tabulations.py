"""Tabulations: the rows and columns of a table that are shown, cells copied, whatever they are shown in."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.models.extractive.figure_words import ENGLISH, FigureWords
from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.grids import Grid
from orchestration.models.extractive.readings import list_figures, name_grid
from orchestration.models.extractive.sheets import is_total, say_header
from recipes.source import Cell, Table


@dataclass(frozen=True)
class Tabulation:
    """A part of a table, as it is to be shown."""

    passage_id: str
    table_name: str
    name: str
    """What it shows: "net generation by year and source"."""
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    said: str
    """How the rows were chosen; empty where nothing needs saying."""
    figures: tuple[Figure, ...]
    is_whole: bool
    """Every row and column is there."""
    words: FigureWords = ENGLISH
    """Those in which it is shown."""


def tabulate_grid(grid: Grid, places: Sequence[int]) -> Tabulation:
    """Give a grid's values at these categories: a row a category, a column a series."""
    is_whole = len(places) == len(grid.categories)
    cut = [] if is_whole else [grid.words.some_rows]
    named = name_grid(grid)
    if not is_whole and list(places) == list(range(places[0], places[-1] + 1)):
        named = grid.words.span.format(name=named, first=grid.categories[places[0]], last=grid.categories[places[-1]])
    return Tabulation(
        passage_id=grid.passage_id,
        table_name=grid.table_name,
        name=named,
        headers=(grid.axis_name, *(series.name for series in grid.series)),
        rows=tuple((grid.categories[place], *(each.values[place] for each in grid.series)) for place in places),
        said=" ".join([*cut, *grid.left_out]),
        figures=list_figures(grid, places),
        is_whole=is_whole and not grid.left_out,
        words=grid.words,
    )


def tabulate_rows(passage_id: str, table: Table, words: FigureWords, *, rows: int, columns: int) -> Tabulation:
    """Give a table's largest rows by its first number, else its first ones.

    Args:
        passage_id: The table's passage.
        table: One with rows.
        words: Those in which it is shown.
        rows: How many at most.
        columns: How many at most; the first two of numbers are always among them.
    """
    numbers = [at for at, column in enumerate(table.columns) if column.type == "number"]
    places = list(range(len(table.rows)))
    named, said = table.name, words.first_rows
    if numbers:
        key = numbers[0]
        parts = [at for at in places if not any(is_total(cell) for cell in table.rows[at])] or places
        places = sorted(parts, key=lambda place: -_read_number(table.rows[place][key]))
        header = say_header(table.columns[key].name)
        named, said = words.largest_of.format(table=table.name, name=header), words.sorted_by.format(name=header)
    by_worth = sorted(range(len(table.columns)), key=lambda at: (at not in numbers[:2], at))
    kept = sorted(by_worth[:columns])
    shown = tuple(tuple(table.rows[place][at] for at in kept) for place in places[:rows])
    numeric = (cell for row in shown for cell in row if isinstance(cell, int | float))
    return Tabulation(
        passage_id=passage_id,
        table_name=table.name,
        name=named,
        headers=tuple(say_header(table.columns[at].name) for at in kept),
        rows=shown,
        said=said,
        figures=tuple(Figure(words.show(cell), passage_id) for cell in numeric),
        is_whole=len(shown) == len(table.rows) and len(kept) == len(table.columns),
        words=words,
    )


def _read_number(cell: Cell) -> float:
    return float("-inf") if cell is None or isinstance(cell, str) else cell
