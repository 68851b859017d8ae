"""Table slides and cards: values of grids in rows, and the few that stand for the whole."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.figures import CARD_CHARS, Figure
from orchestration.models.extractive.grids import Grid, Number, join_grids
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.readings import begin, spread
from orchestration.models.extractive.slides import LABEL_CHARS, Frame, Place, Slide, cite
from orchestration.models.extractive.tabulations import Tabulation, tabulate_grid, tabulate_rows
from recipes.source import Cell, Table

CARDS: Final = 4
# what a slide's width takes at a readable size; the deck's content allows 9 and 300
TABLE_COLUMNS: Final = 6
CELL_CHARS: Final = 60


def list_tables(material: Material, frame: Frame) -> Iterator[Slide]:
    """Give a table of each grid, then of tables without one, then all rows of grids that had to leave some out.

    Rows without an order are not picked evenly, which would show nothing: the largest are shown, with all columns.
    """
    rows, grids = frame.room.table_rows, join_grids(material.grids)
    loose = {grid.passage_id for grid in grids if not grid.is_ordered and len(grid.categories) > rows}
    whole = [grid for grid in grids if grid.passage_id not in loose]
    for grid in whole:
        yield _draw_grid(grid, spread(len(grid.categories), rows), frame)
    for passage in material.bundle.list_passages():
        if passage.table and passage.table.rows and (passage.id in loose or passage in material.row_tables):
            yield from _draw_rows(passage.id, passage.table, material.figure_words, frame)
    for grid in grids:
        count = len(grid.categories)
        if count > rows:
            for start in range(0, count, rows):
                yield _draw_grid(grid, range(start, min(start + rows, count)), frame)


def list_cards(grids: Sequence[Grid], frame: Frame) -> Iterator[Slide]:
    """Give cards with the latest values of each grid in order of time, the largest of any other."""
    for grid in grids:
        cards = _list_latest(grid) if grid.is_ordered else _list_largest(grid)
        if len(cards) > 1:
            yield _make_cards(grid, cards[:CARDS], frame)


def _draw_rows(passage_id: str, table: Table, words: FigureWords, frame: Frame) -> Iterator[Slide]:
    """Give the rows of a table: the largest by their first number, else the first ones."""
    if len(table.columns) > 1:
        shown = tabulate_rows(passage_id, table, words, rows=frame.room.table_rows, columns=TABLE_COLUMNS)
        yield _draw_table(shown, shown.said, frame)


def _draw_table(shown: Tabulation, note: str, frame: Frame) -> Slide:
    return Slide(
        place=Place.TABLE,
        section=frame.words.figures,
        content={
            "kind": "table",
            "title": escape_marks(begin(clip_words(shown.name, frame.room.headline_chars))),
            "columns": [_make_header(header) for header in shown.headers],
            "rows": [[_show_cell(cell, shown.words) for cell in row] for row in shown.rows],
            "note": cite(note, shown.passage_id),
        },
        figures=shown.figures,
        tables=(shown.passage_id,),
    )


def _draw_grid(grid: Grid, places: Sequence[int], frame: Frame) -> Slide:
    shown = tabulate_grid(grid, places)
    return _draw_table(shown, shown.said or shown.words.copied.format(name=shown.table_name), frame)


def _list_latest(grid: Grid) -> list[tuple[dict[str, Any], tuple[Number, ...]]]:
    """Give a card for each series: its last value, and the first one beside it."""
    cards: list[tuple[dict[str, Any], tuple[Number, ...]]] = []
    for series in grid.series:
        (first, start), (last, end) = series.list_filled()[0], series.list_filled()[-1]
        label = f"{clip_words(series.name, CARD_CHARS)}, {grid.categories[last]}"
        card: dict[str, Any] = {"label": label, "value": grid.words.show(end)}
        delta = grid.words.since.format(value=grid.words.show_when(grid.words.show(start), grid.categories[first]))
        if first != last and len(delta) <= CARD_CHARS:
            card |= {"delta": delta, "direction": "up" if end > start else "down" if end < start else "flat"}
        cards.append((card, (start, end)))
    return cards


def _list_largest(grid: Grid) -> list[tuple[dict[str, Any], tuple[Number, ...]]]:
    series = grid.series[0]
    ordered = sorted(series.list_filled(), key=lambda each: -each[1])
    return [
        ({"label": clip_words(grid.categories[place], CARD_CHARS), "value": grid.words.show(value)}, (value,))
        for place, value in ordered
    ]


def _make_cards(grid: Grid, cards: Sequence[tuple[dict[str, Any], tuple[Number, ...]]], frame: Frame) -> Slide:
    first, last = grid.categories[0], grid.categories[-1]
    latest = grid.words.beside.format(last=grid.words.show_when(grid.value_name, last), first=first)
    said = latest if grid.is_ordered else grid.words.largest.format(name=grid.series[0].name)
    return Slide(
        place=Place.KPIS,
        section=frame.words.figures,
        content={
            "kind": "kpis",
            "title": escape_marks(begin(clip_words(said, frame.room.headline_chars))),
            "kpis": [{**card, "label": cite(card["label"], grid.passage_id)} for card, _ in cards],
        },
        figures=tuple(Figure(grid.words.show(value), grid.passage_id) for _, values in cards for value in values),
        tables=(grid.passage_id,),
    )


def _make_header(name: str) -> dict[str, str]:
    return {"header": escape_marks(clip_words(name, LABEL_CHARS // 2))}


def _show_cell(cell: Cell, words: FigureWords) -> str:
    if isinstance(cell, int | float):
        return words.show(cell)
    return escape_marks(clip_words(" ".join((cell or "").split()), CELL_CHARS))
