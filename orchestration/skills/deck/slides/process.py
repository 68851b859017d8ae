"""What follows what: a row of arrows, each with a card below it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.content import ProcessSlide, Stage
from orchestration.skills.deck.page import Block, Insets, TextBlock
from orchestration.skills.deck.setting import CARD_SIZES_PT, Setting, Sheet
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line

ARROW_PT: Final = 84.0
GAP_PT: Final = 12.0
LABEL_SIZES_PT: Final = (20.0, 18.0, *CARD_SIZES_PT)
# The tip of an arrow takes as much of its width as half its height.
_ARROW_INSETS: Final = Insets(12, 6, 24, 6)
_CARD_INSETS: Final = Insets(16, 14, 14, 12)


def compose_process(slide: ProcessSlide, setting: Setting) -> list[Sheet]:
    """Give the stages as arrows from left to right, numbered, and what is said of each on a card below."""
    boxes = setting.body.columns(len(slide.stages), GAP_PT)
    has_details = any(stage.detail for stage in slide.stages)
    height = ARROW_PT if has_details else ARROW_PT * 1.6
    heads = [box.from_top(height) for box in boxes]
    size = min(
        setting.fitted(
            f"stage '{stage.label}'", head, sizes_pt=LABEL_SIZES_PT, make=_labels(stage, setting), insets=_ARROW_INSETS
        )[0].size_pt
        for stage, head in zip(slide.stages, heads, strict=True)
    )
    blocks: list[Block] = []
    for at, (stage, head) in enumerate(zip(slide.stages, heads, strict=True)):
        lines = setting.fitted(stage.label, head, sizes_pt=(size,), make=_labels(stage, setting), insets=_ARROW_INSETS)
        shape = "homePlate" if at < len(slide.stages) - 1 else "rect"
        blocks.append(TextBlock(f"Stage {at + 1}", head, lines, None, "ctr", Ink.NIGHT, _ARROW_INSETS, shape=shape))
    return [Sheet("Canvas", (*blocks, *(_cards(slide.stages, setting) if has_details else ())))]


def _cards(stages: Sequence[Stage], setting: Setting) -> list[Block]:
    boxes = setting.body.below(ARROW_PT + GAP_PT).columns(len(stages), GAP_PT)
    details = [(stage.detail, box) for stage, box in zip(stages, boxes, strict=True)]
    size = min(
        setting.fitted(
            f"detail '{detail}'", box, sizes_pt=LABEL_SIZES_PT, make=_details(detail, setting), insets=_CARD_INSETS
        )[0].size_pt
        for detail, box in details
        if detail
    )
    width = boxes[0].width - _CARD_INSETS.left - _CARD_INSETS.right
    texts = [
        setting.fitted("detail", box, sizes_pt=(size,), make=_details(detail, setting), insets=_CARD_INSETS)
        if detail
        else ()
        for detail, box in details
    ]
    tallest = max(setting.ruler.height_pt(text, width) for text in texts if text)
    height = min(boxes[0].height, max(132.0, tallest + 30))
    return [
        TextBlock(f"Detail {at}", box.from_top(height), text, None, "t", Ink.PANEL, _CARD_INSETS)
        for at, (text, box) in enumerate(zip(texts, boxes, strict=True), 1)
        if text
    ]


def _labels(stage: Stage, setting: Setting) -> Callable[[float], list[Line]]:
    return lambda size: [setting.line(stage.label, size, Ink.PAPER, bold=True)]


def _details(detail: str, setting: Setting) -> Callable[[float], list[Line]]:
    return lambda size: [replace(setting.line(detail, size), before_pt=0.0)]
