"""What is read where there is more than a bundle holds: whole tables, then the passages that match the task best."""

from collections.abc import Callable, Sequence

from orchestration.readers.passages import count_chars
from orchestration.staging.ranking import WordIndex
from recipes.source import Table

Indexing = Callable[[Sequence[str]], WordIndex]
"""Gives the index of texts, made now or earlier."""


def select(parts: Sequence[str | Table], words: str, *, budget_chars: int, indexing: Indexing = WordIndex) -> set[int]:
    """Give the places of the passages that are read.

    Everything, where it fits. Else tables come first, each whole or not at all; then texts by how well they match the
    words; equals, and texts that match nothing, in the order they came in. What does not fit is passed over for what
    still does.

    Args:
        parts: Passages, in the order of their sources.
        words: What the work is about.
        budget_chars: How much can be read.
        indexing: Where their index is from.
    """
    sizes = [len(part) if isinstance(part, str) else count_chars(part) for part in parts]
    if sum(sizes) <= budget_chars:
        return set(range(len(parts)))
    taken: set[int] = set()
    left = budget_chars
    for place in _order(parts, words, indexing):
        if sizes[place] <= left:
            left -= sizes[place]
            taken.add(place)
    return taken


def _order(parts: Sequence[str | Table], words: str, indexing: Indexing) -> list[int]:
    """Give all places, what matters most first."""
    tables = [place for place, part in enumerate(parts) if isinstance(part, Table)]
    texts = ["" if isinstance(part, Table) else part for part in parts]
    return list(dict.fromkeys([*tables, *indexing(texts).rank(words), *range(len(parts))]))
