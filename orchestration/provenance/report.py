"""The report on what an agent hands in: the file or text as it really is, against the bundle."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from orchestration.provenance.decks import read_presentation
from orchestration.provenance.inspection import inspect
from orchestration.provenance.papers import read_paper
from orchestration.provenance.texts import read_markdown
from orchestration.provenance.workbooks import report_on_workbook
from orchestration.skills.deck.reader import DeckUnreadable
from orchestration.skills.document.reader import read_docx
from orchestration.skills.paper.reading import PaperUnreadable, ReadPaper
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.sheet.reader import WorkbookUnreadable
from orchestration.skills.text import WrittenText
from recipes.bundle import WorkBundle
from recipes.output import Claim
from recipes.provenance import Provenance
from recipes.recipe import OutputFormat

READERS: Final[Mapping[str, Callable[[bytes], ReadPaper]]] = {
    OutputFormat.DOCX: read_docx,
    OutputFormat.PDF: read_pdf,
}


def report_on_deck(content: bytes, *, bundle: WorkBundle, claims: Sequence[Claim]) -> Provenance | None:
    """Give the report on a presentation; None where it does not open, which its checks say. Blocking."""
    try:
        delivered = read_presentation(content)
    except DeckUnreadable:
        return None
    return inspect(delivered, bundle, claims)


def report_on_file(
    file_format: str, content: bytes, *, bundle: WorkBundle, claims: Sequence[Claim]
) -> Provenance | None:
    """Give the report on a file; None where it does not open, which its checks say. Blocking."""
    if file_format == OutputFormat.PPTX:
        return report_on_deck(content, bundle=bundle, claims=claims)
    try:
        if file_format == OutputFormat.XLSX:
            return report_on_workbook(content, bundle=bundle, claims=claims)
        delivered = read_paper(READERS[file_format](content))
    except (PaperUnreadable, WorkbookUnreadable):
        return None
    return inspect(delivered, bundle, claims)


def report_on_text(title: str, written: WrittenText, *, bundle: WorkBundle, claims: Sequence[Claim]) -> Provenance:
    """Give the report on a text in Markdown. Blocking."""
    return inspect(read_markdown(title, written.text, written.citations), bundle, claims)
