"""What a message says about a draft: which recipe, which answers. Pure: words and recipes in, a reading out.

Without a model it only takes what the words plainly say: a recipe's phrase, a number beside its parameter's word, a
choice's name, the rest of the sentence after "about". What it does not understand it leaves to a question.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from recipes.ids import ChannelId
from recipes.parameters import (
    DateParameter,
    NumberParameter,
    Parameter,
    RangeParameter,
    SelectParameter,
    TextParameter,
)
from recipes.recipe import Recipe, RecipeCard

TOPIC: Final = re.compile(
    r"""\b(?:about|(?<!based\s)on|covering|regarding)\s+
        (?P<topic>.+?)
        (?= [.!?;](?:\s|$) | \n | $  # the sentence ends
          | ,?\s+(?:with|in|using|as)\s+(?:\d | (?:the\s+|a\s+)?\w+\s+(?:style|slides)\b)  # another answer
          | ,?\s+(?:from|using|based\s+on|with)\s+(?:this|these|the|what)\b  # what to read
        )""",
    re.IGNORECASE | re.VERBOSE,
)
BASKET: Final = re.compile(
    r"""[,;]?\s*\b
        (?: (?:(?:please|also|and|use|using|read|with)\s+)* (?:the\s+)? basket\s+(?:of|in|from)\s+\#(?P<of>[\w-]+)
          | (?:also\s+)? from\s+\#(?P<from>[\w-]+)
        )""",
    re.IGNORECASE | re.VERBOSE,
)
# Words of a parameter's name or label that say nothing about what it counts or names.
POINTING_WORDS: Final = frozenset(
    {"this", "that", "same", "usual", "our", "my", "your", "its", "the", "default", "any"}
)
EMPTY_WORDS: Final = frozenset({"number", "count", "template", "which", "many"})


def find_recipes(text: str, cards: Sequence[RecipeCard]) -> tuple[RecipeCard, ...]:
    """Give the recipes whose phrases or slug stand in the text, those with the longest phrase first."""
    scored = [(max((len(phrase) for phrase in _list_named(text, card)), default=0), card) for card in cards]
    return tuple(card for score, card in sorted(scored, key=lambda pair: -pair[0]) if score)


def read_answers(text: str, recipe: Recipe, *, asked: str | None) -> dict[str, str]:
    """Give the raw answers that the text holds for this recipe.

    Args:
        text: The message, without the bot's mention.
        recipe: Whose parameters to look for.
        asked: The parameter that was asked for last: plain words then answer it.
    """
    answers = {
        parameter.name: found for parameter in recipe.parameters if (found := _find_answer(text, parameter)) is not None
    }
    if asked is not None and asked not in answers and (answer := _find_plain_answer(text, recipe, asked)):
        answers[asked] = answer
    return answers


def find_basket(text: str, channels: Mapping[str, ChannelId]) -> tuple[ChannelId | None, str]:
    """Give the channel whose basket a text names, and the text without those words.

    Args:
        text: The message, as plain text.
        channels: The channels in it, by what stands after the #.
    """
    found = BASKET.search(text)
    channel_id = channels.get(found["of"] or found["from"]) if found else None
    if found is None or channel_id is None:
        return None, text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return channel_id, re.sub(r"\s{2,}", " ", rest).strip()


def _list_named(text: str, card: RecipeCard) -> list[str]:
    names = (card.slug, card.name, *card.phrases)
    return [name for name in names if re.search(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE)]


def _find_answer(text: str, parameter: Parameter) -> str | None:
    match parameter:
        case NumberParameter() | RangeParameter():
            return _find_number(text, parameter)
        case SelectParameter():
            return _find_choice(text, parameter)
        case TextParameter():
            found = TOPIC.search(text) if parameter.required else None
            return found["topic"].strip(" \t,:\"'“”") or None if found else None
        case DateParameter():
            return _find_date(text, parameter)
        case _:
            # Lists, people and places are given in the form, or when they are asked for.
            return None


def _find_number(text: str, parameter: NumberParameter | RangeParameter) -> str | None:
    for word in _list_words(parameter):
        beside = re.search(rf"(?<![\w.,])([+-]?\d{{1,9}})[\s-]+(?:\w+\s+)?{word}s?\b", text, re.IGNORECASE)
        if beside:
            return beside[1]
    return None


def _find_date(text: str, parameter: DateParameter) -> str | None:
    for word in _list_words(parameter):
        beside = re.search(rf"\b{word}\W+(?:\w+\W+)?(\d{{4}}-\d{{2}}-\d{{2}})\b", text, re.IGNORECASE)
        if beside:
            return beside[1]
    return None


def _find_choice(text: str, parameter: SelectParameter) -> str | None:
    # "green energy" names no style; "the green style" and "style: green" do.
    for word in _list_words(parameter):
        for choice in parameter.choices:
            for name in (choice.label, choice.value, *choice.synonyms):
                named = re.escape(name)
                if re.search(rf"\b{named}\s+{word}\b|\b{word}\W+(?:is\s+|to\s+)?{named}\b", text, re.IGNORECASE):
                    return choice.value
        # "in the neon style" names one that does not exist: better said than ignored.
        strange = re.search(rf"\b(?:in|with|use)\s+(?:the\s+|an?\s+)?(\w+)\s+{word}\b", text, re.IGNORECASE)
        if strange and strange[1].lower() not in POINTING_WORDS:
            return strange[1]
    return None


def _list_words(parameter: Parameter) -> list[str]:
    # "slides_count" and "Number of slides" are about slides.
    unit = parameter.unit if isinstance(parameter, RangeParameter) else ""
    words = re.findall(r"[a-z]{4,}", f"{parameter.name} {parameter.label} {unit}".lower())
    return sorted({word.removesuffix("s") for word in words} - EMPTY_WORDS)


def _find_plain_answer(text: str, recipe: Recipe, asked: str) -> str | None:
    match recipe.find_parameter(asked):
        case NumberParameter() | RangeParameter():
            number = re.search(r"(?<![\w.,])[+-]?\d{1,9}(?![\w.,]*\d)", text)
            return number[0] if number else text.strip()
        case SelectParameter() as parameter:
            named = [
                choice.value
                for choice in parameter.choices
                for name in (choice.label, choice.value, *choice.synonyms)
                if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
            ]
            return named[0] if named else text.strip()
        case _:
            return text.strip() or None
