"""What a chart should look like: which colour, which labels, which axis. Decided here, written as XML beside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.chart_content import Chart, Series
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink, Palette, contrast
from orchestration.skills.design.ruler import Line, Ruler
from orchestration.skills.marks import Span, plain_text

LABEL_PT: Final = 12.0
# Neighbouring series differ in hue and in lightness, so they can be told apart in grey as well.
SERIES_INKS: Final = (
    Ink.ACCENT, Ink.WARM, Ink.SECOND, Ink.PALE, Ink.SOFT_ACCENT, Ink.MUTED,
    Ink.DEEP_WARM, Ink.SOFT_SECOND, Ink.DEEP_ACCENT, Ink.SOFT_WARM, Ink.DEEP_SECOND, Ink.PALER,
)  # fmt: skip
QUIET_INKS: Final = (Ink.PALE, Ink.MUTED, Ink.PALER) * 4
# More labels than this hide the shape they stand on; an axis says the values then.
LABELS: Final = 24
# A segment or slice smaller than this share has no room for its label.
SMALL_SHARE: Final = 0.05
# The air between the bars of two categories, in percent of a bar; where there are few, more, or they would be slabs.
GAP_PERCENT: Final = 60
WIDE_GAPS_PERCENT: Final = {1: 300, 2: 160, 3: 100}
# Roughly what the value axis takes of the width.
AXIS_PT: Final = 50.0
TURN_DEGREES: Final = -45
# A line whose values are so many times those of the columns, or so small a part of them, lies flat on their axis.
OTHER_AXIS_RATIO: Final = 4.0
# More points than this are too close for their names.
NAMED_POINTS: Final = 16
TICKS: Final = 5
DECIMALS: Final = 4


@dataclass(frozen=True)
class Looks:
    """A chart with all that was decided about it."""

    chart: Chart
    inks: tuple[Ink, ...]
    point_inks: tuple[Ink, ...] | None
    number_format: str
    has_labels: bool
    label_inks: tuple[Ink, ...]
    label_turn_degrees: int
    label_step: int
    other_format: str = ""
    """Of the line of a combination; of the values across of a scatter."""
    has_second_axis: bool = False
    """The line of a combination has an axis of its own."""

    @property
    def is_round(self) -> bool:
        """True for pies and doughnuts."""
        return self.chart.type in {"pie", "doughnut"}

    @property
    def has_bars(self) -> bool:
        """True for upright and lying bars, stacked or not."""
        return self.chart.type in {"column", "bar", "stacked_column", "stacked_bar", "combination"}

    def is_line(self, at: int) -> bool:
        """Tell whether a series is drawn as a line."""
        last = len(self.chart.series) - 1
        return self.chart.type == "line" or (self.chart.type == "combination" and at == last)

    @property
    def is_stacked(self) -> bool:
        """True where series stand on one another."""
        return self.chart.type.startswith("stacked")

    @property
    def gap_percent(self) -> int:
        """The air between categories, in percent of a bar."""
        return WIDE_GAPS_PERCENT.get(len(self.chart.categories), GAP_PERCENT)

    @property
    def has_legend(self) -> bool:
        """True where the colours need names; the slices of a pie carry theirs."""
        return (len(self.chart.series) > 1 or self.chart.type == "doughnut") and self.chart.type != "scatter"

    def unlabelled(self, values: Sequence[float | None]) -> list[int]:
        """Give the points of a series that are too small to carry their label."""
        if not (self.is_stacked or self.is_round):
            return []
        whole = self._whole()
        return [at for at, value in enumerate(values) if abs(value or 0.0) < whole * SMALL_SHARE]

    def _whole(self) -> float:
        if self.is_round:
            return sum(value or 0.0 for value in self.chart.series[0].values)
        columns = zip(*(series.values for series in self.chart.series), strict=True)
        return max(sum(abs(value or 0.0) for value in column) for column in columns)


def look_at(chart: Chart, box: Box, palette: Palette, ruler: Ruler | None = None) -> Looks:
    """Give the looks of a chart that is shown in this box.

    Args:
        chart: What it shows.
        box: Where.
        palette: In which colours.
        ruler: For its words, where they are set in other fonts than the palette's.
    """
    ruler = ruler or Ruler(palette.heading_font, palette.body_font)
    inks = _series_inks(chart)
    points = _point_inks(chart)
    filled = points or inks
    turn = _label_turn(chart, box, ruler)
    return Looks(
        chart,
        inks,
        points,
        chart.number_format or _number_format(_list_main(chart)),
        _has_labels(chart, box, ruler),
        tuple(_readable_on(ink, palette) for ink in filled),
        turn,
        _label_step(chart, box, turn),
        chart.line_format or _number_format(_list_other(chart)),
        _needs_second_axis(chart),
    )


def find_ends(values: Sequence[float]) -> tuple[float, float, float]:
    """Give from where to where an axis of these values goes, and its step, in round numbers."""
    low, high = min(values), max(values)
    rough = ((high - low) or abs(high) or 1.0) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step - 0.25), math.ceil(high / step + 0.25)
    from_zero = 0 <= first <= TICKS
    return (0.0 if from_zero else first * step), last * step, step


def _list_main(chart: Chart) -> Sequence[Series]:
    """Give the series that the upright axis is for."""
    if chart.type == "scatter":
        return chart.series[1:]
    return chart.series[:-1] if chart.type == "combination" else chart.series


def _list_other(chart: Chart) -> Sequence[Series]:
    if chart.type == "scatter":
        return chart.series[:1]
    return chart.series[-1:] if chart.type == "combination" else ()


def _needs_second_axis(chart: Chart) -> bool:
    """Tell whether columns and line are of different kinds or sizes, so that one axis cannot serve both."""
    if chart.type != "combination":
        return False
    if chart.line_format is not None and chart.line_format != chart.number_format:
        return True
    columns, line = _largest(_list_main(chart)), _largest(_list_other(chart))
    return max(columns, line) > OTHER_AXIS_RATIO * min(columns, line)


def _largest(series: Sequence[Series]) -> float:
    return max(abs(value) for each in series for value in each.values if value is not None)


def _series_inks(chart: Chart) -> tuple[Ink, ...]:
    names = [series.name for series in chart.series]
    if chart.type == "scatter":
        return (Ink.PALE, Ink.ACCENT) if chart.highlight in chart.categories else (Ink.ACCENT, Ink.ACCENT)
    if len(names) > 1 and chart.highlight in names:
        quiet = iter(QUIET_INKS)
        return tuple(Ink.ACCENT if name == chart.highlight else next(quiet) for name in names)
    return SERIES_INKS[: len(names)]


def _point_inks(chart: Chart) -> tuple[Ink, ...] | None:
    """Give a colour for each point where the points of one series differ."""
    if chart.type in {"pie", "doughnut"}:
        return SERIES_INKS[: len(chart.categories)]
    is_shape = chart.type in {"column", "bar", "stacked_column", "stacked_bar"}
    if not is_shape or len(chart.series) > 1 or chart.highlight not in chart.categories:
        return None
    return tuple(Ink.ACCENT if category == chart.highlight else Ink.PALE for category in chart.categories)


def _number_format(listed: Sequence[Series]) -> str:
    """Give a format that shows as many decimals as the values have."""
    values = [value for series in listed for value in series.values if value is not None]
    decimals = max((len(_fraction(value)) for value in values), default=0)
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _fraction(value: float) -> str:
    return f"{value:.{DECIMALS}f}".partition(".")[2].rstrip("0")


def _has_labels(chart: Chart, box: Box, ruler: Ruler) -> bool:
    count = len(chart.categories) * len(chart.series)
    if chart.type in {"line", "area", "stacked_area", "combination", "scatter"}:
        return False
    if chart.type in {"pie", "doughnut"}:
        return True
    return count <= LABELS and _widest_label_pt(chart, ruler) <= _bar_slot_pt(chart, box)


def _widest_label_pt(chart: Chart, ruler: Ruler) -> float:
    """Give the room a value label takes along the axis of the categories."""
    if chart.type in {"bar", "stacked_bar"}:
        return LABEL_PT * 1.2
    decimals = len(_number_format(chart.series).partition(".")[2])
    values = [value for series in chart.series for value in series.values if value is not None]
    return max(_text_pt(f"{value:,.{decimals}f}", ruler) for value in values) + 4


def _bar_slot_pt(chart: Chart, box: Box) -> float:
    along = box.height - 40 if chart.type in {"bar", "stacked_bar"} else box.width - 20
    side_by_side = 1 if chart.type.startswith("stacked") else len(chart.series)
    return along / len(chart.categories) / (side_by_side + GAP_PERCENT / 100)


def _readable_on(ink: Ink, palette: Palette) -> Ink:
    return max((Ink.PAPER, Ink.TEXT), key=lambda text: contrast(palette.rgb(text), palette.rgb(ink)))


def _label_turn(chart: Chart, box: Box, ruler: Ruler) -> int:
    """Turn the names of columns where a word is wider than its column's place, and of points where they would touch."""
    if chart.type in {"bar", "stacked_bar", "scatter"}:
        return 0
    names = [plain_text(category) for category in chart.categories]
    words = [word for name in names for word in name.split()] if _has_columns(chart) else names
    widest = max((_text_pt(word, ruler) for word in words), default=0.0)
    return TURN_DEGREES if widest + 2 > (box.width - AXIS_PT) / len(names) else 0


def _label_step(chart: Chart, box: Box, turn_degrees: int) -> int:
    """Name every n-th point of a long line; its names are turned, and as far apart as a row of text is high."""
    if _has_columns(chart) or not turn_degrees:
        return 1
    return max(1, math.ceil(LABEL_PT * 1.7 * len(chart.categories) / (box.width - AXIS_PT)))


def _has_columns(chart: Chart) -> bool:
    return chart.type in {"column", "stacked_column", "combination"}


def _text_pt(text: str, ruler: Ruler) -> float:
    return ruler.width_pt(Line((Span(text),), LABEL_PT))
