"""Readings: what a grid says, in labels made of its own headers, categories and values."""

from collections.abc import Sequence

from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.figures import CARD_CHARS, Figure
from orchestration.models.extractive.grids import Grid, Number, Series
from orchestration.models.extractive.slides import Room


def find_lead(grid: Grid) -> Series:
    """Give the series that changed most from its first value to its last."""

    def find_change(series: Series) -> float:
        filled = series.list_filled()
        return abs(filled[-1][1] - filled[0][1]) / (abs(filled[0][1]) or 1)

    return max(grid.series, key=find_change)


def read_grid(grid: Grid, room: Room) -> str:
    """Give a headline: where the most changed series began and ended, or what is highest and lowest."""
    lead = find_lead(grid)
    if grid.is_ordered and len(lead.list_filled()) > 1:
        (first, start), (last, end) = lead.list_filled()[0], lead.list_filled()[-1]
        course = f"{_show_point(grid, first, start)}, {_show_point(grid, last, end)}"
        plain = f"{lead.name}: {course}"
        if grid.value_name in {lead.name, grid.table_name}:
            return fit_label((plain,), room)
        return fit_label((f"{lead.name}: {grid.value_name} {course}", plain, f"{grid.value_name}: {course}"), room)
    return read_extremes(grid, grid.series[0], room)


def read_extremes(grid: Grid, series: Series, room: Room) -> str:
    """Give a headline: where a series is highest and lowest."""
    named = series.name if series.name == grid.value_name else f"{series.name}, {grid.value_name}"
    ends, peak = _read_ends(grid.categories, series, grid.words)
    return fit_label((f"{named}: {ends}", f"{series.name}: {ends}", f"{series.name}: {peak}"), room)


def read_series(names: Sequence[str], series: Series, words: FigureWords) -> str:
    """Give one line: where a series is highest and lowest, by the names of its places."""
    return f"{series.name}: {_read_ends(names, series, words)[0]}"


def read_point(grid: Grid, place: int, room: Room) -> str:
    """Give a headline: which series is highest at one category."""
    top = max(
        (each for each in grid.series if each.values[place] is not None), key=lambda each: each.values[place] or 0
    )
    said = f"{top.name} {grid.words.show(top.values[place] or 0)}"
    named = grid.words.show_when(grid.value_name, grid.categories[place])
    return fit_label((f"{named}: {grid.words.is_highest.format(said=said)}", f"{named}: {said}"), room)


def read_course(grid: Grid, series: Series) -> str:
    """Give one line: a series' first and last value."""
    (first, start), (last, end) = series.list_filled()[0], series.list_filled()[-1]
    return f"{series.name}: {_show_point(grid, first, start)}, {_show_point(grid, last, end)}"


def name_grid(grid: Grid) -> str:
    """Give what a grid shows: "net generation by year and source"."""
    by = grid.words.by_axes if grid.series_name else grid.words.by_axis
    return by.format(value=grid.value_name, axis=grid.axis_name, series=grid.series_name)


def fit_label(labels: Sequence[str], room: Room) -> str:
    """Give the first of these labels that fits a headline, else the last one clipped; it begins as a headline does."""
    fitting = (label for label in labels if len(label) <= room.headline_chars)
    return begin(next(fitting, clip_words(labels[-1], room.headline_chars)))


def begin(headline: str) -> str:
    """Give a headline with a capital where it begins with a plain word, and not with a name like pH or eBay."""
    return headline[:1].upper() + headline[1:] if headline.partition(" ")[0].islower() else headline


def name_series(series: Series) -> str:
    """Give a series' name as a chart's legend takes it."""
    return clip_words(series.name, CARD_CHARS)


def list_figures(grid: Grid, places: Sequence[int]) -> tuple[Figure, ...]:
    """Give the values at these categories as they are shown."""
    return tuple(
        Figure(grid.words.show(value), grid.passage_id)
        for series in grid.series
        for place in places
        if (value := series.values[place]) is not None
    )


def spread(count: int, most: int) -> list[int]:
    """Give up to this many places out of a count, evenly spaced, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})


def _show_point(grid: Grid, place: int, value: Number) -> str:
    return grid.words.show_when(grid.words.show(value), grid.categories[place])


def _read_ends(names: Sequence[str], series: Series, words: FigureWords) -> tuple[str, str]:
    """Give where a series is highest and lowest, and the highest alone."""
    high, top = max(series.list_filled(), key=lambda each: each[1])
    low, bottom = min(series.list_filled(), key=lambda each: each[1])
    peak = {"top": words.show(top), "high": names[high]}
    return words.ends.format(**peak, bottom=words.show(bottom), low=names[low]), words.peak.format(**peak)
