"""The styles of a document: Word's own names restyled, so that a person re-themes it as any document of theirs."""

from dataclasses import dataclass
from typing import Final

from orchestration.skills.columns import Side
from orchestration.skills.design.palette import Ink, Palette
from orchestration.skills.document.cell_styles import CUSTOM, character_styles, table_styles
from orchestration.skills.document.markup import BOLD, ITALIC, NAMESPACES, twips
from orchestration.skills.paper.band import FREE_SHARE
from orchestration.skills.paper.measures import TABLE_PT
from orchestration.skills.paper.page import Paper
from orchestration.skills.scripts import Tongue

BODY_PT: Final = 10.5


@dataclass(frozen=True)
class Look:
    """A paragraph style: its size, colour and air, in points."""

    style_id: str
    name: str
    based_on: str = "Normal"
    next_id: str = "Normal"
    size_pt: float = 0.0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    before_pt: float = 0.0
    after_pt: float = 6.0
    line_percent: int = 115
    keeps_next: bool = False
    keeps_lines: bool = False
    level: int = 0
    """Of a heading: where it stands in the contents."""
    left_pt: float = 0.0
    right_pt: float = 0.0
    hang_pt: float = 0.0
    borders: str = ""
    shade: str = ""
    tabs: str = ""
    numbering: str = ""
    is_heading_font: bool = False
    side: Side = "left"
    """Where it is set: figures to the right."""

    def to_xml(self) -> str:
        """Give the style, its parts in the order the schema asks for."""
        font = '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>' if self.is_heading_font else ""
        weight = f"{BOLD if self.bold else ''}{ITALIC if self.italic else ''}"
        colour = f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        half_points = round(self.size_pt * 2)
        size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if self.size_pt else ""
        return (
            f'<w:style w:type="paragraph"{_custom(self.name)} w:styleId="{self.style_id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.based_on}"/><w:next w:val="{self.next_id}"/><w:qFormat/>'
            f"<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{font}{weight}{colour}{size}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        keeps = f"{'<w:keepNext/>' if self.keeps_next else ''}{'<w:keepLines/>' if self.keeps_lines else ''}"
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else ""
        spacing = (
            f'<w:spacing w:before="{twips(self.before_pt)}" w:after="{twips(self.after_pt)}" '
            f'w:line="{round(2.4 * self.line_percent)}" w:lineRule="auto"/>'
        )
        sides = f'w:left="{twips(self.left_pt)}" w:right="{twips(self.right_pt)}"'
        indent = f'<w:ind {sides} w:hanging="{twips(self.hang_pt)}"/>'
        placed = "" if self.side == "left" else f'<w:jc w:val="{self.side}"/>'
        upright = '<w:bidi w:val="0"/>' if self.side == "right" else ""
        outline = f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else ""
        return f"{keeps}{self.numbering}{self.borders}{shade}{self.tabs}{upright}{spacing}{indent}{placed}{outline}"


_BUILT_IN: Final = {
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "Quote", "List Bullet",
    "List Bullet 2", "List Number", "TOC Heading", "toc 1", "toc 2", "toc 3", "header", "footer",
}  # fmt: skip


def styles_xml(palette: Palette, paper: Paper, tongue: Tongue) -> str:
    """Give the styles part in the colours of a theme."""
    looks = "".join(look.to_xml() for look in _list_looks(palette, paper, is_rtl=tongue.is_rtl))
    bidi = "<w:bidi/>" if tongue.is_rtl else ""
    languages = f'w:val="{tongue.language}" w:eastAsia="{tongue.east_asian}" w:bidi="{tongue.complex}"'
    latin = 'w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"'
    size = f'<w:sz w:val="{round(BODY_PT * 2)}"/><w:szCs w:val="{round(BODY_PT * 2)}"/>'
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {latin}/>"
        f'<w:color w:val="{palette.text}"/>{size}<w:lang {languages}/></w:rPr>'
        f'</w:rPrDefault><w:pPrDefault><w:pPr>{bidi}<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
        f"{looks}{character_styles(palette)}{table_styles(palette)}</w:styles>"
    )


def numbering_xml(palette: Palette) -> str:
    """Give the numbering part: bullets of two levels as number 1, an ordered list as number 2."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(left)}" w:hanging="{twips(12)}"/></w:pPr>'
        f'<w:rPr><w:color w:val="{palette.accent}"/></w:rPr></w:lvl>'
        for at, (style, sign, left) in enumerate((("ListBullet", "•", 14), ("ListBullet2", "–", 28)))
    )
    ordered = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/>'
        f'<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{twips(18)}" w:hanging="{twips(18)}"/>'
        f'</w:pPr><w:rPr>{BOLD}<w:color w:val="{palette.accent}"/></w:rPr></w:lvl>'
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'{levels}</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'{ordered}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def _list_looks(palette: Palette, paper: Paper, *, is_rtl: bool) -> list[Look]:
    return [
        *_opening_looks(palette, paper),
        *_running_looks(palette, is_rtl=is_rtl),
        *_small_looks(palette),
        *_page_looks(palette, paper),
    ]


def _opening_looks(palette: Palette, paper: Paper) -> list[Look]:
    right = paper.text_width_pt * FREE_SHARE
    pale = palette.rgb(Ink.PANEL)
    return [
        Look("Title", "Title", next_id="Subtitle", size_pt=27, colour=palette.paper, bold=True, after_pt=6,
             line_percent=95, keeps_next=True, right_pt=right, is_heading_font=True),
        Look("Subtitle", "Subtitle", next_id="Byline", size_pt=12.5, colour=pale, after_pt=10, line_percent=105,
             keeps_next=True, right_pt=right),
        Look("Byline", "Byline", size_pt=10, colour=pale, after_pt=0),
        Look("Heading1", "heading 1", size_pt=19, colour=palette.night, bold=True, before_pt=24, after_pt=7,
             line_percent=100, keeps_next=True, keeps_lines=True, level=1, is_heading_font=True),
        Look("Heading2", "heading 2", size_pt=14, colour=palette.accent, bold=True, before_pt=16, after_pt=5,
             line_percent=100, keeps_next=True, keeps_lines=True, level=2, is_heading_font=True),
        Look("Heading3", "heading 3", size_pt=11.5, colour=palette.text, bold=True, before_pt=12, after_pt=3,
             line_percent=100, keeps_next=True, keeps_lines=True, level=3, is_heading_font=True),
    ]  # fmt: skip


def _running_looks(palette: Palette, *, is_rtl: bool) -> list[Look]:
    side = "right" if is_rtl else "left"
    bar = f'<w:pBdr><w:{side} w:val="single" w:sz="24" w:space="10" w:color="{palette.accent}"/></w:pBdr>'
    return [
        Look("ListBullet", "List Bullet", next_id="ListBullet", after_pt=3, left_pt=14, hang_pt=12,
             numbering=_numbered(0, 1)),
        Look("ListBullet2", "List Bullet 2", next_id="ListBullet2", after_pt=2, left_pt=28, hang_pt=12,
             numbering=_numbered(1, 1)),
        Look("ListNumber", "List Number", next_id="ListNumber", after_pt=3, left_pt=18, hang_pt=18,
             numbering=_numbered(0, 2)),
        Look("Quote", "Quote", next_id="Attribution", size_pt=12.5, italic=True, before_pt=8, after_pt=2, left_pt=16,
             right_pt=24, keeps_next=True, keeps_lines=True, borders=bar),
        Look("Attribution", "Attribution", size_pt=9.5, colour=palette.muted, after_pt=12, left_pt=16, borders=bar),
        Look("CalloutFigure", "Callout Figure", next_id="Callout", size_pt=22, colour=palette.accent, bold=True,
             before_pt=8, after_pt=0, line_percent=100, left_pt=16, right_pt=12, keeps_next=True, borders=bar,
             shade=palette.panel, is_heading_font=True),
        Look("Callout", "Callout", size_pt=11, before_pt=0, after_pt=12, left_pt=16, right_pt=12, keeps_lines=True,
             borders=bar, shade=palette.panel),
    ]  # fmt: skip


def _small_looks(palette: Palette) -> list[Look]:
    return [
        Look("Caption", "caption", size_pt=9.5, colour=palette.text, bold=True, before_pt=10, after_pt=4,
             line_percent=105, keeps_next=True, keeps_lines=True),
        Look("Note", "Note", size_pt=8.5, colour=palette.muted, before_pt=3, after_pt=10, line_percent=105),
        Look("Chart", "Chart", after_pt=4, keeps_next=False, line_percent=100),
        Look("Cell", "Cell", next_id="Cell", size_pt=TABLE_PT, after_pt=0, line_percent=105),
        Look("CellNumber", "Cell Number", based_on="Cell", next_id="CellNumber", size_pt=TABLE_PT, after_pt=0,
             line_percent=105, side="right"),
        Look("CellCentre", "Cell Centre", based_on="Cell", next_id="CellCentre", size_pt=TABLE_PT, after_pt=0,
             line_percent=105, side="center"),
        Look("CardLabel", "Card Label", next_id="CardValue", size_pt=9, colour=palette.muted, after_pt=2,
             line_percent=100, keeps_next=True),
        Look("CardValue", "Card Value", next_id="CardChange", size_pt=18, colour=palette.night, bold=True, after_pt=1,
             line_percent=100, keeps_next=True, is_heading_font=True),
        Look("CardChange", "Card Change", size_pt=9, colour=palette.muted, bold=True, after_pt=0, line_percent=100),
        Look("ColumnHeading", "Column Heading", next_id="ListBullet", size_pt=11, colour=palette.accent, bold=True,
             after_pt=4, line_percent=100, keeps_next=True),
        Look("Source", "Source Entry", next_id="Source", size_pt=9.5, after_pt=4, left_pt=24, hang_pt=24,
             tabs=f'<w:tabs><w:tab w:val="left" w:pos="{twips(24)}"/></w:tabs>'),
    ]  # fmt: skip


def _page_looks(palette: Palette, paper: Paper) -> list[Look]:
    at_right = twips(paper.text_width_pt)
    dotted = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{at_right}"/></w:tabs>'
    sided = f'<w:tabs><w:tab w:val="right" w:pos="{at_right}"/></w:tabs>'
    hairline = palette.rgb(Ink.HAIRLINE)
    under = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="{hairline}"/></w:pBdr>'
    return [
        Look("TOCHeading", "TOC Heading", size_pt=12, colour=palette.accent, bold=True, before_pt=6, after_pt=5,
             keeps_next=True, is_heading_font=True),
        Look("TOC1", "toc 1", next_id="TOC1", bold=True, before_pt=3, after_pt=1, line_percent=100, tabs=dotted),
        Look("TOC2", "toc 2", next_id="TOC2", size_pt=10, after_pt=1, left_pt=12, line_percent=100, tabs=dotted),
        Look("TOC3", "toc 3", next_id="TOC3", size_pt=10, colour=palette.muted, after_pt=1, left_pt=24,
             line_percent=100, tabs=dotted),
        Look("Header", "header", size_pt=8.5, colour=palette.muted, after_pt=0, line_percent=100, tabs=sided,
             borders=under),
        Look("Footer", "footer", size_pt=8.5, colour=palette.muted, after_pt=0, line_percent=100, tabs=sided),
    ]  # fmt: skip


def _custom(name: str) -> str:
    return "" if name in _BUILT_IN else CUSTOM


def _numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
