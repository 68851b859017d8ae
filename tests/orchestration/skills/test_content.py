# ruff: noqa: E501 - one case a line

import json
from typing import Any

import pytest

from orchestration.skills.content import Deck, list_cited
from orchestration.skills.problems import ContentRefused, ContentTooLong, parse_deck
from tests.orchestration.skills.samples import every_kind_deck, problems_of, review_deck, stress_deck


def deck_of(*slides: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": "A deck", "slides": list(slides), **fields}


def chart_of(**chart: Any) -> dict[str, Any]:
    return {"kind": "chart", "title": "T", "chart": {"type": "column", **chart}}


@pytest.mark.parametrize("raw", [review_deck(), every_kind_deck(), stress_deck()])
def test_the_samples_are_decks_and_survive_json(raw: dict[str, Any]) -> None:
    deck = parse_deck(json.loads(json.dumps(raw)))

    assert parse_deck(json.loads(deck.model_dump_json())) == deck


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (None, "the deck is None: input should be a valid dictionary or instance of Deck"),
        (deck_of(), "slides has 0 entries; at least 1"),
        (deck_of({"kind": "poem"}), "slide 1 (poem) has the unknown kind 'poem'; kinds: title, agenda, section, bullets"),
        (deck_of({"title": "No kind"}), "slide 1 has no 'kind'"),
        (deck_of({"kind": "section"}), "slide 1 (section), title is missing"),
        (deck_of({"kind": "section", "title": "x" * 200}), "slide 1 (section), title has 200 characters; at most 160"),
        (deck_of({"kind": "section", "title": "T", "colour": "red"}), "slide 1 (section), colour is not a field here; leave it out"),
        (deck_of({"kind": "title"}, theme="pink"), "theme is 'pink'; allowed: 'slate', 'ember', 'forest' or 'mono'"),
        (
            deck_of({"kind": "bullets", "title": "T", "bullets": [{"text": "a"}, {"text": " "}]}),
            "slide 1 (bullets), bullet 2, text is empty",
        ),
        (
            deck_of({"kind": "bullets", "title": "T", "bullets": [{"text": "a [@S9.1]"}]}, sources=[{"id": "S1", "title": "One", "kind": "file"}]),
            "slide 1 cites unknown source 'S9'; known: S1",
        ),
        (deck_of(chart_of(categories=list("abcde"), series=[{"name": "Plan", "values": [1, 2, 3, 4]}])), "slide 1 (chart), chart: series 'Plan' has 4 values for 5 categories"),
        (deck_of(chart_of(type="pie", categories=list("abcdefg"), series=[{"name": "P", "values": [1] * 7}])), "slide 1 (chart), chart: a pie shows at most 6 categories, here are 7; use a bar chart"),
        (deck_of(chart_of(categories=["a"], series=[{"name": f"S{n}", "values": [1]} for n in range(13)])), "slide 1 (chart), chart, series has 13 entries; at most 12"),
        (deck_of(chart_of(categories=["a"], series=[{"name": "S", "values": [1]}], highlight="b")), "slide 1 (chart), chart: highlight 'b' is no series or category; known: S, a"),
        (deck_of({"kind": "table", "title": "T", "columns": [{"header": "A"}, {"header": "B"}], "rows": [["1", "2"], ["3"]]}), "slide 1 (table): row 2 has 1 cells for 2 columns"),
        (deck_of(chart_of(categories=["a"], series=[{"name": "S", "values": [1]}], number_format="yyyy")), "slide 1 (chart), chart, number_format is 'yyyy'; write it like #,##0.0 or 0%"),
        (deck_of({"kind": "title", "source_ids": ["no id"]}), "slide 1 (title), source id 1 is 'no id'; write it like S12 or S12.4"),
        (deck_of({"kind": "sources"}), "slide 1 lists the sources, but 'sources' is empty"),
    ],
)  # fmt: skip
def test_a_problem_is_a_sentence_that_says_where_and_what(raw: object, sentence: str) -> None:
    assert any(problem.startswith(sentence) for problem in problems_of(raw)), problems_of(raw)


def test_citing_asks_for_a_slide_that_lists_the_sources() -> None:
    sources = [{"id": "S1", "title": "One", "kind": "web"}]
    slide = {"kind": "bullets", "title": "T", "bullets": [{"text": "a"}], "source_ids": ["S1.3"]}

    assert problems_of(deck_of(slide, sources=sources)) == [
        "sources are cited, but no slide lists them; end with a slide of kind 'sources'"
    ]
    assert problems_of(deck_of(slide, {"kind": "sources"}, sources=sources)) == []
    assert problems_of(deck_of({"kind": "sources"}, slide, sources=sources)) == [
        "the slide of kind 'sources' must be the last one, and the only one of its kind"
    ]


def test_an_entry_that_is_refused_does_not_make_its_list_too_short() -> None:
    assert problems_of(deck_of({"kind": "bullets", "title": "T", "bullets": [{"text": ""}]})) == [
        "slide 1 (bullets), bullet 1, text is empty"
    ]


def test_many_problems_are_cut_to_a_readable_number() -> None:
    problems = problems_of(deck_of(*[{"kind": "section"}] * 70))

    assert len(problems) == 21
    assert problems[-1] == "50 more problems follow once these are mended"


def test_an_unsafe_address_of_a_source_is_left_out() -> None:
    raw = deck_of(
        {"kind": "title"}, sources=[{"id": "S1", "title": "One", "kind": "web", "url": "javascript:alert(1)"}]
    )

    assert parse_deck(raw).sources[0].url is None


def test_numbers_in_cells_are_shown_as_they_are_given() -> None:
    raw = deck_of(
        {
            "kind": "table",
            "title": "T",
            "columns": [{"header": "A"}, {"header": "B"}],
            "rows": [[2019, 1.5], [None, "x"]],
        }
    )
    slide = parse_deck(raw).slides[0]

    assert slide.kind == "table"
    assert slide.rows == (("2019", "1.5"), ("", "x"))


def test_what_a_slide_cites_is_listed_once_in_reading_order() -> None:
    deck = Deck.model_validate(review_deck())

    assert list_cited(deck.slides[6]) == ("S3", "S4")


@pytest.mark.parametrize("error", [ContentRefused(["a", "b", "c", "d"]), ContentTooLong(["slide 1 is long"])])
def test_the_errors_survive_being_stored(error: ContentRefused | ContentTooLong) -> None:
    again = type(error).from_fields(json.loads(json.dumps(error.to_fields())))

    assert again.problems == error.problems
    assert again.advice() == error.advice()
    assert error.problems[0] in error.advice()


def test_refused_content_carries_every_sentence() -> None:
    with pytest.raises(ContentRefused) as caught:
        parse_deck(deck_of({"kind": "section"}, {"kind": "section"}))

    assert caught.value.problems == ["slide 1 (section), title is missing", "slide 2 (section), title is missing"]
