"""Lying bars, their names at the left and their values at the right."""

from typing import Final

from orchestration.skills.charts.looks import Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.axes import ROW_PT, wrap
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, Scale, width_of
from orchestration.skills.pdf.charts.stacks import find_reach, stack
from orchestration.skills.pdf.charts.upright import Slot

NAMES_SHARE: Final = 0.32


def draw_lying(canvas: Canvas, looks: Looks, room: Box) -> None:
    """Draw bars from the top down, in the order of the categories."""
    names = [plain_text(each) for each in looks.chart.categories]
    values = [value for series in looks.chart.series for value in series.values if value is not None]
    at_end = max(width_of(show_value(value, looks.number_format)) for value in values) + 8
    left = min(max(map(width_of, names)) + 10, room.width * NAMES_SHARE)
    low, high = find_reach(looks)
    before = at_end if low < 0 else 0.0
    plot = room.shrunk(left + before, 0, at_end, 4)
    scale = Scale(low, high or 1.0, 1.0)
    for place, name in enumerate(names):
        slot = Slot.at(looks, place, plot.height)
        middle = plot.y + slot.start + slot.size / 2
        rows = wrap(name, left - 10)
        for row, said in enumerate(rows):
            y = middle + LABEL_PT * 0.32 + (row - (len(rows) - 1) / 2) * ROW_PT
            canvas.text(plot.x - before - 8, y, said, Ink.TEXT, anchor="end")
        for at, part in enumerate(stack(looks, place)):
            if part is not None:
                _draw_bar(canvas, looks, plot, scale, slot, at, place, part)
    zero = plot.x + plot.width * scale.share(0.0)
    canvas.line([(zero, plot.y), (zero, plot.bottom)], Ink.PALE, 1)


def _draw_bar(
    canvas: Canvas, looks: Looks, plot: Box, scale: Scale, slot: Slot, at: int, place: int, part: tuple[float, float]
) -> None:
    left, right = (plot.x + plot.width * scale.share(value) for value in sorted(part))
    y = plot.y + slot.start + (0 if looks.is_stacked else slot.bar * at)
    ink = looks.point_inks[place] if looks.point_inks else looks.inks[at]
    air = 0 if looks.is_stacked else slot.bar * 0.04
    canvas.rect(left, y + air, right - left, slot.bar - 2 * air, ink)
    value = looks.chart.series[at].values[place] or 0.0
    if looks.is_stacked and (not looks.has_labels or place in looks.unlabelled(looks.chart.series[at].values)):
        return
    said, foot = show_value(value, looks.number_format), y + slot.bar / 2 + LABEL_PT * 0.32
    if looks.is_stacked:
        canvas.text((left + right) / 2, foot, said, looks.label_inks[at])
    elif value >= 0:
        canvas.text(right + 4, foot, said, Ink.TEXT, anchor="start")
    else:
        canvas.text(left - 4, foot, said, Ink.TEXT, anchor="end")
