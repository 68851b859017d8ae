"""Asides: what people ask or say beside their request, answered in a sentence or two."""

from collections.abc import Sequence
from typing import Final

from orchestration.partner.interpreter import Intent
from orchestration.ports import ThreadPort
from recipes.audience import Audience, Sharing
from recipes.conversation import Said
from recipes.draft import Draft
from recipes.recipe import Recipe

ASIDES: Final = frozenset({Intent.WHO_CAN_SEE, Intent.ABOUT_BOT, Intent.THANKS, Intent.SMALL_TALK})
WELCOME: Final = "You're welcome."
HELLO: Final = "Hello. Tell me what you need, or say `help`."
NAMED: Final = 6
"""So many recipes are named in a sentence; `/work` shows all."""


def is_aside(intent: Intent, draft: Draft) -> bool:
    """Tell whether a message is beside the request; who asks what we can do before choosing is offered it."""
    return intent in ASIDES and (intent is not Intent.ABOUT_BOT or draft.recipe_slug is not None)


class Asides:
    """Knows who can see a thread, and what we are."""

    def __init__(self, threads: ThreadPort) -> None:
        self._threads = threads

    async def find_words(
        self, intent: Intent, said: Said, draft: Draft | None, recipes: Sequence[Recipe]
    ) -> str | None:
        """Give the answer, with what is still to be answered after it; None where silence is the answer.

        Raises:
            TransientError: Slack cannot say at the moment who is in the conversation.
        """
        is_to_us = said.mentions_bot or said.is_direct
        match intent:
            case Intent.THANKS:
                return WELCOME if is_to_us else None
            case Intent.SMALL_TALK:
                return _remind(HELLO, draft, recipes) if is_to_us else None
            case Intent.WHO_CAN_SEE:
                audience = await self._threads.audience(said.thread.team_id, said.thread.channel_id)
                return _remind(tell_audience(audience, draft), draft, recipes)
            case _:
                return _remind(tell_about_us(recipes), draft, recipes)


def tell_audience(audience: Audience, draft: Draft | None) -> str:
    """Give the sentence that says who can read a thread, and what will come into it."""
    if audience.kind == "direct":
        return "Only you: this is between the two of us."
    if audience.kind == "public":
        here = f"Everybody in this workspace who opens <#{audience.channel_id}> can read this thread"
    else:
        here = f"The {audience.members} members of <#{audience.channel_id}> can read this thread"
    if draft is not None and draft.sharing is Sharing.REQUESTER:
        return f"{here}; the result goes to you alone."
    return f"{here}, and the result comes into it."


def tell_about_us(recipes: Sequence[Recipe]) -> str:
    """Give what we are, what we can make and how to stop us."""
    names = [each.name for each in recipes[:NAMED]] or ["nothing yet"]
    more = ", and more" if len(recipes) > NAMED else ""
    return (
        f"I turn what stands in a thread and its files into finished work. I make: {', '.join(names)}{more}. I ask for "
        "what is missing, show what I will read and what it costs, and start only when you approve; `stop` ends it at "
        "any time."
    )


def _remind(words: str, draft: Draft | None, recipes: Sequence[Recipe]) -> str:
    """Give the words, with the question that is still open after them."""
    recipe = next((each for each in recipes if draft is not None and each.slug == draft.recipe_slug), None)
    asked = recipe.find_parameter(draft.asked) if recipe and draft and draft.asked else None
    return words if asked is None else f"{words}\nStill open: {asked.question}"
