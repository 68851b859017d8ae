"""Long text as several paragraphs: on a slide nobody reads a wall of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from orchestration.skills.marks import Span

# A paragraph of more words is skipped on a slide, not read.
PARAGRAPH_WORDS: Final = 40
# The first of several equal paragraphs may be this much shorter or longer to end where a sentence does.
SHORTEST_SHARE: Final = 0.5
LONGEST_SHARE: Final = 1.4

_SPACE: Final = re.compile(r"(?<=\S) (?=\S)")
_CITED: Final = re.compile(r"(?:[\s\u00a0]*\[\d+\])+$")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_CLAUSE_END: Final = re.compile(r"[,;:–—]$")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")


def paragraphs_of(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Give the text as paragraphs of about equal length, each of which ends where a sentence does, if one does nearby.

    Where none does, a clause ends there; in text without any stops, a word. Quotations and links stay whole.
    """
    text = "".join(span.text for span in spans)
    words = len(text.split())
    if words <= PARAGRAPH_WORDS:
        return [tuple(spans)]
    at = _find_break(text, words / -(-words // PARAGRAPH_WORDS), _kept_whole(spans, text))
    if at is None:
        return [tuple(spans)]
    return [_cut(spans, 0, at), *paragraphs_of(_cut(spans, at + 1, len(text)))]


def _find_break(text: str, wanted_words: float, whole: Sequence[tuple[int, int]]) -> int | None:
    """Give the space at which the first paragraph ends; None where no space may be one."""
    places = [
        (_rank(text, space.start()), abs(count - wanted_words), space.start())
        for count, space in enumerate(_SPACE.finditer(text), 1)
        if SHORTEST_SHARE * wanted_words <= count <= min(PARAGRAPH_WORDS, LONGEST_SHARE * wanted_words)
        and not any(start < space.start() < end for start, end in whole)
    ]
    return min(places)[2] if places else None


def _rank(text: str, at: int) -> int:
    before = _CITED.sub("", text[:at])
    if _SENTENCE_END.search(before) and not text[at + 1].islower():
        return 0
    return 1 if _CLAUSE_END.search(before) else 2


def _kept_whole(spans: Sequence[Span], text: str) -> list[tuple[int, int]]:
    """Give where the stretches begin and end that no break may part."""
    return [*_linked(spans), *(found.span() for found in _QUOTED.finditer(text))]


def _linked(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    start = 0
    for span in spans:
        if span.url:
            yield start, start + len(span.text)
        start += len(span.text)


def _cut(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Give the styled text between two places."""
    cut: list[Span] = []
    at = 0
    for span in spans:
        kept = span.text[max(0, start - at) : max(0, end - at)]
        cut += [replace(span, text=kept)] if kept else []
        at += len(span.text)
    return tuple(cut)
