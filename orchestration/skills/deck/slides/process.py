"""What follows what: a row of arrows, each with a card below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.skills.content import ProcessSlide, Stage
from orchestration.skills.deck.page import Block, Insets, TextBlock
from orchestration.skills.deck.setting import CARD_SIZES_PT, Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.problems import ContentTooLong

GAP_PT: Final = 12.0
LABEL_SIZES_PT: Final = (20.0, 18.0, *CARD_SIZES_PT)
_ARROW_INSETS: Final = Insets(14, 8, 26, 8)
_SMALL_ARROW_INSETS: Final = Insets(12, 6, 24, 6)
_CARD_INSETS: Final = Insets(16, 14, 14, 12)


@dataclass(frozen=True)
class _Arrows:
    """How high arrows are, and the sizes that words in them may have."""

    height_pt: float
    sizes_pt: Sequence[float] = LABEL_SIZES_PT
    insets: Insets = _ARROW_INSETS


_HIGH: Final = _Arrows(128)
# In low arrows words are at least this large, unless the words below them need the room.
_ABOVE_CARDS: Final = (_Arrows(84, (20.0, 18.0, 16.0)), _HIGH, _Arrows(84, insets=_SMALL_ARROW_INSETS))
_ALONE: Final = (_HIGH, _Arrows(200))


def compose_process(slide: ProcessSlide, setting: Setting) -> list[Sheet]:
    """Give the stages as arrows from left to right, and what is said of each on a card below.

    Raises:
        ContentTooLong: no arrows are high enough for the stages and leave enough room below them.
    """
    has_details = any(stage.detail for stage in slide.stages)
    *first, last = _ABOVE_CARDS if has_details else _ALONE
    for arrows in first:
        try:
            return _composed(slide.stages, arrows, setting, has_details=has_details)
        except ContentTooLong:
            continue
    return _composed(slide.stages, last, setting, has_details=has_details)


def _composed(stages: Sequence[Stage], arrows: _Arrows, setting: Setting, *, has_details: bool) -> list[Sheet]:
    heads = [box.from_top(arrows.height_pt) for box in setting.body.columns(len(stages), GAP_PT)]
    size = min(_label(stage, head, arrows, setting)[0].size_pt for stage, head in zip(stages, heads, strict=True))
    alike = replace(arrows, sizes_pt=(size,))
    blocks: list[Block] = []
    for at, (stage, head) in enumerate(zip(stages, heads, strict=True), 1):
        lines, leads = _label(stage, head, alike, setting), at < len(stages)
        blocks.append(TextBlock(f"Stage {at}", head, lines, None, "ctr", Ink.NIGHT, arrows.insets, is_arrow=leads))
    cards = _cards(stages, setting, top_pt=arrows.height_pt + GAP_PT, label_pt=size) if has_details else ()
    return [Sheet("Canvas", (*blocks, *cards))]


def _label(stage: Stage, head: Box, arrows: _Arrows, setting: Setting) -> tuple[Line, ...]:
    return setting.fitted(
        f"stage '{stage.label}'",
        head,
        sizes_pt=arrows.sizes_pt,
        make=lambda size: [setting.line(stage.label, size, Ink.PAPER, bold=True)],
        insets=arrows.insets,
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


def _details(detail: str, setting: Setting) -> Callable[[float], list[Line]]:
    return lambda size: [replace(setting.line(detail, size), before_pt=0.0)]
