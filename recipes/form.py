"""The form of a draft, in nouns: what it shows, and what somebody has put into it."""

from dataclasses import dataclass, field
from typing import Final

from recipes.answers import AnswerRefused, list_asked, list_defaults, list_missing, read_answer
from recipes.conversation import SharedFile
from recipes.draft import Answer, Draft, Entered, Origin
from recipes.ids import ChannelId, RecipeSlug
from recipes.parameters import FilesParameter, Parameter, Value, YesNoParameter
from recipes.priority import HIGHEST, LOWEST, Priority
from recipes.recipe import Recipe

# What a form asks beside the recipe's questions; a colon begins no parameter's name.
PRIORITY: Final = ":priority"
ALSO_FROM: Final = ":also_from"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one answer of a form."""

    parameter: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a form shows: a step of a recipe's questions, and what the draft has for them."""

    draft: Draft
    recipe: Recipe
    step: int = 0
    notice: str | None = None
    """A sentence above the questions."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entries:
    """A form as Slack sends it: what it showed, and what stands in it now."""

    slug: RecipeSlug
    step: int
    shown: dict[str, str]
    """By parameter, what stood in the field when it was drawn; empty for nothing."""
    said: dict[str, str]
    files: dict[str, tuple[SharedFile, ...]] = field(default_factory=dict[str, tuple[SharedFile, ...]])

    def list_changed(self) -> list[str]:
        """Give the parameters that somebody changed."""
        return [name for name, said in self.said.items() if said != self.shown.get(name, "")]


def note_entries(draft: Draft, entries: Entries, *, touched: str | None = None) -> Draft:
    """Give the draft with what somebody changed in its form; what the form only showed stays as the draft has it.

    Args:
        draft: As it stands.
        entries: What stands in its form.
        touched: The field that was touched, where the form was not left: others may be older than what is kept.
    """
    again = [touched] if touched is not None else draft.entered.raw
    noted = {*entries.list_changed(), *(name for name in again if name in entries.said)}
    raw = {**draft.entered.raw, **{name: entries.said[name] for name in noted}}
    files = {**draft.entered.files, **{name: held for name, held in entries.files.items() if name in noted}}
    return draft.model_copy(update={"entered": Entered(raw=raw, files=files)})


def find_raw(draft: Draft, parameter: Parameter) -> str:
    """Give what a field begins with: what was typed, else the answer, else the default; empty for nothing."""
    if parameter.name in draft.entered.raw:
        return draft.entered.raw[parameter.name]
    answer = draft.answers.get(parameter.name)
    return put_raw(parameter, answer.value if answer else parameter.default)


def find_priority(draft: Draft) -> Priority:
    """Give how soon the work is wanted, by its form or else by its draft."""
    said = draft.entered.raw.get(PRIORITY, "")
    return int(said) if said.isdecimal() and HIGHEST <= int(said) <= LOWEST else draft.priority


def find_also_from(draft: Draft) -> ChannelId | None:
    """Give the other channel whose basket is to be read, by its form or else by its draft."""
    return ChannelId(draft.entered.raw.get(ALSO_FROM, draft.reads_also or "")) or None


def put_raw(parameter: Parameter, value: Value | None) -> str:
    """Give a value as it would be typed."""
    if value is None:
        return ""
    if isinstance(parameter, YesNoParameter):
        return "yes" if value else "no"
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def list_shown(draft: Draft, recipe: Recipe) -> tuple[Parameter, ...]:
    """Give the parameters that the form asks with what stands in it now."""
    answers, _ = take_entries(draft, recipe)
    return list_asked(recipe.parameters, {name: answer.value for name, answer in answers.items()})


def take_entries(draft: Draft, recipe: Recipe) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """Give the answers that the draft would have if its form were sent now, and all that is wrong with it.

    What was not touched keeps its origin, and a default stays one.
    """
    answers: dict[str, Answer] = {}
    refused: dict[str, Problem] = {}
    for parameter in recipe.parameters:
        try:
            answer = _take_entry(draft, parameter)
        except AnswerRefused as error:
            refused[parameter.name] = Problem(parameter=parameter.name, said=error.problem)
        else:
            if answer is not None:
                answers[parameter.name] = answer
    asked = list_asked(recipe.parameters, {name: answer.value for name, answer in answers.items()})
    kept = {each.name: answers[each.name] for each in asked if each.name in answers}
    missing = list_missing(recipe.parameters, {name: answer.value for name, answer in kept.items()})
    needed = {each.name: Problem(parameter=each.name, said=f"{each.label} is needed.") for each in missing}
    problems = {**needed, **refused}
    return kept, tuple(problems[each.name] for each in asked if each.name in problems)


def _take_entry(draft: Draft, parameter: Parameter) -> Answer | None:
    known = draft.answers.get(parameter.name)
    if parameter.name not in draft.entered.raw:
        return known
    said = draft.entered.raw[parameter.name].strip()
    if not said:
        return None
    value = read_answer(parameter, said)
    files = draft.entered.files.get(parameter.name, ()) if isinstance(parameter, FilesParameter) else ()
    if known is not None and (known.value, known.files) == (value, files):
        return known
    if list_defaults([parameter]).get(parameter.name) == value:
        return None
    return Answer(value=value, origin=Origin(door="form"), files=files)
