"""The two axes of a chart: a quiet line of names, and values only where no labels say them."""

from xml.sax.saxutils import quoteattr

from orchestration.skills.charts.looks import LABEL_PT, Looks
from orchestration.skills.design.drawingml import emu, solid
from orchestration.skills.design.palette import Ink


def axes_xml(looks: Looks) -> str:
    """Give the category axis and the value axis. Ids are positive, as the schema asks."""
    return _category_axis(looks) + _value_axis(looks)


def _category_axis(looks: Looks) -> str:
    lies = looks.chart.type in {"bar", "stacked_bar"}
    step = (
        f'<c:tickLblSkip val="{looks.label_step}"/><c:tickMarkSkip val="{looks.label_step}"/>'
        if looks.label_step > 1
        else ""
    )
    names = text_xml(Ink.TEXT, turn_degrees=looks.label_turn_degrees)
    return (
        f'<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="{"maxMin" if lies else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lies else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="{emu(1)}">{solid(Ink.PALE)}</a:ln></c:spPr>{names}'
        f'<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="100"/>        {step}<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(looks: Looks) -> str:
    lies = looks.chart.type in {"bar", "stacked_bar"}
    hidden = looks.has_labels and not looks.is_stacked
    lowest = min((value for series in looks.chart.series for value in series.values if value is not None), default=0.0)
    from_zero = '<c:min val="0"/>' if lowest >= 0 and looks.chart.type != "line" else ""
    grid = (
        ""
        if hidden
        else f'<c:majorGridlines><c:spPr><a:ln w="{emu(0.75)}">{solid(Ink.HAIRLINE)}</a:ln></c:spPr></c:majorGridlines>'
    )
    between = "midCat" if looks.chart.type in {"area", "stacked_area"} else "between"
    crosses = "max" if lies else "autoZero"
    return (
        f'<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>{from_zero}</c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="{"b" if lies else "l"}"/>{grid}'
        f'<c:numFmt formatCode={quoteattr(looks.number_format)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(Ink.MUTED)}"
        f'<c:crossAx val="1001"/><c:crosses val="{crosses}"/><c:crossBetween val="{between}"/></c:valAx>'
    )


def text_xml(ink: Ink, *, bold: bool = False, turn_degrees: int = 0) -> str:
    """Give the text style of a part of a chart."""
    turn = f' rot="{turn_degrees * 60_000}" vert="horz"' if turn_degrees else ""
    return (
        f"<c:txPr><a:bodyPr{turn}/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(LABEL_PT * 100)}" b="{int(bold)}">{solid(ink)}<a:latin typeface="+mn-lt"/></a:defRPr>'
        "</a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )
