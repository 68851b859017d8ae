"""Drawing: the chart that a grid makes, with the type that suits its values."""

from collections.abc import Sequence
from typing import Any, Final

from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.grids import Grid, Number
from orchestration.models.extractive.readings import find_lead, name_grid, name_series, spread
from orchestration.models.extractive.slides import LABEL_CHARS, Frame

# what can be read from a seat; the deck's content allows 24, 240 and 6
BAR_CATEGORIES: Final = 12
LINE_POINTS: Final = 120
PIE_SLICES: Final = 6
_LINE_LEAST: Final = 5
_LONG_LABEL_CHARS: Final = 14
_DECIMALS: Final = 4


def make_chart(grid: Grid, kind: str, places: Sequence[int]) -> dict[str, Any]:
    """Give the chart of a grid's values at these categories."""
    named = escape_marks(name_grid(grid))
    chart: dict[str, Any] = {
        "type": kind,
        "categories": [clip_words(grid.categories[place], LABEL_CHARS) for place in places],
        "series": [
            {"name": name_series(series), "values": [series.values[place] for place in places]}
            for series in grid.series
        ],
        "subtitle": clip_words(named, LABEL_CHARS),
        "number_format": find_format([value for series in grid.series for _, value in series.list_filled()]),
        "alt": f"{kind} chart of {named}",
    }
    if grid.is_ordered and len(grid.series) > 1 and kind in {"line", "column"}:
        chart["highlight"] = name_series(find_lead(grid))
    return chart


def choose_kind(grid: Grid) -> tuple[str, list[int]]:
    """Give the type of chart, and the places of the categories it shows, in its order."""
    count = len(grid.categories)
    shares = are_shares(grid)
    if grid.is_ordered:
        if count < _LINE_LEAST:
            return ("stacked_column" if shares else "column"), list(range(count))
        return ("stacked_area" if shares else "line"), spread(count, LINE_POINTS)
    first = grid.series[0]
    places = sorted(range(count), key=lambda place: -(first.values[place] or 0))[:BAR_CATEGORIES]
    if len(grid.series) > 1:
        places.sort()
    if _is_whole(grid):
        return "doughnut", places
    if shares:
        return "stacked_bar", places
    is_long = any(len(grid.categories[place]) > _LONG_LABEL_CHARS for place in places)
    return ("bar" if is_long or count * len(grid.series) > BAR_CATEGORIES else "column"), places


def are_shares(grid: Grid) -> bool:
    """Tell whether several series are the shares of one whole, at each category: they make 100 or 1 there."""
    rows = [[series.values[place] for series in grid.series] for place in range(len(grid.categories))]
    return len(grid.series) > 1 and bool(rows) and all(_make_whole(row) for row in rows)


def say_cut(grid: Grid, places: Sequence[int], frame: Frame) -> list[str]:
    """Say which categories are shown, where these are not all."""
    if len(places) == len(grid.categories):
        return []
    if grid.is_ordered:
        return [frame.words.spaced_points]
    return [frame.words.largest_only.format(name=grid.series[0].name)]


def find_format(values: Sequence[Number]) -> str:
    """Give the format of numbers that shows every digit that the source has, up to four decimals."""
    decimals = max((len(repr(value).partition(".")[2]) for value in values if isinstance(value, float)), default=0)
    return "#,##0" + ("." + "0" * min(decimals, _DECIMALS) if decimals else "")


def _is_whole(grid: Grid) -> bool:
    """Tell whether a few positive values are the shares of one whole: they make 100 or 1."""
    values = [value for value in grid.series[0].values if value is not None]
    is_few = len(grid.series) == 1 and 1 < len(values) == len(grid.categories) <= PIE_SLICES
    return is_few and min(values) > 0 and _make_whole(values)


def _make_whole(values: Sequence[Number | None]) -> bool:
    filled = [value for value in values if value is not None and value >= 0]
    if len(filled) < len(values):
        return False
    return any(abs(sum(filled) - whole) <= whole / 100 for whole in (1, 100))
