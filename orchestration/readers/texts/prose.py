"""Plain text: one passage a paragraph, long paragraphs cut at sentence ends."""

import re
from collections.abc import Iterator
from typing import Final

from orchestration.readers.passages import PASSAGE_CHARS, ReadFile, ReadPassage, name_span, take_passages
from orchestration.readers.texts.decoding import decode_text

_PARAGRAPH_END: Final = re.compile(r"\n(?:[ \t]*\n)+")
# where a text may be cut, best first: after a line that ends a sentence, a sentence, a line, a word
_CUTS: Final = tuple(re.compile(each) for each in (r"(?<=[.!?;:])\n", r"(?<=[.!?])\s|(?<=[。！？])", r"\n", r"\s"))  # noqa: RUF001 (full-width marks end sentences too)


def read_prose(filename: str, content: bytes) -> ReadFile:
    """Give a plain text's paragraphs.

    Raises:
        FileRefused: it is not text, or empty.
    """
    return ReadFile(passages=take_passages(_list_passages(decode_text(filename, content))))


def split_long(paragraph: str) -> Iterator[str]:
    """Give a paragraph in parts of at most `PASSAGE_CHARS`, cut after a sentence, else a line, else a word."""
    for start, end in _find_parts(paragraph, 0, len(paragraph)):
        yield paragraph[start:end]


def _list_passages(text: str) -> Iterator[ReadPassage]:
    line, counted = 1, 0
    for first, last in _find_paragraphs(text):
        for start, end in _find_parts(text, first, last):
            line += text.count("\n", counted, start)
            counted = start
            locator = name_span("line", line, line + text.count("\n", start, end))
            yield ReadPassage(locator=locator, content=text[start:end])


def _find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH_END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _find_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where the parts of a stretch of text begin and end, without the space around them."""
    while start < end:
        cut = end if end - start <= PASSAGE_CHARS else _find_cut(text, start)
        first, last = start, cut
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        start = cut


def _find_cut(text: str, start: int) -> int:
    end = start + PASSAGE_CHARS
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, start + PASSAGE_CHARS // 3, end)]
        if ends:
            return ends[-1]
    return end
