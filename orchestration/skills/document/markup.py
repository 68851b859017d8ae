"""Paragraphs, runs, links and fields as WordprocessingML. Looks come from styles, which a person can change at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from orchestration.skills.characters import is_right_to_left
from orchestration.skills.marks import Span

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TWIPS_PER_PT: Final = 20
EMU_PER_PT: Final = 12_700


@dataclass(frozen=True)
class Pen:
    """Writes text; `relate` gives the relationship of an outer address."""

    relate: Callable[[str], str]

    def paragraph(self, spans: Sequence[Span], style: str = "", *, more: str = "", tail: str = "") -> str:
        """Give a paragraph in a style.

        Args:
            spans: Its text.
            style: The id of a paragraph style; Normal where it is left out.
            more: Further paragraph properties.
            tail: Markup after the text.
        """
        rtl = is_right_to_left("".join(span.text for span in spans))
        return paragraph_xml(f"{self.runs(spans)}{tail}", style, more=f"{more}{'<w:bidi/>' if rtl else ''}")

    def runs(self, spans: Iterable[Span], style: str = "") -> str:
        """Give the runs of a text, links among them."""
        return "".join(self._run(span, style) for span in spans)

    def _run(self, span: Span, style: str) -> str:
        if span.source_id:
            cited = run_xml(span.text, "Citation")
            return f'<w:hyperlink w:anchor="source_{span.text.strip("[]")}" w:history="1">{cited}</w:hyperlink>'
        if span.url:
            words = run_xml(span.text, "Hyperlink", bold=span.bold, italic=span.italic)
            return f'<w:hyperlink r:id="{self.relate(span.url)}" w:history="1">{words}</w:hyperlink>'
        return run_xml(span.text, style, bold=span.bold, italic=span.italic)


def paragraph_xml(content: str, style: str = "", *, more: str = "") -> str:
    """Give a paragraph around this markup."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def run_xml(text: str, style: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Give one run of text."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    weight = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    rtl = "<w:rtl/>" if is_right_to_left(text) else ""
    properties = f"<w:rPr>{named}{weight}{rtl}</w:rPr>" if named or weight or rtl else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field_xml(code: str, shown: str) -> str:
    """Give a field with what it shows until a program works it out anew."""
    return f"<w:fldSimple w:instr={quoteattr(f' {code} ')}>{run_xml(shown)}</w:fldSimple>"


def bookmark_xml(number: int, name: str, content: str) -> str:
    """Give markup that links can lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def twips(points: float) -> int:
    """Give a length in twentieths of a point, the unit of paragraphs and tables."""
    return round(points * TWIPS_PER_PT)


def emu(points: float) -> int:
    """Give a length in English metric units, the unit of drawings."""
    return round(points * EMU_PER_PT)
