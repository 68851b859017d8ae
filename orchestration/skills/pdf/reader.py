"""Reads a PDF back from its bytes: its tags, its properties, its links, bookmarks and fonts."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (pypdfium2 ships no types; what it gives stays in this file)

import ctypes
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.skills.paper.citations import read_citations
from orchestration.skills.paper.reading import (
    PaperUnreadable,
    ReadChart,
    ReadItem,
    ReadPaper,
    ReadParagraph,
    ReadPicture,
    ReadTable,
)
from orchestration.skills.paper.wording import Wording, wording_for
from orchestration.skills.pdf.structure import CITATION, Element, read_structure
from orchestration.skills.scripts import runs_right_to_left

FONT_NAME_CHARS: Final = 200
LANGUAGE_CHARS: Final = 100
_ENTRY: Final = re.compile(r"\[\d+\]\s")
# Where pages are read from the right, the number of an entry in Latin letters stands at the right end of its first row.
_TURNED_ENTRY: Final = re.compile(r"(?P<words>.+?)\s(?P<number>\[\d+\])(?P<rest>\s.*)?")
_HEADING: Final = re.compile(r"H(\d)")
_BLOCKS: Final = ("P", "H1", "H2", "H3", "L", "Table", "Figure", "TOC", "Span", "Link")
_ENDS_SENTENCE: Final = (".", "!", "?", ":", "”", "]")


def read_pdf(content: bytes) -> ReadPaper:
    """Give what stands in a PDF.

    Raises:
        PaperUnreadable: it does not open, or carries no tags.
    """
    try:
        file = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise PaperUnreadable(str(error)) from error
    try:
        return _Reader(file).read()
    finally:
        file.close()


class _Reader:
    """Reads one open file."""

    def __init__(self, file: pdfium.PdfDocument) -> None:
        self._file = file
        self._language = _read_language(file)

    def read(self) -> ReadPaper:
        """Give the document as values."""
        facts = self._file.get_metadata_dict()
        pages = [self._file[at] for at in range(len(self._file))]
        is_rtl = runs_right_to_left(self._language)
        listed = [list(_list_items(read_structure(page, is_rtl=is_rtl))) for page in pages]
        if not any(listed):
            raise PaperUnreadable("it carries no tags")
        day = facts.get("CreationDate", "")[2:10]
        return ReadPaper(
            title=facts.get("Title", ""),
            language=self._language,
            items=tuple(_name_styles(_join_pages(listed), _Place(wording_for(self._language), is_rtl))),
            links=tuple(link for page in pages for link in _list_links(self._file, page)),
            citations=read_citations(facts.get("Keywords", "")),
            has_page_numbers=all(self._is_numbered(page, at) for at, page in enumerate(pages, 1)),
            day=dt.datetime.strptime(day, "%Y%m%d").replace(tzinfo=dt.UTC).date() if day.isdecimal() else None,
            pages=len(pages),
            bookmarks=tuple(str(each.get_title()) for each in self._file.get_toc()),
            loose_fonts=tuple(dict.fromkeys(name for page in pages for name in _list_loose_fonts(page))),
        )

    def _is_numbered(self, page: pdfium.PdfPage, number: int) -> bool:
        said = page.get_textpage().get_text_range()
        count = len(self._file)
        # where pages are read from right to left, the library gives the line from its end
        return re.search(rf"\b{number}\s\S+\s{count}\b|\b{count}\s\S+\s{number}\b", said) is not None


def _list_items(elements: Sequence[Element]) -> Iterator[ReadItem]:
    for element in elements:
        for block in element.find_all(*_BLOCKS):
            if block.kind == "L":
                yield from _list_bullets(block, "List Bullet")
            elif block.kind == "Table":
                yield _read_table(block)
            elif block.kind == "Figure":
                yield ReadPicture(block.alt) if block.is_picture else ReadChart((), (), block.alt)
            elif block.kind == "TOC":
                entries = (" ".join(entry.text.split()) for entry in block.find_all("Link"))
                yield from (ReadParagraph("toc 1", entry) for entry in entries)
            elif (paragraph := _read_paragraph(block)).text or paragraph.cited:
                yield paragraph


def _read_paragraph(block: Element, style: str = "") -> ReadParagraph:
    level = _HEADING.fullmatch(block.kind)
    words, cited = _read_words(block)
    named = style or (f"Heading {level[1]}" if level else "Normal")
    return ReadParagraph(named, " ".join(words.split()), tuple(cited))


def _read_words(element: Element) -> tuple[str, list[int]]:
    """Give the words of an element without citations and inner lists, and the numbers that are cited."""
    words, cited = "", list[int]()
    for part in element.content:
        if isinstance(part, str):
            words += part
        elif part.kind == "Link" and (number := CITATION.fullmatch(part.text.strip())):
            cited.append(int(number[1]))
        elif part.kind != "L":
            inner, numbers = _read_words(part)
            words, cited = words + inner, cited + numbers
    return words, cited


def _list_bullets(block: Element, style: str) -> Iterator[ReadParagraph]:
    for body in block.find_all("LBody"):
        yield _read_paragraph(body, style)
        for inner in body.content:
            if isinstance(inner, Element) and inner.kind == "L":
                yield from _list_bullets(inner, "List Bullet 2")


def _read_table(block: Element) -> ReadTable:
    rows = tuple(
        tuple((_read_paragraph(cell, "Cell"),) for cell in row.find_all("TH", "TD")) for row in block.find_all("TR")
    )
    return ReadTable(rows, has_header=any(True for _ in block.find_all("TH")), style="Figures", alt=block.alt)


def _join_pages(pages: Sequence[Sequence[ReadItem]]) -> list[ReadItem]:
    """Give the items of all pages; a table or sentence that goes on overleaf is one again."""
    items: list[ReadItem] = []
    for page in pages:
        rest = list(page)
        if items and rest and (joined := _join(items[-1], rest[0])):
            items[-1] = joined
            rest = rest[1:]
        items += rest
    return items


def _join(before: ReadItem, after: ReadItem) -> ReadItem | None:
    if isinstance(before, ReadTable) and isinstance(after, ReadTable) and not after.has_header:
        return replace(before, rows=before.rows + after.rows)
    if not isinstance(before, ReadParagraph) or not isinstance(after, ReadParagraph) or before.style != after.style:
        return None
    begins_anew = after.text[:1].isupper() or before.text.endswith(_ENDS_SENTENCE) or _ENTRY.match(after.text)
    if before.style.startswith("Heading") or before.cited or begins_anew:
        return None
    return replace(before, text=f"{before.text} {after.text}", cited=after.cited)


@dataclass
class _Place:
    """How far the reading has come."""

    words: Wording
    is_rtl: bool
    has_headings: bool = False
    is_in_sources: bool = False

    def find_entry(self, item: ReadParagraph) -> str | None:
        """Give an entry of the list of sources, its number first; None of what is none."""
        turned = _TURNED_ENTRY.fullmatch(item.text) if self.is_rtl else None
        if _ENTRY.match(item.text) or turned is None:
            return item.text if _ENTRY.match(item.text) else None
        return f"{turned['number']} {turned['words']}{turned['rest'] or ''}"


def _name_styles(items: Sequence[ReadItem], place: _Place) -> Iterator[ReadItem]:
    """Give the items as Word's styles would name them: the title block, contents, captions, entries of the sources."""
    caption = re.compile(rf"(?:{place.words.figure}|{place.words.table}) \d+ ")
    described = ""
    for at, item in enumerate(items):
        if not isinstance(item, ReadParagraph):
            yield replace(item, alt=item.alt or described) if isinstance(item, ReadTable) else item
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        named = _name_style(item, after, at, place)
        if named.style == "Normal" and caption.match(named.text):
            named = replace(named, style="Caption")
        described = named.text
        yield named


def _name_style(item: ReadParagraph, after: ReadItem | None, at: int, place: _Place) -> ReadParagraph:
    if item.style.startswith("Heading"):
        if item.text == place.words.contents and isinstance(after, ReadParagraph) and after.style == "toc 1":
            return replace(item, style="TOC Heading")
        place.has_headings = True
        is_listed = isinstance(after, ReadParagraph) and place.find_entry(after) is not None
        place.is_in_sources = item.text == place.words.sources and is_listed
        return item
    if item.style == "Normal" and not place.has_headings:
        return replace(item, style="Title" if at == 0 else "Subtitle" if at == 1 and after else "Byline")
    entry = place.find_entry(item) if place.is_in_sources else None
    return item if entry is None else replace(item, style="Source Entry", text=entry)


def _list_links(file: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
        action: Any = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            size: int = raw.FPDFAction_GetURIPath(file.raw, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(file.raw, action, buffer, size)
            yield buffer.value.decode("utf-8", errors="replace")


def _list_loose_fonts(page: pdfium.PdfPage) -> Iterator[str]:
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
        font: Any = raw.FPDFTextObj_GetFont(each.raw)
        if font and not raw.FPDFFont_GetIsEmbedded(font):
            buffer = ctypes.create_string_buffer(FONT_NAME_CHARS)
            raw.FPDFFont_GetBaseFontName(font, buffer, FONT_NAME_CHARS)
            yield buffer.value.decode("utf-8", errors="replace")


def _read_language(file: pdfium.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * LANGUAGE_CHARS)()
    size: int = raw.FPDFCatalog_GetLanguage(file.raw, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
