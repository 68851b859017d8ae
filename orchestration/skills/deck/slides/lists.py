"""Slides of points: bullets, with a figure beside them or without, and two parallel columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.blocks import Bullet, Callout, Column
from orchestration.skills.content import BulletsSlide, TwoColumnSlide
from orchestration.skills.deck.page import Block, Insets, Panel, Slot, TextBlock
from orchestration.skills.deck.setting import BODY_SIZES_PT, FIGURE_SIZES_PT, SIDE_SIZES_PT, Setting, Sheet, bulleted
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, fit
from orchestration.skills.problems import ContentTooLong

# A row of more than some 90 letters is hard to follow back to its start.
READING_WIDTH_PT: Final = 780.0
CALLOUT_WIDTH_PT: Final = 272.0
CALLOUT_HEIGHT_PT: Final = 212.0
# Short lists are spread until they take this share of the height they may have.
SPREAD_SHARE: Final = 0.72
COLUMN_SIZES_PT: Final = (20.0, *SIDE_SIZES_PT)
# Points without points below them may be larger.
POINTS_ALONE_PT: Final = 24.0
# More paragraphs than this on one slide are read by nobody; they continue on the next.
PARAGRAPHS: Final = 16


def compose_bullets(slide: BulletsSlide, setting: Setting) -> list[Sheet]:
    """Give one slide, or as many as the points need at a readable size; the figure stands on the first.

    Raises:
        ContentTooLong: if a single point does not fit a slide.
    """
    for count in range(1, len(slide.bullets) + 1):
        groups = _groups(slide.bullets, count)
        rooms = [_bullets_box(setting.body, with_callout=slide.callout is not None and not at) for at in range(count)]
        fitted = [_fitted(group, setting, room) for group, room in zip(groups, rooms, strict=True)]
        size = min((lines[0].size_pt if lines else 0.0 for lines in fitted), default=0.0)
        if size:
            equal = [_lines(group, setting, size) for group in groups]
            texts = [_text(lines, setting, room) for lines, room in zip(equal, rooms, strict=True)]
            return [_bullets_sheet(text, slide.callout if not at else None, setting) for at, text in enumerate(texts)]
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


def _groups(bullets: Sequence[Bullet], count: int) -> list[Sequence[Bullet]]:
    """Give the bullets in `count` runs of about equal length of text."""
    weights = [len(bullet.text) + sum(map(len, bullet.sub)) + 40 for bullet in bullets]
    groups: list[list[Bullet]] = [[]]
    filled = 0.0
    for at, (bullet, weight) in enumerate(zip(bullets, weights, strict=True)):
        share = sum(weights) / count * len(groups)
        must = len(bullets) - at == count - len(groups)
        if groups[-1] and len(groups) < count and (must or filled + weight / 2 > share):
            groups.append([])
        groups[-1].append(bullet)
        filled += weight
    return list(groups)


def _bullets_box(body: Box, *, with_callout: bool) -> Box:
    return body.from_left(body.width - CALLOUT_WIDTH_PT - 40 if with_callout else min(body.width, READING_WIDTH_PT))


def _fitted(bullets: Sequence[Bullet], setting: Setting, box: Box) -> tuple[Line, ...] | None:
    if sum(1 + len(bullet.sub) for bullet in bullets) > PARAGRAPHS:
        return None
    has_sub = any(bullet.sub for bullet in bullets)
    sizes = BODY_SIZES_PT if has_sub else (POINTS_ALONE_PT, *BODY_SIZES_PT)
    return fit(sizes, (box.width, box.height), setting.ruler, lambda size: _lines(bullets, setting, size))


def _lines(bullets: Sequence[Bullet], setting: Setting, size_pt: float) -> list[Line]:
    lines: list[Line] = []
    small = max(BODY_SIZES_PT[-1], size_pt - 2)
    for bullet in bullets:
        before = size_pt * 0.6 if lines else 0.0
        lines.append(bulleted(setting.line(bullet.text, size_pt), before_pt=before))
        subs = [setting.line(text, small, Ink.MUTED) for text in bullet.sub]
        lines += [bulleted(line, level=1, before_pt=small * 0.25) for line in subs]
    return lines


def _text(lines: Sequence[Line], setting: Setting, box: Box) -> TextBlock:
    """Give the points, the space between them widened where they would leave the slide bare."""
    free = box.height * SPREAD_SHARE - setting.ruler.height_pt(lines, box.width)
    gaps = sum(1 for line in lines[1:] if line.level == 0)
    extra = max(0.0, min(free / gaps, lines[0].size_pt)) if gaps else 0.0
    spread = [
        replace(line, before_pt=line.before_pt + extra) if at and not line.level else line
        for at, line in enumerate(lines)
    ]
    broken = tuple(setting.ruler.with_breaks(line, box.width) for line in spread)
    return TextBlock("Points", box, broken, Slot.TEXT)


def _bullets_sheet(text: TextBlock, callout: Callout | None, setting: Setting) -> Sheet:
    if callout is None:
        return Sheet("Text", (text,))
    box = setting.body.from_right(CALLOUT_WIDTH_PT).from_top(CALLOUT_HEIGHT_PT)
    insets = Insets(24, 20, 24, 20)
    lines = setting.fitted(
        "the callout",
        box,
        sizes_pt=FIGURE_SIZES_PT,
        make=lambda size: [
            setting.line(callout.value, size, Ink.PAPER, bold=True, heading=True),
            replace(setting.line(callout.label, 16, Ink.PANEL), before_pt=4),
        ],
        insets=insets,
    )
    card = TextBlock("Callout", box, lines, None, "ctr", Ink.NIGHT, insets)
    return Sheet("Text and figure", (text, card, Panel("Callout edge", box.from_left(6), Ink.WARM)))


def _column_maker(column: Column, setting: Setting) -> Callable[[float], list[Line]]:
    def make(size_pt: float) -> list[Line]:
        heading = setting.line(column.heading, size_pt + 2, bold=True, heading=True)
        points = [bulleted(setting.line(text, size_pt), before_pt=size_pt * 0.55) for text in column.points]
        return [heading, *points]

    return make
