"""Columns with a line over them, which has an axis of its own where it needs one."""

from dataclasses import replace

from orchestration.skills.charts.looks import Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, Point, Scale, width_of
from orchestration.skills.pdf.charts.courses import LINE_PT
from orchestration.skills.pdf.charts.upright import draw_upright


def draw_combination(canvas: Canvas, looks: Looks, room: Box) -> None:
    """Draw the columns, then the line, which breaks off where a value is missing."""
    *columns, line = looks.chart.series
    values = [value for value in line.values if value is not None]
    if looks.has_second_axis:
        scale = Scale.over(min(0.0, *values), max(0.0, *values))
        marks = [show_value(each, looks.other_format) for each in scale.list_ticks()]
        room = room.from_left(room.width - max(map(width_of, marks)) - 8)
        reach: tuple[float, ...] = ()
    else:
        scale, marks, reach = None, [], (min(values), max(values))
    chart = looks.chart.model_copy(update={"series": tuple(columns)})
    plot, own = draw_upright(canvas, replace(looks, chart=chart), room, reach=reach)
    scale = scale or own
    for at, said in enumerate(marks):
        y = plot.bottom - plot.height * scale.share(scale.low + scale.step * at)
        canvas.text(plot.right + 8, y + LABEL_PT * 0.32, said, Ink.MUTED, anchor="start")
    slot = plot.width / len(line.values)
    run: list[Point] = []
    for at, value in enumerate((*line.values, None)):
        if value is not None:
            run.append((plot.x + slot * (at + 0.5), plot.bottom - plot.height * scale.share(value)))
        elif run:
            canvas.line(run if len(run) > 1 else [*run, *run], looks.inks[-1], LINE_PT)
            run = []
