"""Entries: what a command, or a message that work is started from, says, as answers with their origin."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from orchestration.partner.interpreter import Heard, Intent, Interpreter, ReadAnswer, Reading
from recipes.answers import AnswerRefused, read_answer
from recipes.conversation import Said
from recipes.draft import Answer, Draft, Origin
from recipes.ids import RecipeSlug, UserId
from recipes.mentions import show_mentions
from recipes.parameters import FilesParameter, MultitextParameter, TextParameter
from recipes.recipe import Recipe


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
    return _keep_fitting(recipe, reading, Origin(door="command"))


async def read_message(
    interpreter: Interpreter, draft: Draft, said: Said, *, recipes: tuple[Recipe, ...]
) -> tuple[RecipeSlug | None, dict[str, Answer]]:
    """Give the recipe and the answers in a message that somebody starts work from, whoever wrote it."""
    heard = Heard(
        text=said.words or said.text,
        today=said.day,
        recipes=recipes,
        author=draft.user_id,
        requester=draft.user_id,
        addressed=True,
        recipe=draft.recipe_slug,
    )
    reading = await interpreter.read(heard)
    slug = reading.recipe or draft.recipe_slug
    recipe = next((each for each in recipes if each.slug == slug), None)
    if recipe is None:
        return None, {}
    return recipe.slug, _keep_fitting(recipe, reading, Origin(door="shortcut"))


def with_files(reading: Reading, draft: Draft, said: Said, recipes: Sequence[Recipe]) -> Reading:
    """Give what a message says, its files taken as the answer to the question for files that was asked last."""
    recipe = next((each for each in recipes if each.slug == (reading.recipe or draft.recipe_slug)), None)
    parameter = recipe.find_parameter(draft.asked) if recipe and draft.asked else None
    if not said.files or not isinstance(parameter, FilesParameter):
        return reading
    names = "\n".join(file.name for file in said.files)
    answers = {**reading.answers, parameter.name: ReadAnswer(raw=names, quote=names)}
    doubts = {name: doubt for name, doubt in reading.doubts.items() if name != parameter.name}
    return replace(reading, intent=Intent.ANSWER, answers=answers, doubts=doubts)


def _keep_fitting(recipe: Recipe, reading: Reading, origin: Origin) -> dict[str, Answer]:
    kept: dict[str, Answer] = {}
    for name, said in reading.answers.items():
        parameter = recipe.find_parameter(name)
        if parameter is None:
            continue
        is_text = isinstance(parameter, TextParameter | MultitextParameter)
        raw = show_mentions(said.raw) if is_text else said.raw
        with contextlib.suppress(AnswerRefused):
            kept[name] = Answer(value=read_answer(parameter, raw), origin=origin)
    return kept
