"""The form of a recipe, step by step, filled with what the draft has."""

from typing import Final

from bot.views.fields import VALUE, block_id_of, render_field
from bot.views.limits import (
    HINT_CHARS,
    LABEL_CHARS,
    PLACEHOLDER_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    header,
    plain,
    section,
)
from recipes.form import Form, find_also_from, find_priority, list_shown
from recipes.parameters import Parameter
from recipes.priority import HIGHEST, LOWEST, USUAL
from recipes.recipe import Recipe
from recipes.steps import Group, list_steps

PLACE: Final = "form:"
"""Begins the id of the first block, which says of which recipe and at which step a form is."""
BACK: Final = "form.back"
PRIORITY: Final = "priority"
ALSO_FROM: Final = "also_from"

__all__ = ["ALSO_FROM", "BACK", "PLACE", "PRIORITY", "block_id_of", "render_form", "render_opening"]


def render_opening(title: str) -> Block:
    """Give the modal as it opens where its form takes longer than people and Slack wait."""
    return {
        "type": "modal",
        "title": plain(clip(title, VIEW_TITLE_CHARS), VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": [section("One moment, I am filling in what you have said so far…")],
    }


def render_form(form: Form) -> Block:
    """Give the modal; its private metadata is the draft's id and nothing else."""
    steps = list_steps(form.recipe.parameters)
    at = min(form.step, len(steps) - 1)
    shown = list_shown(form.draft, form.recipe)
    asked = [number for number, step in enumerate(steps) if set(step.parameters) & set(shown)] or [at]
    is_last = at >= asked[-1]
    problems = {each.parameter: each.said for each in form.problems}
    fields = [block for group in steps[at].groups for block in _render_group(form, group, shown, problems)]
    return {
        "type": "modal",
        "callback_id": "recipe_form",
        "private_metadata": form.draft.id,
        "title": plain(clip(form.recipe.name, VIEW_TITLE_CHARS), VIEW_TITLE_CHARS),
        "submit": plain("Show the brief" if is_last else "Next", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "notify_on_close": True,
        "blocks": [
            _introduce(form.recipe, at, asked),
            *([section(f":information_source: {escape(form.notice)}")] if form.notice else []),
            *fields,
            *(_ask_frame(form) if is_last else []),
            *_turn_back(at, asked),
        ],
    }


def _introduce(recipe: Recipe, at: int, asked: list[int]) -> Block:
    place = {"block_id": f"{PLACE}{recipe.slug}:{at}"}
    if len(asked) == 1:
        return {**section(escape(recipe.description)), **place}
    number = asked.index(at) + 1 if at in asked else 1
    return {**context(f"Step {number} of {len(asked)} · {escape(recipe.description)}"), **place}


def _render_group(form: Form, group: Group, shown: tuple[Parameter, ...], problems: dict[str, str]) -> list[Block]:
    asked = [each for each in group.parameters if each in shown]
    fields = [block for each in asked for block in render_field(form.draft, each, problems.get(each.name))]
    return [header(group.heading), *fields] if group.heading and fields else fields


def _turn_back(at: int, asked: list[int]) -> list[Block]:
    earlier = [number for number in asked if number < at]
    return [actions(button("Back", BACK, str(earlier[-1])))] if earlier else []


def _ask_frame(form: Form) -> list[Block]:
    is_grouped = any(each.group for each in form.recipe.parameters)
    asked = [_ask_basket(find_also_from(form.draft)), _ask_priority(find_priority(form.draft))]
    return [header("How it is done"), *asked] if is_grouped else asked


def _ask_basket(chosen: str | None) -> Block:
    element: Block = {
        "type": "conversations_select",
        "action_id": VALUE,
        "placeholder": plain("No other channel", PLACEHOLDER_CHARS),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {
        "type": "input",
        "block_id": ALSO_FROM,
        "label": plain("Read also the basket of", LABEL_CHARS),
        "optional": True,
        "hint": plain("A channel that you are in, and I too. The brief names what comes from there.", HINT_CHARS),
        "element": {**element, "initial_conversation": chosen} if chosen else element,
    }


def _ask_priority(priority: int) -> Block:
    options = [{"text": plain(_name_priority(each), 75), "value": str(each)} for each in range(HIGHEST, LOWEST + 1)]
    chosen = options[priority - HIGHEST]
    return {
        "type": "input",
        "block_id": PRIORITY,
        "label": plain("Priority", LABEL_CHARS),
        "optional": True,
        "hint": plain("Among the work of this workspace that waits for its turn.", HINT_CHARS),
        "element": {"type": "static_select", "action_id": VALUE, "options": options, "initial_option": chosen},
    }


def _name_priority(priority: int) -> str:
    words = {HIGHEST: ", urgent: waits for no other work", USUAL: ", the usual", LOWEST: ", whenever there is time"}
    return f"p{priority}{words.get(priority, '')}"
