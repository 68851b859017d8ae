"""The slide master and the notes page: where the text levels of a deck come from."""

from typing import Final

from orchestration.skills.deck.drawing import NAMESPACES, frame, geometry
from orchestration.skills.deck.layouts import LAYOUTS, SlotSpec, shape_tree, slots_xml
from orchestration.skills.deck.page import Slot
from orchestration.skills.design.drawingml import solid
from orchestration.skills.design.geometry import BODY, FOOTER, PAGE_NUMBER, TITLE, Box
from orchestration.skills.design.palette import Ink

# Master and layouts share one row of ids, which begins here (ECMA-376, ST_SlideMasterId).
MASTER_ID: Final = 2_147_483_648
LAYOUT_NUMBERS: Final = range(1, len(LAYOUTS) + 1)

_COLOUR_MAP: Final = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
_BACKGROUND: Final = f"<p:bg><p:bgPr>{solid(Ink.PAPER)}<a:effectLst/></p:bgPr></p:bg>"
_HEADING: Final = f'{solid(Ink.TEXT)}<a:latin typeface="+mj-lt"/>'
_RUNNING: Final = f'{solid(Ink.TEXT)}<a:latin typeface="+mn-lt"/>'
# Level, left edge and hanging indent in EMU, bullet, size in hundredths of a point.
_LEVELS: Final = (
    (1, 254_000, -228_600, "•", 2000),
    (2, 482_600, -203_200, "–", 1800),
    (3, 711_200, -203_200, "•", 1600),
)
_SLOTS: Final = (
    SlotSpec(Slot.TITLE, TITLE, 28, bold=True),
    SlotSpec(Slot.TEXT, BODY, 20),
    SlotSpec(Slot.FOOTER, FOOTER, 10, Ink.MUTED, anchor="b"),
    SlotSpec(Slot.PAGE_NUMBER, PAGE_NUMBER, 10, Ink.MUTED, anchor="b", align="r"),
)


def master_xml() -> str:
    """Give the slide master."""
    ids = "".join(f'<p:sldLayoutId id="{MASTER_ID + number}" r:id="rId{number}"/>' for number in LAYOUT_NUMBERS)
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_BACKGROUND}{shape_tree(slots_xml(_SLOTS))}</p:cSld>{_COLOUR_MAP}"
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles>{_text_styles()}</p:txStyles></p:sldMaster>"
    )


def notes_master_xml() -> str:
    """Give the page speaker notes are printed on: the slide above, the notes below."""
    shapes = _note_shape(2, "Slide image", "sldImg", Box(54, 54, 432, 243)) + _note_shape(
        3, "Notes", "body", Box(54, 324, 432, 342)
    )
    style = f'<a:lvl1pPr><a:defRPr sz="1200">{_RUNNING}</a:defRPr></a:lvl1pPr>'
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld>{_BACKGROUND}{shape_tree(shapes)}</p:cSld>{_COLOUR_MAP}"
        f"<p:notesStyle>{style}</p:notesStyle></p:notesMaster>"
    )


def _text_styles() -> str:
    title = f'<a:lvl1pPr algn="l"><a:buNone/><a:defRPr sz="2800" b="1">{_HEADING}</a:defRPr></a:lvl1pPr>'
    body = "".join(
        f'<a:lvl{level}pPr marL="{left}" indent="{hang}" algn="l"><a:buClr><a:schemeClr val="accent1"/></a:buClr>'
        f'<a:buFont typeface="Arial"/><a:buChar char="{sign}"/>'
        f'<a:defRPr sz="{size}">{_RUNNING}</a:defRPr></a:lvl{level}pPr>'
        for level, left, hang, sign, size in _LEVELS
    )
    other = f'<a:lvl1pPr algn="l"><a:defRPr sz="1400">{_RUNNING}</a:defRPr></a:lvl1pPr>'
    return f"<p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{other}</p:otherStyle>"


def _note_shape(number: int, name: str, kind: str, box: Box) -> str:
    prompt = f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{name}</a:t></a:r></a:p>'
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{prompt}</p:txBody>" if kind == "body" else ""
    lock = "" if body else ' noRot="1" noChangeAspect="1"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"{lock}/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" idx="{number}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{frame(box)}{geometry('rect')}</p:spPr>{body}</p:sp>"
    )
