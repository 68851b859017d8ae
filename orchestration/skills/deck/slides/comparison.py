"""Options side by side, each with what it comes to; the recommended one stands out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from orchestration.skills.content import ComparisonSlide, Option
from orchestration.skills.deck.page import Block, Insets, Panel, TextBlock
from orchestration.skills.deck.setting import SIDE_SIZES_PT, Setting, Sheet, bulleted
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line

OPTION_SIZES_PT: Final = (20.0, *SIDE_SIZES_PT, 13.0, 12.0)
VERDICT_SIZES_PT: Final = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0)
VERDICT_PT: Final = 56.0
TAG_SIZE_PT: Final = 12.0
CROWDED: Final = 4
_INSETS: Final = Insets(22, 20, 20, 16)
_CROWDED_INSETS: Final = Insets(14, 16, 10, 12)
_VERDICT_INSETS: Final = Insets(22, 6, 20, 6)


def compose_comparison(slide: ComparisonSlide, setting: Setting) -> list[Sheet]:
    """Give a card for each option, all in one size of text, and below each its verdict."""
    insets = _INSETS if len(slide.options) < CROWDED else _CROWDED_INSETS
    foot = VERDICT_PT if any(option.verdict for option in slide.options) else 0.0
    boxes = setting.body.columns(len(slide.options), 16)
    rooms = [box.from_top(box.height - foot) for box in boxes]
    size = min(
        setting.fitted(
            f"option '{option.heading}'", room, sizes_pt=OPTION_SIZES_PT, make=_maker(option, setting), insets=insets
        )[-1].size_pt
        for option, room in zip(slide.options, rooms, strict=True)
    )
    texts = [
        setting.fitted(option.heading, room, sizes_pt=(size,), make=_maker(option, setting), insets=insets)
        for option, room in zip(slide.options, rooms, strict=True)
    ]
    width = rooms[0].width - insets.left - insets.right
    tallest = max(setting.ruler.height_pt(text, width) for text in texts) + 44
    height = min(rooms[0].height, max(200.0, tallest))
    verdicts = _verdict_size(slide, [box.from_top(VERDICT_PT) for box in boxes], setting) if foot else 0.0
    blocks: list[Block] = []
    for option, box, text in zip(slide.options, rooms, texts, strict=True):
        card = box.from_top(height)
        blocks.append(TextBlock(f"Option {option.heading}", card, text, None, "t", Ink.PANEL, insets))
        blocks.append(Panel("Option edge", card.from_top(4), Ink.ACCENT if option.recommended else Ink.HAIRLINE))
        if foot:
            blocks.append(_verdict(option, replace(card, y=card.bottom, height=foot), verdicts, setting))
    return [Sheet("Canvas", tuple(blocks))]


def _maker(option: Option, setting: Setting) -> Callable[[float], list[Line]]:
    words = setting.words
    tag = option.tag or (words.recommended if option.recommended else None)

    def make(size_pt: float) -> list[Line]:
        ink = Ink.ACCENT if option.recommended else Ink.MUTED
        tags = [replace(setting.line(tag, TAG_SIZE_PT, ink, bold=True), capitals=True)] if tag else []
        heading = setting.line(option.heading, size_pt + 2, bold=True, heading=True)
        air = 0.5 if size_pt > SIDE_SIZES_PT[-1] else 0.25
        points = [bulleted(setting.line(text, size_pt), before_pt=size_pt * air) for text in option.points]
        return [*tags, heading, *points]

    return make


def _verdict_size(slide: ComparisonSlide, boxes: list[Box], setting: Setting) -> float:
    return min(
        setting.fitted(
            f"the verdict '{option.verdict}'",
            box,
            sizes_pt=VERDICT_SIZES_PT,
            make=_verdict_maker(option, setting),
            insets=_VERDICT_INSETS,
        )[0].size_pt
        for option, box in zip(slide.options, boxes, strict=True)
        if option.verdict
    )


def _verdict_maker(option: Option, setting: Setting) -> Callable[[float], list[Line]]:
    ink = Ink.PAPER if option.recommended else Ink.TEXT
    return lambda size: [setting.line(option.verdict or "", size, ink, bold=True)]


def _verdict(option: Option, box: Box, size_pt: float, setting: Setting) -> Block:
    fill = Ink.NIGHT if option.recommended else Ink.HAIRLINE
    if not option.verdict:
        return Panel("Card foot", box, Ink.PANEL)
    lines = setting.fitted(
        "the verdict", box, sizes_pt=(size_pt,), make=_verdict_maker(option, setting), insets=_VERDICT_INSETS
    )
    return TextBlock(f"Verdict {option.heading}", box, lines, None, "ctr", fill, _VERDICT_INSETS)
