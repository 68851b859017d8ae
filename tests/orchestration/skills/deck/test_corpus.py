import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from lxml import etree

from orchestration.skills.checks import check_deck, deck_text
from orchestration.skills.deck.foreign.template import read_template
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.marks import plain_text
from orchestration.skills.pictures import read_picture
from orchestration.skills.problems import parse_deck
from tests.orchestration.skills.corpus import CONTENTS, REFUSED, corpus_deck
from tests.orchestration.skills.deck.templates import TEMPLATES
from tests.orchestration.skills.samples import problems_of, sample_picture

PICTURES = {"S2": read_picture(sample_picture())}
# Not words of the content but the way to say how it is shown.
FORMS = {"kind", "type", "theme", "image", "source_ids", "id", "direction", "status", "line_format", "number_format"}


@cache
def built(name: str, theme: str = "slate") -> bytes:
    return build_deck(parse_deck(corpus_deck(name, theme)), pictures=PICTURES)


@cache
def stage(name: str) -> Any:
    return read_template(f"{name}.pptx", TEMPLATES[name]())


def list_failed(content: bytes) -> list[tuple[str, str]]:
    return [(check.name, check.said) for check in check_deck(content) if not check.passed]


def list_said(value: Any) -> Iterator[str]:
    """Every text of a content but those that say how it is shown."""
    if isinstance(value, dict):
        yield from (text for key, part in value.items() if key not in FORMS for text in list_said(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in list_said(part))
    elif isinstance(value, str):
        yield value


def letters(text: str) -> str:
    """Only what is read: no spaces, breaks, marks or case."""
    said = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b\u00ad]", "", said).casefold()


def read_all(content: bytes) -> str:
    parts: list[str] = []
    for slide in deck_text(content):
        cells = [cell for table in slide.tables for row in table for cell in row]
        labels = [label for chart in slide.charts for label in (*chart.categories, *(name for name, _ in chart.series))]
        parts += [slide.title, *slide.texts, *cells, *labels, slide.notes]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slides = [archive.read(name) for name in archive.namelist() if re.match(r"ppt/slides/slide\d+", name)]
    parts += [shape.get("descr", "") for slide in slides for shape in etree.fromstring(slide).iter("{*}cNvPr")]
    return "\n".join(map(letters, parts))


@pytest.mark.parametrize("name", CONTENTS)
def test_every_check_passes_whatever_the_content(name: str) -> None:
    assert list_failed(built(name)) == []


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", CONTENTS)
def test_every_check_passes_on_other_peoples_templates(name: str, template: str) -> None:
    content = build_deck(parse_deck(corpus_deck(name)), stage=stage(template), pictures=PICTURES)

    assert list_failed(content) == []


@pytest.mark.parametrize("name", CONTENTS)
def test_nothing_of_the_content_is_left_out(name: str) -> None:
    text = read_all(built(name))

    assert [said for said in list_said(CONTENTS[name]) if letters(plain_text(said)) not in text] == []


@pytest.mark.parametrize("name", CONTENTS)
def test_the_same_content_makes_the_same_bytes(name: str) -> None:
    assert build_deck(parse_deck(corpus_deck(name)), pictures=PICTURES) == built(name)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_truly_is_refused_with_a_sentence(name: str) -> None:
    slide, said = REFUSED[name]

    assert said in " ".join(problems_of({"title": "T", "slides": [slide]}))


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(CONTENTS) + len(REFUSED) >= 50
