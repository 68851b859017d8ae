"""A native chart as XML, in the order its schema asks for."""

from typing import Final
from xml.sax.saxutils import quoteattr

from orchestration.skills.chart_content import Series
from orchestration.skills.charts.axes import axes_xml, text_xml
from orchestration.skills.charts.looks import LABELS, Looks
from orchestration.skills.charts.points import points_xml
from orchestration.skills.charts.values import cached_xml, name_xml, names_place, numbers_xml, shown_xml
from orchestration.skills.design.drawingml import emu, solid
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LINE_PT: Final = 2.5
# Of the line that is meant, beside quiet ones.
STRONG_LINE_PT: Final = 3.5
HOLE_PERCENT: Final = 58
# Else PowerPoint paints negative bars white.
KEEPS_COLOUR: Final = '<c:invertIfNegative val="0"/>'


def chart_xml(looks: Looks, language: str) -> str:
    """Give the chart part."""
    legend = _legend(looks) if looks.has_legend else ""
    plot = {"scatter": points_xml, "combination": _columns_and_line}.get(looks.chart.type, _plot)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="{language}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot(looks)}{'' if looks.is_round else axes_xml(looks)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(Ink.TEXT)}</c:chartSpace>"
    )


def _plot(looks: Looks) -> str:
    kind = looks.chart.type
    series = "".join(_series(looks, at, entry) for at, entry in enumerate(looks.chart.series))
    varied = f'<c:varyColors val="{int(looks.is_round)}"/>'
    axes = '<c:axId val="1001"/><c:axId val="1002"/>'
    stacked = "stacked" if looks.is_stacked else "standard"
    if kind == "pie":
        return f'<c:pieChart>{varied}{series}<c:firstSliceAng val="0"/></c:pieChart>'
    if kind == "doughnut":
        hole = f'<c:firstSliceAng val="0"/><c:holeSize val="{HOLE_PERCENT}"/>'
        return f"<c:doughnutChart>{varied}{series}{hole}</c:doughnutChart>"
    if kind == "line":
        return f'<c:lineChart><c:grouping val="standard"/>{varied}{series}<c:marker val="1"/>{axes}</c:lineChart>'
    if kind in {"area", "stacked_area"}:
        return f'<c:areaChart><c:grouping val="{stacked}"/>{varied}{series}{axes}</c:areaChart>'
    return _bars(looks, varied + series, axes)


def _columns_and_line(looks: Looks) -> str:
    varied, axes = '<c:varyColors val="0"/>', '<c:axId val="1001"/><c:axId val="1002"/>'
    *columns, line = (_series(looks, at, entry) for at, entry in enumerate(looks.chart.series))
    line_axes = '<c:axId val="1003"/><c:axId val="1004"/>' if looks.has_second_axis else axes
    over = f'<c:grouping val="standard"/>{varied}{line}<c:marker val="1"/>{line_axes}'
    return f"{_bars(looks, varied + ''.join(columns), axes)}<c:lineChart>{over}</c:lineChart>"


def _bars(looks: Looks, series: str, axes: str) -> str:
    direction = "bar" if looks.chart.type in {"bar", "stacked_bar"} else "col"
    grouping, overlap = ("stacked", 100) if looks.is_stacked else ("clustered", -8)
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/>{series}'
        f'<c:gapWidth val="{looks.gap_percent}"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
    )


def _series(looks: Looks, at: int, series: Series) -> str:
    points = (
        "" if looks.point_inks is None else "".join(_point(looks, n, ink) for n, ink in enumerate(looks.point_inks))
    )
    is_line = looks.is_line(at)
    marker = '<c:marker><c:symbol val="none"/></c:marker>' if is_line else ""
    smooth = '<c:smooth val="0"/>' if is_line else ""
    shape = _shape(looks, looks.inks[at], is_line=is_line)
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{name_xml(at, series)}{shape}'
        f"{KEEPS_COLOUR if looks.has_bars and not is_line else ''}{marker}{points}{_labels(looks, at, series)}"
        f"{_categories(looks)}{_values(looks, at, series)}{smooth}</c:ser>"
    )


def _categories(looks: Looks) -> str:
    names = [plain_text(category) for category in looks.chart.categories]
    cached = f'<c:ptCount val="{len(names)}"/>{cached_xml(enumerate(names))}'
    return f"<c:cat><c:strRef><c:f>{names_place(names)}</c:f><c:strCache>{cached}</c:strCache></c:strRef></c:cat>"


def _values(looks: Looks, at: int, series: Series) -> str:
    is_other = looks.chart.type == "combination" and looks.is_line(at)
    return f"<c:val>{numbers_xml(at, series, looks.other_format if is_other else looks.number_format)}</c:val>"


def _shape(looks: Looks, ink: Ink, *, is_line: bool = False) -> str:
    if is_line:
        width = STRONG_LINE_PT if looks.chart.highlight and ink is Ink.ACCENT else LINE_PT
        return f'<c:spPr><a:ln w="{emu(width)}" cap="rnd">{solid(ink)}<a:round/></a:ln></c:spPr>'
    rim = f'<a:ln w="{emu(1.5)}">{solid(Ink.PAPER)}</a:ln>' if looks.is_round else "<a:ln><a:noFill/></a:ln>"
    return f"<c:spPr>{solid(ink)}{rim}</c:spPr>"


def _point(looks: Looks, at: int, ink: Ink) -> str:
    inverted = KEEPS_COLOUR if looks.has_bars else ""
    return f'<c:dPt><c:idx val="{at}"/>{inverted}<c:bubble3D val="0"/>{_shape(looks, ink)}</c:dPt>'


def _labels(looks: Looks, at: int, series: Series) -> str:
    if not looks.has_labels:
        return f"<c:dLbls>{_last_label(looks, series)}{shown_xml()}</c:dLbls>"
    hidden = {
        number: f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
        for number in looks.unlabelled(series.values)
    }
    if looks.chart.type == "pie":
        return f"<c:dLbls>{_style(looks, Ink.TEXT, 'outEnd')}{shown_xml(category=True, percent=True)}</c:dLbls>"
    if looks.chart.type == "doughnut":
        inked = {n: _inked_label(looks, n, ink) for n, ink in enumerate(looks.label_inks)} | hidden
        return f"<c:dLbls>{''.join(inked.values())}{_style(looks, Ink.TEXT, None)}{shown_xml(percent=True)}</c:dLbls>"
    ink = looks.label_inks[at] if looks.is_stacked else Ink.TEXT
    place = "ctr" if looks.is_stacked else "outEnd"
    return f"<c:dLbls>{''.join(hidden.values())}{_style(looks, ink, place)}{shown_xml(value=True)}</c:dLbls>"


def _last_label(looks: Looks, series: Series) -> str:
    """Give the value at the end of a single line; several, or a long jagged one, would run into it."""
    if (
        len(series.values) > LABELS
        or looks.chart.type != "line"
        or len(looks.chart.series) > 1
        or series.values[-1] is None
    ):
        return ""
    return (
        f'<c:dLbl><c:idx val="{len(series.values) - 1}"/>{_style(looks, Ink.TEXT, "t")}{shown_xml(value=True)}</c:dLbl>'
    )


def _inked_label(looks: Looks, at: int, ink: Ink) -> str:
    """Give one slice's label; what it shows is said again, since a label of its own forgets it."""
    return f'<c:dLbl><c:idx val="{at}"/>{_style(looks, ink, None)}{shown_xml(percent=True)}</c:dLbl>'


def _style(looks: Looks, ink: Ink, place: str | None) -> str:
    number_format = "0%" if looks.is_round else looks.number_format
    position = f'<c:dLblPos val="{place}"/>' if place else ""
    code = f'<c:numFmt formatCode={quoteattr(number_format)} sourceLinked="0"/>'
    return f"{code}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(ink, bold=looks.is_round)}{position}"


def _legend(looks: Looks) -> str:
    side = "r" if looks.is_round else "t"
    return f'<c:legend><c:legendPos val="{side}"/><c:overlay val="0"/>{text_xml(Ink.TEXT)}</c:legend>'
