"""Changes: what a message changes of a draft, and what there is to say about it."""

from collections.abc import Mapping, Sequence

from orchestration.conversation.asides import tell_about_us
from orchestration.conversation.steering import Change, skip, steer
from orchestration.drafting.wording import list_changes, name_value
from orchestration.partner.basket_words import find_basket
from orchestration.partner.interpreter import Intent, Reading
from recipes.answers import AnswerRefused, read_answer
from recipes.conversation import Said
from recipes.draft import Answer, Draft, Origin, SuggestionOutdated
from recipes.ids import MessageTs, RecipeSlug
from recipes.mentions import quote_plainly
from recipes.parameters import Parameter
from recipes.recipe import Recipe
from recipes.standing import RecipeCandidate


def apply_reading(draft: Draft, reading: Reading, said: Said, recipes: Sequence[Recipe]) -> Change:
    """Give the draft with what the message says."""
    change = Change(draft=draft)
    if reading.intent is Intent.ABOUT_BOT and draft.recipe_slug is None:
        return Change(draft=draft, notes=(tell_about_us(recipes),))
    if reading.intent is Intent.START_OVER and reading.recipe is None:
        return Change(draft=draft.started_over(), notes=("We start over: what you had said is dropped.",))
    if reading.intent is Intent.SOMETHING_ELSE and reading.recipe is None:
        return want_else(draft, recipes)
    if reading.intent is Intent.YOU_DECIDE and draft.recipe_slug is None:
        return _take_likeliest(draft, recipes)
    if reading.recipe is not None:
        change = take_recipe(draft, reading.recipe, recipes)
    elif reading.candidates:
        change = _weigh(draft, reading)
    basket, _ = find_basket(said.text, said.channels)
    if basket is not None:
        change = Change(draft=change.draft.reading_also(basket, ts=said.ts), notes=change.notes)
    return _take_answers(change, reading, Origin(door="message", ts=said.ts), recipes)


def apply_press(draft: Draft, pressed: str, recipes: Sequence[Recipe], origin: Origin) -> Change:
    """Give the draft after a suggestion of ours was pressed; `bot.views.dialogue` has the buttons.

    Raises:
        SuggestionOutdated: it belongs to a question that this draft does not have.
    """
    verb, _, rest = pressed.partition(".")
    if verb == "pick" and _find(recipes, rest) is not None:
        return take_recipe(draft, RecipeSlug(rest), recipes)
    if verb == "else":
        return want_else(draft, recipes)
    name, _, raw = rest.partition(".")
    recipe = _find(recipes, draft.recipe_slug)
    parameter = recipe.find_parameter(name) if recipe else None
    if recipe is None or parameter is None:
        raise SuggestionOutdated(draft.id)
    match verb:
        case "take":
            return _take_pressed(draft, parameter, raw, origin)
        case "keep":
            return skip(draft, recipe, parameter)
        case _:
            raise SuggestionOutdated(draft.id)


def list_given(draft: Draft, ts: MessageTs) -> list[str]:
    """Give the parameters that this message answered."""
    return [name for name, each in draft.answers.items() if each.origin.door == "message" and each.origin.ts == ts]


def take_again(draft: Draft, recipe: Recipe, reading: Reading, said: Said) -> Change:
    """Give the draft after a message that answered something was edited: it holds what it says now."""
    without = draft.without_answers(list_given(draft, said.ts))
    origin = Origin(door="message", ts=said.ts)
    taken = _take_answers(Change(draft=without), reading, origin, (recipe,)).draft
    # What was answered since by other messages stands.
    changed = taken.with_answers(without.answers) if without.answers else taken
    return Change(draft=changed, notes=list_changes(recipe, draft, changed))


def want_else(draft: Draft, recipes: Sequence[Recipe]) -> Change:
    """Give the draft whose recipe is given up for another one."""
    given_up = _find(recipes, draft.recipe_slug)
    notes = (f"No {given_up.name}, then.",) if given_up else ()
    return Change(draft=draft.wanting_else(), notes=notes)


def take_recipe(draft: Draft, slug: RecipeSlug, recipes: Sequence[Recipe]) -> Change:
    """Give the draft with this recipe; what was said for another one is kept where it answers the same question."""
    before, after = _find(recipes, draft.recipe_slug), _find(recipes, slug)
    changed = draft.with_recipe(slug)
    if after is None or before == after:
        return Change(draft=changed)
    is_left = before is not None or draft.standing.may_mean(slug)
    fitting = [each for each in after.parameters if is_left and _fits(each, draft.answers.get(each.name))]
    kept = {each.name: draft.answers[each.name] for each in fitting}
    changed = changed.model_copy(update={"answers": kept})
    if before is None:
        return Change(draft=changed)
    named = ", ".join(f"{each.label} {name_value(each, kept[each.name].value)}" for each in fitting)
    note = f"{after.name} instead of {before.name}." + (f" Kept: {named}." if kept else "")
    return Change(draft=changed, notes=(note,))


def _take_likeliest(draft: Draft, recipes: Sequence[Recipe]) -> Change:
    """Give the draft with the recipe that is meant most likely, if any is."""
    for each in draft.standing.candidates:
        if (recipe := _find(recipes, each.slug)) is not None:
            taken = take_recipe(draft, recipe.slug, recipes)
            return Change(draft=taken.draft, notes=(f"{recipe.name}, then: {each.reason}.",))
    return Change(draft=draft, notes=("What it should become, only you can say.",))


def _take_pressed(draft: Draft, parameter: Parameter, raw: str, origin: Origin) -> Change:
    try:
        value = read_answer(parameter, raw)
    except AnswerRefused as refused:
        raise SuggestionOutdated(draft.id) from refused
    changed = draft.with_answers({parameter.name: Answer(value=value, origin=origin)})
    # Others in the thread do not see what was pressed.
    return Change(draft=changed, notes=(f"{parameter.label}: {name_value(parameter, value)}.",))


def _weigh(draft: Draft, reading: Reading) -> Change:
    """Give the draft of which several recipes may be meant."""
    candidates = tuple(
        RecipeCandidate(slug=each.slug, reason=quote_plainly(each.reason)) for each in reading.candidates
    )
    without = draft.without_recipe()
    standing = without.standing.model_copy(update={"candidates": candidates})
    # What was said stays until it is clear what it is for.
    return Change(draft=without.model_copy(update={"standing": standing, "answers": draft.answers}))


def _take_answers(change: Change, reading: Reading, origin: Origin, recipes: Sequence[Recipe]) -> Change:
    draft = change.draft
    slugs = [draft.recipe_slug] if draft.recipe_slug else [each.slug for each in draft.standing.candidates]
    meant = [recipe for slug in slugs if (recipe := _find(recipes, slug)) is not None]
    if not meant:
        return change
    good: dict[str, Answer] = {}
    doubts = {name: quote_plainly(doubt) for name, doubt in reading.doubts.items() if meant[0].find_parameter(name)}
    for name, answer in reading.answers.items():
        if (parameter := meant[0].find_parameter(name)) is None:
            continue
        try:
            good[name] = Answer(value=read_answer(parameter, answer.raw), origin=origin)
        except AnswerRefused as refused:
            doubts[name] = quote_plainly(refused.problem)
    new = {name: each for name, each in good.items() if not _stands(draft, name, each)}
    changed = draft.with_answers(new) if new else draft
    standing = changed.standing.answering(good).doubting(doubts)
    changed = changed.model_copy(update={"standing": standing, **({"asked": None} if good else {})})
    notes = (*change.notes, *list_changes(meant[0], draft, changed), *_tell_same(meant[0], good, new))
    if draft.recipe_slug is None or good or doubts:
        return Change(draft=changed, notes=notes)
    steered = steer(changed, meant[0], reading.intent)
    return Change(draft=steered.draft, notes=(*notes, *steered.notes))


def _stands(draft: Draft, name: str, answer: Answer) -> bool:
    """Tell whether this was said before: nothing changes then, and a brief still holds."""
    return name in draft.answers and draft.answers[name].value == answer.value


def _tell_same(recipe: Recipe, good: Mapping[str, Answer], new: Mapping[str, Answer]) -> tuple[str, ...]:
    same = [each for each in recipe.parameters if each.name in good and each.name not in new]
    return tuple(f"{each.label} is {name_value(each, good[each.name].value)} already." for each in same)


def _fits(parameter: Parameter, answer: Answer | None) -> bool:
    """Tell whether what was said for another recipe answers this question as well."""
    if answer is None:
        return False
    raw = "\n".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value)
    try:
        return read_answer(parameter, raw) == answer.value
    except AnswerRefused:
        return False


def _find(recipes: Sequence[Recipe], slug: str | None) -> Recipe | None:
    return next((each for each in recipes if each.slug == slug), None)
