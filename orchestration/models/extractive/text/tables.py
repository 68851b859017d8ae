"""Tables of a text: a few rows of what the files hold, with one line that reads them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from orchestration.models.extractive.excerpts import ELLIPSIS
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.grids import Grid, join_grids
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.readings import list_figures, read_grid, spread
from orchestration.models.extractive.slides import AMPLE
from orchestration.models.extractive.tabulations import Tabulation, tabulate_grid, tabulate_rows
from orchestration.models.extractive.text.markdown import cite, count_read, render_table
from recipes.source import Table

# what a message's width takes without a scroll bar
COLUMNS: Final = 6
# tried from the most to the least, so that a short text has a table too
ROWS: Final = (8, 6, 4, 3)
TABLES: Final = 6
# so many words for tables have room for a further one
WORDS_PER_TABLE: Final = 120


@dataclass(frozen=True)
class TextTable:
    """A table of the text, or only the line that reads it."""

    shown: Tabulation
    """Without rows where there is no room for them."""
    reading: str
    """What its numbers say, in its own headers and values; empty where they have no order."""
    figures: tuple[Figure, ...]

    def render(self) -> str:
        """Give it in Markdown: what it says, its rows, what it shows; with the mark of its passage."""
        passage = self.shown.passage_id
        lead = [cite(self.reading if self.reading.endswith(ELLIPSIS) else f"{self.reading}.", passage)]
        whole = self.shown.words.copied.format(name=self.shown.table_name)
        said = whole if self.shown.is_whole or not self.shown.said else f"{self.shown.said} {whole}"
        rows = [render_table(self.shown), cite(f"{self.shown.name}. {said}", passage)]
        return "\n\n".join([*(lead if self.reading else []), *(rows if self.shown.rows else [])])

    def count_words(self) -> int:
        """Count its words, cells among them."""
        return count_read(self.render())


@dataclass(frozen=True)
class _View:
    """One way to show a table, made only where there may be room for it."""

    passage_id: str
    list_sizes: Callable[[], Iterator[TextTable]]
    """Gives it in fewer and fewer rows."""


def choose_tables(material: Material, first: Iterable[str], words: int) -> list[TextTable]:
    """Give the tables that fit into so many words: those of the first passages, then those nearest to the topic.

    Of each table one view comes before further ones.

    Args:
        material: Grids and other tables.
        first: The passages of tables that were asked for.
        words: How many they may have together.
    """
    most = min(TABLES, 1 + words // WORDS_PER_TABLE)
    chosen: list[TextTable] = []
    for view in _order_views(_list_views(material), set(first)):
        if len(chosen) == most:
            break
        fitting = next((each for each in view.list_sizes() if each.count_words() <= words), None)
        if fitting is not None:
            chosen.append(fitting)
            words -= fitting.count_words()
    return chosen


def _list_views(material: Material) -> Iterator[_View]:
    for grid in join_grids(material.grids):
        yield _View(grid.passage_id, partial(_show_grid, grid))
    for passage in material.row_tables:
        if passage.table and passage.table.rows and len(passage.table.columns) > 1:
            yield _View(passage.id, partial(_show_rows, passage.id, passage.table, material.figure_words))


def _order_views(views: Iterable[_View], wanted: set[str]) -> list[_View]:
    seen: Counter[str] = Counter()
    keys: list[tuple[bool, int]] = []
    kept = list(views)
    for view in kept:
        keys.append((view.passage_id not in wanted, seen[view.passage_id]))
        seen[view.passage_id] += 1
    return [kept[at] for at in sorted(range(len(kept)), key=keys.__getitem__)]


def _show_grid(grid: Grid) -> Iterator[TextTable]:
    narrow = replace(grid, series=grid.series[: COLUMNS - 1])
    if len(narrow.series) < len(grid.series):
        narrow = replace(narrow, left_out=(*grid.left_out, grid.words.some_columns))
    reading = read_grid(narrow, AMPLE) if len(grid.categories) > 1 else ""
    values = list_figures(narrow, range(len(grid.categories))) if reading else ()
    read = tuple(each for each in values if _stands(each.text, reading))
    for rows in ROWS:
        shown = tabulate_grid(narrow, spread(len(grid.categories), rows))
        yield TextTable(shown, reading, tuple(dict.fromkeys((*read, *shown.figures))))
    if reading:
        shown = tabulate_grid(narrow, range(len(grid.categories)))
        yield TextTable(replace(shown, rows=()), reading, tuple(dict.fromkeys(read)))


def _show_rows(passage_id: str, table: Table, words: FigureWords) -> Iterator[TextTable]:
    for rows in ROWS:
        shown = tabulate_rows(passage_id, table, words, rows=rows, columns=COLUMNS)
        yield TextTable(shown, "", shown.figures)


def _stands(number: str, reading: str) -> bool:
    """Tell whether a number stands in a line by itself, not within another."""
    return re.search(rf"(?<![\w.,]){re.escape(number)}(?!\w|[.,]\d)", reading) is not None
