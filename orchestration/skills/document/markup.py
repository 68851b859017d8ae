"""Paragraphs, runs, links and fields as WordprocessingML. Looks come from styles, which a person can change at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from orchestration.skills.marks import Span
from orchestration.skills.scripts import Tongue, split_directions

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TWIPS_PER_PT: Final = 20
EMU_PER_PT: Final = 12_700
# Words of complex scripts, Arabic and Devanagari among them, have a weight and a slant of their own.
BOLD: Final = "<w:b/><w:bCs/>"
ITALIC: Final = "<w:i/><w:iCs/>"


@dataclass(frozen=True)
class Pen:
    """Writes text; `relate` gives the relationship of an outer address."""

    relate: Callable[[str], str]
    tongue: Tongue

    @property
    def is_rtl(self) -> bool:
        """True where the document as a whole runs from right to left."""
        return self.tongue.is_rtl

    def paragraph(self, spans: Sequence[Span], style: str = "", *, more: str = "", tail: str = "") -> str:
        """Give a paragraph in a style.

        Args:
            spans: Its text.
            style: The id of a paragraph style; Normal where it is left out.
            more: Further paragraph properties.
            tail: Markup after the text.
        """
        is_entry = style.startswith("List")
        turned = "" if is_entry and self.is_rtl else self._turn("".join(span.text for span in spans))
        return paragraph_xml(f"{self.runs(spans)}{tail}", style, more=f"{more}{turned}")

    def runs(self, spans: Iterable[Span], style: str = "") -> str:
        """Give the runs of a text, links among them."""
        return "".join(self._run(span, style) for span in spans)

    def run(self, text: str, style: str = "") -> str:
        """Give the runs of a text without marks."""
        return run_xml(text, style, is_rtl=self.is_rtl)

    def _turn(self, text: str) -> str:
        """Give the property of a paragraph that runs the other way than the document does."""
        return {True: "<w:bidi/>", False: '<w:bidi w:val="0"/>', None: ""}[self.tongue.turns(text)]

    def _run(self, span: Span, style: str) -> str:
        if span.source_id:
            cited = self.run(span.text, "Citation")
            return f'<w:hyperlink w:anchor="source_{span.text.strip("[]")}" w:history="1">{cited}</w:hyperlink>'
        if span.url:
            words = run_xml(span.text, "Hyperlink", bold=span.bold, italic=span.italic, is_rtl=self.is_rtl)
            return f'<w:hyperlink r:id="{self.relate(span.url)}" w:history="1">{words}</w:hyperlink>'
        return run_xml(span.text, style, bold=span.bold, italic=span.italic, is_rtl=self.is_rtl)


def paragraph_xml(content: str, style: str = "", *, more: str = "") -> str:
    """Give a paragraph around this markup."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def run_xml(text: str, style: str = "", *, bold: bool = False, italic: bool = False, is_rtl: bool = False) -> str:
    """Give a text as one run for each stretch of one direction; `is_rtl` is that of its paragraph."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    weight = f"{BOLD if bold else ''}{ITALIC if italic else ''}"
    return "".join(
        _one_run(part, f"{named}{weight}{'<w:rtl/>' if turned else ''}")
        for part, turned in split_directions(text, is_rtl=is_rtl)
    )


def _one_run(text: str, properties: str) -> str:
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


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
