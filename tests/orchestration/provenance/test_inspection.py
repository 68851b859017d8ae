"""What is delivered is read back as it really is: a digit that was changed, or a source that is not there, shows."""

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData

from orchestration.provenance.report import report_on_deck, report_on_text
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.problems import parse_deck
from orchestration.skills.text import TextSource, WrittenText, write_text
from recipes.bundle import WorkBundle
from recipes.output import Claim
from recipes.provenance import Finding, FindingKind, Ground, Provenance, Tally
from recipes.source import Column, Passage, SourceKind, Table
from tests.fakes.nouns import make_bundle, make_source

QUOTE = "Churn fell to 3.5 % in June, and “nobody” knows why."
TABLE = Table(
    name="churn",
    columns=(
        Column(name="month", type="text"),
        Column(name="customers", type="number"),
        Column(name="rate", type="number"),
    ),
    rows=(("May", 41_823, 0.042), ("June", 40_377, 0.035), ("July", 38_112, 0.031)),
)
SOURCES = [{"id": "S1", "title": "Maya", "kind": "message"}, {"id": "S2", "title": "churn 77.csv", "kind": "data"}]
MONTHS = ["May", "June", "July"]
SLIDES: list[dict[str, Any]] = [
    {"kind": "title", "title": "Churn in 5 slides", "notes": "Not read: photo-9.png: is larger than 20 MB"},
    {
        "kind": "agenda",
        "items": [{"title": "Cards"}, {"title": "Chart"}],
        "source_ids": ["S2.1"],
        "notes": "About 41,823 customers.",
    },
    {
        "kind": "bullets",
        "title": "Churn fell to 3.5 %",
        "bullets": [{"text": f"{QUOTE} [@S1.1]"}, {"text": "From 41.8k to 38,112 customers [@S2.1]"}],
        "notes": f'S1.1: Maya: "{QUOTE}"',
    },
    {
        "kind": "kpis",
        "title": "Rates",
        "kpis": [{"label": "July [@S2.1]", "value": "3.1 %", "delta": "from 4.2 %", "direction": "down"}],
        "notes": "x",
    },
    {
        "kind": "chart",
        "title": "Customers",
        "chart": {
            "type": "column",
            "categories": MONTHS,
            "series": [{"name": "Customers", "values": [41_823, 40_377, 38_112]}],
        },
        "source_ids": ["S2.1"],
        "notes": "x",
    },
    {
        "kind": "table",
        "title": "Customers by month",
        "columns": [{"header": "month"}, {"header": "customers"}],
        "rows": [["May", "41,823"], ["June", "40,377"], ["July", "38,112"]],
        "note": "Copied. [@S2.1]",
        "notes": "x",
    },
    {"kind": "closing", "steps": [{"text": "Ask 3.5 % of them [@S1.1]"}], "notes": "x"},
    {"kind": "sources", "notes": "x"},
]


@pytest.fixture
def bundle() -> WorkBundle:
    table = make_source(
        "S2", kind=SourceKind.ASSET, locator="churn 77.csv", passages=(Passage(id="S2.1", table=TABLE),)
    )
    left_out = ({"source": "photo-9.png", "reason": "is larger than 20 MB"},)
    return make_bundle(sources=(make_source("S1", QUOTE), table, make_source("S3", "It cost 77.")), left_out=left_out)


def make_deck(*slides: dict[str, Any], sources: list[dict[str, Any]] = SOURCES) -> bytes:
    return build_deck(
        parse_deck({"title": "Churn in 5 slides", "date": "2026-11-23", "sources": sources, "slides": slides})
    )


def on_slide(bundle: WorkBundle, *claims: Claim, **slide: Any) -> Provenance:
    """Give the report on a deck with one slide of bullets."""
    whole = {"kind": "bullets", "title": "x", "notes": "x", **slide}
    whole["bullets"] = [{"text": text} for text in whole.get("bullets", ["x"])]
    report = report_on_deck(make_deck(whole, {"kind": "sources", "notes": "x"}), bundle=bundle, claims=claims)
    assert report is not None
    return report


def on_text(bundle: WorkBundle, body: str, *claims: Claim, title: str = "x") -> Provenance:
    sources = [
        TextSource(id=each.id, title=each.locator, url=f"https://x.example/{each.id}") for each in bundle.sources
    ]
    written = write_text(body, sources=sources, known_urls=frozenset())
    return report_on_text(title, written, bundle=bundle, claims=claims)


def list_missing(report: Provenance | None) -> list[tuple[str, str]]:
    assert report is not None
    return [(each.shown, each.where) for each in report.list_missing()]


def find(report: Provenance, shown: str) -> Finding:
    (found,) = [each for each in report.findings if each.shown == shown]
    return found


# A deck


def test_every_figure_and_quotation_of_an_honest_deck_is_found(bundle):
    claim = Claim(kind="quote", text=QUOTE, passages=("S1.1",))
    report = report_on_deck(make_deck(*SLIDES), bundle=bundle, claims=[claim])
    assert list_missing(report) == []
    assert report is not None
    assert report.figures == Tally(total=18, found=15, asked=3)
    assert report.quotations == Tally(total=2, found=2)
    assert report.broken_citations == 0


def touch_bullet(deck: Any) -> None:
    change_run(deck.slides[2].shapes, "38,112", "38,712")


def touch_title(deck: Any) -> None:
    change_run(deck.slides[2].shapes, "3.5 %", "3.6 %")


def touch_card(deck: Any) -> None:
    change_run(deck.slides[3].shapes, "3.1\N{NO-BREAK SPACE}%", "3.2 %")


def touch_delta(deck: Any) -> None:
    change_run(deck.slides[3].shapes, "from 4.2", "from 4.3")


def touch_cell(deck: Any) -> None:
    (table,) = [shape.table for shape in deck.slides[5].shapes if shape.has_table]
    table.cell(2, 1).text_frame.paragraphs[0].runs[0].text = "40,378"


def touch_step(deck: Any) -> None:
    (table,) = [shape.table for shape in deck.slides[6].shapes if shape.has_table]
    table.cell(0, 1).text_frame.paragraphs[0].runs[0].text = "Ask 3.4 % of them"


def touch_chart(deck: Any) -> None:
    (chart,) = [shape.chart for shape in deck.slides[4].shapes if shape.has_chart]
    touched = CategoryChartData()
    touched.categories = MONTHS
    touched.add_series("Customers", (41_823, 40_377, 38_113))
    chart.replace_data(touched)


def touch_notes(deck: Any) -> None:
    frame = deck.slides[1].notes_slide.notes_text_frame
    frame.text = frame.text.replace("41,823", "41,824")


def change_run(shapes: Any, said: str, instead: str) -> None:
    runs = [
        run for shape in shapes if shape.has_text_frame for each in shape.text_frame.paragraphs for run in each.runs
    ]
    (run,) = [run for run in runs if said in run.text and "“" not in run.text]
    run.text = run.text.replace(said, instead)


@pytest.mark.parametrize(
    ("touch", "shown", "where"),
    [
        (touch_bullet, "38,712", "slide 3, points"),
        (touch_title, "3.6 %", "slide 3, title"),
        (touch_card, "3.2 %", "slide 4, figure"),
        (touch_delta, "4.3 %", "slide 4, figure"),
        (touch_chart, "38113", "slide 5, chart, Customers, July"),
        (touch_cell, "40,378", "slide 6, table, row 3"),
        (touch_step, "3.4 %", "slide 7, table, row 1"),
        (touch_notes, "41,824", "slide 2, notes"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_one_changed_digit_is_caught_wherever_it_stands(bundle, touch, shown, where):
    deck = Presentation(io.BytesIO(make_deck(*SLIDES)))
    touch(deck)
    saved = io.BytesIO()
    deck.save(saved)
    assert list_missing(report_on_deck(saved.getvalue(), bundle=bundle, claims=[])) == [(shown, where)]


def test_a_source_that_the_bundle_does_not_have_is_caught(bundle):
    fake = [*SOURCES, {"id": "S99", "title": "The board", "kind": "message"}]
    slide = {"kind": "bullets", "title": "x", "bullets": [{"text": "It cost 12 [@S99.1]"}], "notes": "x"}
    deck = make_deck(slide, {"kind": "sources", "notes": "x"}, sources=fake)
    report = report_on_deck(deck, bundle=bundle, claims=[])
    assert report is not None
    assert report.broken_citations == 1
    assert list_missing(report) == [("S99.1", "slide 1"), ("12", "slide 1, points")]


def test_a_citation_that_was_put_in_by_hand_is_caught(bundle):
    deck = Presentation(io.BytesIO(make_deck(*SLIDES)))
    change_raised(deck.slides[2].shapes, "[2]", "[8]")
    saved = io.BytesIO()
    deck.save(saved)
    report = report_on_deck(saved.getvalue(), bundle=bundle, claims=[])
    assert [(each.shown, each.where) for each in report.findings if each.kind is FindingKind.CITATION] == [
        ("[8]", "slide 3")
    ]


def change_raised(shapes: Any, said: str, instead: str) -> None:
    runs = [
        run for shape in shapes if shape.has_text_frame for each in shape.text_frame.paragraphs for run in each.runs
    ]
    for run in runs:
        if run.text == said and run._r.rPr.get("baseline"):
            run.text = instead


def test_a_figure_stands_on_what_is_cited_beside_it_and_not_on_other_sources(bundle):
    report = on_slide(bundle, bullets=["It cost 77 [@S1.1]", "Some 41,823 [@S2.1]", "It cost 77 [@S2.1]"])
    assert list_missing(report) == [("77", "slide 1, points")]
    assert find(report, "41,823").passages == ("S2.1",)


def test_a_number_of_the_sources_own_name_stands_on_it(bundle):
    report = on_slide(bundle, bullets=["From churn 77.csv [@S2.1]"])
    assert find(report, "77").passages == ("S2",)


def test_a_figure_without_any_citation_stands_on_nothing_unless_a_claim_says_on_what(bundle):
    said = {"bullets": ["Some 41,823"]}
    assert find(on_slide(bundle, **said), "41,823").why == "nothing is cited here"
    claim = Claim(kind="figure", text="41,823", passages=("S2.1",))
    assert find(on_slide(bundle, claim, **said), "41,823").passages == ("S2.1",)
    wrong = Claim(kind="figure", text="41,823", passages=("S1.1",))
    assert find(on_slide(bundle, wrong, **said), "41,823").ground is Ground.NOTHING


def test_a_figure_of_the_request_is_said_to_repeat_it(bundle):
    assert find(on_slide(bundle, bullets=["As asked: 5 slides"]), "5").ground is Ground.REQUEST


# Computed figures


def claim_computed(text: str, expression: str, *passages: str) -> Claim:
    return Claim(kind="computed", text=text, expression=expression, passages=passages or ("S2.1",))


@pytest.mark.parametrize(
    ("shown", "expression"),
    [
        ("8.9 %", "share(41823 - 38112, 41823)"),
        ("8.9 %", "(41823 - 38112) / 41823"),
        ("-8.9 %", 'growth(S2.1["customers", "May"], S2.1["customers", "July"])'),
        ("3,711", "41823 - 38112"),
        ("120,312", 'sum(S2.1["customers"])'),
        ("40.1k", 'mean(S2.1["customers"])'),
    ],
)
def test_a_computed_figure_is_worked_out_again(bundle, shown, expression):
    report = on_slide(bundle, claim_computed(shown, expression), bullets=[f"We lost {shown} [@S2.1]"])
    assert (find(report, shown).ground, find(report, shown).passages) == (Ground.COMPUTED, ("S2.1",))
    assert report.figures == Tally(total=1, computed=1)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("41823 - 38113", "it is computed from 38113, which no cited passage holds"),
        ("41823 - 40377", "worked out again it is 1446"),
        ('sum(S2.1["clients"])', "its computation is unclear: there is no column “clients”"),
    ],
)
def test_a_computation_that_does_not_come_out_is_said(bundle, expression, why):
    report = on_slide(bundle, claim_computed("3,711", expression), bullets=["We lost 3,711 [@S2.1]"])
    assert find(report, "3,711").why == why


def test_a_computation_on_a_passage_that_its_claim_does_not_cite_is_none(bundle):
    claim = claim_computed("120,312", 'sum(S2.1["customers"])', "S1.1")
    assert find(on_slide(bundle, claim, bullets=["120,312 [@S2.1]"]), "120,312").ground is Ground.NOTHING


# Quotations


def test_a_quotation_with_a_changed_word_is_caught(bundle):
    report = on_slide(bundle, bullets=["He “knows why” [@S1.1]", "and “everybody knows why” [@S1.1]"])
    assert list_missing(report) == [("everybody knows why", "slide 1, points")]


def test_a_quotation_of_another_source_than_the_cited_one_is_caught(bundle):
    assert list_missing(on_slide(bundle, bullets=["“It cost” [@S1.1]"])) == [("It cost", "slide 1, points")]


def test_a_claimed_quotation_must_stand_in_its_passage_and_in_the_file(bundle):
    def report_on(text: str) -> Finding:
        claim = Claim(kind="quote", text=text, passages=("S1.1",))
        return find(on_slide(bundle, claim, bullets=["Churn fell to 3.5 % in … [@S1.1]"]), text)

    assert report_on("Churn fell to 3.5 % in June").ground is Ground.PASSAGE
    assert report_on("Churn rose to 3.5 %").why == "not in what is cited here: S1.1"
    assert report_on("knows why.").why == "it is claimed, and does not stand there like this"


# Markdown


def test_every_figure_of_an_honest_text_is_found_in_what_its_paragraph_cites(bundle):
    report = on_text(
        bundle,
        "## In 3 months\n\nSome 41,823 at first [@S2.1], then “nobody” [@S1.1].\n\n1. It is 3.5 % [@S1.1]\n\n"
        "| month | customers |\n|---|---:|\n| May | 41,823 |\n| July | 38,112 |\n\nCopied from churn 77.csv. [@S2.1]",
        title="Churn of 3.5 %",
    )
    assert list_missing(report) == [("3", "“In 3 months”, heading")]
    assert report.figures == Tally(total=7, found=6)


def test_a_changed_digit_of_a_text_is_caught_in_its_paragraph_item_and_row(bundle):
    report = on_text(
        bundle,
        "Some 41,824 at first [@S2.1].\n\n- It is 3.6 % [@S1.1]\n\n"
        "| month | customers |\n|---|---:|\n| July | 38,113 |\n",
    )
    assert list_missing(report) == [("41,824", "paragraph 1"), ("3.6 %", "list item 1"), ("38,113", "table row 2")]


def test_numbers_of_citations_lists_and_the_list_of_sources_are_no_figures(bundle):
    assert on_text(bundle, "1. One thing [@S1.1]\n2. Another [@S2.1]").figures == Tally()


def test_a_number_in_brackets_that_is_no_citation_is_a_figure(bundle):
    assert list_missing(on_text(bundle, "As in \\[7\\] [@S1.1]")) == [("7", "paragraph 1")]


def test_a_text_in_which_nothing_can_be_checked_is_said_to_have_nothing(bundle):
    written = WrittenText(text="Nothing.\n", citations={})
    assert report_on_text("x", written, bundle=bundle, claims=[]) == Provenance()


def test_a_quotation_in_a_point_that_the_writer_parts_is_read_whole(bundle):
    claim = Claim(kind="quote", text=QUOTE, passages=("S1.1",))
    report = on_slide(bundle, claim, bullets=[f"{'word ' * 33}{QUOTE} {'word ' * 20}[@S1.1]"])

    assert list_missing(report) == []
