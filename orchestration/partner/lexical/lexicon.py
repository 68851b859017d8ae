"""The lexicon: what words of eight languages are in English, so that the rules need to know one language only.

The names of months and days come from Babel, which is loaded when the first message is read.
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final, cast

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "ru")
SPELT_OUT: Final = frozenset({"it", "nl", "pt"})
"""Languages whose short months are common words of others: set, out, gen."""
# Names of days and months that are other words too; they count in a date only, where they stand in full.
MIXED_UP: Final = frozenset(
    {"mar", "sun", "sat", "may", "ago", "dom", "mer", "lun", "do", "so", "mi", "di", "fr", "sa", "mei", "marco"}
)
ANY: Final = "#"
"""Stands for any one word of a phrase, which stays as it is."""
STEM_CHARS: Final = 4
"""The shortest stem that a star may follow."""


def fold(word: str) -> str:
    """Give a word without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’`")


def gloss(word: str, languages: frozenset[str] = frozenset()) -> str:
    """Give the English word for a folded one, or the word itself.

    Args:
        word: What `fold` made of it.
        languages: Those that the message tells itself to be in: words that are English too are read in them.
    """
    known = _load()
    for language in languages:
        if word in known.beside.get(language, {}):
            return known.beside[language][word]
    if word in known.whole:
        return known.whole[word]
    return next((english for _, english, _ in known.find_stems(word)), word)


def tell_languages(words: Iterable[str]) -> frozenset[str]:
    """Give the languages that are told by one of these folded words: one that no other language has."""
    owners = _load().owners
    return frozenset(next(iter(owners[word])) for word in words if len(owners.get(word, ())) == 1)


def list_phrases(word: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Give the phrases that begin with this folded word, the longest first, each with the English for it."""
    phrases = _load().phrases
    return (*phrases.get(word, ()), *phrases.get(ANY, ()))


@dataclass(frozen=True)
class _Lexicon:
    whole: Mapping[str, str]
    stems: Mapping[str, tuple[tuple[str, str, str], ...]]
    owners: Mapping[str, frozenset[str]]
    beside: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]

    def find_stems(self, word: str) -> Iterator[tuple[str, str, str]]:
        """Give each stem of the word, the longest first, with its English and its language."""
        return (each for each in self.stems.get(word[:STEM_CHARS], ()) if word.startswith(each[0]))


@cache
def _load() -> _Lexicon:
    whole, owners = dict[str, str](), dict[str, frozenset[str]]()
    stems, phrases = list[tuple[str, str, str]](), list[tuple[tuple[str, ...], tuple[str, ...]]]()
    words = tomllib.loads(files("orchestration.partner.lexical").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    for language, name, english in _list_calendar():
        whole[name] = english
        owners[name] = owners.get(name, frozenset()) | {language}
    for language in (*LANGUAGES[1:], LANGUAGES[0]):
        table = words[language]
        phrases += [(tuple(o.split()), tuple(e.split())) for o, e in _list_pairs(table.pop("phrases", {}))]
        for other, english in _list_pairs({key: each for key, each in table.items() if key != "beside"}):
            if other.endswith("*"):
                stems.append((other[:-1], english, language))
            else:
                whole[other] = english
                owners[other] = owners.get(other, frozenset()) | {language}
    stems.sort(key=lambda each: (each[0][:STEM_CHARS], -len(each[0])))
    phrases.sort(key=lambda each: (each[0][0], -len(each[0]), each[0].count(ANY)))
    return _Lexicon(
        whole=whole,
        stems={key: tuple(group) for key, group in groupby(stems, key=lambda each: each[0][:STEM_CHARS])},
        owners=owners,
        beside={each: dict(_list_pairs(words[each].get("beside", {}))) for each in LANGUAGES},
        phrases={key: tuple(group) for key, group in groupby(phrases, key=lambda each: each[0][0])},
    )


def _list_pairs(table: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((other, english) for english, others in table.items() for other in others)


def _list_calendar() -> Iterator[tuple[str, str, str]]:
    # Babel takes 60 ms to load: not before somebody says something.
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415 (slow, see above)

    days = {number: fold(name) for number, name in _list_names(get_day_names("wide", locale="en"))}
    months = {number: fold(name) for number, name in _list_names(get_month_names("wide", locale="en"))}
    for locale in LANGUAGES:
        for english, get_names in ((days, get_day_names), (months, get_month_names)):
            for width in ("abbreviated", "wide"):
                if width == "abbreviated" and (get_names is get_day_names or locale in SPELT_OUT):
                    continue
                for context in ("format", "stand-alone"):
                    for number, name in _list_names(get_names(width, context, locale)):
                        folded = fold(name).rstrip(".")
                        if folded not in MIXED_UP:
                            yield locale, folded, english[number]


def _list_names(names: object) -> list[tuple[int, str]]:
    # Babel's own type says nothing of what is in it.
    return list(cast("Mapping[int, str]", names).items())
