"""What messages say, phrasing by phrasing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.partner.reading import find_basket, find_recipes, read_answers
from recipes.answers import AnswerRefused, read_answer
from tests.fakes.nouns import read_powerpoint_report

RECIPE = read_powerpoint_report()
SHORT = RECIPE.card().model_copy(update={"slug": "short-note", "name": "Short note", "phrases": ("note",)})

# (what was said, the answers it holds)
PHRASINGS = [
    ("please make a deck", {}),
    ("make a presentation about green energy", {"topic": "green energy"}),
    ("make a deck about mono repos", {"topic": "mono repos"}),
    ("a deck about how orange juice is sold", {"topic": "how orange juice is sold"}),
    ("6-slide deck", {"slides_count": "6"}),
    ("a 6 slide deck please", {"slides_count": "6"}),
    ("6 slides", {"slides_count": "6"}),
    ("I need 7 good slides", {"slides_count": "7"}),
    ("make it 40 slides", {"slides_count": "40"}),
    ("make it 0 slides", {"slides_count": "0"}),
    ("give me -3 slides", {"slides_count": "-3"}),
    ("2.5 slides", {}),
    ("1,200 slides", {}),
    ("ten slides", {}),
    ("slides for Q3 2026", {}),
    ("the 2026 numbers, as slides", {}),
    ("12 slides about churn", {"slides_count": "12", "topic": "churn"}),
    ("in 12 slides, about why we lost Acme", {"slides_count": "12", "topic": "why we lost Acme"}),
    ("a deck about churn with 10 slides", {"topic": "churn", "slides_count": "10"}),
    ("a deck about churn, with 10 slides", {"topic": "churn", "slides_count": "10"}),
    ("a deck about churn in 8 slides", {"topic": "churn", "slides_count": "8"}),
    ("a deck about churn using the ember style", {"topic": "churn", "template_style": "ember"}),
    ("a deck about churn, in the forest style, with 6 slides", {
        "topic": "churn", "slides_count": "6", "template_style": "forest",
    }),
    ("8 slides on Q3 results", {"slides_count": "8", "topic": "Q3 results"}),
    ("a presentation covering the outage", {"topic": "the outage"}),
    ("a report regarding the new office", {"topic": "the new office"}),
    ("a deck about churn from this thread", {"topic": "churn"}),
    ("a deck about churn using these files", {"topic": "churn"}),
    ("a deck about churn based on this thread", {"topic": "churn"}),
    ("please make a deck based on this thread", {}),
    ("a deck about churn. Keep it short.", {"topic": "churn"}),
    ("a deck about churn\nThanks", {"topic": "churn"}),
    ("a deck about churn; Jonas has the numbers", {"topic": "churn"}),
    ("a deck about 'churn'", {"topic": "churn"}),
    ("a deck about “churn”", {"topic": "churn"}),
    ("DECK ABOUT CHURN", {"topic": "CHURN"}),
    ("a deck about the 3 outages of May", {"topic": "the 3 outages of May"}),
    ("a deck about v2.1 of the API", {"topic": "v2.1 of the API"}),
    ("use the green style", {"template_style": "forest"}),
    ("use the Mono style please", {"template_style": "mono"}),
    ("style: ember", {"template_style": "ember"}),
    ("set the style to navy", {"template_style": "slate"}),
    ("the style is black and white", {"template_style": "mono"}),
    ("in black and white style", {"template_style": "mono"}),
    ("in pink style", {"template_style": "pink"}),  # refused with the list of styles
    ("we should go green", {}),
    ("plain english please", {}),
    ("", {}),
    ("   ", {}),
    ("about", {}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "answers"), PHRASINGS)
def test_a_phrasing_says_this_and_no_more(said, answers):
    assert read_answers(said, RECIPE, asked=None) == answers


@pytest.mark.parametrize(
    ("said", "asked", "answers"),
    [
        ("churn", "topic", {"topic": "churn"}),
        ("why churn fell, by region", "topic", {"topic": "why churn fell, by region"}),
        ("it is about churn", "topic", {"topic": "churn"}),
        ("12", "slides_count", {"slides_count": "12"}),
        ("twelve", "slides_count", {"slides_count": "twelve"}),
        ("let's say 12.", "slides_count", {"slides_count": "12"}),
        ("12 slides", "slides_count", {"slides_count": "12"}),
        ("green", "template_style", {"template_style": "forest"}),
        ("the green one", "template_style", {"template_style": "forest"}),
        ("pink", "template_style", {"template_style": "pink"}),
        ("", "topic", {}),
        (" ", "topic", {}),
    ],
)
def test_plain_words_answer_what_was_asked(said, asked, answers):
    assert read_answers(said, RECIPE, asked=asked) == answers


@pytest.mark.parametrize("said", ["make it 40 slides", "make it 2 slides", "give me -3 slides"])
def test_a_number_that_does_not_fit_is_refused_by_the_parameter(said):
    raw = read_answers(said, RECIPE, asked=None)["slides_count"]
    with pytest.raises(AnswerRefused) as caught:
        read_answer(RECIPE.find_parameter("slides_count"), raw)
    assert caught.value.advice() == f"Number of slides is a whole number from 3 to 30; {int(raw)} is outside."


@pytest.mark.parametrize(
    ("said", "slugs"),
    [
        ("make a deck", ["powerpoint-report"]),
        ("two decks please", ["powerpoint-report"]),
        ("PowerPoint!", ["powerpoint-report"]),
        ("powerpoint-report", ["powerpoint-report"]),
        ("a short note", ["short-note"]),
        ("a slide deck, and a note", ["powerpoint-report", "short-note"]),
        ("a reporter came by", []),
        ("the deckchair", []),
        ("hello", []),
        ("", []),
    ],
)
def test_a_recipe_is_named_by_its_words_the_longest_first(said, slugs):
    assert [card.slug for card in find_recipes(said, [SHORT, RECIPE.card()])] == slugs


@given(st.text(), st.sampled_from([None, "topic", "slides_count", "template_style", "gone"]))
def test_no_text_crashes_the_reading(said, asked):
    answers = read_answers(said, RECIPE, asked=asked)
    assert set(answers) <= {"topic", "slides_count", "template_style", asked}
    assert all(isinstance(raw, str) for raw in answers.values())
    find_recipes(said, [SHORT, RECIPE.card()])


@given(st.integers(3, 30), st.sampled_from(["slate", "ember", "forest", "mono"]))
def test_every_number_and_style_within_bounds_is_read_from_a_sentence(number, style):
    said = f"a deck about churn with {number} slides in the {style} style"
    assert read_answers(said, RECIPE, asked=None) == {
        "topic": "churn", "slides_count": str(number), "template_style": style,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("use the basket of #finance", ""),
        ("a deck about wind power from #finance", "a deck about wind power"),
        ("a deck about wind, use the basket of #finance", "a deck about wind"),
        ("please also read the basket in #finance with 6 slides", "with 6 slides"),
        ("Basket of #finance please", "please"),
    ],
)
def test_another_basket_is_named_and_the_words_for_it_answer_nothing(said, rest):
    assert find_basket(said, {"finance": "C0FINANCE"}) == ("C0FINANCE", rest)


@pytest.mark.parametrize(
    "said", ["a deck from #finance-2019", "the basket of apples", "look at #finance", "from finance"]
)
def test_a_channel_that_the_message_does_not_link_names_no_basket(said):
    assert find_basket(said, {"finance": "C0FINANCE"}) == (None, said)
