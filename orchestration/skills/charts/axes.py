"""The two axes of a chart: a quiet line of names, and values only where no labels say them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from orchestration.skills.chart_content import Series
from orchestration.skills.charts.looks import LABEL_PT, Looks, find_ends
from orchestration.skills.design.drawingml import emu, solid
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text


def axes_xml(looks: Looks) -> str:
    """Give the category axis and the value axis. Ids are positive, as the schema asks."""
    if looks.chart.type == "scatter":
        return _scatter_axes(looks)
    return _category_axis(looks) + _value_axis(looks) + (_second_axes(looks) if looks.has_second_axis else "")


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
    lowest = min(
        (value for series in _list_upright(looks) for value in series.values if value is not None), default=0.0
    )
    from_zero = '<c:min val="0"/>' if lowest >= 0 and looks.chart.type != "line" else ""
    grid = (
        ""
        if hidden
        else f'<c:majorGridlines><c:spPr><a:ln w="{emu(0.75)}">{solid(Ink.PALER)}</a:ln></c:spPr></c:majorGridlines>'
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


def _list_upright(looks: Looks) -> Sequence[Series]:
    """Give the series that the first axis of values is for."""
    return looks.chart.series[:-1] if looks.has_second_axis else looks.chart.series


def _second_axes(looks: Looks) -> str:
    """Give the axis of a combination's line, at the right, with the hidden axis of categories that it needs."""
    lowest = min((value for value in looks.chart.series[-1].values if value is not None), default=0.0)
    from_zero = '<c:min val="0"/>' if lowest >= 0 else ""
    return (
        f'<c:valAx><c:axId val="1004"/><c:scaling><c:orientation val="minMax"/>{from_zero}</c:scaling>'
        '<c:delete val="0"/><c:axPos val="r"/>'
        f'<c:numFmt formatCode={quoteattr(looks.other_format)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(Ink.MUTED)}"
        '<c:crossAx val="1003"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx>'
        '<c:catAx><c:axId val="1003"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/>'
        '<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1004"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _scatter_axes(looks: Looks) -> str:
    across, up = looks.chart.series
    return _measured_axis("1001", "1002", "b", across, looks.other_format) + _measured_axis(
        "1002", "1001", "l", up, looks.number_format
    )


def _measured_axis(own_id: str, other_id: str, side: str, series: Series, number_format: str) -> str:
    """Give an axis of values that says what it measures."""
    turn = ' rot="-5400000" vert="horz"' if side == "l" else ""
    low, high, step = find_ends([value for value in series.values if value is not None])
    run = f'<a:rPr lang="en-US" sz="{round(LABEL_PT * 100)}" b="0">{solid(Ink.MUTED)}</a:rPr>'
    return (
        f'<c:valAx><c:axId val="{own_id}"/><c:scaling><c:orientation val="minMax"/><c:max val="{high!r}"/>'
        f'<c:min val="{low!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:majorGridlines><c:spPr><a:ln w="{emu(0.75)}">{solid(Ink.PALER)}</a:ln></c:spPr>'
        f"</c:majorGridlines><c:title><c:tx><c:rich><a:bodyPr{turn}/><a:p><a:r>{run}<a:t>{escape(plain_text(series.name))}</a:t></a:r>"
        '</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:numFmt formatCode={quoteattr(number_format)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="{emu(1)}">{solid(Ink.PALE)}</a:ln></c:spPr>{text_xml(Ink.MUTED)}'
        f'<c:crossAx val="{other_id}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{step!r}"/></c:valAx>'
    )


def text_xml(ink: Ink, *, bold: bool = False, turn_degrees: int = 0) -> str:
    """Give the text style of a part of a chart."""
    turn = f' rot="{turn_degrees * 60_000}" vert="horz"' if turn_degrees else ""
    return (
        f"<c:txPr><a:bodyPr{turn}/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(LABEL_PT * 100)}" b="{int(bold)}">{solid(ink)}<a:latin typeface="+mn-lt"/></a:defRPr>'
        "</a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )
