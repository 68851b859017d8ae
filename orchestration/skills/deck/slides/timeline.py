"""A line of moments with a card below each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from orchestration.skills.blocks import Milestone
from orchestration.skills.content import TimelineSlide
from orchestration.skills.deck.page import Block, Insets, Panel, TextBlock
from orchestration.skills.deck.setting import CARD_SIZES_PT, Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.marks import Span

DOT_PT: Final = 16.0
NBSP: Final = "\N{NO-BREAK SPACE}"
MOMENT_SIZES_PT: Final = (20.0, 18.0, *CARD_SIZES_PT)
_STATE_INKS: Final = {"done": Ink.MUTED, "next": Ink.ACCENT, "risk": Ink.BAD, "planned": Ink.TEXT}


def compose_timeline(slide: TimelineSlide, setting: Setting) -> list[Sheet]:
    """Give a line of moments with a card below each, all in one size of text."""
    boxes = setting.body.below(76).from_top(setting.body.height - 76).columns(len(slide.milestones), 16)
    insets = Insets(14, 14, 12, 12)
    cards = list(zip(slide.milestones, boxes, strict=True))
    fitted = [
        setting.fitted(
            f"milestone '{milestone.label}'",
            box,
            sizes_pt=MOMENT_SIZES_PT,
            make=lambda size, milestone=milestone: _milestone_lines(milestone, setting, size),
            insets=insets,
        )
        for milestone, box in cards
    ]
    size = min(lines[0].size_pt for lines in fitted)
    texts = [tuple(_milestone_lines(milestone, setting, size)) for milestone in slide.milestones]
    width = boxes[0].width - insets.left - insets.right
    height = min(boxes[0].height, max(170, max(setting.ruler.height_pt(text, width) for text in texts) + 36))
    blocks: list[Block] = [
        Panel("Line of time", Box(setting.body.x, setting.body.y + 43, setting.body.width, 2), Ink.HAIRLINE)
    ]
    date_size = min(_date_size(milestone, box, setting) for milestone, box in cards)
    for (milestone, box), text in zip(cards, texts, strict=True):
        blocks += _moment(milestone, box, setting, date_size)
        card = TextBlock(f"Milestone {milestone.label}", box.from_top(height), text, None, "t", Ink.PANEL, insets)
        blocks.append(card)
    return [Sheet("Canvas", tuple(blocks))]


def _milestone_lines(milestone: Milestone, setting: Setting, size_pt: float) -> list[Line]:
    lines = [setting.line(milestone.label, size_pt, bold=True)]
    if milestone.detail:
        lines.append(replace(setting.line(milestone.detail, max(12.0, size_pt - 2), Ink.MUTED), before_pt=4))
    return lines


def _date_size(milestone: Milestone, card: Box, setting: Setting) -> float:
    what, box = f"the date '{milestone.date}'", _date_box(card, setting)
    make = _date_maker(milestone, setting)
    return setting.fitted(what, box, sizes_pt=MOMENT_SIZES_PT, make=make)[0].size_pt


def _date_box(card: Box, setting: Setting) -> Box:
    return Box(card.x, setting.body.y, card.width, 34)


def _date_maker(milestone: Milestone, setting: Setting) -> Callable[[float], list[Line]]:
    """Give the date and, in words, what state it is in."""
    words = setting.words
    state = {"done": words.done, "next": words.next, "risk": words.risk, "planned": ""}[milestone.status]

    def make(size: float) -> list[Line]:
        date = setting.line(milestone.date, size, _STATE_INKS[milestone.status], bold=True)
        return [replace(date, spans=(*date.spans, Span(f"  {state.replace(' ', NBSP)}")))] if state else [date]

    return make


def _moment(milestone: Milestone, card: Box, setting: Setting, date_size_pt: float) -> list[Block]:
    """Give the date and the dot on the line."""
    lines = tuple(_date_maker(milestone, setting)(date_size_pt))
    ink = _STATE_INKS[milestone.status]
    hollow = milestone.status == "planned"
    dot = Box(card.x, setting.body.y + 44 - DOT_PT / 2, DOT_PT, DOT_PT)
    return [
        TextBlock("Date", _date_box(card, setting), lines, None, "b"),
        Panel("Moment", dot, Ink.PAPER if hollow else ink, "ellipse", Ink.MUTED if hollow else ink),
    ]
