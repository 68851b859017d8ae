"""Lines and areas: values over a course of points."""

from collections.abc import Sequence
from typing import Final

from orchestration.skills.charts.looks import LABELS, Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.axes import Frame, draw_categories, draw_grid
from orchestration.skills.pdf.charts.canvas import Canvas, Point, Scale, width_of
from orchestration.skills.pdf.charts.stacks import find_reach, stack

LINE_PT: Final = 2.0
# As spreadsheets do: the axis begins with zero unless all values lie close together.
FROM_ZERO_SHARE: Final = 5 / 6


def draw_course(canvas: Canvas, looks: Looks, room: Box) -> None:
    """Draw lines, or areas from the lowest up; a missing value leaves a gap."""
    values = [value for series in looks.chart.series for value in series.values if value is not None]
    low, high = (min(values), max(values)) if looks.chart.type == "line" else find_reach(looks)
    scale = Scale.over(0.0 if 0 <= low < high * FROM_ZERO_SHARE else low, high)
    frame = Frame.of(looks, room, scale, names=[plain_text(each) for each in looks.chart.categories])
    frame = Frame(frame.plot.shrunk(8, 6, _find_tail(looks), 0), frame.has_values, frame.turns)
    draw_grid(canvas, frame, looks, scale)
    for at in range(len(looks.chart.series)):
        for run in _list_runs(looks, at):
            _draw_run(canvas, looks, frame.plot, scale, at, run)
    draw_categories(canvas, frame, looks, on_points=True)
    _draw_last(canvas, looks, frame.plot, scale)


def _list_runs(looks: Looks, at: int) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for place, value in enumerate(looks.chart.series[at].values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _draw_run(canvas: Canvas, looks: Looks, plot: Box, scale: Scale, at: int, run: Sequence[int]) -> None:
    parts = [stack(looks, place)[at] or (0.0, 0.0) for place in run]
    tops = [_find_point(looks, plot, scale, place, part[1]) for place, part in zip(run, parts, strict=True)]
    if looks.chart.type == "line":
        canvas.line(tops if len(tops) > 1 else [*tops, *tops], looks.inks[at], LINE_PT)
        return
    feet = [_find_point(looks, plot, scale, place, part[0]) for place, part in zip(run, parts, strict=True)]
    canvas.area([*tops, *reversed(feet)], looks.inks[at])


def _find_point(looks: Looks, plot: Box, scale: Scale, place: int, value: float) -> Point:
    x = plot.x + plot.width * place / max(len(looks.chart.categories) - 1, 1)
    return x, plot.bottom - plot.height * min(max(scale.share(value), 0.0), 1.0)


def _find_tail(looks: Looks) -> float:
    said = _say_last(looks)
    return width_of(said, bold=True) + 8 if said else 8.0


def _say_last(looks: Looks) -> str:
    """Give the value at the end of a single line."""
    [series, *others] = looks.chart.series
    last = series.values[-1]
    if others or looks.chart.type != "line" or last is None or len(series.values) > LABELS:
        return ""
    return show_value(last, looks.number_format)


def _draw_last(canvas: Canvas, looks: Looks, plot: Box, scale: Scale) -> None:
    last = looks.chart.series[0].values[-1]
    if (said := _say_last(looks)) and last is not None:
        x, y = _find_point(looks, plot, scale, len(looks.chart.categories) - 1, last)
        canvas.text(x + 5, y + 3, said, Ink.TEXT, anchor="start", bold=True)
