# ruff: noqa: E501 - content is data: one case a line

import io

import docx
import pypdfium2
import pytest

from orchestration.skills.document.writer import build_docx
from orchestration.skills.paper.content import list_cited_passages
from orchestration.skills.paper.setting import Setting
from orchestration.skills.pdf.writer import build_pdf
from tests.orchestration.skills.papers import paper_problems, parse_paper, review_paper


def paper(*blocks, **changes):
    sections = [{"heading": "One", "blocks": list(blocks)}]
    return {"title": "T", "sources": [{"id": "S1", "title": "A", "kind": "file"}], "sections": sections, **changes}


WORDS = {"kind": "paragraph", "text": "Words."}


def test_a_whole_brief_is_accepted():
    assert paper_problems(review_paper()) == []


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (paper(), "section 1 ('One') is empty; give it blocks or leave it out"),
        (paper({"kind": "paragraph"}), "section 1, block 1 (paragraph), text is missing"),
        (paper(WORDS, {"kind": "bullets", "bullets": [{"text": ""}]}), "section 1, block 2 (bullets), bullet 1, text is empty"),
        (paper({"kind": "paragraph", "text": "a [@S9.1]"}), "section 1, block 1 (paragraph) cites unknown source 'S9'; known: S1"),
        (paper({"kind": "table", "caption": "C", "columns": [{"header": "A"}, {"header": "B"}], "rows": [["1"]]}),
         "section 1, block 1 (table): row 1 has 1 cells for 2 columns"),
        (paper({"kind": "poem"}), ("section 1, block 1 (poem) has the unknown kind 'poem'; kinds: paragraph, bullets, numbered, kpis, chart, "
         "table, two_column, quote, timeline, callout, image")),
        (paper(WORDS, size=12), "size is not a field here; leave it out"),
        ("words", "the document is 'words': input should be a valid dictionary or instance of Document"),
        ({**paper(WORDS), "sections": [{"heading": "A", "level": 2, "blocks": [WORDS]}]},
         "section 1 has level 2; a document begins with level 1"),
        ({**paper(WORDS), "sections": [{"heading": "A", "blocks": [WORDS]}, {"heading": "B", "level": 3, "blocks": [WORDS]}]},
         "section 2 has level 3 below level 1; go down one level at a time"),
        ({**paper(WORDS), "sources": [{"id": "S1", "title": "A", "kind": "file"}] * 2}, "the source id 'S1' is given twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(raw, problem):
    said = paper_problems(raw)
    assert problem in said


def test_an_empty_section_may_lead_to_a_deeper_one():
    sections = [{"heading": "A", "blocks": []}, {"heading": "B", "level": 2, "blocks": [WORDS]}]
    assert paper_problems({"title": "T", "sections": sections}) == []


def test_what_is_cited_is_listed_with_its_passages():
    raw = paper({"kind": "paragraph", "text": "a [@S1.2] b [@S1]", "source_ids": ["S1.4"]})
    assert list_cited_passages(parse_paper(raw)) == ("S1.2", "S1", "S1.4")
    assert Setting.of(parse_paper(raw)).list_citations() == {1: ("S1.2", "S1", "S1.4")}


def test_a_source_is_said_once_in_a_row():
    setting = Setting.of(parse_paper(paper(WORDS)))
    assert [span.text for span in setting.spans("a [@S1.2] [@S1.3], b [@S1]", ["S1"])] == ["a", "[1]", ", b", "[1]"]


ALIGNED = {
    "kind": "table",
    "caption": "C",
    "columns": [{"header": name, "align": name} for name in ("left", "center", "right", "auto")],
    "rows": [["aa", "bb", "cc", "5"], ["dd", "ee", "ff", "12"]],
}


def test_columns_of_a_word_table_are_set_where_they_are_asked_for():
    file = docx.Document(io.BytesIO(build_docx(parse_paper(paper(ALIGNED)))))
    [table] = file.tables
    sides = {None: "left", 1: "center", 2: "right"}
    for row in table.rows:
        shown = [sides[cell.paragraphs[0].style.paragraph_format.alignment] for cell in row.cells]
        assert shown == ["left", "center", "right", "right"]


def test_columns_of_a_table_in_a_pdf_are_set_where_they_are_asked_for():
    page = pypdfium2.PdfDocument(build_pdf(parse_paper(paper(ALIGNED))))[0].get_textpage()
    edges = {}
    for word in ("left", "dd", "center", "bb", "ee", "right", "ff"):
        found = page.search(word)
        at, count = found.get_next()
        boxes = [page.get_charbox(at + each) for each in range(count)]
        edges[word] = (boxes[0][0], boxes[-1][2])
    middles = {word: sum(edge) / 2 for word, edge in edges.items()}
    assert edges["dd"][0] == pytest.approx(edges["left"][0], abs=1.5)
    assert middles["bb"] == pytest.approx(middles["center"], abs=1.5)
    assert middles["ee"] == pytest.approx(middles["center"], abs=1.5)
    assert edges["ff"][1] == pytest.approx(edges["right"][1], abs=1.5)
