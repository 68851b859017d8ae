"""Chart slides: each table drawn whole, then its ends, its single series, its single points."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from orchestration.models.extractive.charts.clouds import list_cloud_slides, list_clouds
from orchestration.models.extractive.charts.drawing import choose_kind, make_chart, say_cut
from orchestration.models.extractive.charts.pairs import list_pair_slides, list_pairs
from orchestration.models.extractive.excerpts import escape_marks
from orchestration.models.extractive.grids import Grid, Series
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.readings import (
    list_figures,
    name_series,
    read_course,
    read_extremes,
    read_grid,
    read_point,
    spread,
)
from orchestration.models.extractive.slides import Frame, Place, Slide, cite, may_quote, quote
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.words import Lexicon

_POINTS: Final = 24
# a thread with fewer findings keeps them for slides of their own
_SPARE_STATEMENTS: Final = 7
_RELATED_STATEMENTS: Final = 2


def list_charts(material: Material, pool: Pool, frame: Frame) -> Iterator[Slide]:
    """Give chart slides, the most telling first. The statements beside a chart are taken from the pool."""
    drawn = [grid for grid in material.grids if len(grid.categories) > 1]
    pairs = list_pairs(drawn)
    paired = {pair.columns.passage_id for pair in pairs}
    yield from list_pair_slides(pairs[:1], frame)
    yield from list_cloud_slides(list_clouds(material.bundle.list_passages(), material.figure_words), frame)
    for grid in sorted(drawn, key=lambda each: each.passage_id in paired):
        yield _draw(grid, read_grid(grid, frame.room), _take_related(grid, pool, material.lexicon, frame), frame)
    yield from list_pair_slides(pairs[1:], frame)
    yield from _list_parts([grid for grid in drawn if len(grid.series) > 1], frame)


def _list_parts(split: Sequence[Grid], frame: Frame) -> Iterator[Slide]:
    """Give what each of several series says: its ends in time, by itself, point by point."""
    for grid in split:
        if grid.is_ordered:
            last = len(grid.categories) - 1
            yield _draw(_turn(grid, [0, last]), read_point(grid, last, frame.room), (), frame)
    for grid in split:
        for series in grid.series:
            if len(series.list_filled()) > 1:
                single = replace(grid, series=(series,))
                yield _draw(single, read_extremes(grid, series, frame.room), (), frame)
    for grid in split:
        for place in spread(len(grid.categories), _POINTS):
            if any(each.values[place] is not None for each in grid.series):
                yield _draw(_turn(grid, [place]), read_point(grid, place, frame.room), (), frame)


def _draw(grid: Grid, title: str, related: Sequence[Statement], frame: Frame) -> Slide:
    room = frame.room
    kind, places = choose_kind(grid)
    said = [text for each in related if (text := quote(each, room.takeaway_chars))]
    courses = [cite(read_course(grid, each), grid.passage_id) for each in grid.series if len(each.list_filled()) > 1]
    shown = courses[: room.takeaways - len(said)] if grid.is_ordered and len(grid.series) > 1 else []
    notes = [escape_marks(note) for note in (*say_cut(grid, places, frame), *grid.left_out)]
    return Slide(
        place=Place.CHART,
        section=frame.words.figures,
        content={
            "kind": "chart",
            "title": escape_marks(title),
            "chart": make_chart(grid, kind, places),
            "takeaways": [*said, *shown, *notes][: room.takeaways + 1],
        },
        statements=tuple(related),
        figures=list_figures(grid, places),
        tables=(grid.passage_id,),
    )


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


def _take_related(grid: Grid, pool: Pool, lexicon: Lexicon, frame: Frame) -> list[Statement]:
    """Take statements that speak of what a chart shows, from a pool that has some to spare."""
    if len(pool) < _SPARE_STATEMENTS:
        return []
    names = [grid.value_name, grid.table_name, *(series.name for series in grid.series)]

    def is_related(statement: Statement) -> bool:
        terms = {stem for name in names for stem in lexicon.list_stems(name.replace("_", " "), statement.language)}
        return bool(terms & set(statement.stems)) and may_quote(statement, frame.room.takeaway_chars)

    return pool.take(_RELATED_STATEMENTS, is_related)
