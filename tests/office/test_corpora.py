"""Every deck, document and workbook of the stress corpora opens in LibreOffice, with all its slides, pages and sheets.

Many files are printed by one start of the program: that takes some 0.4 s each, where a start takes two seconds.
"""

import io
import warnings
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from openpyxl import load_workbook

from orchestration.office import NO_OPTIONS, Options, print_files, set_as_pdf
from orchestration.skills.checks import deck_text
from orchestration.skills.deck.foreign.template import read_template
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.design.palette import PALETTES
from orchestration.skills.document.writer import build_docx
from orchestration.skills.page_count import ESTIMATE_SHARE
from orchestration.skills.pdf.writer import build_pdf
from orchestration.skills.pictures import read_picture
from orchestration.skills.problems import parse_deck
from tests.orchestration.skills.corpus import CONTENTS as SLIDES
from tests.orchestration.skills.corpus import corpus_deck
from tests.orchestration.skills.deck.templates import TEMPLATES
from tests.orchestration.skills.paper_corpus import BLOCKS, corpus_paper
from tests.orchestration.skills.papers import parse_paper
from tests.orchestration.skills.pictures import picture_files
from tests.orchestration.skills.samples import sample_picture
from tests.orchestration.skills.sheet.book_corpus import CONTENTS as BOOKS
from tests.orchestration.skills.sheet.books import build as build_book

# Measured: 84 s of processor time for all 201 files, with what builds them; four times that on a crowded machine.
PATIENCE: Final = timedelta(minutes=9)
# One page a sheet, however long it is (LibreOffice 7.4 and later).
WHOLE_SHEETS: Final[Options] = {"SinglePageSheets": {"type": "boolean", "value": "true"}}
DECK_PICTURES: Final = {"S2": read_picture(sample_picture())}


def build_decks() -> dict[str, bytes]:
    themed = zip(SLIDES, cycle(PALETTES), strict=False)
    return {name: build_deck(parse_deck(corpus_deck(name, theme)), pictures=DECK_PICTURES) for name, theme in themed}


def build_foreign_decks() -> dict[str, bytes]:
    """Every other content on one template of other people, the rest on another."""
    stages = cycle([read_template(f"{name}.pptx", make()) for name, make in TEMPLATES.items()])
    placed = zip(SLIDES, stages, strict=False)
    return {name: build_deck(parse_deck(corpus_deck(name)), stage=at, pictures=DECK_PICTURES) for name, at in placed}


def build_documents() -> dict[str, bytes]:
    themed = zip(BLOCKS, cycle(PALETTES), strict=False)
    return {
        name: build_docx(parse_paper(corpus_paper(name, theme)), pictures=paper_pictures()) for name, theme in themed
    }


def build_books() -> dict[str, bytes]:
    return {name: build_book(content, tables) for name, (content, tables) in BOOKS.items()}


@cache
def paper_pictures():
    return {source_id: read_picture(content) for source_id, content in picture_files().items()}


SHELVES: Final[Mapping[str, tuple[str, Callable[[], dict[str, bytes]], Options]]] = {
    "decks": ("pptx", build_decks, NO_OPTIONS),
    "foreign decks": ("pptx", build_foreign_decks, NO_OPTIONS),
    "documents": ("docx", build_documents, NO_OPTIONS),
    "workbooks": ("xlsx", build_books, WHOLE_SHEETS),
}


@pytest.fixture(scope="session")
def printed(office, tmp_path_factory) -> Callable[[str, str], tuple[bytes, int | None]]:
    """Give a function that gives a file of a shelf, and of how many pages LibreOffice makes it; None: it opens none."""

    @cache
    def print_shelf(shelf: str) -> dict[str, tuple[bytes, int | None]]:
        file_format, build, options = SHELVES[shelf]
        files, folder = build(), tmp_path_factory.mktemp("shelf")
        places = {name: folder / f"{number}.{file_format}" for number, name in enumerate(files)}
        for name, place in places.items():
            place.write_bytes(files[name])
        print_files(office, list(places.values()), options=options, patience=PATIENCE)
        return {name: (files[name], count_pages(office, files[name], place)) for name, place in places.items()}

    return lambda shelf, name: print_shelf(shelf)[name]


def count_pages(office: str, content: bytes, place: Path) -> int | None:
    """Count the pages of what was printed; a file that was not is tried alone: one before it may have ended all."""
    made = place.with_suffix(".pdf")
    pdf = made.read_bytes() if made.exists() else set_as_pdf(office, content, place.suffix[1:])
    if pdf is None:
        return None
    file = pypdfium2.PdfDocument(pdf)
    try:
        return len(file)
    finally:
        file.close()


@pytest.mark.parametrize("shelf", ["decks", "foreign decks"])
@pytest.mark.parametrize("name", SLIDES)
def test_a_strained_deck_opens_with_all_its_slides(printed, shelf, name):
    content, pages = printed(shelf, name)
    assert pages == len(deck_text(content))


@pytest.mark.parametrize("name", BLOCKS)
def test_a_strained_document_opens_with_about_the_pages_of_its_pdf(printed, name):
    _, pages = printed("documents", name)
    document = parse_paper(corpus_paper(name, "slate"))
    estimate = len(pypdfium2.PdfDocument(build_pdf(document, pictures=paper_pictures())))
    assert pages is not None
    assert abs(pages - estimate) <= max(1, round(estimate * ESTIMATE_SHARE))


@pytest.mark.parametrize("name", BOOKS)
def test_a_strained_workbook_opens_with_all_its_sheets(printed, name):
    content, pages = printed("workbooks", name)
    with warnings.catch_warnings():
        # openpyxl reads no data bars, which nothing here asks it for.
        warnings.filterwarnings("ignore", ".* extension is not supported")
        assert pages == len(load_workbook(io.BytesIO(content)).sheetnames)
