"""How many pages a Word document has: it has none of its own until a program sets it."""

from typing import Final

import pypdfium2 as pdfium  # pyright: ignore[reportMissingTypeStubs]: pypdfium2 ships no types

from orchestration.office import find_office, set_as_pdf
from orchestration.skills.paper.content import Document
from orchestration.skills.pdf.writer import build_pdf
from orchestration.skills.pictures import NO_PICTURES, Pictures
from orchestration.skills.problems import ContentRefused
from recipes.output import Check

# Set as a PDF the same content takes as many pages as in Word, or up to a seventh fewer (measured on documents of three
# to twenty-two pages); nearer than this to a limit an estimate decides nothing.
ESTIMATE_SHARE: Final = 0.25


def check_word_pages(
    content: bytes, document: Document, wanted: range | None, *, pictures: Pictures = NO_PICTURES
) -> list[Check]:
    """Give the check of the number of pages of a Word document, where one was asked for. Blocking.

    Where the same content set as a PDF is far from both limits, that is enough, and is said to be an estimate. Else
    LibreOffice counts, if it is installed; that takes seconds.
    """
    if wanted is None:
        return []
    estimate = _estimate(document, pictures)
    if estimate is None or not _is_clear(estimate, wanted):
        program = find_office()
        printed = set_as_pdf(program, content, "docx") if program else None
        if printed is not None:
            return [_check(_count(printed), wanted, "as LibreOffice sets it")]
    if estimate is None:
        said = "the pages could not be counted: no font here has all its signs, and LibreOffice is not installed"
        return [Check(name="page count", passed=True, said=said)]
    return [_check(estimate, wanted, "by an estimate: the same content set as a PDF")]


def _check(pages: int, wanted: range, how: str) -> Check:
    noun = "page" if pages == 1 else "pages"
    said = f"the file has {pages} {noun} {how}; {wanted.start} to {wanted.stop - 1} were asked for"
    return Check(name="page count", passed=pages in wanted, said=said)


def _is_clear(estimate: int, wanted: range) -> bool:
    margin = max(1, round(estimate * ESTIMATE_SHARE))
    most = estimate + margin
    return estimate >= wanted.start and most < wanted.stop


def _estimate(document: Document, pictures: Pictures) -> int | None:
    try:
        return _count(build_pdf(document, pictures=pictures))
    except ContentRefused:
        return None


def _count(content: bytes) -> int:
    file = pdfium.PdfDocument(content)
    try:
        return len(file)
    finally:
        file.close()
