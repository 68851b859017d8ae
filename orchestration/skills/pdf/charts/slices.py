"""Pies and doughnuts, each slice with its share and its name."""

import math
from typing import Final

from orchestration.skills.charts.looks import SMALL_SHARE, Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, width_of

HOLE_SHARE: Final = 0.58
ROW_PT: Final = 17.0
_SQUARE_PT: Final = 8.0


def draw_slices(canvas: Canvas, looks: Looks, room: Box) -> None:
    """Draw the slices clockwise from the top, and a list of their names beside them."""
    values = [value or 0.0 for value in looks.chart.series[0].values]
    whole = sum(values)
    names = [plain_text(each) for each in looks.chart.categories]
    inks = looks.point_inks or looks.inks
    radius = room.height / 2 - 4
    listed = max(map(width_of, names)) + 70
    centre = (max(radius + 4, (room.width - listed) / 2), room.y + room.height / 2)
    turn = 0.0
    for place, value in enumerate(values):
        share = value / whole
        canvas.path(_slice(centre, radius, turn, turn + share, has_hole=looks.chart.type == "doughnut"), inks[place])
        if share >= SMALL_SHARE:
            angle = math.tau * (turn + share / 2)
            away = radius * ((1 + HOLE_SHARE) / 2 if looks.chart.type == "doughnut" else 0.68)
            x, y = centre[0] + away * math.sin(angle), centre[1] - away * math.cos(angle)
            canvas.text(x, y + LABEL_PT * 0.32, f"{share:.0%}", looks.label_inks[place], bold=True)
        turn += share
    x, y = centre[0] + radius + 28, centre[1] - ROW_PT * (len(names) - 1) / 2
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        foot = y + ROW_PT * place
        canvas.rect(x, foot - 5, _SQUARE_PT, _SQUARE_PT, inks[place])
        canvas.text(x + 14, foot + 2.5, f"{name}  {value / whole:.0%}", Ink.TEXT, anchor="start")


def _slice(centre: tuple[float, float], radius: float, start: float, end: float, *, has_hole: bool) -> str:
    """Give the outline of a slice between two shares of the turn; a whole turn is drawn as nearly whole."""
    end = min(end, start + 0.9999)

    def find(away: float, share: float) -> str:
        x, y = math.sin(math.tau * share) * away, math.cos(math.tau * share) * away
        return f"{centre[0] + x:.2f} {centre[1] - y:.2f}"

    large = int(end - start > 0.5)  # noqa: PLR2004 - half a turn
    outer = f"A {radius:.2f} {radius:.2f} 0 {large} 1 {find(radius, end)}"
    if not has_hole:
        return f"M {centre[0]:.2f} {centre[1]:.2f} L {find(radius, start)} {outer} Z"
    hole = radius * HOLE_SHARE
    inner = f"A {hole:.2f} {hole:.2f} 0 {large} 0 {find(hole, start)}"
    return f"M {find(radius, start)} {outer} L {find(hole, end)} {inner} Z"
