"""The form, whatever a recipe asks: a view that Slack takes, at each of its steps."""

import json

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.sandbox.view_rules import check_view
from bot.views.form import render_form, render_opening
from recipes.draft import Entered
from recipes.form import Form, Problem
from recipes.steps import list_steps
from tests.fakes.nouns import make_answer, make_draft
from tests.fakes.recipes import read_campaign_plan
from tests.recipes.samples import parameters_of_any_kind

PLAN = read_campaign_plan()
# docs.slack.dev, views.open: view_too_large
VIEW_BYTES = 250_000


def _shown(step=0, raw=None, **more):
    draft = make_draft(recipe_slug=PLAN.slug, answers={"product": make_answer("kites")}, entered=Entered(raw=raw or {}))
    return render_form(Form(draft=draft, recipe=PLAN, step=step, **more))


def _elements(view):
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def test_a_step_looks_like_this(snapshot):
    problem = Problem(parameter="launch", said="Launch is not after 2030-12-31; 2035-01-01 is.")
    raw = {"style": "brand", "brand_book": "a.pdf\nb.pdf", "launch": "2035-01-01"}
    assert _shown(raw=raw, problems=(problem,), notice="Meanwhile this became a Campaign plan.") == snapshot


def test_the_last_step_looks_like_this(snapshot):
    assert _shown(step=1) == snapshot


def test_each_kind_is_the_element_that_slack_has_for_it():
    kinds = {**_elements(_shown(raw={"style": "brand"})), **_elements(_shown(step=1))}
    assert {name.removeprefix("param:"): element["type"] for name, element in kinds.items()} == {
        "product": "plain_text_input",
        "country": "external_select",
        "languages": "plain_text_input",
        "launch": "datepicker",
        "teaser": "radio_buttons",
        "style": "static_select",
        "brand_book": "file_input",
        "brand_colours": "plain_text_input",
        "budget": "number_input",
        "rounds": "number_input",
        "approver": "users_select",
        "room": "channels_select",
        "goals": "plain_text_input",
        "competitors": "plain_text_input",
        "claims": "plain_text_input",
        "tone": "plain_text_input",
        "also_from": "conversations_select",
        "priority": "static_select",
    }


def test_what_slack_would_refuse_to_show_in_a_field_stands_below_it():
    problem = Problem(parameter="rounds", said="Rounds is a whole number from 1 to 9; 99 is outside.")
    view = _shown(step=1, raw={"rounds": "99"}, problems=(problem,))
    assert "initial_value" not in _elements(view)["param:rounds"]
    assert "99 is outside" in json.dumps(view)


def test_a_step_beyond_the_last_is_the_last():
    assert _shown(step=99) == _shown(step=1)


def test_a_form_that_is_still_being_filled_is_a_view_that_slack_takes():
    check_view(render_opening("A title that is far too long for a modal"), "modal", has_agent_features=True)


@given(
    st.lists(parameters_of_any_kind, max_size=60, unique_by=lambda each: each.name),
    st.text(max_size=40) | st.just("é" * 3_000) | st.just("7"),
)
def test_a_form_of_any_questions_is_at_each_step_a_view_that_slack_takes(parameters, said):
    recipe = PLAN.model_copy(update={"parameters": tuple(parameters)})
    raw = {each.name: said for each in parameters}
    problems = tuple(Problem(parameter=each.name, said=said or "x") for each in parameters)
    draft = make_draft(recipe_slug=PLAN.slug, answers={}, entered=Entered(raw=raw))
    for number in range(len(list_steps(parameters))):
        view = render_form(Form(draft=draft, recipe=recipe, step=number, problems=problems))
        assert len(json.dumps(view, ensure_ascii=False).encode()) < VIEW_BYTES
        check_view(view, "modal", has_agent_features=True)
        View(**view).to_dict()
