"""The shape and the limits of charts (`data_visualization`), which Slack's SDK has no model of."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.sandbox.wire import Json, is_list, is_object, is_object_list

# docs.slack.dev, data visualization block
CHART_TITLE_CHARS: Final = 50
AXIS_LABEL_CHARS: Final = 50
POINT_LABEL_CHARS: Final = 20
# Undocumented; from the limits other adapters found by trying.
CHART_SERIES: Final = 12
CHART_POINTS: Final = 20
MESSAGE_CHARTS: Final = 2
PLOT_TYPES: Final = ("area", "bar", "line")


def find_chart_problems(block: Json) -> Iterator[str]:
    """Yield what is wrong with a chart; other blocks have nothing to say here."""
    if block["type"] != "data_visualization":
        return
    yield from _label_problem("title", block.get("title"), CHART_TITLE_CHARS)
    chart = block.get("chart")
    if not is_object(chart):
        yield "missing required field: chart"
    elif chart.get("type") == "pie":
        yield from _pie_problems(chart.get("segments"))
    elif chart.get("type") in PLOT_TYPES:
        yield from _plot_problems(chart)
    else:
        yield f"unsupported chart: {chart.get('type')}"


def _pie_problems(segments: object) -> Iterator[str]:
    if not is_object_list(segments) or not 1 <= len(segments) <= CHART_SERIES:
        yield f"segments must be a list of 1 to {CHART_SERIES} objects"
        return
    yield from _point_problems(segments)
    if any(_is_number(one.get("value")) and one["value"] < 0 for one in segments):
        yield "the value of a segment must not be negative"


def _plot_problems(chart: Json) -> Iterator[str]:
    axis, series = chart.get("axis_config"), chart.get("series")
    categories: Any = axis.get("categories") if is_object(axis) else None
    if not is_list(categories) or not 1 <= len(categories) <= CHART_POINTS:
        yield f"axis_config.categories must be a list of 1 to {CHART_POINTS} labels"
        return
    for category in categories:
        yield from _label_problem("category", category, POINT_LABEL_CHARS)
    for name in ("x_label", "y_label"):
        if is_object(axis) and name in axis:
            yield from _label_problem(name, axis[name], AXIS_LABEL_CHARS)
    if not is_object_list(series) or not 1 <= len(series) <= CHART_SERIES:
        yield f"series must be a list of 1 to {CHART_SERIES} objects"
        return
    names = [str(one.get("name")) for one in series]
    if len(set(names)) < len(names):
        yield "the names of series must be unique"
    for one in series:
        yield from _series_problems(one, categories)


def _series_problems(series: Json, categories: Sequence[object]) -> Iterator[str]:
    yield from _label_problem("series name", series.get("name"), POINT_LABEL_CHARS)
    points = series.get("data")
    if not is_object_list(points):
        yield "data must be a list of objects"
        return
    yield from _point_problems(points)
    if sorted(str(point.get("label")) for point in points) != sorted(map(str, categories)):
        yield "data must have one point for each category"


def _point_problems(points: Sequence[Json]) -> Iterator[str]:
    for point in points:
        yield from _label_problem("label", point.get("label"), POINT_LABEL_CHARS)
        if not _is_number(point.get("value")):
            yield "the value of a point must be a number"


def _label_problem(name: str, value: object, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not 1 <= len(value) <= most:
        yield f"{name} must be a text of 1 to {most} characters"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
