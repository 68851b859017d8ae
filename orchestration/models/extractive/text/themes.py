"""Themes: the sections that sentences fall into by themselves, under headings made of the sources' own words."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from orchestration.models.extractive.cues import has_cue, is_open_issue
from orchestration.models.extractive.dates import is_month
from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.figures import is_unit
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.words import Lexicon

HEADING_CHARS: Final = 80
# fewer sentences need no division
DIVIDED_FROM: Final = 7
MEMBERS_LEAST: Final = 3
THEMES: Final = 6
# what most speak of is the topic, no theme
_MEMBERS_SHARE: Final = 0.4
_WORD_CHARS: Final = 4
_MONEY: Final = frozenset({"euro", "euros", "dollar", "dollars", "pound", "pounds", "franken", "francs"})
_HEADING: Final = re.compile(r"\s*#{1,6}\s+(?P<words>.+?)\s*#*\s*(?:\n|$)")

Theme = tuple[str, list[Statement]]


def group_statements(statements: Sequence[Statement], material: Material) -> list[Theme]:
    """Give statements under headings: what people say by what it is about, files by their own headings, risks last."""
    risks = [each for each in statements if is_open_issue(each.shown) and each.is_message]
    said = [each for each in statements if each.is_message and each not in risks]
    read = [each for each in statements if not each.is_message]
    groups = [*_group_messages(said, material), *_group_files(read, material), (material.words.open_issues, risks)]
    return [(heading, members) for heading, members in groups if members]


def _group_messages(said: Sequence[Statement], material: Material) -> list[Theme]:
    themes: list[Theme] = []
    left = list(said)
    while len(themes) < THEMES and len(left) >= DIVIDED_FROM and (found := _find_theme(left, material.lexicon)):
        themes.append(found)
        left = [each for each in left if each not in found[1]]
    words = material.words
    return [*themes, (words.more_findings if themes else words.findings, left)]


def _find_theme(left: Sequence[Statement], lexicon: Lexicon) -> Theme | None:
    """Give the word that most of these statements share, as they write it, and those that hold it."""
    forms: dict[str, Counter[str]] = {}
    holders: dict[str, list[Statement]] = {}
    for each in left:
        for stem, word in dict(lexicon.list_terms(each.shown, each.language)).items():
            if _may_head(word):
                forms.setdefault(stem, Counter())[word] += 1
                holders.setdefault(stem, []).append(each)
    most = len(left) * _MEMBERS_SHARE
    fitting = [stem for stem, held in holders.items() if MEMBERS_LEAST <= len(held) <= most]
    if not fitting:
        return None
    best = max(fitting, key=lambda stem: len(holders[stem]))
    word = forms[best].most_common(1)[0][0]
    return word[:1].upper() + word[1:], holders[best]


def _may_head(word: str) -> bool:
    is_measure = is_unit(word) or is_month(word) or word.casefold() in _MONEY
    return len(word) >= _WORD_CHARS and not is_measure and not has_cue(word)


def _group_files(read: Sequence[Statement], material: Material) -> list[Theme]:
    headings = {passage.id: _find_heading(passage.text or "") for passage in material.bundle.list_passages()}
    themes: dict[str, list[Statement]] = {}
    for locator in dict.fromkeys(each.source.locator for each in read):
        members = [each for each in read if each.source.locator == locator]
        for each in members:
            heading = headings.get(each.passage_id) if len(members) >= DIVIDED_FROM else None  # pyright: ignore[reportArgumentType] (an id of the bundle, as text)
            plain = material.words.from_group.format(name=locator)
            named = f"{clip_words(heading, HEADING_CHARS)} ({locator})" if heading else plain
            themes.setdefault(named, []).append(each)
    return list(themes.items())


def _find_heading(text: str) -> str | None:
    found = _HEADING.match(text)
    return found["words"] if found else None
