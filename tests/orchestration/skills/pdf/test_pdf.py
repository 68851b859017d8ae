"""A PDF, read back from its bytes: its tags, links, bookmarks and fonts, and how its pages look."""

import pypdfium2
import pytest

from orchestration.skills.builder import BuildRefused, build_file
from orchestration.skills.paper.checks import Wanted
from orchestration.skills.paper.reading import PaperUnreadable
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.pdf.writer import build_pdf
from orchestration.skills.problems import ContentRefused
from tests.orchestration.skills.papers import long_paper, parse_paper, review_paper


def built(**changes) -> bytes:
    return build_pdf(parse_paper({**review_paper(), **changes}))


def words(text: str) -> dict:
    return {"sections": [{"heading": "One", "blocks": [{"kind": "paragraph", "text": text}]}], "sources": []}


GOOD = built()
READ = read_pdf(GOOD)


def test_the_same_content_gives_the_same_bytes():
    assert built() == GOOD


@pytest.mark.parametrize("theme", ["ember", "forest", "mono"])
def test_every_theme_is_set(theme):
    assert read_pdf(built(theme=theme)).list_headings() == READ.list_headings()


def test_headings_are_tagged_at_their_levels_and_have_bookmarks():
    headings = READ.list_headings()
    assert headings[:3] == [
        (1, "Headline results"),
        (1, "Revenue and segments"),
        (2, "Revenue grew 22% year on year, the fastest quarter since 2024"),
    ]
    assert READ.bookmarks == tuple(text for _, text in headings)


def test_the_file_says_what_it_is():
    assert (READ.title, READ.language, str(READ.day)) == (
        "Mid-market churn: what the fourth quarter tells us", "en-GB", "2026-11-23",
    )  # fmt: skip


def test_it_claims_to_be_accessible():
    assert b"pdfuaid" in GOOD


def test_tables_are_tagged_with_their_header():
    table = READ.tables[0]
    assert table.has_header
    assert [cell[0].text for cell in table.rows[-1]] == ["Total", "48.2", "+6.1%", "+22%", "108%", "2.4%"]


def test_a_chart_is_a_vector_drawing_that_says_all_its_values():
    assert READ.charts[1].alt == (
        "Reasons named first in exit interviews (bar chart). Interviews: Price step at 100 seats 27, "
        "Slow onboarding 18, Missing SSO 9, Went to a competitor 6, Other 3"
    )
    file = pypdfium2.PdfDocument(GOOD)
    kinds = {each.type for page in file for each in page.get_objects(max_depth=9)}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds


def test_citations_are_numbers_whose_passages_the_file_keeps():
    first = next(each for each in READ.paragraphs if each.style == "Normal")
    assert first.cited == (1, 4)
    assert READ.citations[1] == ("S1.3", "S1", "S1.2")
    entries = [each.text for each in READ.paragraphs if each.style == "Source Entry"]
    assert entries[0] == "[1] Q4 close workbook, sheet 'P&L', P&L!B4:H31"


def test_all_fonts_are_in_the_file():
    assert READ.loose_fonts == ()


def test_links_lead_to_safe_addresses_only():
    said = "[here](file:///etc/passwd) [there](https://example.com/a)"
    assert read_pdf(built(**words(said))).links == ("https://example.com/a",)


@pytest.mark.parametrize(
    "text",
    [
        "Žluťoučký kůň",
        "Ξεσκεπάζω την ψυχοφθόρα",
        "Съешь же ещё этих булок",
        "Größe, naïve, œuvre, €",
        "הנתונים של הרבעון",
    ],
)
def test_latin_greek_cyrillic_and_hebrew_are_set_without_any_font_of_the_machine(text):
    assert text.split()[0][:4] in " ".join(each.text for each in read_pdf(built(**words(text))).paragraphs)


@pytest.mark.parametrize(
    ("text", "package"),
    [("日本語の報告", "fonts-noto-cjk"), ("แผนงาน", "fonts-noto-core"), ("well 🦑", "fonts-noto-color-emoji")],
)
def test_a_script_without_a_font_is_refused_with_the_package_to_install(text, package):
    try:
        made = built(**words(text))
    except ContentRefused as refused:
        [problem] = refused.problems
        assert package in problem
        assert "no font here has" in problem
    else:
        assert read_pdf(made).loose_fonts == ()


@pytest.mark.parametrize("said", ['#read("/etc/passwd")', "$x$ *not bold", "@preview/x <label> \\ // words", "[@S9x"])
def test_text_is_never_read_as_markup(said):
    read = read_pdf(built(**words(said.replace("*", "\\*"))))
    assert said in [each.text for each in read.paragraphs]


@pytest.mark.parametrize(
    "kind",
    [
        "column",
        "bar",
        "stacked_column",
        "stacked_bar",
        "line",
        "area",
        "stacked_area",
        "pie",
        "doughnut",
        "combination",
        "scatter",
    ],
)
def test_every_type_of_chart_is_drawn(kind):
    one = [{"name": "A", "values": [3, 5.5, 0, 8]}]
    two = [*one, {"name": "B", "values": [1, 2, 4, 1]}]
    series = one if kind in {"pie", "doughnut"} else two
    chart = {
        "type": kind,
        "categories": ["North", "South & East", "West", "Overseas and other places"],
        "series": series,
    }
    blocks = [{"kind": "chart", "caption": "Sales", "chart": chart}]
    read = read_pdf(built(sections=[{"heading": "One", "blocks": blocks}]))
    assert [kind.replace("_", " ") in each.alt for each in read.charts] == [True]


@pytest.mark.parametrize("kind", ["column", "bar", "line", "stacked_column"])
@pytest.mark.parametrize("values", [[-3, 5, None], [0, 0, 0], [1e9, 2e9, 3e9], [0.001, 0.002, 0.004], [-1, -2, -3]])
def test_any_values_are_drawn(kind, values):
    chart = {"type": kind, "categories": ["a", "b", "c"], "series": [{"name": "A", "values": values}]}
    blocks = [{"kind": "chart", "caption": "Sales", "chart": chart}]
    assert len(read_pdf(built(sections=[{"heading": "One", "blocks": blocks}])).charts) == 1


def test_a_table_that_goes_on_overleaf_is_one_table():
    rows = [[f"Row {number}", number] for number in range(1, 120)]
    table = {"kind": "table", "caption": "Long", "columns": [{"header": "Name"}, {"header": "Count"}], "rows": rows}
    read = read_pdf(built(sections=[{"heading": "One", "blocks": [table]}]))
    assert read.pages > 2
    assert [len(each.rows) for each in read.tables] == [120]


def test_what_is_no_tagged_pdf_is_said_to_be_none():
    for content in (b"", b"%PDF-1.7", GOOD[:500]):
        with pytest.raises(PaperUnreadable):
            read_pdf(content)


@pytest.mark.parametrize("skill", ["docx", "pdf"])
def test_a_good_document_passes_every_check(skill):
    made = build_file(skill, review_paper(), permalinks={}, wanted=Wanted(pages=range(2, 7)))
    assert [check.said for check in made.checks if not check.passed] == []
    assert "S1.3" in made.cited


def test_a_file_that_is_not_what_was_asked_for_says_so():
    wanted = Wanted(pages=range(1, 3), sections=("Who pays for it?",))
    failed = {
        check.name: check.said
        for check in build_file("pdf", review_paper(), permalinks={}, wanted=wanted).checks
        if not check.passed
    }
    assert failed == {
        "page count": "the file has 4 pages, 1 to 2 were asked for",
        "sections": "'Who pays for it?' has no section",
    }


@pytest.mark.parametrize("skill", ["docx", "pdf"])
def test_permalinks_are_put_into_the_sources(skill):
    made = build_file(skill, review_paper(), permalinks={"S4": "https://example.com/nps"})
    assert made.content != build_file(skill, review_paper(), permalinks={}).content


@pytest.mark.parametrize("skill", ["docx", "pdf"])
def test_content_that_does_not_fit_the_schema_is_refused(skill):
    with pytest.raises(BuildRefused, match="sections is missing"):
        build_file(skill, {"title": "T"}, permalinks={})


def test_a_long_document_passes_its_checks():
    made = build_file("pdf", long_paper(), permalinks={})
    assert [check.said for check in made.checks if not check.passed] == []
