"""Strained contents as Word documents and PDFs: nothing is lost, every check passes, the same bytes each time."""

import io
import re
import zipfile
from functools import cache
from itertools import cycle

import docx
import pypdfium2
import pytest
from lxml import etree

from orchestration.skills.builder import Kit, build_file
from orchestration.skills.design.palette import PALETTES, Ink, contrast
from tests.orchestration.skills.paper_corpus import BLOCKS, corpus_paper
from tests.orchestration.skills.pictures import picture_files

KIT = Kit(files=picture_files())
CASES = list(zip(BLOCKS, cycle(PALETTES), strict=False))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is written in these colours on these grounds, WCAG 2.2: 4.5 for text.
TEXT_ON_GROUND = [
    (Ink.TEXT, Ink.PAPER), (Ink.MUTED, Ink.PAPER), (Ink.ACCENT, Ink.PAPER), (Ink.GOOD, Ink.PANEL), (Ink.BAD, Ink.PANEL),
    (Ink.NIGHT, Ink.PANEL), (Ink.ACCENT, Ink.PANEL), (Ink.MUTED, Ink.PANEL), (Ink.PAPER, Ink.NIGHT),
    (Ink.PANEL, Ink.NIGHT),
]  # fmt: skip


@cache
def built(name: str, theme: str, skill: str):
    return build_file(skill, corpus_paper(name, theme), permalinks={}, kit=KIT)


@pytest.mark.parametrize("skill", ["docx", "pdf"])
@pytest.mark.parametrize(("name", "theme"), CASES)
def test_strained_content_is_whole_and_the_same_each_time(name, theme, skill):
    made = built(name, theme, skill)
    assert [check.said for check in made.checks if not check.passed] == []
    assert build_file(skill, corpus_paper(name, theme), permalinks={}, kit=KIT).content == made.content


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_every_part_of_a_word_file_is_named_once_well_formed_and_of_a_known_type(name, theme):
    made = built(name, theme, "docx").content
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
        roots = {part: etree.fromstring(archive.read(part)) for part in names if part.endswith((".xml", ".rels"))}
    assert len(set(names)) == len(names)
    known = set(re.findall(r'Extension="(\w+)"', types)) | set(re.findall(r'PartName="/([^"]+)"', types))
    assert [part for part in names if part not in known and part.rpartition(".")[2] not in known] == []
    body = roots["word/document.xml"]
    marks = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks)
    for row in body.iter(f"{W}tr"):
        assert len(row.findall(f"{W}tc")) == len(row.getparent().find(f"{W}tblGrid"))
    assert docx.Document(io.BytesIO(made)).core_properties.title == f"Strained: {name}"


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_nothing_stands_outside_of_a_page_and_pages_are_numbered_in_order(name, theme):
    made = built(name, theme, "pdf").content
    file = pypdfium2.PdfDocument(made)
    for number, page in enumerate(file, 1):
        words = page.get_textpage()
        assert re.search(rf"Page {number} of {len(file)}\b", words.get_text_range())
        width, height = page.get_size()
        for at in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(at)
            assert (left >= 0, bottom >= 0, right <= width + 1, top <= height) == (True,) * 4


@pytest.mark.parametrize("theme", list(PALETTES))
def test_all_text_stands_out_from_its_ground(theme):
    palette = PALETTES[theme]
    weak = [(ink, ground) for ink, ground in TEXT_ON_GROUND if contrast(palette.rgb(ink), palette.rgb(ground)) < 4.5]
    assert weak == []
