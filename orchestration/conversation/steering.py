"""Steering: words that answer no question and still say how to go on, like "skip" and "you decide"."""

from dataclasses import dataclass

from orchestration.drafting.wording import name_value
from orchestration.partner.interpreter import Intent
from recipes.answers import list_asked, list_missing
from recipes.draft import Draft
from recipes.parameters import Parameter, Value
from recipes.recipe import Recipe


@dataclass(frozen=True, kw_only=True)
class Change:
    """A draft with what was said, and what remains to be said about it."""

    draft: Draft
    notes: tuple[str, ...] = ()
    """A sentence each."""


def steer(draft: Draft, recipe: Recipe, intent: Intent) -> Change:
    """Give the draft after words that skip a question, or leave it or all of them to us."""
    asked = recipe.find_parameter(draft.asked) if draft.asked else None
    match intent:
        case Intent.SKIP if asked is not None:
            return skip(draft, recipe, asked)
        case Intent.USE_DEFAULT if asked is not None:
            return use_default(draft, recipe, asked)
        case Intent.YOU_DECIDE:
            return decide(draft, recipe)
        case _:
            return Change(draft=draft)


def skip(draft: Draft, recipe: Recipe, parameter: Parameter) -> Change:
    """Ask no more for what can be left as it is; say why what is needed cannot."""
    stands = _find_value(draft, parameter)
    if stands is None and parameter.required:
        return Change(draft=draft, notes=(_tell_needed(recipe, parameter),))
    note = "is left open" if stands is None else f"stays {name_value(parameter, stands)}"
    return Change(draft=_settle(draft, parameter), notes=(f"{parameter.label} {note}.",))


def use_default(draft: Draft, recipe: Recipe, parameter: Parameter) -> Change:
    """Take what the recipe has for a parameter that nobody says anything about."""
    if parameter.default is not None:
        note = f"{parameter.label}: {name_value(parameter, parameter.default)}, the default."
        return Change(draft=_settle(draft.without_answers([parameter.name]), parameter), notes=(note,))
    if parameter.required and parameter.name not in draft.answers:
        return Change(draft=draft, notes=(f"{parameter.label} has no default. {_tell_needed(recipe, parameter)}",))
    return skip(draft, recipe, parameter)


def decide(draft: Draft, recipe: Recipe) -> Change:
    """Take the defaults of all that was not said, and say which; only what has none and is needed stays a question."""
    missing = {each.name for each in list_missing(recipe.parameters, draft.values())}
    asked = list_asked(recipe.parameters, draft.values())
    unsaid = [each for each in asked if each.name not in draft.answers and each.name not in missing]
    taken = [f"{each.label} {name_value(each, each.default)}" for each in unsaid if each.default is not None]
    note = f"I take the usual: {', '.join(taken)}." if taken else "I leave the rest open."
    needed = next(
        (
            f" {each.label} is the one thing that I cannot choose for you."
            for each in recipe.parameters
            if each.name in missing
        ),
        "",
    )
    left = {*(each.name for each in unsaid), *(name for name in draft.standing.doubts if name not in missing)}
    standing = draft.standing.skipping(*sorted(left)).answering(missing)
    return Change(draft=draft.model_copy(update={"standing": standing, "asked": None}), notes=(note + needed,))


def _settle(draft: Draft, parameter: Parameter) -> Draft:
    return draft.model_copy(update={"standing": draft.standing.skipping(parameter.name), "asked": None})


def _find_value(draft: Draft, parameter: Parameter) -> Value | None:
    answer = draft.answers.get(parameter.name)
    return parameter.default if answer is None else answer.value


def _tell_needed(recipe: Recipe, parameter: Parameter) -> str:
    return f"{parameter.label} is needed: without it I would have to guess what the {recipe.name} is for."
