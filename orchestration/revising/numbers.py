"""Numbers of slides: which slides of a file each slide of its content makes, as its headlines say."""

import re
from collections.abc import Sequence
from typing import Final

from orchestration.skills.deck.reader import DeckUnreadable, read_deck

_CONTINUED: Final = re.compile(r" \(1/(?P<parts>\d+)\)$")


def count_pages(content: bytes, slides: int) -> tuple[int, ...]:
    """Give how many slides of a presentation each slide of its content makes. Blocking.

    Args:
        content: The file.
        slides: How many its content has; where that does not come out, each is taken for one.
    """
    try:
        titles = [slide.title for slide in read_deck(content).slides]
    except DeckUnreadable:
        titles = []
    counts = _count(titles)
    return counts if len(counts) == slides else (1,) * slides


def _count(titles: Sequence[str]) -> tuple[int, ...]:
    counts, at = list[int](), 0
    while at < len(titles):
        found = _CONTINUED.search(titles[at])
        counts.append(int(found["parts"]) if found else 1)
        at += counts[-1]
    return tuple(counts)
