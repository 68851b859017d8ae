"""A native chart as XML, in the order its schema asks for."""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from orchestration.skills.chart_content import Series
from orchestration.skills.charts.axes import axes_xml, text_xml
from orchestration.skills.charts.looks import LABELS, Looks
from orchestration.skills.charts.workbook import SHEET
from orchestration.skills.design.drawingml import emu, solid
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LINE_PT: Final = 2.5
HOLE_PERCENT: Final = 58
# Else PowerPoint paints negative bars white.
KEEPS_COLOUR: Final = '<c:invertIfNegative val="0"/>'


def chart_xml(looks: Looks, language: str) -> str:
    """Give the chart part."""
    legend = _legend(looks) if looks.has_legend else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="{language}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{_plot(looks)}{'' if looks.is_round else axes_xml(looks)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(Ink.TEXT)}</c:chartSpace>"
    )


def _plot(looks: Looks) -> str:
    series = "".join(_series(looks, at, entry) for at, entry in enumerate(looks.chart.series))
    kind = looks.chart.type
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
    marker = '<c:marker><c:symbol val="none"/></c:marker>' if looks.chart.type == "line" else ""
    smooth = '<c:smooth val="0"/>' if looks.chart.type == "line" else ""
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{_series_name(at, series)}{_shape(looks, looks.inks[at])}'
        f"{KEEPS_COLOUR if looks.has_bars else ''}{marker}{points}{_labels(looks, at, series)}"
        f"{_categories(looks)}{_values(looks, at, series)}{smooth}</c:ser>"
    )


def _series_name(at: int, series: Series) -> str:
    cached = f'<c:ptCount val="1"/>{_cached([(0, plain_text(series.name))])}'
    place = f"{SHEET}!${_column(at)}$1"
    return f"<c:tx><c:strRef><c:f>{place}</c:f><c:strCache>{cached}</c:strCache></c:strRef></c:tx>"


def _categories(looks: Looks) -> str:
    names = [plain_text(category) for category in looks.chart.categories]
    cached = f'<c:ptCount val="{len(names)}"/>{_cached(enumerate(names))}'
    place = f"{SHEET}!$A$2:$A${len(names) + 1}"
    return f"<c:cat><c:strRef><c:f>{place}</c:f><c:strCache>{cached}</c:strCache></c:strRef></c:cat>"


def _values(looks: Looks, at: int, series: Series) -> str:
    count = len(series.values)
    code = f"<c:formatCode>{escape(looks.number_format)}</c:formatCode>"
    cached = f'{code}<c:ptCount val="{count}"/>{_cached(_numbers(series))}'
    place = f"{SHEET}!${_column(at)}$2:${_column(at)}${count + 1}"
    return f"<c:val><c:numRef><c:f>{place}</c:f><c:numCache>{cached}</c:numCache></c:numRef></c:val>"


def _column(at: int) -> str:
    return chr(ord("B") + at)


def _numbers(series: Series) -> Iterable[tuple[int, str]]:
    return ((at, f"{value!r}".removesuffix(".0")) for at, value in enumerate(series.values) if value is not None)


def _cached(points: Iterable[tuple[int, str]]) -> str:
    return "".join(f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in points)


def _shape(looks: Looks, ink: Ink) -> str:
    if looks.chart.type == "line":
        return f'<c:spPr><a:ln w="{emu(LINE_PT)}" cap="rnd">{solid(ink)}<a:round/></a:ln></c:spPr>'
    rim = f'<a:ln w="{emu(1.5)}">{solid(Ink.PAPER)}</a:ln>' if looks.is_round else "<a:ln><a:noFill/></a:ln>"
    return f"<c:spPr>{solid(ink)}{rim}</c:spPr>"


def _point(looks: Looks, at: int, ink: Ink) -> str:
    inverted = KEEPS_COLOUR if looks.has_bars else ""
    return f'<c:dPt><c:idx val="{at}"/>{inverted}<c:bubble3D val="0"/>{_shape(looks, ink)}</c:dPt>'


def _labels(looks: Looks, at: int, series: Series) -> str:
    if not looks.has_labels:
        return f"<c:dLbls>{_last_label(looks, series)}{_shown()}</c:dLbls>"
    hidden = {
        number: f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
        for number in looks.unlabelled(series.values)
    }
    if looks.chart.type == "pie":
        return f"<c:dLbls>{_style(looks, Ink.TEXT, 'outEnd')}{_shown(category=True, percent=True)}</c:dLbls>"
    if looks.chart.type == "doughnut":
        inked = {n: _inked_label(looks, n, ink) for n, ink in enumerate(looks.label_inks)} | hidden
        return f"<c:dLbls>{''.join(inked.values())}{_style(looks, Ink.TEXT, None)}{_shown(percent=True)}</c:dLbls>"
    ink = looks.label_inks[at] if looks.is_stacked else Ink.TEXT
    place = "ctr" if looks.is_stacked else "outEnd"
    return f"<c:dLbls>{''.join(hidden.values())}{_style(looks, ink, place)}{_shown(value=True)}</c:dLbls>"


def _last_label(looks: Looks, series: Series) -> str:
    """Give the value at the end of a single line; several, or a long jagged one, would run into it."""
    if (
        len(series.values) > LABELS
        or looks.chart.type != "line"
        or len(looks.chart.series) > 1
        or series.values[-1] is None
    ):
        return ""
    return f'<c:dLbl><c:idx val="{len(series.values) - 1}"/>{_style(looks, Ink.TEXT, "t")}{_shown(value=True)}</c:dLbl>'


def _inked_label(looks: Looks, at: int, ink: Ink) -> str:
    """Give one slice's label; what it shows is said again, since a label of its own forgets it."""
    return f'<c:dLbl><c:idx val="{at}"/>{_style(looks, ink, None)}{_shown(percent=True)}</c:dLbl>'


def _style(looks: Looks, ink: Ink, place: str | None) -> str:
    number_format = "0%" if looks.is_round else looks.number_format
    position = f'<c:dLblPos val="{place}"/>' if place else ""
    code = f'<c:numFmt formatCode={quoteattr(number_format)} sourceLinked="0"/>'
    return f"{code}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(ink, bold=looks.is_round)}{position}"


def _shown(*, value: bool = False, category: bool = False, percent: bool = False) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="{int(category)}"/>'
        f'<c:showSerName val="0"/><c:showPercent val="{int(percent)}"/><c:showBubbleSize val="0"/>'
        + ("<c:separator>\n</c:separator>" if category else "")
    )


def _legend(looks: Looks) -> str:
    side = "r" if looks.is_round else "t"
    return f'<c:legend><c:legendPos val="{side}"/><c:overlay val="0"/>{text_xml(Ink.TEXT)}</c:legend>'
