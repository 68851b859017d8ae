"""The lexicon: what words of five languages are in English, so that the rules need to know one language only.

The names of months and days come from Babel, which is loaded when the first message is read.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final, cast

LANGUAGES: Final = ("en", "de", "fr", "es", "ru")
# Names of days and months that are other words too; they count in a date only, where they stand in full.
MIXED_UP: Final = frozenset(
    {"mar", "sun", "sat", "may", "ago", "dom", "mer", "lun", "do", "so", "mi", "di", "fr", "sa"}
)
STEM_CHARS: Final = 4
"""The shortest stem that a star may follow."""


def fold(word: str) -> str:
    """Give a word without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’`")


def gloss(word: str) -> str:
    """Give the English word for a folded one, or the word itself."""
    whole, stems = _load()
    if word in whole:
        return whole[word]
    return next((english for stem, english in stems.get(word[:STEM_CHARS], ()) if word.startswith(stem)), word)


@cache
def _load() -> tuple[Mapping[str, str], Mapping[str, tuple[tuple[str, str], ...]]]:
    whole: dict[str, str] = dict(_list_calendar())
    stems: list[tuple[str, str]] = []
    words = tomllib.loads(files("orchestration.partner.lexical").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    for language in (*LANGUAGES[1:], LANGUAGES[0]):
        for english, others in words[language].items():
            for other in others:
                if other.endswith("*"):
                    stems.append((other[:-1], english))
                else:
                    whole[other] = english
    stems.sort(key=lambda pair: (pair[0][:STEM_CHARS], -len(pair[0])))
    return whole, {key: tuple(group) for key, group in groupby(stems, key=lambda pair: pair[0][:STEM_CHARS])}


def _list_calendar() -> Iterator[tuple[str, str]]:
    # Babel takes 60 ms to load: not before somebody says something.
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415 (slow, see above)

    days = {number: fold(name) for number, name in _list_names(get_day_names("wide", locale="en"))}
    months = {number: fold(name) for number, name in _list_names(get_month_names("wide", locale="en"))}
    for locale in LANGUAGES:
        for english, get_names in ((days, get_day_names), (months, get_month_names)):
            for width in ("abbreviated", "wide"):
                if width == "abbreviated" and get_names is get_day_names:
                    continue
                for context in ("format", "stand-alone"):
                    for number, name in _list_names(get_names(width, context, locale)):
                        folded = fold(name).rstrip(".")
                        if folded not in MIXED_UP:
                            yield folded, english[number]


def _list_names(names: object) -> list[tuple[int, str]]:
    # Babel's own type says nothing of what is in it.
    return list(cast("Mapping[int, str]", names).items())
