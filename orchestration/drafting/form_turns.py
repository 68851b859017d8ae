"""Turns of a form: what it shows next, and what there is to say about it."""

from recipes.draft import Draft
from recipes.form import Entries, Form, Problem, find_raw, list_shown, take_entries
from recipes.recipe import Recipe
from recipes.steps import list_steps


def show_kept(draft: Draft, recipe: Recipe, step: int) -> Form:
    """Give a form with what stands in it, and what is wrong with that."""
    _, problems = take_entries(draft, recipe)
    return Form(draft=draft, recipe=recipe, step=step, problems=_list_typed(draft, problems))


def find_next(draft: Draft, recipe: Recipe, entries: Entries, problems: tuple[Problem, ...]) -> Form | None:
    """Find what is to be shown before a form can be taken: a step with a mistake, else the steps that follow."""
    shown = {each.name for each in list_shown(draft, recipe)}
    steps = [{each.name for each in step.parameters} & shown for step in list_steps(recipe.parameters)]
    at = min(entries.step, len(steps) - 1)
    here = tuple(each for each in problems if each.parameter in steps[at])
    if here:
        return Form(draft=draft, recipe=recipe, step=at, problems=here)
    following = next((number for number in range(at + 1, len(steps)) if steps[number]), None)
    if following is not None:
        return Form(draft=draft, recipe=recipe, step=following, problems=_list_typed(draft, problems))
    if not problems:
        return None
    wrong = next(number for number, names in enumerate(steps) if problems[0].parameter in names)
    return Form(draft=draft, recipe=recipe, step=wrong, problems=problems)


def _list_typed(draft: Draft, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Give the problems of what was typed: what nobody came to yet is not called missing."""
    return tuple(each for each in problems if draft.entered.raw.get(each.parameter, "").strip())


def say_overtaken(draft: Draft, recipe: Recipe, entries: Entries) -> str | None:
    """Say in one line what the thread changed under an open form; None where nothing did."""
    touched = {*entries.list_changed(), *draft.entered.raw}
    kept = [
        each.label
        for each in recipe.parameters
        if each.name in entries.shown and each.name not in touched and find_raw(draft, each) != entries.shown[each.name]
    ]
    return f"{', '.join(kept)}: as you said in the thread while the form was open." if kept else None
