"""PDFs: each page's paragraphs. Tables stay lines of text: pdfplumber, which finds them, takes 0.2 s a page."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (pypdfium2 ships no types; what it gives stays in this file)

from collections.abc import Iterator
from typing import Final

import pypdfium2
from pypdfium2 import raw

from orchestration.readers.blocks import Block, fold_blocks
from orchestration.readers.documents.paragraphs import Line, list_paragraphs
from orchestration.readers.omissions import Omissions
from orchestration.readers.passages import FILE_TEXT_CHARS, ReadFile, ReadPassage
from recipes.source import FileRefused

PAGES: Final = 2_000


def read_pdf(filename: str, content: bytes) -> ReadFile:
    """Give a PDF's pages in passages. Scripts, actions and embedded files are never looked into.

    Raises:
        FileRefused: it is damaged, protected with a password, or pictures of pages only.
    """
    document = _open(filename, content)
    try:
        return _read_pages(filename, document)
    finally:
        document.close()


def _open(filename: str, content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # The library's code may be that of a file before; one that is protected says so.
        if error.err_code == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in content:
            raise FileRefused(filename, "is protected with a password; share it without one") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise FileRefused(filename, "is protected in a way I cannot open") from error
        raise FileRefused(filename, "is damaged: the PDF does not open") from error


def _read_pages(filename: str, document: pypdfium2.PdfDocument) -> ReadFile:
    passages: list[ReadPassage] = []
    blank: list[int] = []
    damaged: list[int] = []
    pages = len(document)
    chars = 0
    for number in range(1, min(pages, PAGES) + 1):
        try:
            lines = _read_lines(document[number - 1])
        except pypdfium2.PdfiumError:
            damaged.append(number)
            continue
        blocks = (Block(text=text, place=(number, number)) for text in list_paragraphs(lines))
        read = fold_blocks(filename, blocks, unit="page")
        if not read.passages:
            blank.append(number)
        passages.extend(read.passages)
        chars += sum(len(line.text) for line in lines)
        if chars > FILE_TEXT_CHARS:
            break
    if not passages:
        raise FileRefused(filename, _explain_nothing(blank))
    return ReadFile(passages=tuple(passages), left_out=tuple(_name_unread(document, blank, damaged)))


def _explain_nothing(blank: list[int]) -> str:
    if not blank:
        return "is damaged: no page of it opens"
    return "holds no text, perhaps pictures of pages; share it with recognised text (OCR)"


def _name_unread(document: pypdfium2.PdfDocument, blank: list[int], damaged: list[int]) -> Iterator[str]:
    if blank:
        yield f"pages without text, perhaps pictures: {_show_numbers(blank)}"
    if damaged:
        yield f"damaged pages: {_show_numbers(damaged)}"
    if len(document) > PAGES:
        yield f"pages after the first {PAGES:,} ({len(document):,} in all)"
    omissions = Omissions()
    omissions.add("embedded files", document.count_attachments())
    omissions.add("scripts", max(raw.FPDFDoc_GetJavaScriptActionCount(document), 0))
    yield from omissions.name()


def _show_numbers(numbers: list[int]) -> str:
    """Give numbers with those that follow one another together: 3-5, 9."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _read_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Give a page's lines and where they stand, in the order in which the file draws them."""
    text_page = page.get_textpage()
    try:
        lines: list[Line] = []
        index = 0
        for said in text_page.get_text_range().split("\r\n"):
            if said.strip():
                lines.append(_measure(text_page, said, index))
            index += len(said) + len("\r\n")
        return lines
    finally:
        text_page.close()
        page.close()


def _measure(text_page: pypdfium2.PdfTextPage, said: str, index: int) -> Line:
    try:
        left, bottom, _, top = text_page.get_charbox(index, loose=True)
        _, _, right, _ = text_page.get_charbox(index + len(said.rstrip()) - 1, loose=True)
    except pypdfium2.PdfiumError:
        # Characters outside the usual plane count twice, so the last places of a page may not be there.
        return Line(said)
    return Line(said, left, right, bottom, top - bottom)
