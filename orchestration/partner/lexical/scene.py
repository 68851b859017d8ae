"""A scene: one message under one recipe, as the rules for single parameters see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from orchestration.partner.interpreter import Heard
from orchestration.partner.lexical.likeness import is_slip
from orchestration.partner.lexical.message import Message, Span, Token
from orchestration.partner.lexical.phrases import singular
from recipes.parameters import Parameter, RangeParameter
from recipes.recipe import Recipe

NOUN: Final = "@n"
"""The form that a rule gives to the words for its parameter."""
EMPTY_WORDS: Final = frozenset(
    {"number", "count", "template", "which", "many", "with", "name", "points", "search", "held", "happened", "written"}
)
NOT: Final = r"(?:not|no|dont|without|never|isnt|but not|instead of|rather than|except|nor|neither|nothing)"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a rule may look at."""

    heard: Heard
    recipe: Recipe
    message: Message
    """What was taken already is opaque in it."""
    asked: str | None
    """The parameter whose answer the whole message may be."""

    def within(self, span: Span) -> "Scene":
        """Give the scene of a part of the message, with nothing asked."""
        return replace(self, message=self.message.cut(span), asked=None)

    def without(self, *spans: Span) -> "Scene":
        """Give the scene without these tokens."""
        return replace(self, message=self.message.without(spans))


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a rule makes of a message: a raw answer, or why there is none."""

    quote: str
    raw: str | None = None
    doubt: str | None = None


Rule = Callable[[Scene, Parameter], Found | None]


def list_nouns(parameter: Parameter) -> frozenset[str]:
    """Give the words that name what a parameter counts or tells: "slides_count" and "Number of slides" name slides."""
    unit = parameter.unit if isinstance(parameter, RangeParameter) else ""
    # "Rows a sheet" counts rows.
    label = re.split(r" (?:a|an|per|each|in|of the) ", parameter.label)[0]
    words = re.findall(r"[a-z]{3,}", f"{parameter.name} {label} {unit}".replace("_", " ").lower())
    return frozenset(singular(word) for word in words if word not in EMPTY_WORDS and word not in {"the", "who", "may"})


def mark_nouns(message: Message, nouns: frozenset[str]) -> Message:
    """Give the message with these words, in whichever number or slip, as `NOUN`."""

    def mark(token: Token) -> Token:
        if token.kind != "word":
            return token
        word = singular(token.form)
        is_noun = word in nouns or any(word[:1] == noun[:1] and is_slip(word, noun) for noun in nouns)
        return replace(token, form=NOUN) if is_noun else token

    return message.mapped(mark)
