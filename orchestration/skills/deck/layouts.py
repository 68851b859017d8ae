"""The slide layouts: their placeholders, so that a person can go on working with the deck as with any other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.deck.drawing import (
    NAMESPACES,
    Pen,
    body_properties,
    frame,
    geometry,
    placeholder,
    slide_number,
    solid,
)
from orchestration.skills.deck.motif import woven
from orchestration.skills.deck.page import Insets, LayoutName, PictureBlock, Slot
from orchestration.skills.design.geometry import (
    BODY,
    CLOSING_BODY,
    CLOSING_MESSAGE,
    CLOSING_TITLE,
    DARK_FOOTER,
    DARK_PAGE_NUMBER,
    FOOTER,
    KICKER,
    OPENING_BYLINE,
    OPENING_SUBTITLE,
    OPENING_TITLE,
    PAGE_NUMBER,
    SOURCES_LINE,
    TITLE,
    Box,
)
from orchestration.skills.design.palette import Ink


@dataclass(frozen=True)
class SlotSpec:
    """A placeholder of a layout as a person meets it when adding a slide."""

    slot: Slot
    box: Box
    size_pt: float
    ink: Ink = Ink.TEXT
    bold: bool = False
    anchor: str = "t"
    align: str = "l"


@dataclass(frozen=True)
class LayoutSpec:
    """One layout. `kind` is the type other programs know it by."""

    name: LayoutName
    kind: str
    slots: tuple[SlotSpec, ...]
    threads: int = 0


# Of a layout with a logo: the first relationship is the master's.
LOGO_RELATION: Final = "rId2"
_TITLE: Final = SlotSpec(Slot.TITLE, TITLE, 28, bold=True)
_FEET: Final = (
    SlotSpec(Slot.KICKER, KICKER, 12, Ink.ACCENT, bold=True, anchor="b"),
    SlotSpec(Slot.SOURCES, SOURCES_LINE, 11, Ink.MUTED, anchor="b"),
    SlotSpec(Slot.FOOTER, FOOTER, 10, Ink.MUTED, anchor="b"),
    SlotSpec(Slot.PAGE_NUMBER, PAGE_NUMBER, 10, Ink.MUTED, anchor="b", align="r"),
)
_DARK_FEET: Final = (
    SlotSpec(Slot.FOOTER, DARK_FOOTER, 10, Ink.PANEL, anchor="b"),
    SlotSpec(Slot.PAGE_NUMBER, DARK_PAGE_NUMBER, 10, Ink.PANEL, anchor="b", align="r"),
)
_LEFT, _RIGHT = BODY.columns(2)

LAYOUTS: Final = (
    LayoutSpec(
        "Opening",
        "title",
        (
            SlotSpec(Slot.CENTRED_TITLE, OPENING_TITLE, 44, Ink.PAPER, bold=True, anchor="b"),
            SlotSpec(Slot.SUBTITLE, OPENING_SUBTITLE, 20, Ink.PANEL),
            SlotSpec(Slot.BYLINE, OPENING_BYLINE, 14, Ink.PANEL, anchor="b"),
        ),
        6,
    ),
    LayoutSpec(
        "Divider",
        "secHead",
        (
            SlotSpec(Slot.TITLE, OPENING_TITLE, 44, Ink.PAPER, bold=True, anchor="b"),
            SlotSpec(Slot.SUBTITLE, OPENING_SUBTITLE, 20, Ink.PANEL),
            *_DARK_FEET,
        ),
        4,
    ),
    LayoutSpec("Text", "tx", (_TITLE, SlotSpec(Slot.TEXT, BODY, 20), *_FEET)),
    LayoutSpec("Text and figure", "cust", (_TITLE, SlotSpec(Slot.TEXT, BODY.from_left(552), 20), *_FEET)),
    LayoutSpec(
        "Two columns",
        "twoColTx",
        (_TITLE, SlotSpec(Slot.TEXT, _LEFT, 18), SlotSpec(Slot.SECOND_TEXT, _RIGHT, 18), *_FEET),
    ),
    LayoutSpec(
        "Chart",
        "chartAndTx",
        (_TITLE, SlotSpec(Slot.CHART, BODY.from_left(568), 14), SlotSpec(Slot.TEXT, BODY.from_right(264), 18), *_FEET),
    ),
    LayoutSpec("Table", "tbl", (_TITLE, SlotSpec(Slot.TABLE, BODY, 14), *_FEET)),
    LayoutSpec(
        "Picture",
        "picTx",
        (
            _TITLE,
            SlotSpec(Slot.PICTURE, BODY.from_left(568), 14),
            SlotSpec(Slot.TEXT, BODY.from_right(264), 18),
            *_FEET,
        ),
    ),
    LayoutSpec("Canvas", "titleOnly", (_TITLE, *_FEET)),
    LayoutSpec(
        "Closing",
        "cust",
        (
            SlotSpec(Slot.TITLE, CLOSING_TITLE, 28, Ink.PAPER, bold=True, anchor="b"),
            SlotSpec(Slot.TEXT, CLOSING_MESSAGE, 20, Ink.PANEL),
            SlotSpec(Slot.TABLE, CLOSING_BODY, 18, Ink.PAPER),
            *_DARK_FEET,
        ),
        3,
    ),
)  # fmt: skip


def layout_xml(spec: LayoutSpec, logo: Box | None = None) -> str:
    """Give the layout part; dark ones carry the woven motif, light ones a logo, where there is one."""
    pen = Pen("en-US", _no_links)
    threads = "".join(map(pen.panel, woven(spec.threads))) if spec.threads else ""
    slots = slots_xml(spec.slots, pen)
    mark = pen.picture(PictureBlock("Logo", logo, "", "Logo"), LOGO_RELATION) if logo else ""
    background = f"<p:bg><p:bgPr>{solid(Ink.NIGHT)}<a:effectLst/></p:bgPr></p:bg>" if spec.threads else ""
    return (
        f'<p:sldLayout {NAMESPACES} type="{spec.kind}" preserve="1" userDrawn="1">'
        f'<p:cSld name="{spec.name}">{background}{shape_tree(threads + slots + mark)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def slots_xml(specs: Sequence[SlotSpec], pen: Pen | None = None) -> str:
    """Give placeholders, each with the style of its first level."""
    pen = pen or Pen("en-US", _no_links)
    return "".join(_slot_xml(pen, spec) for spec in specs)


def shape_tree(shapes: str) -> str:
    """Give the shapes of a slide, layout or master in the frame they need."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{shapes}</p:spTree>"
    )


def _slot_xml(pen: Pen, spec: SlotSpec) -> str:
    name = spec.slot.name.replace("_", " ").capitalize()
    number = slide_number('<a:rPr lang="en-US"/>', "0")
    prompt = number if spec.slot is Slot.PAGE_NUMBER else f'<a:r><a:rPr lang="en-US"/><a:t>{name}</a:t></a:r>'
    return (
        f'<p:sp><p:nvSpPr>{pen.name(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder(*spec.slot.value)}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{frame(spec.box)}{geometry('rect')}</p:spPr>"
        f"<p:txBody>{body_properties(Insets(), spec.anchor)}<a:lstStyle>{_level_xml(spec)}</a:lstStyle>"
        f"<a:p>{prompt}</a:p></p:txBody></p:sp>"
    )


def _level_xml(spec: SlotSpec) -> str:
    # Bullets for running text only.
    bulleted = spec.slot in {Slot.TEXT, Slot.SECOND_TEXT} and spec.ink is Ink.TEXT
    hang, sign = ('marL="254000" indent="-228600"', "") if bulleted else ('marL="0" indent="0"', "<a:buNone/>")
    return (
        f'<a:lvl1pPr {hang} algn="{spec.align}">{sign}'
        f'<a:defRPr sz="{round(spec.size_pt * 100)}" b="{int(spec.bold)}">{solid(spec.ink)}</a:defRPr></a:lvl1pPr>'
    )


def _no_links(target: str) -> str:
    message = f"a layout links nowhere, not to {target}"
    raise ValueError(message)
