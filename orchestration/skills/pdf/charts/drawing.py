"""A chart as a vector drawing, in the looks that slides give it: the same colours, labels and axes."""

from typing import Final

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.looks import LABEL_PT as SLIDE_LABEL_PT
from orchestration.skills.charts.looks import Looks, look_at
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink, Palette
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, width_of
from orchestration.skills.pdf.charts.combination import draw_combination
from orchestration.skills.pdf.charts.courses import draw_course
from orchestration.skills.pdf.charts.lying import draw_lying
from orchestration.skills.pdf.charts.points import draw_points
from orchestration.skills.pdf.charts.slices import draw_slices
from orchestration.skills.pdf.charts.upright import draw_upright

_SCALE: Final = SLIDE_LABEL_PT / LABEL_PT
LEGEND_PT: Final = 20.0
_SQUARE_PT: Final = 7.0
_LEGEND_ROW_PT: Final = 13.0


def draw_chart(chart: Chart, palette: Palette, width_pt: float, height_pt: float) -> str:
    """Give the chart as SVG."""
    looks = look_at(chart, Box(0, 0, width_pt * _SCALE, height_pt * _SCALE), palette)
    canvas = Canvas(width_pt, height_pt, palette)
    room = Box(0, 4, width_pt, height_pt - 4)
    if looks.has_legend and not looks.is_round:
        room = room.below(_draw_legend(canvas, looks))
    if looks.is_round:
        draw_slices(canvas, looks, room)
    elif chart.type in {"line", "area", "stacked_area"}:
        draw_course(canvas, looks, room)
    elif chart.type in {"bar", "stacked_bar"}:
        draw_lying(canvas, looks, room)
    elif chart.type == "scatter":
        draw_points(canvas, looks, room)
    elif chart.type == "combination":
        draw_combination(canvas, looks, room)
    else:
        draw_upright(canvas, looks, room)
    return canvas.to_svg()


def describe_chart(chart: Chart, caption: str, palette: Palette) -> str:
    """Give a chart in words, all its values among them, for those who do not see it."""
    number_format = look_at(chart, Box(0, 0, SLIDE_LABEL_PT, SLIDE_LABEL_PT), palette).number_format
    kind = chart.type.replace("_", " ")
    names = [plain_text(category) for category in chart.categories]
    rows = [
        f"{plain_text(series.name)}: "
        + ", ".join(
            f"{name} {'–' if value is None else show_value(value, number_format)}"
            for name, value in zip(names, series.values, strict=True)
        )
        for series in chart.series
    ]
    return f"{caption} ({kind} chart). {'; '.join(rows)}"


def _draw_legend(canvas: Canvas, looks: Looks) -> float:
    """Draw what each colour stands for, in as many rows as it needs; give how high they are."""
    names = [plain_text(series.name) for series in looks.chart.series]
    widths = [_SQUARE_PT + 5 + width_of(name) + 16 for name in names]
    rows: list[list[int]] = [[]]
    for at, width in enumerate(widths):
        if rows[-1] and sum(widths[each] for each in rows[-1]) + width > canvas.width:
            rows.append([])
        rows[-1].append(at)
    for place, row in enumerate(rows):
        x = max(0.0, (canvas.width - sum(widths[at] for at in row)) / 2)
        y = 5 + place * _LEGEND_ROW_PT
        for at in row:
            canvas.rect(x, y, _SQUARE_PT, _SQUARE_PT, looks.inks[at])
            canvas.text(x + _SQUARE_PT + 5, y + 7, names[at], Ink.TEXT, anchor="start")
            x += widths[at]
    return LEGEND_PT + (len(rows) - 1) * _LEGEND_ROW_PT
