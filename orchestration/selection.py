"""What is read where there is more than a bundle holds: whole tables, then the passages that match the task best."""

from collections.abc import Sequence

from orchestration.ranking import WordIndex
from orchestration.readers.passages import count_chars
from recipes.source import Table


def select(parts: Sequence[str | Table], words: str, *, budget_chars: int) -> set[int]:
    """Give the places of the passages that are read.

    Everything, where it fits. Else tables come first, each whole or not at all; then texts by how well they match the
    words; equals, and texts that match nothing, in the order they came in. What does not fit is passed over for what
    still does.

    Args:
        parts: Passages, in the order of their sources.
        words: What the work is about.
        budget_chars: How much can be read.
    """
    sizes = [count_chars(part) for part in parts]
    if sum(sizes) <= budget_chars:
        return set(range(len(parts)))
    taken: set[int] = set()
    left = budget_chars
    for place in _order(parts, words):
        if sizes[place] <= left:
            left -= sizes[place]
            taken.add(place)
    return taken


def _order(parts: Sequence[str | Table], words: str) -> list[int]:
    """Give all places, what matters most first.

    The index is made anew each time: 20,000 notes take a tenth of a second, less than finding out whether one that was
    kept is still true.
    """
    tables = [place for place, part in enumerate(parts) if isinstance(part, Table)]
    texts = ["" if isinstance(part, Table) else part for part in parts]
    return list(dict.fromkeys([*tables, *WordIndex(texts).rank(words), *range(len(parts))]))
