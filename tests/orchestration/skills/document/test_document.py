"""A Word document, read back from its bytes by the library and by its parts."""

import io
import re
import zipfile

import docx
import pytest
from lxml import etree
from openpyxl import load_workbook

from orchestration.skills.document.reader import read_docx
from orchestration.skills.document.writer import build_docx
from orchestration.skills.paper.measures import share_width
from orchestration.skills.paper.reading import PaperUnreadable
from tests.orchestration.skills.papers import parse_paper, review_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def built(**changes) -> bytes:
    return build_docx(parse_paper({**review_paper(), **changes}))


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


GOOD = built()
READ = read_docx(GOOD)


def test_the_same_content_gives_the_same_bytes():
    assert built() == GOOD


@pytest.mark.parametrize("theme", ["slate", "ember", "forest", "mono"])
def test_every_theme_opens(theme):
    file = docx.Document(io.BytesIO(built(theme=theme)))
    assert [each.style.name for each in file.paragraphs][:3] == ["Title", "Subtitle", "Byline"]


def test_headings_are_words_own_styles_at_their_levels():
    assert READ.list_headings()[:3] == [
        (1, "Headline results"),
        (1, "Revenue and segments"),
        (2, "Revenue grew 22% year on year, the fastest quarter since 2024"),
    ]
    assert READ.list_headings()[-1] == (1, "Sources")


def test_looks_come_from_styles_not_from_each_paragraph():
    body = etree.fromstring(part(GOOD, "word/document.xml"))
    assert [each.tag for each in body.iter(f"{W}sz", f"{W}color", f"{W}rFonts")] == []


def test_the_contents_are_a_field_with_an_entry_for_each_heading():
    entries = [each.text for each in READ.paragraphs if each.style.startswith("toc ")]
    assert entries == [text for _, text in READ.list_headings()]
    assert b'TOC \\o "1-3"' in part(GOOD, "word/document.xml")
    assert b"w:updateFields" in part(GOOD, "word/settings.xml")


def test_a_short_document_needs_no_contents():
    short = built(sections=[{"heading": "One", "blocks": [{"kind": "paragraph", "text": "Words."}]}], sources=[])
    assert {each.style for each in read_docx(short).paragraphs} == {
        "Title",
        "Subtitle",
        "Byline",
        "Heading 1",
        "Normal",
    }


def test_each_contents_entry_leads_to_its_heading():
    body = etree.fromstring(part(GOOD, "word/document.xml"))
    marks = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    anchors = {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= marks


def test_captions_are_numbered_by_fields():
    captions = [each.text for each in READ.paragraphs if each.style == "Caption"]
    assert captions == [
        "Figure 1  Quarterly revenue against plan, $M",
        "Table 1  Segments in the fourth quarter of FY2026",
        "Figure 2  Reasons named first in exit interviews",
    ]
    assert part(GOOD, "word/document.xml").count(b"SEQ Figure") == 2


def test_tables_repeat_their_header_and_set_figures_to_the_right():
    table = next(each for each in READ.tables if each.style == "Figures")
    assert table.has_header
    assert table.alt == "Segments in the fourth quarter of FY2026"
    assert [cell[0].style for cell in table.rows[1]] == ["Cell", *["Cell Number"] * 5]
    assert [cell[0].text for cell in table.rows[-1]] == ["Total", "48.2", "+6.1%", "+22%", "108%", "2.4%"]


def test_charts_are_native_with_their_values_and_a_workbook_to_edit():
    chart = READ.charts[0]
    assert chart.alt == "Quarterly revenue against plan, $M"
    assert chart.series[1] == ("Plan", (39.0, 41.5, 43.5, 44.8, 45.4))
    sheet = load_workbook(io.BytesIO(part(GOOD, "word/embeddings/chart1.xlsx"))).active
    assert [cell.value for cell in sheet["B"]] == ["Actual", 39.5, 41.2, 42.8, 44.9, 48.2]


def test_charts_are_set_at_the_size_of_print():
    assert set(re.findall(rb'sz="(\d+)"', part(GOOD, "word/charts/chart1.xml"))) == {b"900"}


def test_citations_are_numbers_that_lead_to_the_list_of_sources():
    first = next(each for each in READ.paragraphs if each.style == "Normal")
    assert first.cited == (1, 4)
    listed = [each for each in READ.paragraphs if each.style == "Source Entry"]
    assert [each.bookmarks for each in listed] == [(f"source_{number}",) for number in range(1, 6)]
    assert listed[0].text == "[1]\tQ4 close workbook, sheet 'P&L', P&L!B4:H31"
    assert READ.citations[1] == ("S1.3", "S1", "S1.2")


def test_links_lead_to_safe_addresses_only():
    sources = [{"id": "S1", "title": "A", "kind": "web", "url": "javascript:alert(1)"}]
    words = [{"kind": "paragraph", "text": "[here](file:///etc/passwd) [there](https://example.com/a) [@S1]"}]
    read = read_docx(built(sources=sources, sections=[{"heading": "One", "blocks": words}]))
    assert read.links == ("https://example.com/a",)


def test_each_numbered_list_begins_with_one():
    lists = [{"kind": "numbered", "numbered": ["a", "b"]}, {"kind": "numbered", "numbered": ["c"]}]
    content = built(sections=[{"heading": "One", "blocks": lists}])
    body = etree.fromstring(part(content, "word/document.xml"))
    assert [each.get(f"{W}val") for each in body.iter(f"{W}numId")] == ["3", "3", "4"]
    assert part(content, "word/numbering.xml").count(b"startOverride") == 2


def test_pages_carry_title_footer_and_their_number():
    assert READ.has_page_numbers
    section = docx.Document(io.BytesIO(GOOD)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Mid-market churn: what the fourth quarter tells us"
    assert section.footer.paragraphs[0].text.startswith("Northwind Cloud | Internal\tPage ")


def test_the_file_says_what_it_is():
    properties = docx.Document(io.BytesIO(GOOD)).core_properties
    assert (properties.title, properties.author) == (
        "Mid-market churn: what the fourth quarter tells us", "Revenue Operations",
    )  # fmt: skip
    assert (properties.language, properties.created.isoformat()) == ("en-GB", "2026-11-23T00:00:00+00:00")


def test_people_get_the_paper_of_their_country():
    widths = [docx.Document(io.BytesIO(built(language=tag))).sections[0].page_width.pt for tag in ("en", "en-GB", "de")]
    assert widths == [612.0, 595.3, 595.3]


def test_the_words_of_the_frame_are_in_the_documents_language():
    read = read_docx(built(language="de"))
    assert (1, "Quellen") in read.list_headings()
    assert next(each.text for each in read.paragraphs if each.style == "Caption").startswith("Abbildung 1")
    assert read.language == "de-DE"


def test_right_to_left_text_is_marked_as_such():
    words = [{"kind": "paragraph", "text": "הנתונים של הרבעון"}, {"kind": "paragraph", "text": "left"}]
    body = part(built(sections=[{"heading": "One", "blocks": words}]), "word/document.xml")
    assert body.count(b"<w:bidi/>") == 1


def test_no_part_of_old_word_versions_or_of_anybodys_machine_is_there():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        names = archive.namelist()
    assert not [name for name in names if "stylesWithEffects" in name or "thumbnail" in name or "customXml" in name]
    assert {name for name in names if name.endswith(".png")} == {"word/media/image1.png"}


def test_a_long_title_has_room_on_its_band():
    content = built(title="A title that says a lot about a matter that is not simple at all " * 2)
    header = part(content, "word/header1.xml")
    height = int(re.search(rb'<wp:extent cx="\d+" cy="(\d+)"', header)[1]) / 12_700
    assert height > 595.3 * 232 / 612


def test_what_is_no_document_is_said_to_be_none():
    for content in (b"", b"PK", GOOD[:2000]):
        with pytest.raises(PaperUnreadable):
            read_docx(content)


@pytest.mark.parametrize("words", [("a", "b"), ("a" * 80, "b " * 400), ("x " * 300, "12")])
def test_columns_make_the_whole_width(words):
    widths = share_width([words], [False, words[1] == "12"], 400.0, lambda text: 5.0 * len(text))
    assert sum(widths) == pytest.approx(400.0)
    assert min(widths) > 0
