"""Support: whether the words that a model quotes give the value that it says they give.

Two readers that know nothing of one another have to agree: the model, and the rules of the interpreter without a key,
which read the quote as the answer to the parameter's question. Texts and lists are compared with the words themselves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from orchestration.partner.interpreter import Heard
from orchestration.partner.lexical.answers import read_parameters
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.lexical.message import read_message
from orchestration.partner.lexical.numerals import read_numerals
from orchestration.partner.lexical.scene import Scene
from orchestration.partner.model.quotes import find_quote
from recipes.answers import AnswerRefused, read_answer
from recipes.parameters import (
    ChannelParameter,
    MultitextParameter,
    NumberParameter,
    Parameter,
    RangeParameter,
    TextParameter,
    UserParameter,
    Value,
)
from recipes.recipe import Recipe


def is_supported(parameter: Parameter, value: Value, quote: str, *, heard: Heard, recipe: Recipe) -> bool:
    """Tell whether the quoted words give this value.

    Args:
        parameter: Whose value.
        value: As `read_answer` gives it.
        quote: Words that stand in the message, or in the remark that it adopts.
        heard: The message and the talk.
        recipe: The one in force.
    """
    match parameter:
        case TextParameter():
            return find_quote(str(value), quote) is not None and not _is_elsewhere(parameter, str(value), heard, recipe)
        case MultitextParameter():
            lines = value if isinstance(value, tuple) else ()
            stood = heard.answers.get(parameter.name) if recipe.slug == heard.recipe else None
            kept = stood if isinstance(stood, tuple) else ()
            return all(line in kept or find_quote(line, quote) is not None for line in lines)
        case _:
            return value in _read_quote(parameter, quote, heard, recipe) and not _is_contradicted(
                parameter, value, heard, recipe
            )


def _read_quote(parameter: Parameter, quote: str, heard: Heard, recipe: Recipe) -> list[Value]:
    """Give what the quote may mean by itself: as the answer to the question, and as words among others."""
    message = read_numerals(read_message(quote))
    told = _put_under(recipe, replace(heard, text=quote))
    scenes = [Scene(heard=told, recipe=recipe, message=message, asked=asked) for asked in (parameter.name, None)]
    raws = [found.raw for scene in scenes if (found := read_parameters(scene, None).get(parameter.name)) is not None]
    match parameter:
        case NumberParameter() | RangeParameter():
            raws += [token.form for token in message.tokens if token.kind == "number"]
        case UserParameter() | ChannelParameter():
            raws += [token.form for token in message.tokens if token.kind == "mention"]
        case _:
            pass
    return _read_all(parameter, raws)


def _read_all(parameter: Parameter, raws: Iterable[str | None]) -> list[Value]:
    values = list[Value]()
    for raw in raws:
        try:
            values += [read_answer(parameter, raw)] if raw is not None else []
        except AnswerRefused:
            continue
    return values


def _is_contradicted(parameter: Parameter, value: Value, heard: Heard, recipe: Recipe) -> bool:
    """Tell whether the rules take another value from the whole message, or find that it gives none."""
    reading = read_lexically(_put_under(recipe, heard))
    if reading.recipe != recipe.slug:
        return False
    answer = reading.answers.get(parameter.name)
    is_other = answer is not None and _read_all(parameter, [answer.raw]) != [value]
    return is_other or parameter.name in reading.doubts


def _is_elsewhere(parameter: Parameter, value: str, heard: Heard, recipe: Recipe) -> bool:
    """Tell whether the rules take a text from quite other words of the message."""
    reading = read_lexically(_put_under(recipe, heard))
    answer = reading.answers.get(parameter.name) if reading.recipe == recipe.slug else None
    return answer is not None and not _words_of(answer.raw) & _words_of(value)


def _put_under(recipe: Recipe, heard: Heard) -> Heard:
    """Give the message as one under this recipe."""
    answers: Mapping[str, Value] = heard.answers if recipe.slug == heard.recipe else {}
    return replace(heard, recipe=recipe.slug, answers=answers)


def _words_of(text: str) -> set[str]:
    return {*re.findall(r"\w+", text.casefold())}
