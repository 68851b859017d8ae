"""What follows what: a row of arrows, each with a card below it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.content import ProcessSlide, Stage
from orchestration.skills.deck.page import Block, Insets, TextBlock
from orchestration.skills.deck.setting import CARD_SIZES_PT, Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, fit

ARROW_PT: Final = 84.0
# Arrows with more words in them are higher, and those with nothing below them.
HIGH_ARROW_PT: Final = 128.0
GAP_PT: Final = 12.0
LABEL_SIZES_PT: Final = (20.0, 18.0, *CARD_SIZES_PT)
# In low arrows words are at least this large.
LOW_SIZES_PT: Final = (20.0, 18.0, 16.0)
_ARROW_INSETS: Final = Insets(14, 8, 26, 8)
_CARD_INSETS: Final = Insets(16, 14, 14, 12)


def compose_process(slide: ProcessSlide, setting: Setting) -> list[Sheet]:
    """Give the stages as arrows from left to right, and what is said of each on a card below."""
    boxes = setting.body.columns(len(slide.stages), GAP_PT)
    has_details = any(stage.detail for stage in slide.stages)
    height, size = _arrow_size(slide.stages, boxes, setting, may_be_low=has_details)
    blocks: list[Block] = []
    for at, (stage, box) in enumerate(zip(slide.stages, boxes, strict=True)):
        head = box.from_top(height)
        lines = setting.fitted(stage.label, head, sizes_pt=(size,), make=_labels(stage, setting), insets=_ARROW_INSETS)
        leads = at < len(slide.stages) - 1
        blocks.append(TextBlock(f"Stage {at + 1}", head, lines, None, "ctr", Ink.NIGHT, _ARROW_INSETS, is_arrow=leads))
    cards = _cards(slide.stages, setting, top_pt=height + GAP_PT, label_pt=size) if has_details else ()
    return [Sheet("Canvas", (*blocks, *cards))]


def _arrow_size(
    stages: Sequence[Stage], boxes: Sequence[Box], setting: Setting, *, may_be_low: bool
) -> tuple[float, float]:
    """Give the height of the arrows and the size of the words in them."""
    low = _ARROW_INSETS.room(boxes[0].from_top(ARROW_PT))
    fitted = [fit(LOW_SIZES_PT, low, setting.ruler, _labels(stage, setting)) for stage in stages]
    sizes = [lines[0].size_pt for lines in fitted if lines]
    if may_be_low and len(sizes) == len(stages):
        return ARROW_PT, min(sizes)
    high = boxes[0].from_top(HIGH_ARROW_PT)
    return HIGH_ARROW_PT, min(
        setting.fitted(
            f"stage '{stage.label}'", high, sizes_pt=LABEL_SIZES_PT, make=_labels(stage, setting), insets=_ARROW_INSETS
        )[0].size_pt
        for stage in stages
    )


def _cards(stages: Sequence[Stage], setting: Setting, *, top_pt: float, label_pt: float) -> list[Block]:
    """Give the cards below the arrows, their words no larger than those in the arrows."""
    boxes = setting.body.below(top_pt).columns(len(stages), GAP_PT)
    sizes = [size for size in LABEL_SIZES_PT if size <= label_pt] or LABEL_SIZES_PT[-1:]
    details = [(stage.detail, box) for stage, box in zip(stages, boxes, strict=True)]
    size = min(
        setting.fitted(f"detail '{detail}'", box, sizes_pt=sizes, make=_details(detail, setting), insets=_CARD_INSETS)[
            0
        ].size_pt
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
