"""The points of a scatter, as one series whose labels are the names of the points."""

from typing import Final
from xml.sax.saxutils import escape

from orchestration.skills.charts.looks import LABEL_PT, NAMED_POINTS, Looks
from orchestration.skills.charts.values import cached_xml, name_xml, names_place, numbers_xml, shown_xml
from orchestration.skills.design.drawingml import emu, solid
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text

# The extension in which programs since Office 2013 keep the names of points.
POINT_NAMES: Final = "{02D57815-91ED-43cb-92C2-25804820EDAC}"


def points_xml(looks: Looks) -> str:
    """Give the plot of a scatter: the first series is across, the second up."""
    across, up = looks.chart.series
    names = [plain_text(category) for category in looks.chart.categories]
    labels = "".join(_label(looks, at, name) for at, name in enumerate(names) if _is_named(looks, at))
    cache = f'<c15:dlblRangeCache><c:ptCount val="{len(names)}"/>{cached_xml(enumerate(names))}</c15:dlblRangeCache>'
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/><c:ser><c:idx val="0"/>'
        f'<c:order val="0"/>{name_xml(1, up)}<c:spPr><a:ln w="{emu(1.5)}"><a:noFill/></a:ln></c:spPr>'
        f"{_marker(looks.inks[0])}{_highlighted(looks)}<c:dLbls>{labels}{shown_xml()}</c:dLbls>"
        f"<c:xVal>{numbers_xml(0, across, looks.other_format)}</c:xVal>"
        f'<c:yVal>{numbers_xml(1, up, looks.number_format)}</c:yVal><c:smooth val="0"/>'
        f'<c:extLst><c:ext uri="{POINT_NAMES}" xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
        f"<c15:datalabelsRange><c15:f>{names_place(names)}</c15:f>{cache}</c15:datalabelsRange></c:ext></c:extLst>"
        '</c:ser><c:axId val="1001"/><c:axId val="1002"/></c:scatterChart>'
    )


def _is_named(looks: Looks, at: int) -> bool:
    return len(looks.chart.categories) <= NAMED_POINTS or looks.chart.categories[at] == looks.chart.highlight


def _marker(ink: Ink) -> str:
    rim = f'<a:ln w="{emu(1)}">{solid(Ink.PAPER)}</a:ln>'
    return f'<c:marker><c:symbol val="circle"/><c:size val="10"/><c:spPr>{solid(ink)}{rim}</c:spPr></c:marker>'


def _highlighted(looks: Looks) -> str:
    if looks.chart.highlight not in looks.chart.categories:
        return ""
    at = looks.chart.categories.index(looks.chart.highlight)
    return f'<c:dPt><c:idx val="{at}"/>{_marker(looks.inks[1])}<c:bubble3D val="0"/></c:dPt>'


def _label(looks: Looks, at: int, name: str) -> str:
    """Give a point's name beside it: at the left of those in the right half, which have more room there."""
    bold = looks.chart.categories[at] == looks.chart.highlight
    style = f'<a:rPr lang="en-US" sz="{round(LABEL_PT * 100)}" b="{int(bold)}">{solid(Ink.TEXT)}</a:rPr>'
    words = f"<a:bodyPr/><a:p><a:r>{style}<a:t>{escape(name)}</a:t></a:r></a:p>"
    values = [value or 0.0 for value in looks.chart.series[0].values]
    side = "l" if values[at] > (min(values) + max(values)) / 2 else "r"
    return (
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich>{words}</c:rich></c:tx>'
        f'<c:dLblPos val="{side}"/>{shown_xml(value=True)}</c:dLbl>'
    )
