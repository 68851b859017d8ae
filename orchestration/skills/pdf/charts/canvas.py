"""Shapes and words as SVG, with what a chart measures by."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.sax.saxutils import escape

from orchestration.skills.design.palette import Ink, Palette
from orchestration.skills.fonts.faces import load_face

LABEL_PT: Final = 9.0
# Carlito has the widths of Calibri, sign by sign.
FONT: Final = "Carlito"
TICKS: Final = 5

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass
class Canvas:
    """A picture in points, drawn in the colours of a theme."""

    width: float
    height: float
    palette: Palette
    parts: list[str] = field(default_factory=list[str])

    def rect(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Draw a bar."""
        size = f'x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}"'
        self.parts.append(f'<rect {size} fill="#{self.palette.rgb(ink)}"/>')

    def line(self, points: Sequence[Point], ink: Ink, width: float) -> None:
        """Draw a line through these points."""
        joined = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{joined}" fill="none" stroke="#{self.palette.rgb(ink)}" stroke-width="{width}" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def area(self, points: Sequence[Point], ink: Ink) -> None:
        """Fill the shape between these points."""
        joined = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self.parts.append(f'<polygon points="{joined}" fill="#{self.palette.rgb(ink)}"/>')

    def path(self, data: str, ink: Ink) -> None:
        """Fill a slice, with a rim of paper."""
        fill = f'fill="#{self.palette.rgb(ink)}" stroke="#{self.palette.paper}" stroke-width="1.5"'
        self.parts.append(f'<path d="{data}" {fill}/>')

    def text(
        self, x: float, y: float, said: str, ink: Ink, *, anchor: Anchor = "middle", bold: bool = False, turn: float = 0
    ) -> None:
        """Write words whose baseline is here."""
        turned = f' transform="rotate({turn:g} {x:.2f} {y:.2f})"' if turn else ""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{LABEL_PT:g}"{weight} '
            f'fill="#{self.palette.rgb(ink)}" text-anchor="{anchor}"{turned}>{escape(said)}</text>'
        )

    def to_svg(self) -> str:
        """Give the whole picture."""
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(self.parts)}</svg>'


def width_of(text: str, *, bold: bool = False) -> float:
    """Give how wide a label runs."""
    return load_face("Calibri", bold=bold).width_em(text) * LABEL_PT


@dataclass(frozen=True)
class Scale:
    """An axis of values: from where to where, and where its marks stand."""

    low: float
    high: float
    step: float

    @classmethod
    def over(cls, low: float, high: float) -> "Scale":
        """Give a scale in round steps that holds both values."""
        if low == high:
            low, high = low - (abs(low) / 2 or 0.5), high + (abs(high) / 2 or 0.5)
        span = high - low
        rough = span / TICKS
        power = 10 ** math.floor(math.log10(rough))
        step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * (1 - 1e-9))
        return cls(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step or step, step)

    def share(self, value: float) -> float:
        """Give where a value lies, from 0 at the low end to 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def list_ticks(self) -> list[float]:
        """Give the values that are marked."""
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * at for at in range(count + 1)]
