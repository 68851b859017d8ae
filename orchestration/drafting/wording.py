"""Wording: values and their changes, as our sentences say them."""

from typing import Final

from recipes.answers import list_defaults, show_value
from recipes.draft import Draft
from recipes.mentions import quote_plainly
from recipes.parameters import ChannelParameter, Parameter, TextParameter, UserParameter, Value
from recipes.recipe import Recipe

VALUE_CHARS: Final = 80
"""So much of a value stands in a sentence; the brief has all of it."""


def name_value(parameter: Parameter, value: Value) -> str:
    """Give a value as a sentence of ours names it."""
    match parameter:
        case UserParameter():
            return f"<@{value}>"
        case ChannelParameter():
            return f"<#{value}>"
        case _:
            said = quote_plainly(" ".join(show_value(parameter, value).split()))
            said = said if len(said) <= VALUE_CHARS else f"{said[:VALUE_CHARS].rstrip()}…"
            return f"“{said}”" if isinstance(parameter, TextParameter) else said


def list_changes(recipe: Recipe, before: Draft, after: Draft) -> tuple[str, ...]:
    """Give a sentence for each answer that is another one now.

    What is said for the first time is no change, unless a brief has shown what stood for it.
    """
    defaults = list_defaults(recipe.parameters)
    sentences: list[str] = []
    for parameter in recipe.parameters:
        name = parameter.name
        old, new = before.values().get(name), after.values().get(name)
        if before.brief_no:
            old, new = old if old is not None else defaults.get(name), new if new is not None else defaults.get(name)
        if old == new or (old is None and not before.brief_no):
            continue
        sentences.append(_tell_change(parameter, old, new))
    return tuple(sentences)


def tell_form(recipe: Recipe, before: Draft, after: Draft) -> str | None:
    """Give the line that says what a form changed of a talk; None where there was none, or nothing changed."""
    if after.thread is None or not (before.asked or before.answers or before.brief_no):
        return None
    defaults = list_defaults(recipe.parameters)
    old, new = {**defaults, **before.values()}, {**defaults, **after.values()}
    changed = [each for each in recipe.parameters if old.get(each.name) != new.get(each.name)]
    said = [_tell_change(each, old.get(each.name), new.get(each.name)).rstrip(".") for each in changed]
    return f"From the form: {'; '.join(said)}." if said else None


def _tell_change(parameter: Parameter, old: Value | None, new: Value | None) -> str:
    if old is None:
        return f"{parameter.label}: {'left open' if new is None else name_value(parameter, new)}."
    was = name_value(parameter, old)
    now = f"no longer {was}" if new is None else f"{name_value(parameter, new)}, not {was}"
    return f"{parameter.label}: {now}."
