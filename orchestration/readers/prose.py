"""Plain text: one passage a paragraph, long paragraphs cut at line or sentence ends."""

import re
from collections.abc import Iterator

from orchestration.readers.decoding import decode_text
from orchestration.readers.passages import PASSAGE_CHARS, ReadFile


def read_prose(filename: str, content: bytes) -> ReadFile:
    """Give a plain text's paragraphs.

    Raises:
        FileRefused: it is not text, or empty.
    """
    text = decode_text(filename, content)
    paragraphs = (paragraph.strip("\n") for paragraph in re.split(r"\n[ \t]*\n", text))
    return ReadFile(passages=tuple(part for each in paragraphs if each.strip() for part in split_long(each)))


def split_long(paragraph: str) -> Iterator[str]:
    """Give a paragraph in parts of at most `PASSAGE_CHARS`, cut after a line, else a sentence, else a word."""
    rest = paragraph.strip()
    while len(rest) > PASSAGE_CHARS:
        cut = _find_cut(rest[:PASSAGE_CHARS])
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _find_cut(head: str) -> int:
    for pattern in (r"\n", r"[.!?。]\s", r"\s"):
        ends = [match.end() for match in re.finditer(pattern, head)]
        if ends and ends[-1] > PASSAGE_CHARS // 3:
            return ends[-1]
    return len(head)
