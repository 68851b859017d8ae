"""Paragraphs found again among the lines of a page, by where the lines stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from orchestration.readers.texts.characters import drop_unseen

# pdfium's sign for a hyphen that parts a word at the end of a line
_PARTED: Final = ("\ufffe", "\x02")
# lines that are further apart than they usually are, by this factor, are two paragraphs; so are other sizes of type
_PITCH_FACTOR: Final = 1.3
_HEIGHT_FACTOR: Final = 1.15
# rows of one table are spread out, but not further than this
_ROW_HEIGHTS: Final = 4
_SENTENCE_ENDS: Final = (".", "!", "?", ":")
# a line that reaches this share of its page's text goes on in the next one
_FULL_SHARE: Final = 0.8
# words of which so many are figures are a row of a table
_FIGURE_SHARE: Final = 0.4


@dataclass(frozen=True)
class Line:
    """A line of a page and its box, in points from the page's lower left; no height where it is not known."""

    text: str
    left: float = 0
    right: float = 0
    bottom: float = 0
    height: float = 0


def list_paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Give a page's paragraphs, lines that only wrapped joined, rows of figures each on a line of its own."""
    pitches = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median([pitch for pitch in pitches if pitch > 0] or [0])
    full = max((line.right for line in lines), default=0) - min((line.left for line in lines), default=0)
    held = ""
    above: Line | None = None
    for line in lines:
        if above is not None and _begins_paragraph(above, line, usual):
            yield drop_unseen(held)
            held = ""
        elif above is not None:
            is_full = line.text[:1].islower() or above.right - above.left > _FULL_SHARE * full
            held = _join(held, is_wrapped=is_full and not _is_row(above.text) and not _is_row(line.text))
        held += line.text.strip()
        above = line
    if held:
        yield drop_unseen(held)


def _begins_paragraph(above: Line, line: Line, usual_pitch: float) -> bool:
    if not above.height or not line.height:
        return False
    pitch = above.bottom - line.bottom
    if pitch < -line.height:
        # The next column, or something drawn out of order: a sentence may go on there.
        return not line.text[:1].islower()
    if _is_row(above.text) and _is_row(line.text):
        return pitch > _ROW_HEIGHTS * line.height
    if above.text.rstrip().endswith(_SENTENCE_ENDS) and abs(line.left - above.left) > line.height:
        # An indented first line, or something else that stands apart.
        return True
    sizes = sorted((above.height, line.height))
    return pitch > _PITCH_FACTOR * usual_pitch or sizes[1] > _HEIGHT_FACTOR * sizes[0]


def _join(held: str, *, is_wrapped: bool) -> str:
    if held.endswith(_PARTED):
        return held[:-1]
    return held + (" " if is_wrapped else "\n")


def _is_row(text: str) -> bool:
    words = text.split()
    figures = sum(any(char.isdigit() for char in word) for word in words)
    return len(words) > 1 and figures >= _FIGURE_SHARE * len(words)
