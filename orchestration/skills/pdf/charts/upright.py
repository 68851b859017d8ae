"""Columns side by side or on one another."""

from dataclasses import dataclass

from orchestration.skills.charts.looks import Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.axes import Frame, draw_categories, draw_grid
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, Scale
from orchestration.skills.pdf.charts.stacks import find_reach, stack


@dataclass(frozen=True)
class Slot:
    """The place of one category along its axis."""

    start: float
    size: float
    bar: float
    """How thick one bar is."""

    @classmethod
    def at(cls, looks: Looks, place: int, length: float) -> "Slot":
        """Give the place of a category on an axis of this length."""
        whole = length / len(looks.chart.categories)
        side_by_side = 1 if looks.is_stacked else len(looks.chart.series)
        bar = whole / (side_by_side + looks.gap_percent / 100)
        return cls(whole * place + (whole - bar * side_by_side) / 2, bar * side_by_side, bar)


def draw_upright(canvas: Canvas, looks: Looks, room: Box, *, reach: tuple[float, ...] = ()) -> tuple[Box, Scale]:
    """Draw columns with their values above them, or inside where they stand on one another.

    Args:
        canvas: Where to.
        looks: Of the chart.
        room: What it may take.
        reach: Further values that the axis holds, for what is drawn over the columns.

    Returns:
        Where the columns stand, and their scale.
    """
    ends = (*find_reach(looks), *reach)
    scale = Scale.over(min(ends), max(ends))
    frame = Frame.of(looks, room, scale, names=[plain_text(each) for each in looks.chart.categories])
    if frame.has_values:
        draw_grid(canvas, frame, looks, scale)
    for place in range(len(looks.chart.categories)):
        slot = Slot.at(looks, place, frame.plot.width)
        for at, part in enumerate(stack(looks, place)):
            if part is not None:
                _draw_column(canvas, looks, frame.plot, scale, slot, at, place, part)
    draw_categories(canvas, frame, looks)
    zero = frame.plot.bottom - frame.plot.height * scale.share(max(scale.low, 0.0))
    canvas.line([(frame.plot.x, zero), (frame.plot.right, zero)], Ink.PALE, 1)
    return frame.plot, scale


def _draw_column(
    canvas: Canvas, looks: Looks, plot: Box, scale: Scale, slot: Slot, at: int, place: int, part: tuple[float, float]
) -> None:
    low, high = sorted(part)
    x = plot.x + slot.start + (0 if looks.is_stacked else slot.bar * at)
    top, foot = (plot.bottom - plot.height * scale.share(value) for value in (high, low))
    ink = looks.point_inks[place] if looks.point_inks else looks.inks[at]
    air = 0 if looks.is_stacked else slot.bar * 0.04
    canvas.rect(x + air, top, slot.bar - 2 * air, foot - top, ink)
    value = looks.chart.series[at].values[place] or 0.0
    if not looks.has_labels or place in looks.unlabelled(looks.chart.series[at].values):
        return
    said = show_value(value, looks.number_format)
    if looks.is_stacked:
        canvas.text(x + slot.bar / 2, (top + foot + LABEL_PT * 0.7) / 2, said, looks.label_inks[at])
    else:
        canvas.text(x + slot.bar / 2, top - 3 if value >= 0 else foot + LABEL_PT, said, Ink.TEXT)
