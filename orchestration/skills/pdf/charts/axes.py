"""The frame of a chart: where it is drawn, the names of its categories, the marks of its values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.charts.looks import Looks
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.number_formats import show_value
from orchestration.skills.pdf.charts.canvas import LABEL_PT, Canvas, Scale, width_of

ROW_PT: Final = LABEL_PT * 1.2
# The room above the highest column for its value.
VALUE_PT: Final = 14.0
NAME_ROWS: Final = 3
_TURNED: Final = math.sin(math.radians(45))


@dataclass(frozen=True)
class Frame:
    """Where a chart is drawn."""

    plot: Box
    has_values: bool
    """The axis of values shows its marks."""
    turns: bool
    """The names of categories are turned."""

    @classmethod
    def of(cls, looks: Looks, room: Box, scale: Scale, *, names: Sequence[str]) -> "Frame":
        """Give the frame that leaves room for names and values."""
        has_values = not looks.has_labels or looks.is_stacked
        marks = [show_value(each, looks.number_format) for each in scale.list_ticks()]
        left = max(map(width_of, marks)) + 8 if has_values else 0.0
        slot = (room.width - left) / len(names)
        turns = looks.label_turn_degrees != 0
        widest = max(map(width_of, names))
        rows = 1 if turns else max(len(wrap(name, slot - 4)) for name in names)
        foot = min(widest, room.height * 0.4) * _TURNED + LABEL_PT if turns else rows * ROW_PT + 4
        return cls(room.shrunk(left, 0 if has_values else VALUE_PT, 2, foot), has_values, turns)


def draw_grid(canvas: Canvas, frame: Frame, looks: Looks, scale: Scale) -> None:
    """Draw a hairline and a number at each mark."""
    for value in scale.list_ticks():
        y = frame.plot.bottom - frame.plot.height * scale.share(value)
        canvas.line([(frame.plot.x, y), (frame.plot.right, y)], Ink.HAIRLINE, 0.6)
        said = show_value(value, looks.number_format)
        canvas.text(frame.plot.x - 6, y + LABEL_PT * 0.32, said, Ink.MUTED, anchor="end")


def draw_categories(canvas: Canvas, frame: Frame, looks: Looks, *, on_points: bool = False) -> None:
    """Write the names below the plot: under each slot, or under each point of a line."""
    names = [plain_text(each) for each in looks.chart.categories]
    slot = frame.plot.width / (max(len(names) - 1, 1) if on_points else len(names))
    for at in range(0, len(names), looks.label_step):
        x = frame.plot.x + slot * (at if on_points else at + 0.5)
        y = frame.plot.bottom + ROW_PT
        if frame.turns:
            canvas.text(x + 3, y, names[at], Ink.TEXT, anchor="end", turn=-45)
        else:
            for row, said in enumerate(wrap(names[at], slot - 4)):
                canvas.text(x, y + row * ROW_PT, said, Ink.TEXT)


def wrap(text: str, room: float) -> list[str]:
    """Give a name in as many rows as it needs; the last one takes the rest."""
    rows: list[str] = []
    for word in text.split():
        if rows and (width_of(f"{rows[-1]} {word}") <= room or len(rows) == NAME_ROWS):
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows or [""]
