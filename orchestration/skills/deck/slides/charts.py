"""A native chart with its takeaways beside it."""

from typing import Final

from orchestration.skills.chart_content import Chart
from orchestration.skills.content import ChartSlide
from orchestration.skills.deck.page import Block, ChartBlock, Slot, TextBlock
from orchestration.skills.deck.setting import SIDE_SIZES_PT, Setting, Sheet, bulleted
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import plain_text

TAKEAWAYS_WIDTH_PT: Final = 264.0
SUBTITLE_SIZE_PT: Final = 14.0


def compose_chart(slide: ChartSlide, setting: Setting) -> list[Sheet]:
    """Give the chart, over the whole width or beside its takeaways."""
    width = setting.body.width - (TAKEAWAYS_WIDTH_PT + 32 if slide.takeaways else 0)
    box = setting.body.from_left(width)
    blocks: list[Block] = []
    if slide.chart.subtitle:
        blocks.append(_subtitle(slide.chart.subtitle, box, setting))
        box = box.below(blocks[0].box.height + 8)
    blocks.append(ChartBlock("Chart", box, slide.chart, slide.chart.alt or _described(slide.chart), Slot.CHART))
    if slide.takeaways:
        blocks.append(_takeaways(slide.takeaways, setting))
    return [Sheet("Chart", tuple(blocks))]


def _subtitle(text: str, box: Box, setting: Setting) -> TextBlock:
    head = box.from_top(36)
    lines = setting.fitted(
        "the chart's subtitle",
        head,
        sizes_pt=(SUBTITLE_SIZE_PT, 13.0, 12.0),
        make=lambda size: [setting.line(text, size, Ink.MUTED)],
    )
    return TextBlock("Chart subtitle", head.from_top(setting.ruler.height_pt(lines, head.width) + 2), lines)


def _takeaways(takeaways: tuple[str, ...], setting: Setting) -> TextBlock:
    box = setting.body.from_right(TAKEAWAYS_WIDTH_PT)
    lines = setting.fitted(
        "the takeaways",
        box,
        sizes_pt=SIDE_SIZES_PT,
        make=lambda size: [bulleted(setting.line(text, size), before_pt=size * 0.7) for text in takeaways],
    )
    return TextBlock("Takeaways", box, lines, Slot.TEXT)


def _described(chart: Chart) -> str:
    """Give in words what the chart shows, for those who do not see it."""
    values = [value for series in chart.series for value in series.values if value is not None]
    names = ", ".join(plain_text(series.name) for series in chart.series)
    first, last = plain_text(chart.categories[0]), plain_text(chart.categories[-1])
    kind = chart.type.replace("_", " ").capitalize()
    return f"{kind} chart of {names}, {first} to {last}; lowest {min(values):g}, highest {max(values):g}"
