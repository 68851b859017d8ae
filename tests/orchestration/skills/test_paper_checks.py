"""Each check of a document fails for a file that was broken on purpose, and for that alone says so."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from orchestration.office import set_as_pdf
from orchestration.skills import page_count
from orchestration.skills.builder import build_file
from orchestration.skills.document.reader import read_docx
from orchestration.skills.document.writer import build_docx
from orchestration.skills.page_count import check_word_pages
from orchestration.skills.paper.checks import Wanted, check_paper
from orchestration.skills.pdf import writer as pdf_writer
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.pdf.writer import build_pdf
from tests.orchestration.skills.papers import long_paper, parse_paper, review_paper

PAPER = parse_paper(review_paper())
WORD = build_docx(PAPER)


def change(part: str, edit: Callable[[str], str]) -> bytes:
    """Give the Word file with one of its parts edited."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                edited = edit(content.decode()).encode()
                assert edited != content
                content = edited
            target.writestr(name, content)
    return made.getvalue()


def failed(checks) -> dict[str, str]:
    return {check.name: check.said for check in checks if not check.passed}


def once(pattern: str, new: str) -> Callable[[str], str]:
    return lambda said: re.sub(pattern, new, said, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("part", "edit", "name", "said"),
    [
        ("document.xml", once('w:val="Heading2"', 'w:val="Heading3"'), "headings", "is missing at level 2"),
        ("document.xml", once("<w:tblHeader/>", ""), "tables", "2 tables should repeat their header, 1 do"),
        ("document.xml", once('<w:t xml:space="preserve">Enterprise</w:t>', "<w:t>Enter</w:t>"), "tables",
         "the cell 'Enterprise' is missing"),
        ("document.xml", once("Slow onboarding", "Slow"), "words", "the text 'Slow onboarding: median"),
        ("charts/chart1.xml", once("<c:v>48.2</c:v>", "<c:v>49.2</c:v>"), "charts", "has other values"),
        ("document.xml", once(' descr="[^"]*"', ' descr=""'), "alt text", "chart 1 has no description"),
        ("document.xml", once("<w:tblDescription [^>]*/>", ""), "alt text", "table 1 has no description"),
        ("document.xml", once(r">\[1\]</w:t>(?=</w:r><w:r><w:tab)", ">[9]</w:t>"), "sources",
         "[1] is cited, and no list of sources has it"),
        ("document.xml", lambda said: said.replace(">[4]<", ">[8]<", 1), "sources", "nothing says what [8] stands for"),
        ("_rels/document.xml.rels", once('Target="https://', 'Target="file://'), "links", "a link leads to 'file://"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_word_file_is_found(part, edit, name, said):
    broken = read_docx(change(f"word/{part}", edit))
    found = failed(check_paper(broken, PAPER, Wanted()))
    assert said in found[name]


def test_a_footer_without_numbers_is_found():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"PAGE", b"DATE") if "footer" in name else content)
    found = failed(check_paper(read_docx(made.getvalue()), PAPER, Wanted()))
    assert found == {"page numbers": "pages carry no number"}


def test_a_file_of_another_language_is_found():
    broken = read_docx(change("docProps/core.xml", lambda said: said.replace("en-GB", "de-DE")))
    assert failed(check_paper(broken, PAPER, Wanted())) == {
        "language": "the file says that its language is 'de-DE', it should be en-GB"
    }


def test_a_question_without_a_section_is_found():
    found = failed(check_paper(read_docx(WORD), PAPER, Wanted(sections=("Why customers leave", "Who pays?"))))
    assert found == {"sections": "'Who pays?' has no section"}


@pytest.mark.parametrize("skill", ["docx", "pdf"])
def test_bytes_that_do_not_open_are_found(skill, monkeypatch):
    monkeypatch.setattr(f"orchestration.skills.builder.build_{skill}", lambda *_, **__: b"PK")
    made = build_file(skill, review_paper(), permalinks={}, wanted=Wanted(pages=range(1, 9)))
    assert [(check.name, check.passed) for check in made.checks] == [("opens", False)]


@pytest.fixture
def typeset(tmp_path, monkeypatch) -> Callable[[str, str], bytes]:
    """Build the PDF with one thing of its typesetting spoilt."""

    def build(old: str, new: str) -> bytes:
        said = (Path(pdf_writer.__file__).parent / "typesetting" / "paper.typ").read_text()
        assert old in said
        (tmp_path / "paper.typ").write_text(said.replace(old, new, 1))
        monkeypatch.setattr(pdf_writer, "_FOLDER", tmp_path)
        return build_pdf(PAPER)

    return build


@pytest.mark.parametrize(
    ("old", "new", "name", "said"),
    [
        ("header: head, footer: foot,", "header: head,", "page numbers", "pages carry no number"),
        ("heading(level: section.level, entry", "strong(entry", "headings", "'Headline results' is missing"),
        ("heading(level: section.level, entry", "heading(level: section.level, bookmarked: false, entry", "bookmarks",
         "no bookmark leads to heading 1"),
        ("table.header(..part.header.enumerate().map(((x, each)) => strong(cell(each, sides.at(x))))),",
         "..part.header.enumerate().map(((x, each)) => strong(cell(each, sides.at(x)))),", "tables",
         "2 tables should repeat their header, 1 do"),
        ("section.blocks.map(draw)", 'section.blocks.filter(each => each.kind != "paragraph").map(draw)', "words",
         "the text 'Enterprise expansion carried the quarter."),
        ("lang: paper.lang, region: paper.region", 'lang: "de", region: "AT"', "language",
         "the file says that its language is 'de-AT'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_pdf_is_found(typeset, old, new, name, said):
    found = failed(check_paper(read_pdf(typeset(old, new)), PAPER, Wanted()))
    assert said in found[name]


def test_a_pdf_without_its_list_of_sources_is_found(typeset):
    found = failed(check_paper(read_pdf(typeset('"[" + str(each.number) + "]"', '"-"')), PAPER, Wanted()))
    assert "[1] is cited, and no list of sources has it" in found["sources"]


def test_a_pdf_that_lacks_a_chart_is_found():
    found = failed(check_paper(read_pdf(build_pdf(parse_paper(without_charts()))), PAPER, Wanted()))
    assert found["charts"] == "0 charts are there, 2 should be"


def test_a_font_that_is_not_in_the_file_is_found():
    made = build_pdf(PAPER)
    spoilt = re.sub(rb"/FontFile[23] ", b"/FontNull  ", made)
    found = failed(check_paper(read_pdf(spoilt), PAPER, Wanted()))
    assert "is not in the file" in found["fonts"]


def without_charts() -> dict:
    paper = review_paper()
    for section in paper["sections"]:
        section["blocks"] = [block for block in section["blocks"] if block["kind"] != "chart"]
    paper["sections"] = [
        section for section in paper["sections"] if section["blocks"] or "Revenue and" in section["heading"]
    ]
    return paper


def pages(paper: dict, wanted: range) -> list:
    document = parse_paper(paper)
    return check_word_pages(build_docx(document), document, wanted)


def test_pages_far_from_both_limits_are_estimated():
    [check] = pages(review_paper(), range(1, 20))
    assert check.passed
    assert check.said == "the file has 4 pages by an estimate: the same content set as a PDF; 1 to 19 were asked for"


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """A machine on which the only programs are those that lie here."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put_office(folder: Path, said: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{said}\n")
    program.chmod(0o755)


def test_pages_near_a_limit_are_counted_by_libreoffice_where_it_is_installed(programs):
    (programs / "printed.pdf").write_bytes(build_pdf(parse_paper(long_paper(6))))
    # its last words are: --outdir FOLDER FOLDER/file.docx
    put_office(programs, f'for last; do :; done; /bin/cp "{programs}/printed.pdf" "${{last%.docx}}.pdf"')
    [check] = pages(review_paper(), range(2, 5))
    assert not check.passed
    assert check.said == "the file has 7 pages as LibreOffice sets it; 2 to 4 were asked for"


@pytest.mark.parametrize("said", [None, "exit 1", "while :; do :; done"])
def test_pages_near_a_limit_are_estimated_where_nothing_counts_them(programs, monkeypatch, said):
    monkeypatch.setattr(page_count, "set_as_pdf", partial(set_as_pdf, patience=timedelta(seconds=0.2)))
    if said is not None:
        put_office(programs, said)
    [check] = pages(review_paper(), range(2, 4))
    assert not check.passed
    assert check.said == "the file has 4 pages by an estimate: the same content set as a PDF; 2 to 3 were asked for"


def test_pages_that_nothing_can_count_are_said_to_be_uncounted(programs):
    paper = {**review_paper(), "footer": "\U00010600"}
    [check] = pages(paper, range(1, 9))
    assert "could not be counted" in check.said


def test_without_a_wish_no_pages_are_counted():
    assert check_word_pages(WORD, PAPER, None) == []


def test_a_pdf_says_how_many_pages_it_has():
    assert len(pypdfium2.PdfDocument(build_pdf(PAPER))) == read_pdf(build_pdf(PAPER)).pages == 4
