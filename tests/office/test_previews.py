"""Pictures of real files, by the LibreOffice of this machine."""

import io

import pytest
from PIL import Image

from orchestration.previews.renderer import Renderer, Shown
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.document.writer import build_docx
from orchestration.skills.paper.content import Document
from orchestration.skills.problems import parse_deck
from tests.orchestration.revising.decks import BULLETS, CHART, TABLE, make_deck

DOCUMENT = Document(
    title="Wind in Iowa",
    sections=({"heading": "Findings", "blocks": ({"kind": "paragraph", "text": "Wind grew each year."},)},),
)


@pytest.fixture
def renderer(office) -> Renderer:
    return Renderer(office)


async def test_a_deck_is_shown_in_rows_of_three(renderer):
    deck = build_deck(parse_deck(make_deck(BULLETS, CHART, TABLE)))
    made = await renderer.draw([Shown(file_format="pptx", content=deck)])
    picture = Image.open(io.BytesIO(made))
    assert picture.width == 1440
    assert len(picture.convert("L").getcolors() or ()) > 50, "there is something to be seen"


async def test_a_document_is_shown_page_by_page(renderer):
    made = await renderer.draw([Shown(file_format="docx", content=build_docx(DOCUMENT))])
    assert Image.open(io.BytesIO(made)).format == "PNG"


async def test_a_strip_shows_one_slide_before_and_after(renderer):
    before, after = (build_deck(parse_deck(make_deck(each))) for each in (CHART, TABLE))
    files = [Shown(file_format="pptx", content=each, pages=(2,)) for each in (before, after)]
    made = await renderer.draw(files, labels=("Before", "After"))
    picture = Image.open(io.BytesIO(made))
    assert picture.height > picture.width * 0.5
