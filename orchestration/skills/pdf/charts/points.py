"""The points of a scatter with their names."""

from typing import Final

from orchestration.skills.charts.looks import NAMED_POINTS, Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.axes import ROW_PT
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, Scale, width_of

DOT_PT: Final = 6.0


def draw_points(canvas: Canvas, looks: Looks, room: Box) -> None:
    """Draw a dot for each point, its name beside it, and what each axis measures."""
    across, up = ([value or 0.0 for value in series.values] for series in looks.chart.series)
    wide, high = Scale.over(min(across), max(across)), Scale.over(min(up), max(up))
    left = max(width_of(show_value(each, looks.number_format)) for each in high.list_ticks()) + 10
    plot = room.shrunk(left, ROW_PT + 4, 16, 2 * ROW_PT + 6)
    _draw_axes(canvas, looks, plot, wide, high)
    middle = (min(across) + max(across)) / 2
    for name, x_value, y_value in zip(looks.chart.categories, across, up, strict=True):
        x, y = plot.x + plot.width * wide.share(x_value), plot.bottom - plot.height * high.share(y_value)
        stands_out = name == looks.chart.highlight
        _draw_dot(canvas, x, y, looks.inks[1] if stands_out else looks.inks[0])
        if stands_out or len(across) <= NAMED_POINTS:
            side, anchor = (-DOT_PT, "end") if x_value > middle else (DOT_PT, "start")
            canvas.text(x + side, y + LABEL_PT * 0.32, plain_text(name), Ink.TEXT, anchor=anchor, bold=stands_out)


def _draw_dot(canvas: Canvas, x: float, y: float, ink: Ink) -> None:
    # A line of no length with round ends is a dot.
    canvas.line([(x, y), (x, y)], ink, DOT_PT)


def _draw_axes(canvas: Canvas, looks: Looks, plot: Box, wide: Scale, high: Scale) -> None:
    for value in high.list_ticks():
        y = plot.bottom - plot.height * high.share(value)
        canvas.line([(plot.x, y), (plot.right, y)], Ink.HAIRLINE, 0.6)
        canvas.text(plot.x - 6, y + LABEL_PT * 0.32, show_value(value, looks.number_format), Ink.MUTED, anchor="end")
    for value in wide.list_ticks():
        x = plot.x + plot.width * wide.share(value)
        canvas.text(x, plot.bottom + ROW_PT, show_value(value, looks.other_format), Ink.MUTED)
    across, up = (plain_text(series.name) for series in looks.chart.series)
    canvas.text(plot.right, plot.bottom + 2 * ROW_PT, across, Ink.MUTED, anchor="end")
    canvas.text(0, plot.y - 8, up, Ink.MUTED, anchor="start")
