"""Slides of points: bullets, with a figure beside them or without, and two parallel columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.blocks import Bullet, Callout, Column
from orchestration.skills.content import BulletsSlide, TwoColumnSlide
from orchestration.skills.deck.page import Block, Insets, Panel, Slot, TextBlock
from orchestration.skills.deck.setting import BODY_SIZES_PT, FIGURE_SIZES_PT, Setting, Sheet, bulleted
from orchestration.skills.deck.slides.points import (
    COLUMN_SIZES_PT,
    POINTS_ALONE_PT,
    STATEMENT_SIZES_PT,
    Points,
    edge,
    in_runs,
    is_crowded,
)
from orchestration.skills.design.geometry import GUTTER_PT, Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.problems import ContentTooLong

CALLOUT_WIDTH_PT: Final = 272.0
_CALLOUT_INSETS: Final = Insets(28, 20, 24, 20)
_SLOTS: Final = (Slot.TEXT, Slot.SECOND_TEXT)
_EDGES: Final = (Ink.ACCENT, Ink.SECOND)
# The points of each slide on their cards, and the sizes they may have.
_Arrangement = tuple[list[list[Points]], Sequence[float]]


def compose_bullets(slide: BulletsSlide, setting: Setting) -> list[Sheet]:
    """Give one slide, or as many as the points need at a readable size; the figure stands on the first.

    Raises:
        ContentTooLong: if a single point does not fit a slide.
    """
    most = len(slide.bullets)
    for count, is_bare in (*((count, False) for count in range(1, most + 1)), (most, True)):
        parts = in_runs(slide.bullets, count)
        if any(map(is_crowded, parts)):
            continue
        arrangements = _arrangements(parts, slide, setting, is_bare=is_bare)
        sized = [(_common_size(cards, sizes), cards) for cards, sizes in arrangements]
        size, slides = max(sized, key=lambda each: each[0])
        if size:
            callouts = (slide.callout, *(None for _ in slides[1:]))
            return [
                _bullets_sheet(cards, size, callout, setting) for cards, callout in zip(slides, callouts, strict=True)
            ]
    longest = max(len(bullet.text) for bullet in slide.bullets)
    raise ContentTooLong([f"a bullet of {longest} characters does not fit a slide; split it"])


def compose_two_column(slide: TwoColumnSlide, setting: Setting) -> list[Sheet]:
    """Give two cards side by side in one size of text."""
    boxes = setting.body.columns(2)
    insets = Insets(24, 22, 24, 18)
    columns = [("the left column", slide.left), ("the right column", slide.right)]
    fitted = [
        setting.fitted(what, box, sizes_pt=COLUMN_SIZES_PT, make=_column_maker(column, setting), insets=insets)
        for (what, column), box in zip(columns, boxes, strict=True)
    ]
    size = min(lines[-1].size_pt for lines in fitted)
    texts = [tuple(_column_maker(column, setting)(size)) for _, column in columns]
    height = min(setting.body.height, max(setting.ruler.height_pt(text, boxes[0].width - 48) for text in texts) + 64)
    blocks: list[Block] = []
    for text, box, slot in zip(texts, boxes, (Slot.TEXT, Slot.SECOND_TEXT), strict=True):
        card = box.from_top(min(box.height, max(height, 230)))
        blocks.append(TextBlock("Column", card, text, slot, "t", Ink.PANEL, insets))
        blocks.append(Panel("Column edge", card.from_top(4), Ink.ACCENT if slot is Slot.TEXT else Ink.SECOND))
    return [Sheet("Two columns", tuple(blocks))]


def _arrangements(
    parts: Sequence[tuple[Bullet, ...]], slide: BulletsSlide, setting: Setting, *, is_bare: bool
) -> Iterator[_Arrangement]:
    """Give the ways to set the points: on a card, or bare, across the slide or beside the figure; on two cards."""
    body, only = setting.body, slide.bullets[0]
    first = body.from_left(body.width - CALLOUT_WIDTH_PT - GUTTER_PT) if slide.callout else body
    boxes = (first, *(body for _ in parts[1:]))
    sizes = BODY_SIZES_PT if any(bullet.sub for bullet in slide.bullets) else (POINTS_ALONE_PT, *BODY_SIZES_PT)
    if len(slide.bullets) == 1 and not only.sub and not slide.callout:
        yield [[Points(slide.bullets, body, setting, is_statement=True)]], STATEMENT_SIZES_PT
        return
    yield [[Points(part, box, setting, is_bare=is_bare)] for part, box in zip(parts, boxes, strict=True)], sizes
    if not is_bare and not slide.callout and all(len(part) > 1 for part in parts):
        yield [_on_two_cards(part, setting) for part in parts], COLUMN_SIZES_PT


def _on_two_cards(bullets: Sequence[Bullet], setting: Setting) -> list[Points]:
    halves = zip(in_runs(bullets, 2), setting.body.columns(2), strict=True)
    return [Points(half, box, setting) for half, box in halves]


def _common_size(slides: Sequence[Sequence[Points]], sizes_pt: Sequence[float]) -> float:
    """Give the largest size at which all the points fit their cards, 0 where none is."""
    return min(points.fitted(sizes_pt) or 0.0 for cards in slides for points in cards)


def _bullets_sheet(points: Sequence[Points], size_pt: float, callout: Callout | None, setting: Setting) -> Sheet:
    texts = [each.text(size_pt, slot) for each, slot in zip(points, _SLOTS, strict=False)]
    height = max(text.box.height for text in texts)
    anchor = "ctr" if len(texts) == 1 else "t"
    cards = [replace(text, box=text.box.from_top(height), anchor=anchor) for text in texts]
    edges = [edge(card.box, ink) for card, ink in zip(cards, _EDGES, strict=False) if card.fill]
    blocks: list[Block] = [*cards, *edges]
    if callout is None:
        return Sheet("Text" if len(cards) == 1 else "Two columns", tuple(blocks))
    box = setting.body.from_right(CALLOUT_WIDTH_PT).from_top(height)
    return Sheet("Text and figure", (*blocks, *_callout(callout, box, setting)))


def _callout(callout: Callout, box: Box, setting: Setting) -> list[Block]:
    lines = setting.fitted(
        "the callout",
        box,
        sizes_pt=FIGURE_SIZES_PT,
        make=lambda size: [
            setting.figure(callout.value, size, Ink.PAPER),
            replace(setting.line(callout.label, 16, Ink.PANEL), before_pt=4),
        ],
        insets=_CALLOUT_INSETS,
    )
    card = TextBlock("Callout", box, lines, None, "ctr", Ink.NIGHT, _CALLOUT_INSETS)
    return [card, Panel("Callout edge", box.from_left(6), Ink.WARM)]


def _column_maker(column: Column, setting: Setting) -> Callable[[float], list[Line]]:
    def make(size_pt: float) -> list[Line]:
        heading = setting.line(column.heading, size_pt + 2, bold=True, heading=True)
        points = [bulleted(setting.line(text, size_pt), before_pt=size_pt * 0.55) for text in column.points]
        return [heading, *points]

    return make
