"""Slides that show figures and words as cards: kpis, one big number, a quote."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.blocks import Kpi
from orchestration.skills.content import BigNumberSlide, KpisSlide, QuoteSlide
from orchestration.skills.deck.page import Block, Insets, Panel, Slot, TextBlock
from orchestration.skills.deck.setting import BODY_SIZES_PT, FIGURE_SIZES_PT, Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, fit
from orchestration.skills.marks import Span
from orchestration.skills.problems import ContentTooLong

CARD_INSETS: Final = Insets(16, 18, 14, 16)
# Where figures must be smaller than these, so are the words around them.
SMALL_FROM_PT: Final = 28.0
TINY_FROM_PT: Final = 24.0
KPIS_IN_A_ROW: Final = 4
# How high one row of cards is at most, and two.
KPI_ROW_PT: Final = 256.0
KPI_ROWS_PT: Final = 320.0
# Beside its story a figure is at least this large; a longer one stands above it.
BESIDE_SIZES_PT: Final = (96.0, 88.0, 80.0, 72.0, 64.0, 54.0, 48.0)
BIG_SIZES_PT: Final = (*BESIDE_SIZES_PT, 40.0, 36.0, 32.0, 28.0, 24.0)
FIGURE_WIDTH_PT: Final = 420.0
FIGURE_INSETS: Final = Insets(36, 20, 36, 20)
# The longest stories stand on no card: only this much away from the figure.
BARE_INSETS: Final = Insets(left=40)
# A long figure leaves some air to its right, also in a font that runs wider.
LONG_FIGURE_RIGHT_PT: Final = 120.0
LABEL_SIZES_PT: Final = (32.0, 30.0, 28.0, 26.0, 24.0, *BODY_SIZES_PT)
ABOVE_SHARE: Final = 0.52
QUOTE_INSETS: Final = Insets(96, 26, 48, 26)
QUOTE_SIZES_PT: Final = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
ARROWS: Final = {"up": "▲ ", "down": "▼ ", "flat": "→ ", None: ""}


def compose_kpis(slide: KpisSlide, setting: Setting) -> list[Sheet]:
    """Give a card for each figure, all in one size, and the commentary below them."""
    commentary = _commentary(slide.commentary, setting)
    room = setting.body.height - (commentary[0].box.height + 28 if commentary else 0)
    boxes, size = _kpi_cards(slide.kpis, room, setting)
    blocks: list[Block] = []
    for kpi, box in zip(slide.kpis, boxes, strict=True):
        lines = setting.fitted(
            kpi.label,
            box,
            sizes_pt=(size,),
            make=lambda size, kpi=kpi: _kpi_lines(kpi, setting, size),
            insets=CARD_INSETS,
        )
        blocks.append(TextBlock(f"Figure {kpi.label}", box, lines, None, "ctr", Ink.PANEL, CARD_INSETS))
        blocks.append(Panel("Figure edge", box.from_top(4), Ink.ACCENT))
    lowered = boxes[-1].bottom + 28
    blocks += [replace(block, box=replace(block.box, y=lowered)) for block in commentary]
    return [Sheet("Canvas", tuple(blocks))]


def compose_big_number(slide: BigNumberSlide, setting: Setting) -> list[Sheet]:
    """Give the figure on a dark card, and on a light one what it means: beside it, or below a figure that is long."""
    dark = setting.body.from_left(FIGURE_WIDTH_PT)
    light = setting.body.from_right(setting.body.width - FIGURE_WIDTH_PT)
    label = slide.label if slide.context else None
    beside, insets = _beside(slide.value, label, dark, setting), FIGURE_INSETS
    if beside is None:
        insets = replace(insets, right=LONG_FIGURE_RIGHT_PT)
        dark = setting.body.from_top(setting.body.height * ABOVE_SHARE)
        light = setting.body.below(dark.height)
    figure = beside or setting.fitted(
        "the figure",
        dark,
        sizes_pt=BIG_SIZES_PT,
        make=lambda size: _figure_lines(slide.value, label, setting, size),
        insets=insets,
    )
    blocks: tuple[Block, ...] = (
        TextBlock("Figure", dark, figure, None, "ctr", Ink.NIGHT, insets),
        Panel("Figure edge", dark.from_left(6), Ink.WARM),
        _meaning(slide, light, setting),
    )
    return [Sheet("Text and figure", blocks)]


def compose_quote(slide: QuoteSlide, setting: Setting) -> list[Sheet]:
    """Give the words large on a card, and on its foot who said them."""
    body = setting.body
    foot = _attribution(slide, setting)
    room = body.from_top(body.height - foot.box.height)
    lines = setting.fitted(
        "the quote",
        room,
        sizes_pt=QUOTE_SIZES_PT,
        make=lambda size: [setting.line(slide.quote, size, heading=True)],
        insets=QUOTE_INSETS,
    )
    width, _ = QUOTE_INSETS.room(room)
    height = min(room.height, max(220, setting.ruler.height_pt(lines, width) + 76))
    card = room.from_top(height)
    mark = Line((Span("“"),), 96, Ink.ACCENT, bold=True, heading=True)
    return [
        Sheet(
            "Text",
            (
                TextBlock("Quote", card, lines, Slot.TEXT, "ctr", Ink.PANEL, QUOTE_INSETS),
                replace(foot, box=replace(foot.box, y=card.bottom)),
                Panel("Quote edge", body.from_top(height + foot.box.height).from_left(6), Ink.ACCENT),
                TextBlock("Quotation mark", Box(card.x + 30, card.y + 14, 66, 118), (mark,), decorative=True),
            ),
        )
    ]


def _beside(value: str, label: str | None, box: Box, setting: Setting) -> tuple[Line, ...] | None:
    """Give the figure as large as it fits the narrow card unbroken; None where it must be too small for that."""
    room = FIGURE_INSETS.room(box)
    lines = fit(BESIDE_SIZES_PT, room, setting.ruler, lambda size: _figure_lines(value, label, setting, size))
    return lines if lines and not any("\v" in line.text for line in lines) else None


def _meaning(slide: BigNumberSlide, box: Box, setting: Setting) -> TextBlock:
    """Give what the figure means on its card; bare and unparted where it is too long for one."""
    text, sizes = slide.context or slide.label, BODY_SIZES_PT if slide.context else LABEL_SIZES_PT
    carded = fit(sizes, FIGURE_INSETS.room(box), setting.ruler, lambda size: setting.paragraphs(text, size))
    if carded:
        return TextBlock("Context", box, carded, Slot.TEXT, "ctr", Ink.PANEL, FIGURE_INSETS)
    bare = setting.fitted(
        "the context", box, sizes_pt=sizes, make=lambda size: [setting.line(text, size)], insets=BARE_INSETS
    )
    return TextBlock("Context", box, bare, Slot.TEXT, "ctr", None, BARE_INSETS)


def _figure_lines(value: str, label: str | None, setting: Setting, size_pt: float) -> list[Line]:
    figure = setting.figure(value, size_pt, Ink.PAPER)
    below = [replace(setting.line(label, 20, Ink.PANEL), before_pt=6)] if label else []
    return [figure, *below]


def _attribution(slide: QuoteSlide, setting: Setting) -> TextBlock:
    """Give the foot of the card, to be moved below the words."""
    box, insets = setting.body.from_top(96), replace(QUOTE_INSETS, top=10, bottom=10)
    lines = setting.fitted(
        "the attribution",
        box,
        sizes_pt=(16.0, 15.0, 14.0, 13.0, 12.0),
        make=lambda size: [
            setting.line(slide.attribution, size, bold=True),
            *([setting.line(slide.role, max(12.0, size - 2))] if slide.role else []),
        ],
        insets=insets,
    )
    width, _ = insets.room(box)
    height = max(48.0, setting.ruler.height_pt(lines, width) + insets.top + insets.bottom)
    return TextBlock("Attribution", box.from_top(height), lines, None, "ctr", Ink.HAIRLINE, insets)


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


def _kpi_cards(kpis: Sequence[Kpi], room_pt: float, setting: Setting) -> tuple[list[Box], float]:
    """Give the cards and the size of their figures: in one row, or in two where long figures are then larger."""
    rows = 1 if len(kpis) <= KPIS_IN_A_ROW else 2
    boxes = _kpi_boxes(len(kpis), rows, room_pt, setting.body)
    size = _kpi_size(kpis, boxes, setting)
    if len(kpis) != KPIS_IN_A_ROW or size >= SMALL_FROM_PT:
        return boxes, size
    halved = _kpi_boxes(len(kpis), 2, room_pt, setting.body)
    try:
        larger = _kpi_size(kpis, halved, setting)
    except ContentTooLong:
        # Cards in two rows are wider but lower: long labels fit one row only.
        return boxes, size
    return (halved, larger) if larger > size else (boxes, size)


def _kpi_size(kpis: Sequence[Kpi], boxes: Sequence[Box], setting: Setting) -> float:
    return min(
        setting.fitted(
            f"figure '{kpi.label}'",
            box,
            sizes_pt=FIGURE_SIZES_PT,
            make=lambda size, kpi=kpi: _kpi_lines(kpi, setting, size),
            insets=CARD_INSETS,
        )[1].size_pt
        for kpi, box in zip(kpis, boxes, strict=True)
    )


def _kpi_boxes(count: int, rows: int, room_pt: float, body: Box) -> list[Box]:
    in_row = -(-count // rows)
    height = min(room_pt, KPI_ROW_PT if rows == 1 else KPI_ROWS_PT)
    lines = body.from_top(height).rows(rows, 16)
    return [box for line in lines for box in line.columns(in_row, 16)][:count]


def _kpi_lines(kpi: Kpi, setting: Setting, size_pt: float) -> list[Line]:
    small = 16.0 if size_pt >= SMALL_FROM_PT else 14.0 if size_pt >= TINY_FROM_PT else 12.0
    lines = [
        setting.line(kpi.label, small, Ink.MUTED),
        setting.figure(kpi.value, size_pt),
    ]
    if kpi.delta:
        ink = Ink.MUTED if kpi.good is None else Ink.GOOD if kpi.good else Ink.BAD
        lines.append(replace(setting.line(ARROWS[kpi.direction] + kpi.delta, small, ink, bold=True), before_pt=2))
    return lines
