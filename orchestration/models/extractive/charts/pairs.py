"""Pairs: two measures of one table over the same time that no single axis can show, drawn as columns and a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from orchestration.models.extractive.charts.drawing import find_format
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.grids import Grid, Series
from orchestration.models.extractive.readings import find_lead, list_figures, name_series, read_course, read_grid
from orchestration.models.extractive.slides import LABEL_CHARS, Frame, Place, Slide, cite
from orchestration.models.extractive.units import differ_in_kind, find_unit

# what the content of a chart takes
CATEGORIES: Final = 24
# more columns a category leave no room to follow a line
COLUMNS: Final = 2
_UNIT_CHARS: Final = 11


@dataclass(frozen=True)
class Pair:
    """What is drawn as columns, and the series that is the line over them."""

    columns: Grid
    line: Series

    def list_series(self) -> tuple[Series, ...]:
        """Give all series, the line last."""
        return (*self.columns.series, self.line)


def list_pairs(grids: Sequence[Grid]) -> list[Pair]:
    """Give the pairs among these grids: each of two grids of one table, whose units or sizes are far apart."""
    return [
        Pair(replace(one, series=one.series[:COLUMNS]), other.series[0])
        for one, other in combinations(grids, 2)
        if _belong(one, other) and len(one.series) <= COLUMNS
    ]


def list_pair_slides(pairs: Sequence[Pair], frame: Frame) -> Iterator[Slide]:
    """Give a combination of each pair."""
    for pair in pairs:
        grid = replace(pair.columns, series=pair.list_series())
        places = range(len(grid.categories))
        yield Slide(
            place=Place.CHART,
            section=frame.words.figures,
            content={
                "kind": "chart",
                "title": escape_marks(read_grid(pair.columns, frame.room)),
                "chart": _make_combination(pair),
                "takeaways": [cite(read_course(grid, each), grid.passage_id) for each in _list_others(pair)],
            },
            figures=list_figures(grid, places),
            tables=(grid.passage_id,),
        )


def _belong(one: Grid, other: Grid) -> bool:
    is_same = one.passage_id == other.passage_id and one.categories == other.categories
    is_wide = one.series_name is None and other.series_name is None and len(other.series) == 1
    is_time = one.is_ordered and 1 < len(one.categories) <= CATEGORIES
    return is_same and is_wide and is_time and _differ(one.series[0], other.series[0])


def _differ(one: Series, other: Series) -> bool:
    """Tell whether two series of different grids are of different kinds; where no header says so, sizes do."""
    return differ_in_kind(one.name, other.name) or (find_unit(one.name), find_unit(other.name)) == (None, None)


def _list_others(pair: Pair) -> list[Series]:
    """Give the series that the headline does not read."""
    lead = find_lead(pair.columns)
    return [each for each in pair.list_series() if each is not lead and len(each.list_filled()) > 1]


def _make_combination(pair: Pair) -> dict[str, Any]:
    grid = pair.columns
    named = f"{', '.join(each.name for each in pair.list_series())} – {grid.axis_name}"
    return {
        "type": "combination",
        "categories": [clip_words(category, LABEL_CHARS) for category in grid.categories],
        "series": [{"name": name_series(each), "values": list(each.values)} for each in pair.list_series()],
        "subtitle": escape_marks(clip_words(named, LABEL_CHARS)),
        "number_format": _find_format(grid.series),
        "line_format": _find_format([pair.line]),
        "alt": f"columns and a line of {escape_marks(named)}",
    }


def _find_format(series: Sequence[Series]) -> str:
    """Give a format that shows the digits of the source, with the unit where the headers name the same one."""
    plain = find_format([value for each in series for _, value in each.list_filled()])
    units = {find_unit(each.name) for each in series}
    unit = units.pop() if len(units) == 1 else None
    is_named = unit is not None and all(unit.casefold() in each.name.casefold() for each in series)
    if not unit or not is_named or len(unit) > _UNIT_CHARS:
        return plain
    return f'{plain}"{unit if unit == "%" else f" {unit}"}"'
