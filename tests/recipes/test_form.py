"""Questions that depend on others, and forms in steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.answers import AnswerRefused, list_asked, list_missing, read_answer
from recipes.form import Form, find_raw, list_shown, put_raw, take_entries
from recipes.parameters import Choice, FilesParameter, SelectParameter, TextParameter, YesNoParameter
from recipes.recipe import Recipe, RecipeRefused, read_recipe
from recipes.steps import FIELDS, list_steps
from tests.fakes.nouns import make_answer, make_draft
from tests.fakes.recipes import read_campaign_plan
from tests.recipes.samples import parameters_of_any_kind

PLAN = read_campaign_plan()


def _text(name, **more):
    return TextParameter(name=name, label=name, question=f"{name}?", **more)


STYLE = SelectParameter(
    name="style",
    label="Style",
    question="Which?",
    choices=(Choice(value="plain", label="Plain"), Choice(value="brand", label="Brand")),
    default="plain",
)
TEASER = YesNoParameter(name="teaser", label="Teaser", question="A teaser?", when={"style": "brand"})
LENGTH = _text("length", required=True, when={"teaser": True})
THREE = (STYLE, TEASER, LENGTH)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["style"]),
        ({"style": "brand"}, ["style", "teaser"]),
        ({"style": "brand", "teaser": True}, ["style", "teaser", "length"]),
        ({"style": "brand", "teaser": False}, ["style", "teaser"]),
        ({"style": "plain", "teaser": True}, ["style"]),
    ],
)
def test_a_question_is_asked_only_where_all_that_it_depends_on_is_asked_and_answered_so(answers, asked):
    assert [each.name for each in list_asked(THREE, answers)] == asked
    assert [each.name for each in list_missing(THREE, answers)] == [name for name in asked if name == "length"]


def test_what_is_not_asked_is_not_given_to_the_agent():
    plan = PLAN.fill({"product": "kites", "country": "de", "style": "plain", "brand_colours": "red"})
    assert "brand_colours" not in plan.parameters
    assert "red" not in plan.instructions


REFUSED = {
    "when = { budget = 1 }": "depends on budget, which is no earlier parameter",
    'when = { product = "kites" }': "depends on product, which is no choice and no yes-or-no question",
    'when = { style = "pink" }': "depends on style being 'pink', which it cannot be",
    'when = { teaser = "yes" }': "depends on teaser being 'yes', which it cannot be",
    "when = { style = [] }": "at least 1 item",
}


@pytest.mark.parametrize("when", REFUSED)
def test_a_condition_that_can_never_hold_is_refused_when_the_recipe_is_read(when):
    with pytest.raises(RecipeRefused) as caught:
        read_recipe("x.toml", TOML.replace('when = { style = "brand" }', when))
    assert REFUSED[when] in caught.value.advice()


def test_a_recipe_with_conditions_survives_being_kept():
    assert Recipe.model_validate(PLAN.model_dump(mode="json")) == PLAN
    assert len({PLAN.parameters}) == 1


TOML = """
slug = "short-plan"
version = 1
name = "Short plan"
description = "A short one."
task = "{product} {teaser} {style} {colours} {budget}"
instructions = ""
[agent]
type = "content"
tools = []
[output]
format = "md"
output_type = "content_draft"
[[parameters]]
kind = "text"
name = "product"
label = "Product"
question = "What?"
[[parameters]]
kind = "yes_no"
name = "teaser"
label = "Teaser"
question = "A teaser?"
[[parameters]]
kind = "select"
name = "style"
label = "Style"
question = "Which?"
choices = [{ value = "plain", label = "Plain" }, { value = "brand", label = "Brand" }]
[[parameters]]
kind = "text"
name = "colours"
label = "Colours"
question = "Which?"
when = { style = "brand" }
[[parameters]]
kind = "number"
name = "budget"
label = "Budget"
question = "How much?"
minimum = 1
maximum = 9
"""


# Steps


@given(st.lists(parameters_of_any_kind, max_size=60, unique_by=lambda each: each.name))
def test_the_steps_hold_every_question_once_in_order_and_few_enough_of_them(parameters):
    steps = list_steps(parameters)
    assert [each for step in steps for each in step.parameters] == parameters
    assert all(len(step.parameters) <= FIELDS for step in steps)
    assert all(step.parameters for step in steps) or not parameters


def test_a_group_that_fits_into_a_step_is_not_torn_apart():
    first = [_text(f"a{number}", group="A") for number in range(6)]
    second = [_text(f"b{number}", group="B") for number in range(6)]
    long = [_text(f"c{number}", group="C") for number in range(12)]
    steps = list_steps([*first, *second, *long])
    assert [[group.heading for group in step.groups] for step in steps] == [["A"], ["B"], ["C"], ["C"]]


def test_a_recipe_without_questions_has_one_empty_step():
    assert [step.parameters for step in list_steps(())] == [()]


# What stands in a form


@given(st.dictionaries(st.sampled_from([each.name for each in PLAN.parameters]), st.text(max_size=20)))
def test_whatever_is_typed_gives_answers_that_fit_or_a_problem_at_the_field(typed):
    draft = make_draft(recipe_slug=PLAN.slug, answers={"product": make_answer("kites")})
    draft = draft.model_copy(update={"entered": draft.entered.model_copy(update={"raw": typed})})
    answers, problems = take_entries(draft, PLAN)
    shown = {each.name for each in list_shown(draft, PLAN)}
    assert {*answers, *(each.parameter for each in problems)} <= shown
    assert not set(answers) & {each.parameter for each in problems}
    for name, answer in answers.items():
        parameter = PLAN.find_parameter(name)
        assert read_answer(parameter, put_raw(parameter, answer.value)) == answer.value
    for name, said in typed.items():
        assert find_raw(draft, PLAN.find_parameter(name)) == said


def test_a_form_is_a_value():
    assert Form(draft=make_draft(), recipe=PLAN) == Form(draft=make_draft(), recipe=PLAN)


FILES = FilesParameter(name="book", label="Book", question="Which?", max_files=2, file_types=("pdf", "md"))


def test_files_are_answered_by_their_names():
    assert read_answer(FILES, "a.pdf\n B.MD ") == ("a.pdf", "B.MD")


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("", "Book needs at least one file."),
        ("a.pdf\nb.pdf\nc.pdf", "Book takes at most 2 files; you gave 3."),
        ("a.exe", "Book takes PDF, MD files; “a.exe” is none."),
        ("pdf.", "Book takes PDF, MD files; “pdf.” is none."),
    ],
)
def test_files_that_do_not_fit_are_refused_with_the_reason(said, advice):
    with pytest.raises(AnswerRefused) as caught:
        read_answer(FILES, said)
    assert caught.value.advice() == advice
