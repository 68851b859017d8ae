"""Table slides and cards: values of grids in rows, and the few that stand for the whole."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestration.models.extractive.chart_slides import SECTION
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figures import CARD_CHARS, show_number
from orchestration.models.extractive.grids import Grid, Number, is_total
from orchestration.models.extractive.readings import list_figures, name_grid, say_when, spread
from orchestration.models.extractive.slides import LABEL_CHARS, Figure, Place, Room, Slide, cite
from recipes.source import Cell, Passage, Table

CARDS: Final = 4
# what a slide's width takes at a readable size; the deck's content allows 9 and 300
TABLE_COLUMNS: Final = 6
CELL_CHARS: Final = 60


def list_grid_tables(grids: Sequence[Grid], room: Room) -> Iterator[Slide]:
    """Give a table of each grid, then all its rows where the first one had to leave some out."""
    for grid in grids:
        yield _tabulate(grid, spread(len(grid.categories), room.table_rows), room)
    for grid in grids:
        count = len(grid.categories)
        if count > room.table_rows:
            for start in range(0, count, room.table_rows):
                yield _tabulate(grid, range(start, min(start + room.table_rows, count)), room)


def list_row_tables(passages: Sequence[Passage], room: Room) -> Iterator[Slide]:
    """Give the rows of tables that cannot be drawn: the largest by their first number, else the first ones."""
    for passage in passages:
        if passage.table and passage.table.rows and len(passage.table.columns) > 1:
            yield _list_rows(passage.id, passage.table, room)


def list_cards(grids: Sequence[Grid], room: Room) -> Iterator[Slide]:
    """Give cards with the latest values of each grid in order of time, the largest of any other."""
    for grid in grids:
        cards = _list_latest(grid) if grid.is_ordered else _list_largest(grid)
        if len(cards) > 1:
            yield _make_cards(grid, cards[:CARDS], room)


def _tabulate(grid: Grid, places: Sequence[int], room: Room) -> Slide:
    named = name_grid(grid)
    if list(places) == list(range(places[0], places[-1] + 1)) and len(places) < len(grid.categories):
        named = f"{named}, {grid.categories[places[0]]} to {grid.categories[places[-1]]}"
    headers = [grid.axis_name, *(series.name for series in grid.series)]
    notes = [*_say_cut(len(places), len(grid.categories)), *grid.left_out]
    return Slide(
        place=Place.TABLE,
        section=SECTION,
        content={
            "kind": "table",
            "title": escape_marks(clip_words(named, room.headline_chars)),
            "columns": [_make_header(header) for header in headers],
            "rows": [
                [_show_cell(grid.categories[place]), *(_show_cell(series.values[place]) for series in grid.series)]
                for place in places
            ],
            "note": cite(" ".join(notes) or f"Copied from {grid.table_name}.", grid.passage_id),
        },
        figures=list_figures(grid, places),
        tables=(grid.passage_id,),
    )


def _list_rows(passage_id: str, table: Table, room: Room) -> Slide:
    numbers = [at for at, column in enumerate(table.columns) if column.type == "number"]
    places = list(range(len(table.rows)))
    named, said = table.name, "The first rows are shown."
    if numbers:
        key = numbers[0]
        rows = [at for at in places if not any(is_total(cell) for cell in table.rows[at])] or places
        places = sorted(rows, key=lambda place: -_read_number(table.rows[place][key]))
        named, said = f"{table.name}: largest {table.columns[key].name}", f"Sorted by {table.columns[key].name}."
    columns = sorted({*numbers[:2], *range(len(table.columns))}, key=lambda at: (at not in numbers[:2], at))
    kept = sorted(columns[:TABLE_COLUMNS])
    shown = [[table.rows[place][at] for at in kept] for place in places[: room.table_rows]]
    figures = tuple(
        Figure(show_number(cell), passage_id) for row in shown for cell in row if isinstance(cell, int | float)
    )
    return Slide(
        place=Place.TABLE,
        section=SECTION,
        content={
            "kind": "table",
            "title": escape_marks(clip_words(named, room.headline_chars)),
            "columns": [_make_header(table.columns[at].name) for at in kept],
            "rows": [[_show_cell(cell) for cell in row] for row in shown],
            "note": cite(said, passage_id),
        },
        figures=figures,
        tables=(passage_id,),
    )


def _list_latest(grid: Grid) -> list[tuple[dict[str, Any], tuple[Number, ...]]]:
    """Give a card for each series: its last value, and the first one beside it."""
    cards: list[tuple[dict[str, Any], tuple[Number, ...]]] = []
    for series in grid.series:
        (first, start), (last, end) = series.list_filled()[0], series.list_filled()[-1]
        label = f"{clip_words(series.name, CARD_CHARS)}, {grid.categories[last]}"
        card: dict[str, Any] = {"label": label, "value": show_number(end)}
        delta = f"from {show_number(start)} {say_when(grid.categories[first])}"
        if first != last and len(delta) <= CARD_CHARS:
            card |= {"delta": delta, "direction": "up" if end > start else "down" if end < start else "flat"}
        cards.append((card, (start, end)))
    return cards


def _list_largest(grid: Grid) -> list[tuple[dict[str, Any], tuple[Number, ...]]]:
    series = grid.series[0]
    ordered = sorted(series.list_filled(), key=lambda each: -each[1])
    return [
        ({"label": clip_words(grid.categories[place], CARD_CHARS), "value": show_number(value)}, (value,))
        for place, value in ordered
    ]


def _make_cards(grid: Grid, cards: Sequence[tuple[dict[str, Any], tuple[Number, ...]]], room: Room) -> Slide:
    first, last = grid.categories[0], grid.categories[-1]
    said = (
        f"{grid.value_name} {say_when(last)}, beside {first}" if grid.is_ordered else f"Largest {grid.series[0].name}"
    )
    return Slide(
        place=Place.KPIS,
        section=SECTION,
        content={
            "kind": "kpis",
            "title": escape_marks(clip_words(said, room.headline_chars)),
            "kpis": [{**card, "label": cite(card["label"], grid.passage_id)} for card, _ in cards],
        },
        figures=tuple(Figure(show_number(value), grid.passage_id) for _, values in cards for value in values),
        tables=(grid.passage_id,),
    )


def _make_header(name: str) -> dict[str, str]:
    return {"header": escape_marks(clip_words(name, LABEL_CHARS // 2))}


def _show_cell(cell: Cell) -> str:
    if isinstance(cell, int | float):
        return show_number(cell)
    return escape_marks(clip_words(" ".join((cell or "").split()), CELL_CHARS))


def _read_number(cell: Cell) -> float:
    return float("-inf") if cell is None or isinstance(cell, str) else cell


def _say_cut(shown: int, count: int) -> list[str]:
    return [] if shown == count else ["Some rows are shown; the file holds the others."]
