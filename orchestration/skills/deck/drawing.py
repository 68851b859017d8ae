"""Blocks as DrawingML, the XML of shapes and text. All is said outright: programs differ in what they inherit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from orchestration.skills.characters import is_right_to_left
from orchestration.skills.deck.page import (
    CELL_SIDE_PT,
    SOURCES_TARGET,
    Insets,
    Panel,
    PictureBlock,
    Slot,
    TableBlock,
    TableCell,
    TextBlock,
)
from orchestration.skills.design.drawingml import DRAWING_NAMESPACE, colour, emu, solid
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.marks import Span

NAMESPACES: Final = (
    f"{DRAWING_NAMESPACE} "
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
CHART_NAMESPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
# "No style, no grid": the table's own borders are drawn below, the same in every program.
PLAIN_TABLE_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
# What keeps a placeholder out of groups.
_LOCK: Final = '<a:spLocks noGrp="1"/>'
HAIRLINE_PT: Final = 0.75
RULE_PT: Final = 1.5
ARROW: Final = "homePlate"
TIP_PT: Final = 24.0

# Keeps the colour of the run on a link, which would else take the theme's link colour.
_LINK_KEEPS_COLOUR: Final = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
_DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass
class Pen:
    """Draws the blocks of one slide: hands out shape ids, and asks the slide for the relationship of each link."""

    language: str
    relate: Callable[[str], str]
    slots: Mapping[Slot, tuple[str, int]] = field(default_factory=dict[Slot, tuple[str, int]])
    shapes: int = field(default=1)

    def text_block(self, block: TextBlock) -> str:
        """Give a text box, card or placeholder."""
        decorative = _DECORATIVE if block.decorative else ""
        fill = solid(block.fill) if block.fill else "<a:noFill/>"
        shape = ARROW if block.is_arrow else "rect"
        outline = f"{frame(block.box)}{geometry(shape, block.box)}{fill}<a:ln><a:noFill/></a:ln>"
        place = self._place(block.slot)
        # Programs keep half of the tip free of text themselves.
        insets = replace(block.insets, right=block.insets.right - TIP_PT / 2) if block.is_arrow else block.insets
        return (
            f"<p:sp {NAMESPACES}><p:nvSpPr>{self.name(block.name, decorative)}"
            f"<p:cNvSpPr{'' if place else ' txBox=' + quoteattr('1')}>{_LOCK if place else ''}</p:cNvSpPr>"
            f"<p:nvPr>{place}</p:nvPr></p:nvSpPr>"
            f"<p:spPr>{outline}</p:spPr>"
            f"<p:txBody>{body_properties(insets, block.anchor)}<a:lstStyle/>"
            f"{self.paragraphs(block.lines, block.slot)}</p:txBody></p:sp>"
        )

    def panel(self, block: Panel) -> str:
        """Give a shape that only decorates."""
        rim = f'<a:ln w="{emu(2)}">{solid(block.rim)}</a:ln>' if block.rim else "<a:ln><a:noFill/></a:ln>"
        return (
            f"<p:sp {NAMESPACES}><p:nvSpPr>{self.name(block.name, _DECORATIVE)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{frame(block.box)}{geometry(block.shape)}{solid(block.fill)}{rim}</p:spPr>"
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{self.end(12)}</a:p></p:txBody></p:sp>"
        )

    def table(self, block: TableBlock) -> str:
        """Give a native table whose rows have the height their text needs."""
        columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in block.widths_pt)
        rows = "".join(
            f'<a:tr h="{emu(row.height_pt)}">{"".join(map(self._cell, row.cells))}</a:tr>' for row in block.rows
        )
        head = ' firstRow="1"' if block.has_header else ""
        return self.graphic(
            block.name,
            block.alt,
            block.box,
            block.slot,
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
            f"<a:tblPr{head}><a:tableStyleId>{PLAIN_TABLE_STYLE}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData>",
        )

    def chart(self, name: str, alt: str, box: Box, slot: Slot | None, relation_id: str) -> str:
        """Give the frame a chart part is shown in."""
        return self.graphic(
            name,
            alt,
            box,
            slot,
            f'<a:graphicData uri="{CHART_NAMESPACE}">'
            f'<c:chart xmlns:c="{CHART_NAMESPACE}" r:id="{relation_id}"/></a:graphicData>',
        )

    def graphic(self, name: str, alt: str, box: Box, slot: Slot | None, content: str) -> str:
        """Give the frame of a table or chart, with the words for those who do not see it."""
        return (
            f"<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr>{self.name(name, '', alt)}"
            f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"<p:nvPr>{self._place(slot)}</p:nvPr></p:nvGraphicFramePr>"
            f"{frame(box, 'p')}<a:graphic>{content}</a:graphic></p:graphicFrame>"
        )

    def picture(self, block: PictureBlock, relation_id: str) -> str:
        """Give a picture, cropped where its place has another shape."""
        sides = zip("ltrb", (block.crop.left, block.crop.top, block.crop.right, block.crop.bottom), strict=True)
        crop = " ".join(f'{side}="{round(share * 100_000)}"' for side, share in sides if share)
        return (
            f"<p:pic {NAMESPACES}><p:nvPicPr>{self.name(block.name, '', block.alt)}"
            f'<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
            f"<p:nvPr>{self._place(block.slot)}</p:nvPr></p:nvPicPr>"
            f'<p:blipFill><a:blip r:embed="{relation_id}"/><a:srcRect {crop}/><a:stretch><a:fillRect/></a:stretch>'
            f"</p:blipFill><p:spPr>{frame(block.box)}{geometry('rect')}</p:spPr></p:pic>"
        )

    def name(self, name: str, extension: str = "", alt: str = "") -> str:
        """Give the identity of a shape, unique on its slide."""
        self.shapes += 1
        described = f" descr={quoteattr(alt)}" if alt else ""
        return f'<p:cNvPr id="{self.shapes}" name={quoteattr(f"{name} {self.shapes}")}{described}>{extension}</p:cNvPr>'

    def paragraphs(self, lines: Sequence[Line], slot: Slot | None = None) -> str:
        """Give the paragraphs of a text body."""
        return "".join(self._paragraph(line, slot, first=at == 0) for at, line in enumerate(lines))

    def end(self, size_pt: float) -> str:
        """Give the properties of the empty end of a paragraph."""
        return f'<a:endParaRPr lang="{self.language}" sz="{round(size_pt * 100)}"/>'

    def _place(self, slot: Slot | None) -> str:
        """Give the tie to the placeholder that the layout has for this slot, if it has one."""
        found = self.slots.get(slot) if slot else None
        return placeholder(*found) if found else ""

    def _paragraph(self, line: Line, slot: Slot | None, *, first: bool) -> str:
        if slot is Slot.PAGE_NUMBER:
            number = slide_number(self._style(line, line.spans[0]), line.text)
            return f"<a:p>{paragraph_properties(line, first=first)}{number}</a:p>"
        runs = "".join(self._runs(line, span) for span in line.spans)
        return f"<a:p>{paragraph_properties(line, first=first)}{runs}{'' if runs else self.end(line.size_pt)}</a:p>"

    def _runs(self, line: Line, span: Span) -> str:
        style = self._style(line, span)
        runs = [f"<a:r>{style}<a:t>{escape(part)}</a:t></a:r>" if part else "" for part in span.text.split("\v")]
        return f"<a:br>{style}</a:br>".join(runs)

    def _style(self, line: Line, span: Span) -> str:
        marks = [f'lang="{self.language}" sz="{round(line.size_pt * 100)}" b="{int(line.bold or span.bold)}"']
        marks += ['i="1"'] if span.italic else []
        # Templates may set titles in capitals, which are wider than what was measured.
        marks += ['cap="all"'] if line.capitals else ['cap="none"'] if line.heading else []
        marks += ['baseline="30000"'] if span.source_id else []
        font = f'<a:latin typeface="{"+mj-lt" if line.heading else "+mn-lt"}"/>'
        return f"<a:rPr {' '.join(marks)}>{solid(line.ink)}{font}{self._link(span)}</a:rPr>"

    def _link(self, span: Span) -> str:
        if span.url is None:
            return ""
        jump = ' action="ppaction://hlinksldjump"' if span.url == SOURCES_TARGET else ""
        return f'<a:hlinkClick r:id="{self.relate(span.url)}"{jump}>{_LINK_KEEPS_COLOUR}</a:hlinkClick>'

    def _cell(self, cell: TableCell) -> str:
        fill = solid(cell.fill) if cell.fill else "<a:noFill/>"
        sides, ends = emu(CELL_SIDE_PT), emu(2)
        rules = f"{_rule('L', None)}{_rule('R', None)}{_rule('T', cell.rule_above)}{_rule('B', cell.rule_below)}"
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{self.paragraphs([cell.line])}</a:txBody>"
            f'<a:tcPr marL="{sides}" marR="{sides}" marT="{ends}" marB="{ends}" anchor="ctr">'
            f"{rules}{fill}</a:tcPr></a:tc>"
        )


def frame(box: Box, prefix: str = "a") -> str:
    """Give position and size: always all four, since half of them would make the other half zero."""
    return (
        f'<{prefix}:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></{prefix}:xfrm>'
    )


def geometry(shape: str, box: Box | None = None) -> str:
    """Give the outline of a shape by its name; the tip of an arrow is as long in a high box as in a low one."""
    tip = round(100_000 * TIP_PT / min(box.width, box.height)) if box and shape == ARROW else None
    adjustments = f'<a:avLst><a:gd name="adj" fmla="val {tip}"/></a:avLst>' if tip else "<a:avLst/>"
    return f'<a:prstGeom prst="{shape}">{adjustments}</a:prstGeom>'


def slide_number(style: str, shown: str) -> str:
    """Give the field that programs keep at the slide's number."""
    number_id = "{7D5B8F3A-2C41-4E0B-9A55-0C8E4B1D6F21}"
    return f'<a:fld id="{number_id}" type="slidenum">{style}<a:t>{shown}</a:t></a:fld>'


def placeholder(kind: str, index: int) -> str:
    """Give the tie to a placeholder of the layout, which for any content has no type of its own."""
    return f"<p:ph{'' if kind == 'obj' else f' type={quoteattr(kind)}'}" + (f' idx="{index}"/>' if index else "/>")


def body_properties(insets: Insets, anchor: str) -> str:
    """Give the margins of a text body; its text is never shrunk by the program that shows it."""
    sides = zip("ltrb", (insets.left, insets.top, insets.right, insets.bottom), strict=True)
    margins = " ".join(f'{side}Ins="{emu(points)}"' for side, points in sides)
    return f'<a:bodyPr wrap="square" {margins} anchor="{anchor}"><a:noAutofit/></a:bodyPr>'


def paragraph_properties(line: Line, *, first: bool) -> str:
    """Give alignment, indents, the space before and the bullet; right-to-left text starts at the right."""
    rtl = is_right_to_left(line.text)
    align = {"l": "r", "r": "l"}.get(line.align, line.align) if rtl else line.align
    hang = (18.0 if line.level == 0 else 16.0) if line.bullet else 0.0
    indents = f'marL="{emu(line.indent_pt)}" indent="{-emu(hang)}"'
    before = 0 if first else round(line.before_pt * 100)
    bullet = f'<a:buClr>{colour(Ink.ACCENT)}</a:buClr><a:buFont typeface="Arial"/>'
    sign = f'{bullet}<a:buChar char="{line.bullet}"/>' if line.bullet else "<a:buNone/>"
    return (
        f'<a:pPr {indents} lvl="{line.level}" algn="{align}" rtl="{int(rtl)}">'
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{before}"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="0"/></a:spcAft>{sign}</a:pPr>'
    )


def _rule(side: str, ink: Ink | None) -> str:
    if ink is None:
        return f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>'
    width = RULE_PT if ink is Ink.ACCENT else HAIRLINE_PT
    return f'<a:ln{side} w="{emu(width)}">{solid(ink)}</a:ln{side}>'
