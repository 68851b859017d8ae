"""Understanding: a message in its thread, read by the interpreter, and what it changes of a draft."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.partner.basket_words import find_basket
from orchestration.partner.interpreter import Heard, Intent, Interpreter, ReadAnswer, Reading, Remark
from orchestration.ports import Clock, ThreadPort
from recipes.answers import AnswerRefused, read_answer
from recipes.conversation import Said
from recipes.draft import Answer, Draft, Origin
from recipes.parameters import MultitextParameter, TextParameter
from recipes.recipe import Recipe

REMARKS: Final = 20
"""So many of others' newest messages may be adopted."""
# docs.slack.dev, formatting text: mentions, channels, links
LINK: Final = re.compile(r"<(?:[@#!]|https?:|mailto:)[^<>]+>")


@dataclass(frozen=True, kw_only=True)
class Change:
    """A draft with what a message says, and what remains to be said about it."""

    draft: Draft
    lead: str | None = None
    """The sentence about what did not fit."""


class Understanding:
    """Reads messages; keeps nothing."""

    def __init__(self, interpreter: Interpreter, threads: ThreadPort, clock: Clock) -> None:
        self._interpreter = interpreter
        self._threads = threads
        self._clock = clock

    async def read(
        self, draft: Draft, said: Said, words: str, *, recipes: Sequence[Recipe], told: Sequence[Said]
    ) -> Reading:
        """Give what a message says to this draft.

        Args:
            draft: As it stands.
            said: The message, as plain text.
            words: The same, as Slack sent it: who and which channel it mentions stands in there only.
            recipes: What is on offer.
            told: What was said in the thread before.
        """
        heard = Heard(
            text=_put_characters(words),
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
        return reading if recipe is None else await self._put_plainly(reading, recipe, said)

    async def _put_plainly(self, reading: Reading, recipe: Recipe, said: Said) -> Reading:
        """Give the reading with names in its texts where Slack writes ids."""
        answers = dict(reading.answers)
        for name, answer in reading.answers.items():
            is_text = isinstance(recipe.find_parameter(name), TextParameter | MultitextParameter)
            if is_text:
                answers[name] = ReadAnswer(raw=await self._name_all(answer.raw, said), quote=answer.quote)
        return replace(reading, answers=answers)

    async def _name_all(self, text: str, said: Said) -> str:
        for link in dict.fromkeys(LINK.findall(text)):
            plain = await self._threads.describe(said.model_copy(update={"text": link}))
            text = text.replace(link, plain.text)
        return text


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
    return tuple(Remark(author=each.user_id, text=each.text) for each in others[-REMARKS:])


def _put_characters(words: str) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
