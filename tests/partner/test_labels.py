import pytest

from recipes.parameters import ParameterSpec
from recipes.recipe import Recipe
from tests.partner.labels import load_half, load_halves, load_recipes
from tests.partner.problems import HALF_LABELS, list_problems, list_split_problems
from tests.partner.utterance import Halves, Intent, Utterance


@pytest.fixture(scope="module")
def recipes() -> dict[str, Recipe]:
    return load_recipes()


@pytest.fixture(scope="module")
def halves() -> Halves:
    return load_halves()


def _label(**changes: object) -> Utterance:
    usual = {
        "id": "direct-01",
        "category": "direct",
        "text": "a deck about churn",
        "intent": "work",
        "recipe": "powerpoint-report",
        "answers": {"topic": "churn"},
    }
    return Utterance.model_validate({**usual, **changes})


def _set_of(number: int) -> Halves:
    labels = [_label(id=f"direct-{count:02d}", text=f"deck {count} about churn") for count in range(1, number + 1)]
    return Halves(tune=tuple(labels[::2]), sealed=tuple(labels[1::2]), fresh=_fresh_of(number // 2))


def _fresh_of(number: int) -> tuple[Utterance, ...]:
    return tuple(
        _label(id=f"replies-{count:02d}", category="replies", text=f"slides {count} about churn")
        for count in range(1, number + 1)
    )


def test_all_halves_keep_the_rules(halves):
    assert len(halves.tune) >= len(halves.sealed) >= HALF_LABELS
    assert len(halves.fresh) >= HALF_LABELS


def test_each_category_of_the_sealed_half_is_in_tune_as_often(halves):
    sealed = sorted(label.category for label in halves.sealed)
    assert sealed == sorted(label.category for label in halves.tune if label.category in sealed)
    assert len(set(sealed)) > 20


def test_a_category_of_tune_alone_counts_up():
    whole = _set_of(2 * HALF_LABELS)
    own = [_label(id=f"dutch-0{at}", category="dutch", text=f"dia {at}") for at in (1, 2, 4)]
    assert list_split_problems(whole.model_copy(update={"tune": (*whole.tune, *own[:2])})) == []
    problems = list_split_problems(whole.model_copy(update={"tune": (*whole.tune, *own)}))
    assert problems == ["the ids of dutch do not count from 01 up"]


@pytest.mark.parametrize("half", ["tune", "sealed", "fresh"])
def test_each_half_holds_every_intent(half):
    assert {label.intent for label in load_half(half)} == set(Intent)


@pytest.mark.parametrize("half", ["tune", "sealed", "fresh"])
def test_each_half_holds_values_of_every_kind_of_parameter(half, recipes):
    kinds = {
        parameter.kind
        for label in load_half(half)
        for name in label.answers
        for slug in (label.recipe, *label.candidates)
        if slug and (parameter := recipes[slug].find_parameter(name)) is not None
    }
    # Two kinds share BoundedSpec; files are handed in, not said.
    assert len(kinds) == len(ParameterSpec.__subclasses__())
    assert "files" not in kinds


@pytest.mark.parametrize("half", ["tune", "sealed", "fresh"])
def test_each_half_chooses_every_recipe_and_none(half, recipes):
    chosen = {label.recipe for label in load_half(half) if label.context.recipe is None}
    assert chosen == {*recipes, None}


def test_the_recipes_are_the_built_in_ones_and_eight_more(recipes):
    assert {"powerpoint-report", "content-draft"} < recipes.keys()
    assert len(recipes) == 10


def test_a_good_label_has_no_problem(recipes):
    assert list_problems(_label(), recipes) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"recipe": "poem"}, "unknown recipe poem"),
        ({"context": {"offered": ["poem"]}}, "unknown recipe poem"),
        ({"answers": {"pages": 3}}, "unknown parameter pages"),
        ({"recipe": None}, "unknown parameter topic"),
        ({"answers": {"slides_count": 99}}, "is outside"),
        ({"answers": {"slides_count": "9"}}, "is read as 9"),
        ({"answers": {"slides_count": True}}, "is not"),
        ({"answers": {"template_style": "navy"}}, "is read as 'slate'"),
        ({"answers": {"topic": "Churn"}}, "does not stand in the message"),
        ({"recipe": "content-draft", "answers": {"since": "2026-01-05"}}, "today is missing"),
        ({"intent": "answer"}, "answer without a question"),
        ({"intent": "thanks"}, "thanks gives no values"),
        ({"intent": "thanks", "answers": {}}, "thanks leaves the recipe as it is"),
        ({"intent": "start_over", "answers": {}}, "after start_over there is no recipe"),
        ({"candidates": ["powerpoint-report", "research-brief"]}, "then there is no recipe"),
        ({"recipe": None, "candidates": ["powerpoint-report", "case-study"]}, "unknown parameter topic"),
        ({"context": {"author": "U0BEN"}}, "the words of others are chatter"),
        ({"context": {"asked": "topic"}}, "the context names the unknown parameter topic"),
        ({"context": {"recipe": "powerpoint-report", "answers": {"slides_count": 99}}}, "is outside"),
        ({"context": {"recipe": "powerpoint-report", "answers": {"topic": "churn"}}}, "was answered so before"),
        ({"category": "dates"}, "the id does not begin with the category"),
    ],
)
def test_a_wrong_label_is_named(changes, problem, recipes):
    found = list_problems(_label(**changes), recipes)
    assert any(each.startswith("direct-01: ") and problem in each for each in found), found


@pytest.mark.parametrize("field", ["slug", "expected"])
def test_an_unknown_field_is_refused(field):
    with pytest.raises(ValueError, match=field):
        _label(**{field: "x"})


def test_a_set_that_keeps_the_split_has_no_problem():
    assert list_split_problems(_set_of(2 * HALF_LABELS)) == []


def test_a_half_that_is_too_small_is_named():
    expected = [f"{half} has 2 labels, fewer than {HALF_LABELS}" for half in ("tune", "sealed", "fresh")]
    assert list_split_problems(_set_of(4)) == expected


def test_halves_that_were_exchanged_are_named():
    whole = _set_of(2 * HALF_LABELS)
    exchanged = whole.model_copy(update={"tune": whole.sealed, "sealed": whole.tune})
    assert "direct-02 is in the wrong half" in list_split_problems(exchanged)


def test_a_repeated_id_and_a_repeated_text_are_named():
    whole = _set_of(2 * HALF_LABELS)
    again = whole.tune[0].model_copy(update={"text": whole.sealed[0].text.upper()})
    problems = list_split_problems(whole.model_copy(update={"tune": (*whole.tune, again)}))
    assert "the id direct-01 is there twice" in problems
    assert "'deck 2 about churn' is there twice" in problems
    assert "the ids of direct do not count from 01 to an even number" in problems


def test_a_fresh_half_may_end_odd():
    whole = _set_of(2 * HALF_LABELS)
    assert list_split_problems(whole.model_copy(update={"fresh": _fresh_of(HALF_LABELS + 1)})) == []


def test_a_gap_in_the_fresh_half_is_named():
    gap = _fresh_of(HALF_LABELS + 2)[1:]
    problems = list_split_problems(_set_of(2 * HALF_LABELS).model_copy(update={"fresh": gap}))
    assert problems == ["the ids of replies do not count from 01 up"]


def test_a_fresh_label_that_was_in_another_half_is_named():
    whole = _set_of(2 * HALF_LABELS)
    problems = list_split_problems(whole.model_copy(update={"fresh": (*whole.fresh, whole.tune[0])}))
    assert "the id direct-01 is there twice" in problems
    assert "'deck 1 about churn' is there twice" in problems
