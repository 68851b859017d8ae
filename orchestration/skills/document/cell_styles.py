"""The styles of words and of tables."""

from typing import Final

from orchestration.skills.design.palette import Ink, Palette
from orchestration.skills.document.markup import BOLD, twips
from orchestration.skills.paper.measures import CELL_SIDE_PT

# Says that a style is not one of Word's own.
CUSTOM: Final = ' w:customStyle="1"'
CARD_AIR_PT: Final = 9.0


def character_styles(palette: Palette) -> str:
    """Give the styles of words: links, citations, good and bad news."""

    def style(style_id: str, name: str, looks: str) -> str:
        return (
            f'<w:style w:type="character"{"" if name == "Hyperlink" else CUSTOM} w:styleId="{style_id}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{looks}</w:rPr></w:style>'
        )

    accent = f'<w:color w:val="{palette.accent}"/>'
    return (
        style("Hyperlink", "Hyperlink", accent)
        + style("Citation", "Citation", f'{accent}<w:vertAlign w:val="superscript"/>')
        + style("Good", "Good News", f'{BOLD}<w:color w:val="{palette.good}"/>')
        + style("Bad", "Bad News", f'{BOLD}<w:color w:val="{palette.bad}"/>')
        + style("Quiet", "Quiet", f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{palette.muted}"/>')
        + style(
            "Aside",
            "Aside",
            f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{palette.muted}"/>'
            '<w:sz w:val="20"/><w:szCs w:val="20"/>',
        )
        + style("Marked", "Marked", f"{BOLD}{accent}")
    )


def table_styles(palette: Palette) -> str:
    """Give the styles of tables: figures with hairlines, and cards with gaps between them."""
    hairline = palette.rgb(Ink.HAIRLINE)
    inner = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{hairline}"/>'
    foot = f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{palette.night}"/>'
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{BOLD}<w:color w:val="{palette.night}"/></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="12" w:space="0" w:color="{palette.accent}"/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    total = (
        f'<w:tblStylePr w:type="lastRow"><w:rPr>{BOLD}</w:rPr><w:tcPr><w:tcBorders>'
        f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{palette.night}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    gaps = "".join(
        f'<w:{side} w:val="single" w:sz="72" w:space="0" w:color="{palette.paper}"/>' for side in ("insideH", "insideV")
    )
    figures = _table_style("Figures", foot + inner, head + total, top_pt=2.6, side_pt=CELL_SIDE_PT)
    return figures + _table_style("Cards", gaps, "", top_pt=CARD_AIR_PT, side_pt=CARD_AIR_PT)


def _table_style(name: str, borders: str, parts: str, *, top_pt: float, side_pt: float) -> str:
    margins = "".join(
        f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>'
        for side, points in (("top", top_pt), ("left", side_pt), ("bottom", top_pt), ("right", side_pt))
    )
    return (
        f'<w:style w:type="table"{CUSTOM} w:styleId="{name}"><w:name w:val="Threadwork {name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{parts}</w:style>"
    )
