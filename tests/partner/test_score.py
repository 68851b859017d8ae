import pytest

from recipes.parameters import Value
from tests.partner.labels import load_halves, load_recipes
from tests.partner.score import (
    Pair,
    Read,
    Share,
    score_all,
    score_by_category,
    score_chosen_recipes,
    score_false_fills,
    score_intents,
    score_offers,
    score_recipes,
    score_values,
)
from tests.partner.utterance import Context, Intent, Utterance

DECK = "powerpoint-report"  # three parameters
BRIEF = "research-brief"
RECIPES = load_recipes()


def _label(
    recipe: str | None = DECK,
    *,
    answers: dict[str, Value] | None = None,
    candidates: tuple[str, ...] = (),
    before: dict[str, Value] | None = None,
    category: str = "direct",
) -> Utterance:
    context = Context() if before is None else Context(recipe=DECK, answers=before)
    return Utterance(
        id=f"{category}-01",
        category=category,
        text="...",
        context=context,
        intent=Intent.WORK,
        recipe=recipe,
        candidates=candidates,
        answers=answers or {},
    )


def _read(recipe: str | None = DECK, *, offers: tuple[str, ...] = (), **answers: Value) -> Read:
    return Read(intent=Intent.WORK, recipe=recipe, candidates=offers, answers=answers)


def test_an_intent_is_right_or_wrong():
    thanks = Read(intent=Intent.THANKS, recipe=DECK)
    assert score_intents([(_label(), _read()), (_label(), thanks)]) == Share(1, 2)


def test_a_recipe_where_none_is_meant_counts_against_the_reader():
    pairs = [(_label(), _read()), (_label(None), _read()), (_label(None), _read(None)), (_label(), _read(BRIEF))]
    assert score_recipes(pairs) == Share(2, 4)


def test_ambiguous_labels_stand_outside_the_recipe_accuracy():
    pairs = [(_label(None, candidates=(DECK, BRIEF)), _read(None, offers=(BRIEF, DECK, "case-study")))]
    assert score_recipes(pairs) == Share(0, 0)
    assert score_offers(pairs) == Share(1, 1)


def test_a_recipe_that_merely_stays_is_not_chosen():
    kept, changed, new = _label(before={}), _label(BRIEF, before={}), _label()
    assert score_chosen_recipes([(kept, _read()), (changed, _read()), (new, _read())]) == Share(1, 2)


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (_read(DECK, offers=(BRIEF,)), 1),
        (_read(None, offers=(DECK, BRIEF)), 1),
        (_read(DECK), 0),
        (_read(None, offers=(BRIEF,)), 0),
    ],
)
def test_an_offer_names_all_that_is_acceptable(read, right):
    assert score_offers([(_label(None, candidates=(DECK, BRIEF)), read)]) == Share(right, 1)


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ({"slides_count": 9, "topic": "churn"}, 2),
        ({"slides_count": 9}, 1),
        ({"slides_count": "9", "topic": "Churn"}, 0),
        ({"slides_count": 9, "topic": "churn", "template_style": "mono"}, 2),
    ],
)
def test_values_count_only_when_exactly_equal(answers, right):
    label = _label(answers={"slides_count": 9, "topic": "churn"})
    assert score_values([(label, _read(**answers))]) == Share(right, 2)


def test_yes_is_not_one():
    assert score_values([(_label(answers={"slides_count": True}), _read(slides_count=1))]) == Share(0, 1)


@pytest.mark.parametrize(
    ("pair", "share"),
    [
        ((_label(answers={"slides_count": 9}), _read(slides_count=9)), Share(0, 2)),
        ((_label(answers={"slides_count": 9}), _read(slides_count=8)), Share(0, 2)),
        ((_label(answers={"slides_count": 9}), _read(slides_count=9, topic="it")), Share(1, 2)),
        ((_label(), _read(BRIEF, sources=9)), Share(1, 4)),
        ((_label(None), _read(None)), Share(0, 0)),
        ((_label(None), _read(slides_count=9)), Share(1, 1)),
        ((_label(before={"slides_count": 9}), _read(slides_count=9)), Share(0, 3)),
        ((_label(before={"slides_count": 9}), _read(slides_count=8)), Share(1, 3)),
        ((_label(None, candidates=(DECK, BRIEF)), _read(None, topic="it")), Share(1, 9)),
    ],
)
def test_a_value_nobody_gave_is_a_false_fill(pair: Pair, share):
    assert score_false_fills([pair], RECIPES) == share


def test_each_category_has_its_own_share():
    pairs = [(_label(category="dates"), _read()), (_label(category="lists"), _read(BRIEF))]
    assert score_by_category(score_recipes, pairs) == {"dates": Share(1, 1), "lists": Share(0, 1)}


def test_a_share_of_nothing_is_no_number():
    assert Share(0, 0).rate is None
    assert Share(1, 4).rate == 0.25


def test_who_reads_as_the_labels_say_gets_full_marks():
    halves = load_halves()
    pairs = [(label, Read(label.intent, label.recipe, label.candidates, label.answers)) for label in halves.labels]
    scores = score_all(pairs, RECIPES)
    assert scores.pop("false_fill").rate == 0
    assert {share.rate for share in scores.values()} == {1}


def test_who_reads_nothing_fills_nothing_and_finds_nothing():
    halves = load_halves()
    scores = score_all([(label, Read(Intent.CHATTER, None)) for label in halves.tune], RECIPES)
    assert scores["false_fill"].rate == 0
    assert scores["value_accuracy"].rate == 0
    assert (scores["chosen_recipe_accuracy"].rate or 0) < 0.3
