"""A chart's values and what may not be drawn with them.

Types: column, bar, stacked_column, stacked_bar (up to 24 categories), line, area, stacked_area (2 to 240), pie and
doughnut (up to 6 categories, one series), combination (up to 24 categories: columns, and the last series as a line, on
an axis of its own where it needs one), scatter (2 to 120 points: categories name them, the first series is across, the
second up). A missing value is null. Each series has one value for each category.
"""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, FiniteFloat, StringConstraints, model_validator

from orchestration.skills.content_texts import Content, Label, Sentence, Tiny, refuse

# Above these counts a slide cannot be read from a seat in the room (measured at the smallest sizes of the deck writer).
BAR_CATEGORIES: Final = 24
LINE_POINTS: Final = 240
PIE_SLICES: Final = 6
SCATTER_POINTS: Final = 120
# As many as there are colours that can be told apart.
SERIES: Final = 12

DrawnType = Literal[
    "column", "bar", "stacked_column", "stacked_bar", "line", "area", "stacked_area", "pie", "doughnut", "scatter",
    "combination",
]  # fmt: skip

NumberFormat = Annotated[str, StringConstraints(pattern=r'^(?:[#0,.%$€£¥+\-() ;]|"[^"]{0,12}"){1,40}$')]


class Series(Content):
    """One row of chart values; null where the source has none."""

    name: Tiny
    values: tuple[FiniteFloat | None, ...]


class Chart(Content):
    """Values to draw. `highlight` names the series, or for a single series the category, that stands out.

    `line_format` is of the line of a combination, and of the values across of a scatter.
    """

    type: DrawnType
    categories: tuple[Label, ...] = Field(min_length=1, max_length=LINE_POINTS)
    series: tuple[Series, ...] = Field(min_length=1, max_length=SERIES)
    subtitle: Label | None = None
    number_format: NumberFormat | None = None
    line_format: NumberFormat | None = None
    highlight: Label | None = None
    alt: Sentence | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse([*_series_problems(self), *_size_problems(self), *_highlight_problems(self)])
        return self


def _series_problems(chart: Chart) -> Iterator[str]:
    wanted = len(chart.categories)
    for series in chart.series:
        if len(series.values) != wanted:
            yield f"series '{series.name}' has {len(series.values)} values for {wanted} categories"
        if all(value is None for value in series.values):
            yield f"series '{series.name}' has no value at all"
    names = [series.name for series in chart.series]
    if len(set(names)) < len(names):
        yield "two series have the same name"
    if chart.line_format is not None and chart.type not in {"combination", "scatter"}:
        yield f"line_format is for a combination or a scatter; a {chart.type} chart has number_format"


def _size_problems(chart: Chart) -> Iterator[str]:
    count = len(chart.categories)
    if chart.type in {"pie", "doughnut"}:
        yield from _pie_problems(chart)
    elif chart.type == "scatter":
        yield from _scatter_problems(chart)
    elif chart.type in {"line", "area", "stacked_area"}:
        if count < 2:  # noqa: PLR2004 - a line joins two points
            yield f"a {chart.type} chart needs 2 categories or more; use a column chart"
    elif count > BAR_CATEGORIES:
        yield f"a {chart.type} chart shows at most {BAR_CATEGORIES} categories, here are {count}; use a line or a table"
    elif chart.type == "combination" and len(chart.series) == 1:
        yield "a combination needs 2 series or more, of which the last is the line; use a column chart"


def _scatter_problems(chart: Chart) -> Iterator[str]:
    count = len(chart.categories)
    if not 1 < count <= SCATTER_POINTS:
        yield f"a scatter shows 2 to {SCATTER_POINTS} points, here are {count}"
    if len(chart.series) != 2:  # noqa: PLR2004 - across and up
        yield f"a scatter has two series, the values across and the values up; here are {len(chart.series)}"
    elif any(value is None for series in chart.series for value in series.values):
        yield "a point of a scatter needs both its values; leave out the categories that lack one"


def _pie_problems(chart: Chart) -> Iterator[str]:
    count = len(chart.categories)
    if count > PIE_SLICES:
        yield f"a {chart.type} shows at most {PIE_SLICES} categories, here are {count}; use a bar chart"
    if len(chart.series) > 1:
        yield f"a {chart.type} shows one series, here are {len(chart.series)}; use a stacked_bar chart"
    values = [value or 0.0 for series in chart.series for value in series.values]
    if min(values, default=0.0) < 0 or sum(values) <= 0:
        yield f"a {chart.type} needs positive values"


def _highlight_problems(chart: Chart) -> Iterator[str]:
    names = [series.name for series in chart.series] + (
        list(chart.categories) if len(chart.series) == 1 or chart.type == "scatter" else []
    )
    if chart.highlight is not None and chart.highlight not in names:
        yield f"highlight '{chart.highlight}' is no series or category; known: {', '.join(names[:BAR_CATEGORIES])}"
