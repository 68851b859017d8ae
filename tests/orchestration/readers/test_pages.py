"""PDFs and web pages: what people see of them becomes passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from orchestration.readers.documents.paragraphs import Line, list_paragraphs
from orchestration.readers.passages import PASSAGE_CHARS
from orchestration.readers.reading import read_file
from orchestration.readers.texts.web import NESTED
from recipes.source import FileRefused
from tests.orchestration.readers.documents import make_pdf

SENTENCE = "Churn fell to a new low in May because prices, which everybody had expected to rise, stayed as they were. "


def list_passages(filename, content):
    return [(each.locator, each.content) for each in read_file(filename, content).passages]


def test_a_pdf_is_read_page_by_page_with_its_lines_joined_again():
    content = make_pdf(["# Results", SENTENCE * 4, "Prices stayed."], ["The end."])
    assert list_passages("a.pdf", content) == [
        ("page 1", f"Results\n\n{(SENTENCE * 4).strip()}\n\nPrices stayed."),
        ("page 2", "The end."),
    ]


def test_a_long_page_is_cut_between_paragraphs_or_sentences():
    passages = list_passages("a.pdf", make_pdf([SENTENCE * 8, SENTENCE * 9, SENTENCE * 16]))
    assert {locator for locator, _ in passages} == {"page 1"}
    assert all(len(text) <= PASSAGE_CHARS and text.endswith("were.") for _, text in passages)
    assert " ".join(text for _, text in passages).split() == (SENTENCE * 33).split()


def test_rows_of_figures_in_a_pdf_stay_lines():
    rows = [["region", "May", "June"], ["North", "3.5", "3.0"], ["South", "2.5", "2.75"]]
    ((_, text),) = list_passages("a.pdf", make_pdf([SENTENCE * 4, rows]))
    assert text.endswith("North 3.5 3.0\nSouth 2.5 2.75")


def test_pages_without_text_are_named():
    read = read_file("a.pdf", make_pdf(["One."], [" "], [" "], ["Four."], [" "], ["Six."]))
    assert [each.locator for each in read.passages] == ["page 1", "page 4", "page 6"]
    assert read.left_out == ("pages without text, perhaps pictures: 2-3, 5",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (make_pdf(["Secret."], encrypt=StandardEncryption("maya")), "is protected with a password"),
        (make_pdf([" "]), "holds no text, perhaps pictures of pages"),
        (b"%PDF-1.7\n" + b"\x00" * 99, "is damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_its_reason(content, problem):
    with pytest.raises(FileRefused) as refused:
        read_file("a.pdf", content)
    assert refused.value.problem.startswith(problem)


def test_a_word_parted_at_the_end_of_a_line_is_whole_again():
    lines = [Line("The wind\ufffe", 0, 100, 24, 10), Line("mill turns.", 0, 50, 12, 10)]
    assert list(list_paragraphs(lines)) == ["The windmill turns."]


@given(st.lists(st.builds(Line, st.text(min_size=1), *[st.floats(0, 800)] * 4)))
def test_no_line_is_lost_wherever_it_stands(lines):
    said = "".join("".join(list_paragraphs(lines)).split())
    assert len(said) <= sum(len(line.text) for line in lines)
    assert all(char in said for line in lines for char in line.text if char.isalnum())


def test_a_web_page_is_read_by_its_headings():
    page = """<!doctype html><html><head><title>T</title></head><body><p>Intro &amp; more.</p>
      <h1>Results</h1><p>Churn <b>fell</b>\n to 3&nbsp;percent.<br>In May.</p><ul><li>one</li><li>two</li></ul>
      <h2>Rates</h2><table><tr><th>month</th><th>rate</th></tr><tr><td>May</td><td>3.5</td></tr></table>
      <table><tr><td><p>Only a frame.</p></td></tr></table></body></html>"""
    before, results, rates, frame = list_passages("page.html", page.encode())
    assert before == ("paragraph 1", "Intro & more.")
    assert results == ("Results", "Results\n\nChurn fell to 3 percent.\nIn May.\n\n- one\n- two")
    assert (rates[0], rates[1].name, rates[1].rows) == ("Results > Rates", "Rates", (("May", 3.5),))
    assert frame == ("Results > Rates", "Only a frame.")


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>steal()</script>",
        "<style>p { color: red }</style>",
        "<!-- a comment -->",
        "<p hidden>steal()</p>",
        '<p style="color: red; display : none">steal()</p>',
        '<span style="font-size:0">steal()</span>',
        "<style>.far, .x { display:none }</style><p class=x>steal()</p>",
        "<template><p>steal()</p></template>",
        "<noscript>steal()</noscript>",
        '<svg><text>steal()</text></svg><iframe src="http://127.0.0.1:9/"></iframe>',
        '<input value="steal()"><textarea>steal()</textarea><select><option>steal()</select>',
    ],
)
def test_what_a_browser_does_not_show_is_not_read(hidden):
    page = f"<html><body><p>Before.</p>{hidden}<p>After.</p></body></html>"
    assert list_passages("page.html", page.encode()) == [("paragraphs 1-2", "Before.\n\nAfter.")]


def test_what_a_page_hides_and_shows_from_elsewhere_is_named():
    page = '<body><p>Text.<p hidden>No.</p><img src="http://127.0.0.1:9/p.png"><iframe src="x"></iframe></body>'
    assert read_file("page.html", page.encode()).left_out == ("frames (1), hidden passages (1), pictures (1)",)


def test_lines_of_code_keep_their_ends():
    assert list_passages("page.html", b"<pre>one\n  two</pre>") == [("paragraph 1", "one\ntwo")]


@given(st.text(alphabet=st.sampled_from("<>/=\"' abhpdivtrl1!-&;#x"), max_size=200))
def test_any_markup_gives_passages_or_a_reason(text):
    try:
        read = read_file("page.html", text.encode())
    except FileRefused:
        return
    assert all(passage.content for passage in read.passages)


@pytest.mark.parametrize("page", ["<div>" * (NESTED + 1) + "x", "<UL><li><ul>" * (NESTED // 2 + 1) + "x"])
def test_a_page_that_is_nested_beyond_reason_is_refused_before_it_is_parsed(page):
    with pytest.raises(FileRefused) as refused:
        read_file("page.html", page.encode())
    assert refused.value.problem == "is nested more than 5,000 elements deep"


@pytest.mark.parametrize("page", ["<div>" * 1_000 + "x", "<div>x</div>" * (NESTED + 1), "<p>x<p>" * (NESTED + 1)])
def test_many_elements_that_are_not_in_one_another_are_read(page):
    assert list_passages("page.html", page.encode())
