"""Entries: what a form or a command says, as answers with their origin, or as problems, all of them at once."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orchestration.partner.interpreter import Heard, Interpreter
from recipes.answers import AnswerRefused, list_defaults, list_missing, read_answer
from recipes.draft import Answer, Draft, Origin
from recipes.ids import UserId
from recipes.parameters import Value
from recipes.recipe import Recipe


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one answer of a form."""

    parameter: str
    said: str


async def read_words(
    interpreter: Interpreter, recipe: Recipe, words: str, *, user_id: UserId, today: date
) -> dict[str, Answer]:
    """Give the answers in a command's words; what does not fit stays a question of the form."""
    first = next((parameter.name for parameter in recipe.parameters if parameter.required), None)
    heard = Heard(
        text=words,
        today=today,
        recipes=(recipe,),
        author=user_id,
        requester=user_id,
        addressed=True,
        recipe=recipe.slug,
        asked=first,
    )
    reading = await interpreter.read(heard)
    kept: dict[str, Answer] = {}
    for name, said in reading.answers.items():
        parameter = recipe.find_parameter(name)
        if parameter is None:
            continue
        with contextlib.suppress(AnswerRefused):
            kept[name] = Answer(value=read_answer(parameter, said.raw), origin=Origin(door="command"))
    return kept


def read_form(recipe: Recipe, raw: Mapping[str, str]) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """Give the values of a form and what is wrong with it; what is needed and left empty counts as wrong."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for parameter in recipe.parameters:
        said = raw.get(parameter.name, "").strip()
        if not said:
            continue
        try:
            values[parameter.name] = read_answer(parameter, said)
        except AnswerRefused as refused:
            problems.append(Problem(parameter=parameter.name, said=refused.problem))
    refused_names = {problem.parameter for problem in problems}
    problems.extend(
        Problem(parameter=parameter.name, said=f"{parameter.label} is needed.")
        for parameter in list_missing(recipe.parameters, values)
        if parameter.name not in refused_names
    )
    return values, tuple(problems)


def mark_origins(draft: Draft, recipe: Recipe, values: Mapping[str, Value]) -> dict[str, Answer]:
    """Mark as the form's what the form changed; what it only showed keeps its origin, and a default stays one."""
    kept = {name: answer for name, answer in draft.answers.items() if values.get(name) == answer.value}
    defaults = list_defaults(recipe.parameters)
    given = {name: value for name, value in values.items() if name in kept or defaults.get(name) != value}
    return {name: kept.get(name) or Answer(value=value, origin=Origin(door="form")) for name, value in given.items()}
