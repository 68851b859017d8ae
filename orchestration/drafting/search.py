"""Search: what fits the words that somebody typed, the likeliest first."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, Generic, TypeVar

from rapidfuzz import fuzz, process

Thing = TypeVar("Thing")

# Below this, words have letters in common and nothing else; tried on the built-in recipes' names with slips in them.
LIKE: Final = 72.0
# A name that begins so, has a word that begins so, or holds it: before all that is only like it.
BEGINS, HAS_WORD, HOLDS = 300.0, 250.0, 200.0


@dataclass(frozen=True)
class Searchable(Generic[Thing]):
    """Something that can be found, and the words that it is found by; the first are its name."""

    thing: Thing
    names: tuple[str, ...]


def make_searchable(thing: Thing, *names: str) -> Searchable[Thing]:
    """Give a thing with the words that it is found by."""
    return Searchable(thing, tuple(dict.fromkeys(plain for name in names if (plain := _make_plain(name)))))


def search(typed: str, known: Sequence[Searchable[Thing]], *, most: int) -> list[Thing]:
    """Give what fits, the likeliest first, and among equals in the order given; all where nothing was typed.

    Args:
        typed: As somebody wrote it, whole or not, perhaps with a slip.
        known: What there is.
        most: So many at most.
    """
    wanted = _make_plain(typed)
    if not wanted:
        return [each.thing for each in known[:most]]
    names = [name for each in known for name in each.names]
    like = {
        at: score for _, score, at in process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=LIKE, limit=None)
    }
    places = count()
    scores = [
        max((_rate(wanted, name, like.get(next(places), 0.0)) for name in each.names), default=0.0) for each in known
    ]
    found = sorted((number for number, score in enumerate(scores) if score), key=lambda number: -scores[number])
    return [known[number].thing for number in found[:most]]


def _rate(wanted: str, name: str, likeness: float) -> float:
    # A shorter name is more of what was typed.
    share = 50 * len(wanted) / max(len(name), len(wanted))
    if name.startswith(wanted):
        return BEGINS + share
    if f" {wanted}" in name:
        return HAS_WORD + share
    return HOLDS + share if wanted in name else likeness


def _make_plain(words: str) -> str:
    """Give words without capitals, accents and signs."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in bare).split())
