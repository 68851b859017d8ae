"""Likeness: whether one word is another one with a slip of the keyboard."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA, DamerauLevenshtein
from rapidfuzz.process import extractOne

SHORTEST_CHARS: Final = 4
"""Shorter words are others too easily."""
MOST_SLIPS: Final = 2
LONG_CHARS: Final = 7
"""From here on one letter may stand for another: "state" is no slip of "slate"."""


def find_like(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that this one is meant to be, if there is one."""
    if len(word) < SHORTEST_CHARS or not word.isalpha():
        return None
    near = [
        each
        for each in known
        if abs(len(each) - len(word)) <= MOST_SLIPS and each[:1] == word[:1] and is_slip(word, each)
    ]
    found = extractOne(word, near, scorer=DamerauLevenshtein.normalized_similarity) if near else None
    return found[0] if found else None


def is_slip(word: str, meant: str) -> bool:
    """Tell whether the word is the other with letters left out, doubled or exchanged."""
    if min(len(word), len(meant)) < SHORTEST_CHARS:
        return False
    if word.startswith(meant) or (meant.startswith(word) and (meant[-1] == "s" or len(meant) - len(word) > 1)):
        # Endings make other words: "briefly" is no slip of "brief", nor "note" of "notes".
        return False
    distance = OSA.distance(word, meant, score_cutoff=MOST_SLIPS)
    if len(meant) >= LONG_CHARS:
        return distance <= (MOST_SLIPS if len(meant) > LONG_CHARS + 1 else 1)
    return distance == 1 and (len(word) != len(meant) or sorted(word) == sorted(meant))
