"""A reader of labels: an interpreter, asked about each utterance in its context."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Final

from bot.hearing import to_words
from orchestration.partner.interpreter import Heard, Interpreter, Remark
from recipes.answers import read_answer
from recipes.ids import RecipeSlug, UserId
from recipes.recipe import Recipe
from tests.partner.score import Pair, Read
from tests.partner.utterance import Utterance

TODAY: Final = date(2026, 11, 23)


@dataclass(frozen=True)
class Readings:
    """What was read of some labels, and how long each took."""

    pairs: tuple[Pair, ...]
    took_ms: tuple[float, ...]

    @property
    def p95_ms(self) -> float:
        """Give the time that 95 of 100 readings stay under."""
        return sorted(self.took_ms)[int(len(self.took_ms) * 0.95)]


async def read_labels(interpreter: Interpreter, labels: Sequence[Utterance], recipes: Mapping[str, Recipe]) -> Readings:
    """Give what the interpreter makes of each label."""
    pairs, took_ms = list[Pair](), list[float]()
    for label in labels:
        began = perf_counter()
        read = await _read(interpreter, label, recipes)
        took_ms.append((perf_counter() - began) * 1000)
        pairs.append((label, read))
    return Readings(tuple(pairs), tuple(took_ms))


def make_heard(label: Utterance, recipes: Mapping[str, Recipe]) -> Heard:
    """Give a label as an interpreter hears it."""
    context = label.context
    return Heard(
        text=to_words(label.text),
        today=label.today or TODAY,
        recipes=tuple(recipes.values()),
        author=UserId(context.author),
        requester=UserId(context.requester),
        addressed=context.addressed,
        recipe=RecipeSlug(context.recipe) if context.recipe else None,
        offered=tuple(RecipeSlug(each) for each in context.offered),
        asked=context.asked,
        answers=context.answers,
        remarks=tuple(Remark(author=UserId(each.author), text=to_words(each.text)) for each in context.said),
    )


async def _read(interpreter: Interpreter, label: Utterance, recipes: Mapping[str, Recipe]) -> Read:
    reading = await interpreter.read(make_heard(label, recipes))
    slugs = [reading.recipe] if reading.recipe else [each.slug for each in reading.candidates]
    parameters = {each.name: each for slug in slugs for each in recipes[slug].parameters}
    return Read(
        intent=reading.intent,
        recipe=reading.recipe,
        candidates=tuple(each.slug for each in reading.candidates),
        answers={name: read_answer(parameters[name], each.raw) for name, each in reading.answers.items()},
    )
