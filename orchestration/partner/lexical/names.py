"""Names: which recipes a message speaks of, and which of them it asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from orchestration.partner.lexical.message import Message, Span
from orchestration.partner.lexical.phrases import find_phrase, singular
from orchestration.partner.lexical.scene import NOUN, list_nouns, mark_nouns
from recipes.ids import RecipeSlug
from recipes.parameters import BoundedSpec
from recipes.recipe import Recipe

DENIED: Final = re.compile(
    r" (?:not|no|dont|without|instead of|rather than|isnt|nicht|no more|scrap|drop|forget|cancel) (?:(?:a|an|"
    r"the|want|need|do|make|another|any) )*$"
)
BEHIND: Final = re.compile(
    r" (?:from|(?<!id )(?<!would )(?<!ill )like|based on|see|in|of|for the|for this|for that|attached|using|"
    r"use|as background for|(?<!how )(?<!what )about|per|with) "
    r"(?:(?:the|this|that|our|my|your|last|an|a|old|previous|attached|these|those|his|her) )*$"
)
JOINED: Final = re.compile(r" (?:or|and|/|oder|vs|maybe) (?:(?:a|an|the|some|maybe|rather|perhaps|else) )*$")
CHANGE: Final = (
    r"(?:instead|rather|actually|switch\w*|change\w*|make it(?: a| an| into)?|make that|lets do|lets make|"
    r"turn\w*|better|prefer|forget|no|not|convert"
    r"|i meant|i mean|i want|i need|we need|id like|would like|new|wait|sorry|how about|what about|scrap|drop|"
    r"do a|give me|statt\w*|lieber|plutot|mejor)"
)
COURTESIES: Final = frozenset(["a", "an", "the", "please", "some", "thanks", "ok"])
ORDINALS: Final = {
    "first": 0,
    "1st": 0,
    "former": 0,
    "second": 1,
    "2nd": 1,
    "latter": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
}


@dataclass(frozen=True)
class Naming:
    """A place that names recipes: several, where they share the phrase."""

    span: Span
    slugs: tuple[RecipeSlug, ...]
    said: str


@dataclass(frozen=True)
class Choice:
    """What the names in a message come to."""

    slugs: tuple[RecipeSlug, ...]
    """One is named; several may be meant; none was named."""
    said: Mapping[RecipeSlug, str] = field(default_factory=dict[RecipeSlug, str])
    """The words that name each."""


def list_namings(message: Message, recipes: Sequence[Recipe]) -> list[Naming]:
    """Give the places that name a recipe, in the order of the message; longer names hide the shorter ones inside."""
    spans: dict[Span, list[RecipeSlug]] = {}
    for recipe in recipes:
        for name in dict.fromkeys((recipe.slug, recipe.name, *recipe.phrases)):
            for span in find_phrase(message, name):
                if recipe.slug not in spans.setdefault(span, []):
                    spans[span].append(recipe.slug)
    kept = list[Naming]()
    for span in sorted(spans, key=lambda each: (each.first - each.end, each.first)):
        if all(span.end <= other.span.first or other.span.end <= span.first for other in kept):
            kept.append(Naming(span, tuple(spans[span]), message.quote(span)))
    kept.sort(key=lambda each: each.span.first)
    return [each for each in kept if not _is_part(message, each.span) and not _is_amount(message, each, recipes)]


def list_denied(message: Message, namings: Sequence[Naming]) -> list[Naming]:
    """Give those namings that the message rules out."""
    return [each for each in namings if DENIED.search(_before(message, each.span))]


def choose(message: Message, namings: Sequence[Naming], recipes: Sequence[Recipe]) -> Choice:
    """Give the recipe that these names come to, or those that may be meant."""
    wanted = [each for each in namings if not DENIED.search(_before(message, each.span))]
    aside = [each for each in wanted if BEHIND.search(_before(message, each.span))]
    wanted = [each for each in wanted if each not in aside] or aside[:0]
    if not wanted:
        return Choice(())
    slugs, said = wanted[0].slugs, dict.fromkeys(wanted[0].slugs, wanted[0].said)
    for before, each in pairwise(wanted):
        both = tuple(slug for slug in slugs if slug in each.slugs)
        if both:
            slugs = both
        elif JOINED.search(_before(message, each.span)) and _is_near(before, each):
            slugs = (*slugs, *each.slugs)
            said |= dict.fromkeys(each.slugs, each.said)
    return Choice(_narrow(message.without(each.span for each in namings), slugs, recipes), said)


def is_change(message: Message, namings: Sequence[Naming], current: RecipeSlug, *, is_text_asked: bool) -> bool:
    """Tell whether the message asks for another recipe than the one that stands."""
    denied = list_denied(message, namings)
    if any(current in each.slugs for each in denied):
        return True
    first = next((each.span.first for each in namings if each not in denied and current not in each.slugs), None)
    if first is None:
        return False
    named = {at for each in namings for at in range(each.span.first, each.span.end)}
    left = [token.form for at, token in enumerate(message.tokens) if at not in named and token.kind == "word"]
    is_all = not is_text_asked and all(form in COURTESIES for form in left)
    return is_all or message.has(CHANGE)


def pick_offered(message: Message, offered: Sequence[RecipeSlug], recipes: Sequence[Recipe]) -> RecipeSlug | None:
    """Give the offered recipe that the message picks: by its place, or by a word of its name that no other has."""
    if (place := _find_place(message, len(offered))) is not None:
        return offered[place]
    named = [
        slug
        for slug in offered
        for recipe in recipes
        if recipe.slug == slug and _has_name(message, recipe, recipes, offered)
    ]
    return named[0] if len(named) == 1 else None


def _find_place(message: Message, count: int) -> int | None:
    places = {place for word, place in ORDINALS.items() if message.has(word)}
    if message.has(r"(?:the )?last(?: one)?"):
        places.add(count - 1)
    alone = re.fullmatch(r" (?:the |number |no |# |option |please )*(\d)(?: \.| please| !)* ", message.forms)
    if alone:
        places.add(int(alone[1]) - 1)
    places = {place for place in places if 0 <= place < count}
    return places.pop() if len(places) == 1 else None


def _has_name(message: Message, recipe: Recipe, recipes: Sequence[Recipe], offered: Sequence[RecipeSlug]) -> bool:
    others = [each for each in recipes if each.slug in offered and each.slug != recipe.slug]
    words = _list_words(recipe)
    foreign = set[str]().union(*(_list_words(each) for each in others)) if others else set[str]()
    own = words - foreign
    return any(
        not DENIED.search(_before(message, Span(at, at + 1)))
        for at, token in enumerate(message.tokens)
        if token.kind == "word" and any(find_phrase(message.cut(Span(at, at + 1)), word) for word in own)
    )


def _list_words(recipe: Recipe) -> set[str]:
    return {
        singular(word) for name in (recipe.name, *recipe.phrases) for word in re.findall(r"[a-z]{4,}", name.lower())
    }


def _narrow(message: Message, slugs: tuple[RecipeSlug, ...], recipes: Sequence[Recipe]) -> tuple[RecipeSlug, ...]:
    """Give the one of several whose parameters the message speaks of, if it is one."""
    if len(slugs) < 2:  # noqa: PLR2004 (nothing to narrow)
        return slugs
    said = {singular(token.form) for token in message.tokens if token.kind == "word"}
    known = {recipe.slug: _list_parameter_words(recipe) for recipe in recipes if recipe.slug in slugs}
    own = {
        slug: len(said & words - set[str]().union(*(known[other] for other in slugs if other != slug)))
        for slug, words in known.items()
    }
    best = max(own.values(), default=0)
    leading = tuple(slug for slug in slugs if own.get(slug) == best)
    return leading if best and len(leading) == 1 else slugs


def _list_parameter_words(recipe: Recipe) -> set[str]:
    text = " ".join(f"{each.name.replace('_', ' ')} {each.label}" for each in recipe.parameters)
    return {singular(word) for word in re.findall(r"[a-z]{4,}", text.lower())} - {"with", "number", "date", "topic"}


def _is_part(message: Message, span: Span) -> bool:
    """Tell whether this is a part of a file ("slide 3"), or what somebody is thanked for."""
    after = message.tokens[span.end].kind if span.end < len(message.tokens) else ""
    before = _before(message, span)
    is_counted = span.first > 0 and message.tokens[span.first - 1].form.isdigit()
    is_alone = not re.search(r" (?:a|an|the|some|my|our) $", before)
    is_one_word = span.end - span.first == 1
    return (
        after == "number" and is_one_word and is_alone and not is_counted and message.tokens[span.first].form == "slide"
    ) or bool(re.search(r" thanks (?:you )?(?:a lot |so much )?for (?:the|this|that|your|my) $", before))


def _is_amount(message: Message, naming: Naming, recipes: Sequence[Recipe]) -> bool:
    """Tell whether the words are the unit of an amount ("90 minutes") that this recipe does not count."""
    at = naming.span.first
    if at == 0 or not message.tokens[at - 1].form.isdigit() or naming.span.end - at > 1:
        return False
    counted = [each for recipe in recipes if recipe.slug in naming.slugs for each in recipe.parameters]
    nouns = set[str]().union(*(list_nouns(each) for each in counted if isinstance(each, BoundedSpec)))
    return not mark_nouns(message.cut(naming.span), frozenset(nouns)).has(NOUN)


def _before(message: Message, span: Span) -> str:
    return f" {message.form_of(Span(max(0, span.first - 6), span.first))} "


def _is_near(first: Naming, second: Naming) -> bool:
    return second.span.first - first.span.end <= 4  # noqa: PLR2004 ("or rather a")
