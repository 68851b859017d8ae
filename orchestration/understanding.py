"""Understanding: a message in its thread, read by the interpreter, and what it changes of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.partner.basket_words import find_basket
from orchestration.partner.interpreter import Heard, Intent, Interpreter, Reading, Remark
from orchestration.ports import Clock
from recipes.answers import AnswerRefused, read_answer
from recipes.conversation import Said
from recipes.draft import Answer, Draft, Origin
from recipes.mentions import show_mentions
from recipes.parameters import MultitextParameter, TextParameter
from recipes.recipe import Recipe

REMARKS: Final = 20
"""So many of others' newest messages may be adopted."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A draft with what a message says, and what remains to be said about it."""

    draft: Draft
    lead: str | None = None
    """The sentence about what did not fit."""


class Understanding:
    """Reads messages; keeps nothing."""

    def __init__(self, interpreter: Interpreter, clock: Clock) -> None:
        self._interpreter = interpreter
        self._clock = clock

    async def read(self, draft: Draft, said: Said, *, recipes: Sequence[Recipe], told: Sequence[Said]) -> Reading:
        """Give what a message says to this draft.

        Args:
            draft: As it stands.
            said: The message.
            recipes: What is on offer.
            told: What was said in the thread before.
        """
        heard = Heard(
            text=_words_of(said),
            today=self._clock.now().date(),
            recipes=tuple(recipes),
            author=said.user_id,
            requester=draft.user_id,
            addressed=said.mentions_bot or said.is_direct,
            recipe=draft.recipe_slug,
            asked=draft.asked,
            answers=draft.values(),
            remarks=_list_remarks(draft, said, told),
        )
        reading = await self._interpreter.read(heard)
        recipe = next((each for each in recipes if each.slug == reading.recipe), None)
        return reading if recipe is None else _put_plainly(reading, recipe)


def is_silent(reading: Reading) -> bool:
    """Tell whether a message asks for nothing: neither a form nor a question follows from it."""
    return reading.intent in {Intent.THANKS, Intent.CHATTER, Intent.SMALL_TALK}


def apply_reading(draft: Draft, reading: Reading, said: Said, recipes: Sequence[Recipe]) -> Change:
    """Give the draft with what the message says."""
    if reading.recipe is not None:
        draft = draft.with_recipe(reading.recipe)
    basket, _ = find_basket(said.text, said.channels)
    if basket is not None:
        draft = draft.reading_also(basket, ts=said.ts)
    recipe = next((each for each in recipes if each.slug == draft.recipe_slug), None)
    return Change(draft=draft) if recipe is None else _take_answers(draft, recipe, reading, said)


def _take_answers(draft: Draft, recipe: Recipe, reading: Reading, said: Said) -> Change:
    good: dict[str, Answer] = {}
    doubts = dict(reading.doubts)
    for parameter in recipe.parameters:
        if parameter.name not in reading.answers:
            continue
        try:
            value = read_answer(parameter, reading.answers[parameter.name].raw)
        except AnswerRefused as refused:
            doubts[parameter.name] = refused.problem
            continue
        good[parameter.name] = Answer(value=value, origin=Origin(door="message", ts=said.ts))
    changed = draft.with_answers(good) if good else draft
    asked = next((each.name for each in recipe.parameters if each.name in doubts), None)
    if asked is None:
        return Change(draft=changed)
    return Change(draft=changed.model_copy(update={"asked": asked}), lead=doubts[asked])


def _list_remarks(draft: Draft, said: Said, told: Sequence[Said]) -> tuple[Remark, ...]:
    others = [each for each in told if each.user_id != draft.user_id and each.ts < said.ts]
    return tuple(Remark(author=each.user_id, text=_words_of(each)) for each in others[-REMARKS:])


def _words_of(said: Said) -> str:
    return said.words or said.text


def _put_plainly(reading: Reading, recipe: Recipe) -> Reading:
    """Give the reading with names in its texts where the message has marks."""
    answers = {
        name: replace(answer, raw=show_mentions(answer.raw))
        if isinstance(recipe.find_parameter(name), TextParameter | MultitextParameter)
        else answer
        for name, answer in reading.answers.items()
    }
    return replace(reading, answers=answers)
