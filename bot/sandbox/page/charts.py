"""A `data_visualization` block as a small picture: plain bars, lines, areas and slices, placed on a fixed canvas."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.sandbox.wire import Json, objects_in

# The canvas, in units of its own; the page scales it.
WIDTH: Final = 480
HEIGHT: Final = 220
LEFT: Final = 56
BOTTOM: Final = 26
TOP: Final = 10
# How much of the room of a category its bars take.
BAR_SHARE: Final = 0.72
STEPS: Final = (1, 2, 2.5, 5, 10)
# As many marks as the scale at the left has, about.
TICKS: Final = 4
# More categories than this are named only now and then, so that the names do not run into each other.
NAMED_CATEGORIES: Final = 8
RADIUS: Final = 92
FULL_CIRCLE: Final = 0.9999


@dataclass(frozen=True)
class Mark:
    """One bar, line, area or slice: an SVG path, the series whose colour it has, and what it says when asked."""

    path: str
    series: int
    words: str
    is_line: bool = False


@dataclass(frozen=True)
class Label:
    """A text on the canvas."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn, and its numbers for those who would rather read.

    Args:
        marks: what is drawn.
        scale: the labels at the left; at the height of each there is a line.
        names: the labels below.
        legend: what each colour means.
        rows: the numbers, heads first.
    """

    marks: tuple[Mark, ...]
    scale: tuple[Label, ...]
    names: tuple[Label, ...]
    legend: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw_chart(chart: Json) -> Drawing:
    """Give the picture of a chart that Slack would take."""
    return _pie(objects_in(chart.get("segments"))) if chart.get("type") == "pie" else _plot(chart)


def _pie(segments: Sequence[Json]) -> Drawing:
    whole = sum(one["value"] for one in segments)
    marks: list[Mark] = []
    start = 0.0
    for number, one in enumerate(segments):
        share = one["value"] / whole if whole else 0
        if share:
            words = f"{one['label']}: {_written(one['value'])} ({share:.0%})"
            marks.append(Mark(_slice(start, start + min(share, FULL_CIRCLE)), number, words))
        start += share
    rows = [("", "Value"), *((str(one["label"]), _written(one["value"])) for one in segments)]
    return Drawing(tuple(marks), (), (), tuple(str(one["label"]) for one in segments), tuple(rows))


def _slice(start: float, end: float) -> str:
    x, y = WIDTH / 2, HEIGHT / 2
    first, last = (
        (x + RADIUS * math.sin(turn), y - RADIUS * math.cos(turn)) for turn in (start * math.tau, end * math.tau)
    )
    is_large = int(end - start > 1 / 2)
    return f"M{x:g} {y:g}L{_at(*first)}A{RADIUS} {RADIUS} 0 {is_large} 1 {_at(*last)}Z"


def _plot(chart: Json) -> Drawing:
    categories = [str(one) for one in chart["axis_config"]["categories"]]
    series = objects_in(chart.get("series"))
    by_label = [{str(point["label"]): float(point["value"]) for point in objects_in(one["data"])} for one in series]
    values = [[known.get(category, 0.0) for category in categories] for known in by_label]
    names = [str(one["name"]) for one in series]
    scale = _Scale(min(0.0, *map(min, values)), max(0.0, *map(max, values)))
    plot = _Plot(chart["type"], categories, names, values, scale)
    rows = [("", *names), *((name, *(_written(row[at]) for row in values)) for at, name in enumerate(categories))]
    return Drawing(tuple(plot.marks()), tuple(scale.labels()), tuple(plot.names_below()), tuple(names), tuple(rows))


class _Scale:
    """Where a value stands, from the lowest to the highest mark of the scale."""

    def __init__(self, least: float, most: float) -> None:
        self._step = _round_step((most - least) / TICKS or 1)
        self._least = math.floor(least / self._step) * self._step
        self._count = max(math.ceil((most - self._least) / self._step), 1)

    def y(self, value: float) -> float:
        share = (value - self._least) / (self._count * self._step)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    def labels(self) -> Iterator[Label]:
        for number in range(self._count + 1):
            value = self._least + number * self._step
            yield Label(LEFT - 6, self.y(value), _written(value))


@dataclass(frozen=True)
class _Plot:
    """The marks of a bar, line or area chart."""

    kind: str
    categories: Sequence[str]
    names: Sequence[str]
    values: Sequence[Sequence[float]]
    scale: _Scale

    def marks(self) -> Iterator[Mark]:
        for number, row in enumerate(self.values):
            if self.kind == "bar":
                yield from self._bars(number, row)
                continue
            points = [_at(self._middle(at), self.scale.y(value)) for at, value in enumerate(row)]
            if self.kind == "area":
                base = self.scale.y(0)
                ends = f"L{_at(self._middle(len(row) - 1), base)}L{_at(self._middle(0), base)}Z"
                yield Mark(f"M{'L'.join(points)}{ends}", number, self.names[number])
            yield Mark(f"M{'L'.join(points)}", number, self.names[number], is_line=True)

    def names_below(self) -> Iterator[Label]:
        every = math.ceil(len(self.categories) / NAMED_CATEGORIES)
        for at, name in enumerate(self.categories):
            if at % every == 0:
                yield Label(self._middle(at), HEIGHT - BOTTOM + 17, name)

    def _bars(self, number: int, row: Sequence[float]) -> Iterator[Mark]:
        width = self._room() * BAR_SHARE / len(self.values)
        for at, value in enumerate(row):
            left = self._middle(at) - self._room() * BAR_SHARE / 2 + number * width
            base, top = self.scale.y(0), self.scale.y(value)
            words = f"{self.names[number]}, {self.categories[at]}: {_written(value)}"
            yield Mark(f"M{_at(left, base)}V{top:.1f}H{left + width - 1:.1f}V{base:.1f}Z", number, words)

    def _room(self) -> float:
        return (WIDTH - LEFT - 8) / len(self.categories)

    def _middle(self, at: int) -> float:
        return LEFT + self._room() * (at + 0.5)


def _round_step(step: float) -> float:
    """Give the next number above that people like to count in."""
    size = 10.0 ** math.floor(math.log10(step))
    return next(size * factor for factor in STEPS if size * factor >= step * (1 - 1e-9))


def _at(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def _written(value: float) -> str:
    return f"{value:,.10g}" if isinstance(value, int) else f"{round(value, 6):,.10g}"
