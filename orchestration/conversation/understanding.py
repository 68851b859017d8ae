"""Understanding: a message in its thread, as the interpreter reads it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orchestration.partner.interpreter import Heard, Interpreter, Reading, Remark
from orchestration.spending import owner_of
from recipes.conversation import Said
from recipes.draft import Draft
from recipes.mentions import show_mentions
from recipes.parameters import MultitextParameter, TextParameter
from recipes.recipe import Recipe

REMARKS: Final = 20
"""So many of others' newest messages may be adopted."""


class Understanding:
    """Reads messages; keeps nothing."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

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
            today=said.day,
            recipes=tuple(recipes),
            author=said.user_id,
            requester=draft.user_id,
            addressed=said.mentions_bot or said.is_direct,
            recipe=draft.recipe_slug,
            offered=draft.standing.offered,
            asked=draft.asked,
            answers=draft.values(),
            remarks=_list_remarks(draft, said, told),
            payer=owner_of(draft),
        )
        reading = await self._interpreter.read(heard)
        recipe = next((each for each in recipes if each.slug == reading.recipe), None)
        return reading if recipe is None else _put_plainly(reading, recipe)


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
