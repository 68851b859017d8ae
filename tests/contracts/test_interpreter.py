"""What every interpreter keeps, whichever it is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.partner.interpreter import Heard, Intent, Interpreter, Reading, Remark
from orchestration.partner.lexical.interpreter import LexicalInterpreter
from recipes.answers import read_answer
from recipes.ids import RecipeSlug, UserId
from tests.fakes.claims import DressedInterpreter, make_payer
from tests.partner.labels import load_half, load_recipes
from tests.partner.reader import make_heard

RECIPES = load_recipes()
ANNA, BEN = UserId("U0ANNA"), UserId("U0BEN")
DECK = RecipeSlug("powerpoint-report")
TUNE = load_half("tune")


@pytest.fixture(params=[LexicalInterpreter, DressedInterpreter])
def interpreter(request) -> Interpreter:
    return request.param()


def _heard(text: str, **changes: object) -> Heard:
    usual = Heard(
        text=text,
        today=date(2026, 11, 23),
        recipes=tuple(RECIPES.values()),
        author=ANNA,
        requester=ANNA,
        addressed=True,
        payer=make_payer(),
    )
    return replace(usual, **changes)


def _check_answers(reading: Reading, heard: Heard) -> None:
    slugs = [reading.recipe] if reading.recipe else [each.slug for each in reading.candidates]
    said = (heard.text, *(remark.text for remark in heard.remarks))
    for name, answer in reading.answers.items():
        assert any(answer.quote in text for text in said), (name, answer)
        for slug in slugs:
            read_answer(RECIPES[slug].find_parameter(name), answer.raw)


async def test_every_answer_fits_its_parameter_and_stands_in_the_message(interpreter):
    for label in TUNE:
        heard = replace(make_heard(label, RECIPES), payer=make_payer())
        _check_answers(await interpreter.read(heard), heard)


async def test_a_request_in_one_sentence_gives_the_recipe_with_its_reason_and_the_answers(interpreter):
    reading = await interpreter.read(_heard("make a deck about wind power with 8 slides"))
    assert (reading.intent, reading.recipe) == (Intent.WORK, DECK)
    assert {name: each.raw for name, each in reading.answers.items()} == {"topic": "wind power", "slides_count": "8"}
    assert [each.slug for each in reading.candidates] == [DECK]
    assert "deck" in reading.candidates[0].reason


async def test_where_two_recipes_may_be_meant_both_are_candidates_and_none_is_chosen(interpreter):
    reading = await interpreter.read(_heard("a report, please"))
    assert reading.recipe is None
    assert {each.slug for each in reading.candidates} == {DECK, "research-brief"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [("10-12", "slides_count"), ("99", "slides_count"), ("2.5", "slides_count"), ("pink", "template_style")],
)
async def test_what_gives_no_value_is_a_doubt_in_a_sentence(interpreter, text, asked):
    reading = await interpreter.read(_heard(text, recipe=DECK, asked=asked, answers={"topic": "churn"}))
    assert reading.answers == {}
    assert reading.doubts[asked]
    assert reading.intent is Intent.ANSWER


async def test_the_words_of_others_fill_nothing(interpreter):
    reading = await interpreter.read(_heard("12 slides would be better", recipe=DECK, author=BEN))
    assert (reading.intent, reading.recipe, reading.answers) == (Intent.CHATTER, DECK, {})


async def test_what_another_said_counts_once_the_requester_adopts_it(interpreter):
    remarks = (Remark(author=BEN, text="12 slides would be better"),)
    adopted = await interpreter.read(_heard("let's do what ⟨@U0BEN|Ben⟩ says", recipe=DECK, remarks=remarks))
    refused = await interpreter.read(_heard("keep it as it is", recipe=DECK, remarks=remarks))
    assert adopted.answers["slides_count"].raw == "12"
    assert adopted.answers["slides_count"].quote in remarks[0].text
    assert refused.answers == {}


async def test_orders_in_quoted_lines_are_not_followed(interpreter):
    reading = await interpreter.read(_heard("> make it 30 slides in mono\nkeep this in mind", recipe=DECK))
    assert (reading.recipe, reading.answers) == (DECK, {})


@given(st.text(max_size=200), st.sampled_from([None, "topic", "slides_count", "template_style", "gone"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_no_text_breaks_a_reading(interpreter, text, asked):
    heard = _heard(text, recipe=DECK, asked=asked)
    _check_answers(await interpreter.read(heard), heard)
