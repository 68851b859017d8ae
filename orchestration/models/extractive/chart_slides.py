"""Chart slides: each grid drawn whole, then its ends, its single series, its single points."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.grids import Grid, Number, Series
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.readings import (
    find_lead,
    list_figures,
    name_grid,
    name_series,
    read_course,
    read_extremes,
    read_grid,
    read_point,
    spread,
)
from orchestration.models.extractive.slides import LABEL_CHARS, Place, Room, Slide, cite, may_quote, quote
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.words import Lexicon

SECTION: Final = "Figures"
# what can be read from a seat; the deck's content allows 24, 240 and 6
BAR_CATEGORIES: Final = 12
LINE_POINTS: Final = 120
PIE_SLICES: Final = 6
_LINE_LEAST: Final = 5
_LONG_LABEL_CHARS: Final = 14
_DECIMALS: Final = 4
_POINTS: Final = 24
# a thread with fewer findings keeps them for slides of their own
_SPARE_STATEMENTS: Final = 7
_RELATED_STATEMENTS: Final = 2


def list_charts(grids: Sequence[Grid], pool: Pool, lexicon: Lexicon, room: Room) -> Iterator[Slide]:
    """Give chart slides, the most telling first. The statements beside a chart are taken from the pool."""
    drawn = [grid for grid in grids if len(grid.categories) > 1]
    split = [grid for grid in drawn if len(grid.series) > 1]
    for grid in drawn:
        yield _draw(grid, read_grid(grid, room), _take_related(grid, pool, lexicon, room), room)
    for grid in split:
        if grid.is_ordered:
            last = len(grid.categories) - 1
            yield _draw(_turn(grid, [0, last]), read_point(grid, last, room), (), room)
    for grid in split:
        for series in grid.series:
            if len(series.list_filled()) > 1:
                single = replace(grid, series=(series,))
                yield _draw(single, read_extremes(grid, series, room), (), room)
    for grid in split:
        for place in spread(len(grid.categories), _POINTS):
            if any(each.values[place] is not None for each in grid.series):
                yield _draw(_turn(grid, [place]), read_point(grid, place, room), (), room)


def _draw(grid: Grid, title: str, related: Sequence[Statement], room: Room) -> Slide:
    kind, places = _choose_kind(grid)
    said = [text for each in related if (text := quote(each, room.takeaway_chars))]
    courses = [cite(read_course(grid, each), grid.passage_id) for each in grid.series if len(each.list_filled()) > 1]
    takeaways = [*said, *courses[: room.takeaways - len(said)]] if grid.is_ordered else said
    notes = [escape_marks(note) for note in (*_say_cut(grid, places), *grid.left_out)]
    return Slide(
        place=Place.CHART,
        section=SECTION,
        content={
            "kind": "chart",
            "title": escape_marks(title),
            "chart": _make_chart(grid, kind, places),
            "takeaways": [*takeaways, *notes][: room.takeaways + 1],
        },
        statements=tuple(related),
        figures=list_figures(grid, places),
        tables=(grid.passage_id,),
    )


def _make_chart(grid: Grid, kind: str, places: Sequence[int]) -> dict[str, Any]:
    named = escape_marks(name_grid(grid))
    chart: dict[str, Any] = {
        "type": kind,
        "categories": [clip_words(grid.categories[place], LABEL_CHARS) for place in places],
        "series": [
            {"name": name_series(series), "values": [series.values[place] for place in places]}
            for series in grid.series
        ],
        "subtitle": clip_words(named, LABEL_CHARS),
        "number_format": _find_format([value for series in grid.series for _, value in series.list_filled()]),
        "alt": f"{kind} chart of {named}",
    }
    if grid.is_ordered and len(grid.series) > 1:
        chart["highlight"] = name_series(find_lead(grid))
    return chart


def _choose_kind(grid: Grid) -> tuple[str, list[int]]:
    """Give the type of chart, and the places of the categories it shows, in its order."""
    count = len(grid.categories)
    if grid.is_ordered:
        return ("line", spread(count, LINE_POINTS)) if count >= _LINE_LEAST else ("column", list(range(count)))
    first = grid.series[0]
    places = sorted(range(count), key=lambda place: -(first.values[place] or 0))[:BAR_CATEGORIES]
    if len(grid.series) > 1:
        places.sort()
    if _is_whole(grid):
        return "doughnut", places
    is_long = any(len(grid.categories[place]) > _LONG_LABEL_CHARS for place in places)
    return ("bar" if is_long or count * len(grid.series) > BAR_CATEGORIES else "column"), places


def _is_whole(grid: Grid) -> bool:
    """Tell whether a few positive values are the shares of one whole: they make 100 or 1."""
    values = [value for value in grid.series[0].values if value is not None]
    is_few = len(grid.series) == 1 and 1 < len(values) == len(grid.categories) <= PIE_SLICES
    return is_few and min(values) > 0 and any(abs(sum(values) - whole) <= whole / 100 for whole in (1, 100))


def _say_cut(grid: Grid, places: Sequence[int]) -> list[str]:
    if len(places) == len(grid.categories):
        return []
    if grid.is_ordered:
        return ["Evenly spaced points are shown, the first and the last among them."]
    return [f"Only the largest by {grid.series[0].name} are shown."]


def _turn(grid: Grid, places: Sequence[int]) -> Grid:
    """Give the grid with series and these categories changed over."""
    filled = [each for each in grid.series if any(each.values[place] is not None for place in places)]
    return replace(
        grid,
        categories=tuple(name_series(each) for each in filled),
        series=tuple(Series(grid.categories[place], tuple(each.values[place] for each in filled)) for place in places),
        axis_name=grid.series_name or grid.table_name,
        series_name=grid.axis_name,
        is_ordered=False,
    )


def _take_related(grid: Grid, pool: Pool, lexicon: Lexicon, room: Room) -> list[Statement]:
    """Take statements that speak of what a chart shows, from a pool that has some to spare."""
    if len(pool) < _SPARE_STATEMENTS:
        return []
    names = [grid.value_name, grid.table_name, *(series.name for series in grid.series)]

    def is_related(statement: Statement) -> bool:
        terms = {stem for name in names for stem in lexicon.list_stems(name.replace("_", " "), statement.language)}
        return bool(terms & set(statement.stems)) and may_quote(statement, room.takeaway_chars)

    return pool.take(_RELATED_STATEMENTS, is_related)


def _find_format(values: Sequence[Number]) -> str:
    decimals = max((len(repr(value).partition(".")[2]) for value in values if isinstance(value, float)), default=0)
    return "#,##0" + ("." + "0" * min(decimals, _DECIMALS) if decimals else "")
