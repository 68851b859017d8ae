"""Which claims of earlier work a revision still makes."""

import pytest

from orchestration.revising.shapes import show_as
from orchestration.revising.standing import list_standing
from recipes.ids import OutputId, PassageId
from recipes.output import Claim
from recipes.revision import EarlierWork
from tests.orchestration.revising.decks import BULLETS, CHART, KPIS, QUOTE, TABLE, make_deck

DECK = make_deck(BULLETS, CHART, TABLE, KPIS, QUOTE)


def make_claim(kind, text):
    expression = "1 + 1" if kind == "computed" else None
    return Claim(kind=kind, text=text, passages=(PassageId("S1.1"),), expression=expression)


def still_stands(claim, content, before=DECK):
    earlier = EarlierWork(
        output_id=OutputId("out_1"),
        version=1,
        title="Wind",
        body="It grew.",
        output_type="report_draft",
        file_format="pptx",
        content=before,
        claims=(claim,),
    )
    return list_standing(earlier, content) == (claim,)


@pytest.mark.parametrize(
    ("claim", "held_by"),
    [
        (make_claim("figure", "44 %"), KPIS),
        (make_claim("figure", "25,379"), TABLE),
        (make_claim("figure", "17.9"), CHART),
        (make_claim("figure", "from 17.9 to 20.1 GWh"), CHART),
        (make_claim("computed", "47,151"), TABLE),
        (make_claim("figure", "two regions"), BULLETS),
        (make_claim("quote", "It works."), QUOTE),
        (make_claim("quote", "Scope: two regions"), BULLETS),
    ],
    ids=lambda each: each.text if isinstance(each, Claim) else each["kind"],
)
def test_a_claim_goes_with_the_slide_that_held_it(claim, held_by):
    others = [each for each in (BULLETS, CHART, TABLE, KPIS, QUOTE) if each is not held_by]
    assert still_stands(claim, make_deck(*reversed(others), held_by))
    assert not still_stands(claim, make_deck(*others))


def test_a_figure_goes_with_the_words_that_are_rewritten():
    figure = make_claim("figure", "44 %")
    rewritten = {**KPIS, "kpis": [{"label": "Coal", "value": "45 %"}]}
    assert not still_stands(figure, make_deck(BULLETS, CHART, TABLE, rewritten, QUOTE))
    assert still_stands(figure, make_deck({**QUOTE, "quote": "Coal has 44.0 percent."}))


def test_a_figure_stands_in_whatever_shape_it_is_shown():
    shown = {**TABLE, "rows": [["Wind", "37 %"], ["Coal", "44 %"]], "columns": [{"header": "Of"}, {"header": "Share"}]}
    shown = {name: value for name, value in shown.items() if name != "total"}
    chart = show_as(shown, "chart", language="en-US", where="Slide 2")
    figure = make_claim("figure", "37 %")
    assert still_stands(figure, make_deck(chart), before=make_deck(shown))
    assert still_stands(figure, make_deck(shown), before=make_deck(chart))
    assert not still_stands(figure, make_deck(QUOTE), before=make_deck(chart))


@pytest.mark.parametrize("kind", ["figure", "computed", "quote"])
def test_what_was_nowhere_in_the_content_is_not_known_to_be_gone(kind):
    assert still_stands(make_claim(kind, "98,765"), make_deck(QUOTE))
