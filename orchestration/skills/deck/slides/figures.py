"""Slides that show figures and words as cards: kpis, one big number, a quote."""

from dataclasses import replace
from typing import Final

from orchestration.skills.blocks import Kpi
from orchestration.skills.content import BigNumberSlide, KpisSlide, QuoteSlide
from orchestration.skills.deck.page import Block, Insets, Panel, Slot, TextBlock
from orchestration.skills.deck.setting import BODY_SIZES_PT, FIGURE_SIZES_PT, Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.marks import Span

CARD_INSETS: Final = Insets(16, 18, 14, 16)
# Where figures must be smaller than these, so are the words around them.
SMALL_FROM_PT: Final = 28.0
TINY_FROM_PT: Final = 24.0
KPIS_IN_A_ROW: Final = 4
BIG_SIZES_PT: Final = (96.0, 88.0, 80.0, 72.0, 64.0, 54.0, 48.0, 40.0, 32.0, 28.0, 24.0)
QUOTE_SIZES_PT: Final = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
ARROWS: Final = {"up": "▲ ", "down": "▼ ", "flat": "→ ", None: ""}


def compose_kpis(slide: KpisSlide, setting: Setting) -> list[Sheet]:
    """Give a card for each figure, all in one size, and the commentary below them."""
    commentary = _commentary(slide.commentary, setting)
    room = setting.body.height - (commentary[0].box.height + 28 if commentary else 0)
    boxes = _kpi_boxes(len(slide.kpis), room, setting.body)
    sizes = [
        setting.fitted(
            f"figure '{kpi.label}'",
            box,
            sizes_pt=FIGURE_SIZES_PT,
            make=lambda size, kpi=kpi: _kpi_lines(kpi, setting, size),
            insets=CARD_INSETS,
        )[1].size_pt
        for kpi, box in zip(slide.kpis, boxes, strict=True)
    ]
    blocks: list[Block] = []
    for kpi, box in zip(slide.kpis, boxes, strict=True):
        lines = tuple(_kpi_lines(kpi, setting, min(sizes)))
        blocks.append(TextBlock(f"Figure {kpi.label}", box, lines, None, "ctr", Ink.PANEL, CARD_INSETS))
        blocks.append(Panel("Figure edge", box.from_top(4), Ink.ACCENT))
    lowered = boxes[-1].bottom + 28
    blocks += [replace(block, box=replace(block.box, y=lowered)) for block in commentary]
    return [Sheet("Canvas", tuple(blocks))]


def compose_big_number(slide: BigNumberSlide, setting: Setting) -> list[Sheet]:
    """Give the figure on a dark card and its context beside it."""
    width = 420.0 if slide.context else setting.body.width
    box, insets = setting.body.from_left(width), Insets(36, 24, 36, 24)
    lines = setting.fitted(
        "the figure",
        box,
        sizes_pt=BIG_SIZES_PT,
        make=lambda size: [
            setting.line(slide.value, size, Ink.PAPER, bold=True, heading=True),
            replace(setting.line(slide.label, 20, Ink.PANEL), before_pt=6),
        ],
        insets=insets,
    )
    blocks: list[Block] = [
        TextBlock("Figure", box, lines, None, "ctr", Ink.NIGHT, insets),
        Panel("Figure edge", box.from_left(6), Ink.WARM),
    ]
    if slide.context:
        text = slide.context
        beside = setting.body.from_right(setting.body.width - width - 40)
        context = setting.fitted(
            "the context", beside, sizes_pt=BODY_SIZES_PT, make=lambda size: [setting.line(text, size)]
        )
        blocks.append(TextBlock("Context", beside, context, Slot.TEXT, "ctr"))
    return [Sheet("Text and figure" if slide.context else "Canvas", tuple(blocks))]


def compose_quote(slide: QuoteSlide, setting: Setting) -> list[Sheet]:
    """Give the words large on a card, and below them who said them."""
    insets = Insets(96, 26, 48, 26)

    def make(size: float) -> list[Line]:
        named = setting.line(slide.attribution, 16, bold=True)
        role = [setting.line(slide.role, 14, Ink.MUTED)] if slide.role else []
        return [setting.line(slide.quote, size, heading=True), replace(named, before_pt=18), *role]

    lines = setting.fitted("the quote", setting.body, sizes_pt=QUOTE_SIZES_PT, make=make, insets=insets)
    height = min(setting.body.height, max(280, setting.ruler.height_pt(lines, setting.body.width - 144) + 76))
    card = setting.body.from_top(height)
    mark = Line((Span("“"),), 96, Ink.ACCENT, bold=True, heading=True)
    return [
        Sheet(
            "Text",
            (
                TextBlock("Quote", card, lines, Slot.TEXT, "ctr", Ink.PANEL, insets),
                Panel("Quote edge", card.from_left(6), Ink.ACCENT),
                TextBlock("Quotation mark", Box(card.x + 30, card.y + 14, 66, 118), (mark,), decorative=True),
            ),
        )
    ]


def _commentary(text: str | None, setting: Setting) -> list[Block]:
    """Give the commentary and its edge, to be moved below the cards."""
    if text is None:
        return []
    box = Box(setting.body.x, setting.body.y, setting.body.width, 84)
    insets = Insets(20, 4, 60, 4)
    lines = setting.fitted(
        "the commentary",
        box,
        sizes_pt=(20, 18, 17, 16, 15, 14),
        make=lambda size: [setting.line(text, size)],
        insets=insets,
    )
    height = setting.ruler.height_pt(lines, box.width - 80) + 12
    return [
        TextBlock("Commentary", box.from_top(height), lines, None, "ctr", None, insets),
        Panel("Commentary edge", box.from_top(height).from_left(4), Ink.ACCENT),
    ]


def _kpi_boxes(count: int, room_pt: float, body: Box) -> list[Box]:
    rows = 1 if count <= KPIS_IN_A_ROW else 2
    in_row = -(-count // rows)
    height = min(room_pt, 224.0 if rows == 1 else 320.0)
    lines = body.from_top(height).rows(rows, 16)
    return [box for line in lines for box in line.columns(in_row, 16)][:count]


def _kpi_lines(kpi: Kpi, setting: Setting, size_pt: float) -> list[Line]:
    small = 16.0 if size_pt >= SMALL_FROM_PT else 14.0 if size_pt >= TINY_FROM_PT else 12.0
    lines = [
        setting.line(kpi.label, small, Ink.MUTED),
        setting.line(kpi.value, size_pt, bold=True, heading=True),
    ]
    if kpi.delta:
        ink = Ink.MUTED if kpi.good is None else Ink.GOOD if kpi.good else Ink.BAD
        lines.append(replace(setting.line(ARROWS[kpi.direction] + kpi.delta, small, ink, bold=True), before_pt=2))
    return lines
