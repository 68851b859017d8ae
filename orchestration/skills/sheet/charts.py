"""Charts: native ones over the cells of a table, with the values that they show before anything is worked out."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.looks import NAMED_POINTS
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text
from orchestration.skills.problems import ContentRefused
from orchestration.skills.sheet.content import SheetChart
from orchestration.skills.sheet.forms import to_serial
from orchestration.skills.sheet.layout import Placed, PlacedSheet
from orchestration.skills.sheet.page import neutralise_title
from orchestration.skills.sheet.selection import SelectionRefused, Value, list_numbers
from orchestration.skills.sheet.styles import Styles
from orchestration.skills.sheet.xlsx import XlsxBook, XlsxChart, XlsxSheet

WIDTH_PX: Final = 620
HEIGHT_PX: Final = 340
# of rows as programs draw them at eleven points
_ROW_PX: Final = 20
_LABEL_CHARS: Final = 120
_KINDS: Final[Mapping[str, tuple[str, str | None]]] = {
    "column": ("column", None),
    "bar": ("bar", None),
    "stacked_column": ("column", "stacked"),
    "stacked_bar": ("bar", "stacked"),
    "line": ("line", None),
    "area": ("area", None),
    "stacked_area": ("area", "stacked"),
    "pie": ("pie", None),
    "doughnut": ("doughnut", None),
    "combination": ("column", None),
    "scatter": ("scatter", None),
}
_ROUND: Final = {"pie", "doughnut"}


def check_charts(sheets: list[PlacedSheet], tables: Mapping[str, Placed]) -> None:
    """Refuse charts that nobody could read, or whose columns are not there.

    Raises:
        ContentRefused: with a sentence for each.
    """
    problems: list[str] = []
    for sheet in sheets:
        for chart in sheet.content.charts:
            problems += [
                f"chart '{chart.title}': {each}" for each in _list_problems(chart, tables[chart.table.casefold()])
            ]
    if problems:
        raise ContentRefused(problems)


def add_charts(
    book: XlsxBook, page: XlsxSheet, sheet: PlacedSheet, tables: Mapping[str, Placed], styles: Styles
) -> None:
    """Put the charts of a sheet to the right of its tables, one below the other."""
    row = 1
    for chart in sheet.content.charts:
        drawn = _draw(book, chart, tables[chart.table.casefold()], styles)
        said = plain_text(chart.alt or "") or f"{chart.type} chart: {plain_text(chart.title)}"
        page.insert_chart(row, sheet.width + 1, drawn, {"description": said, "object_position": 3})
        row += HEIGHT_PX // _ROW_PX + 2


def _list_problems(chart: SheetChart, placed: Placed) -> list[str]:
    try:
        at = placed.grid.find_column(chart.categories)
        series = [placed.grid.find_column(name) for name in chart.series]
    except SelectionRefused as refused:
        return [str(refused)]
    if wordy := [placed.grid.columns[each].header for each in series if not placed.grid.columns[each].shape.is_number]:
        return [f"'{name}' holds no numbers" for name in wordy]
    content: dict[str, Any] = {
        "type": chart.type,
        "categories": [str("" if each is None else each)[:_LABEL_CHARS] or "-" for each in placed.grid.list_values(at)],
        "series": [
            {"name": f"{number}", "values": list(placed.grid.list_values(each))}
            for number, each in enumerate(series, 1)
        ],
    }
    try:
        Chart.model_validate(content)
    except ValidationError as error:
        return [each["msg"] for each in error.errors()]
    known = [name.casefold() for name in (*chart.series, *map(str, placed.grid.list_values(at)))]
    if chart.highlight and chart.highlight.casefold() not in known:
        return [f"highlight '{chart.highlight}' is no series or category"]
    return []


def _draw(book: XlsxBook, chart: SheetChart, placed: Placed, styles: Styles) -> XlsxChart:
    kind, subtype = _KINDS[chart.type]
    drawn = book.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))
    grid, at = placed.grid, placed.grid.find_column(chart.categories)
    series = [grid.find_column(name) for name in chart.series]
    colors = _pick_colors(chart, styles)
    if chart.type == "scatter":
        # the first series is across, the second up
        at, series = series[0], series[1:]
    over = series.pop() if chart.type == "combination" else None
    for number, column in enumerate(series):
        drawn.add_series(_make_series(chart, placed, at, column, colors[number], styles))
    if over is not None:
        drawn.combine(_draw_line(book, chart, placed, at, over, styles))
    font = {"name": "Calibri", "color": f"#{styles.palette.text}"}
    drawn.set_title(
        {
            "name": neutralise_title(plain_text(chart.title)),
            "name_font": {**font, "size": 13, "bold": True},
            "overlay": False,
        }
    )
    drawn.set_size({"width": WIDTH_PX, "height": HEIGHT_PX})
    drawn.set_chartarea({"border": {"none": True}})
    if chart.type in _ROUND:
        drawn.set_legend({"position": "right", "font": {**font, "size": 10}})
        return drawn
    is_plain = len(series) == 1 and over is None
    drawn.set_legend({"none": True} if is_plain else {"position": "bottom", "font": {**font, "size": 10}})
    _set_axes(drawn, chart, placed, at, series, styles)
    return drawn


def _draw_line(book: XlsxBook, chart: SheetChart, placed: Placed, at: int, column: int, styles: Styles) -> XlsxChart:
    """Give the line of a combination, on an axis of its own at the right."""
    line = book.add_chart({"type": "line"})
    color = _pick_colors(chart, styles)[len(chart.series) - 1]
    shown = chart.model_copy(update={"type": "line"})
    line.add_series({**_make_series(shown, placed, at, column, color, styles), "y2_axis": True})
    known = placed.grid.columns[column]
    font = {"name": "Calibri", "size": 10, "color": f"#{styles.palette.muted}"}
    line.set_y2_axis(
        {
            "name": neutralise_title(known.header),
            "name_font": {**font, "bold": False},
            "num_font": font,
            "num_format": known.shape.code.partition(";")[0],
            "line": {"none": True},
        }
    )
    return line


def _make_series(chart: SheetChart, placed: Placed, at: int, column: int, color: str, styles: Styles) -> dict[str, Any]:
    grid = placed.grid
    categories = [_show(value, grid.columns[at].shape.type) for value in grid.list_values(at)]
    series: dict[str, Any] = {
        "name": [placed.sheet, placed.header_row, column],
        "categories": [placed.sheet, placed.first_row, at, placed.last_row, at],
        "values": [placed.sheet, placed.first_row, column, placed.last_row, column],
        "categories_data": categories,
        "values_data": list(grid.list_values(column)),
        "name_data": [grid.columns[column].header],
    }
    if chart.type in _ROUND:
        shades = _list_shades(styles)
        series["points"] = [{"fill": {"color": shades[number % len(shades)]}} for number in range(len(categories))]
        series["data_labels"] = {"percentage": True, "font": {"size": 10}}
    elif chart.type == "scatter":
        fill = {"color": color}
        series["marker"] = {"type": "circle", "size": 7, "fill": fill, "border": {"none": True}}
        names = grid.list_values(grid.find_column(chart.categories))
        labels = [{"value": neutralise_title("" if each is None else str(each))} for each in names]
        if len(labels) <= NAMED_POINTS:
            series["data_labels"] = {"value": True, "custom": labels, "position": "right", "font": {"size": 10}}
    elif chart.type == "line":
        series["line"] = {"color": color, "width": 2.25}
    else:
        series["fill"] = {"color": color}
        series["gap"] = 60
        series["points"] = _highlight_point(chart, categories, color, styles)
    return series


def _set_axes(drawn: XlsxChart, chart: SheetChart, placed: Placed, at: int, series: list[int], styles: Styles) -> None:
    font = {"name": "Calibri", "size": 10, "color": f"#{styles.palette.muted}"}
    columns = placed.grid.columns
    named = {"name_font": {**font, "bold": False}, "num_font": font}
    line = {"color": f"#{styles.palette.rgb(Ink.HAIRLINE)}"}
    category = {"name": neutralise_title(columns[at].header), "line": line, "major_tick_mark": "none", **named}
    if columns[at].shape.type in {"date", "datetime"}:
        category |= {"num_format": columns[at].shape.code, "text_axis": True}
    said = columns[series[0]].header if len(series) == 1 else ""
    value = {
        "num_format": columns[series[0]].shape.code.partition(";")[0],
        "major_gridlines": {"visible": True, "line": {**line, "width": 0.5}},
        "line": {"none": True},
        **named,
    } | ({"name": neutralise_title(said)} if said else {})
    numbers = [number for column in series for number in list_numbers(list(placed.grid.list_values(column)))]
    if chart.type not in {"line", "scatter"} and min(numbers, default=0) >= 0:
        # The length of a bar is its value.
        value |= {"min": 0}
    if "bar" in chart.type:
        # It lies on its side, and reads from the top.
        drawn.set_y_axis(category | {"reverse": True, "crossing": "max"})
        drawn.set_x_axis(value)
    else:
        drawn.set_x_axis(category)
        drawn.set_y_axis(value)


def _pick_colors(chart: SheetChart, styles: Styles) -> list[str]:
    """Give a colour for each series: the one that stands out in the accent, the others in grey."""
    named = [name.casefold() for name in chart.series]
    if chart.highlight and chart.highlight.casefold() in named:
        chosen = named.index(chart.highlight.casefold())
        grey = f"#{styles.palette.rgb(Ink.PALE)}"
        return [f"#{styles.palette.accent}" if number == chosen else grey for number in range(len(named))]
    return _list_shades(styles)


def _list_shades(styles: Styles) -> list[str]:
    palette = styles.palette
    return [
        f"#{each}" for each in (palette.accent, palette.warm, palette.second, palette.muted, palette.bad, palette.good)
    ]


def _highlight_point(
    chart: SheetChart, categories: list[Value], color: str, styles: Styles
) -> list[dict[str, Any] | None]:
    if not chart.highlight or len(chart.series) > 1:
        return []
    grey = f"#{styles.palette.rgb(Ink.PALE)}"
    wanted = chart.highlight.casefold()
    return [{"fill": {"color": color if str(each).casefold() == wanted else grey}} for each in categories]


def _show(value: Value, kind: str) -> Value:
    serial = to_serial(value, "date" if kind == "date" else "datetime") if kind in {"date", "datetime"} else None
    return value if serial is None else serial
