"""Plainness: messages that need no model to be understood, so that none is paid for them."""

from typing import Final

from orchestration.partner.interpreter import Heard
from orchestration.partner.lexical.message import read_message
from orchestration.partner.lexical.people import is_told_to_others
from recipes.answers import AnswerRefused, read_answer
from recipes.parameters import MultitextParameter, TextParameter

PLAIN_WORDS: Final = frozenset(
    {
        "yes", "no", "ok", "okay", "skip", "skip it", "default", "use the default", "you decide", "you choose",
        "start over", "something else", "who can see this", "what can you do", "help", "thanks", "thank you",
        "hi", "hello", "hey",
    }
)  # fmt: skip


def is_plain(heard: Heard) -> bool:
    """Tell whether rules read this message as well as anybody: somebody else's, empty, a button's words, or a value."""
    if heard.author != heard.requester or not heard.text.strip():
        return True
    words = heard.text.casefold().strip(" \t\n.!?,")
    if words in PLAIN_WORDS or words in {name.casefold() for each in heard.recipes for name in (each.slug, each.name)}:
        return True
    if not heard.addressed and is_told_to_others(read_message(heard.text)):
        return True
    return _is_value(heard)


def _is_value(heard: Heard) -> bool:
    """Tell whether the message is the answer to what was asked, and nothing else."""
    recipe = next((each for each in heard.recipes if each.slug == heard.recipe), None)
    parameter = recipe.find_parameter(heard.asked) if recipe is not None and heard.asked else None
    if parameter is None or isinstance(parameter, TextParameter | MultitextParameter):
        return False
    try:
        read_answer(parameter, heard.text)
    except AnswerRefused:
        return False
    return True
