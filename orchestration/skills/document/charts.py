"""Native charts in a document: the deck's own chart markup at the size of print, with the workbook behind it."""

from typing import Final
from xml.sax.saxutils import quoteattr

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.looks import LABEL_PT, look_at
from orchestration.skills.charts.markup import chart_xml
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Palette
from orchestration.skills.document.markup import emu
from orchestration.skills.paper.measures import chart_height_pt

# Slides are read from a seat in the room, pages from the hand.
PRINT_LABEL_PT: Final = 9.0
WORKBOOK_RELATION: Final = "rId1"

_SCALE: Final = LABEL_PT / PRINT_LABEL_PT
_SIZE: Final = f'sz="{round(LABEL_PT * 100)}"'
_PRINT_SIZE: Final = f'sz="{round(PRINT_LABEL_PT * 100)}"'


def chart_part_xml(chart: Chart, palette: Palette, language: str, width_pt: float) -> str:
    """Give the chart part, which names its workbook by `WORKBOOK_RELATION`."""
    box = Box(0, 0, width_pt * _SCALE, chart_height_pt(chart) * _SCALE)
    drawn = chart_xml(look_at(chart, box, palette), language).replace(_SIZE, _PRINT_SIZE)
    workbook = f'<c:externalData r:id="{WORKBOOK_RELATION}"><c:autoUpdate val="0"/></c:externalData>'
    return drawn.replace("</c:chartSpace>", f"{workbook}</c:chartSpace>")


def chart_drawing(relation_id: str, number: int, alt: str, chart: Chart, width_pt: float) -> str:
    """Give the run that a chart is shown in."""
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{emu(width_pt)}" cy="{emu(chart_height_pt(chart))}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={quoteattr(alt)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{namespace}"><c:chart xmlns:c="{namespace}" r:id="{relation_id}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
