"""Whether all that a document was to say stands in its file."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from pydantic import BaseModel

from orchestration.skills.characters import find_direction
from orchestration.skills.marks import plain_text
from orchestration.skills.paper.content import Document
from orchestration.skills.paper.reading import ReadPaper

# What is no text for the reader of the page: names of choices, formats, ids; and what is said of pictures elsewhere.
_UNSHOWN: Final = frozenset(
    {"kind", "align", "status", "direction", "type", "number_format", "line_format", "highlight", "source_ids", "alt",
     "id", "url", "theme", "language", "author", "footer", "date", "image"}
)  # fmt: skip
_SHOWN_CHARS: Final = 60


def list_missing(paper: ReadPaper, document: Document) -> Iterator[str]:
    """Give a sentence for each text of the content that is not in the file."""
    drawn = (each for chart in paper.charts for each in (chart.alt, *chart.categories, *dict(chart.series)))
    said = _letters(" ".join(chain((each.text for each in paper.list_all()), drawn)))
    for text in dict.fromkeys(_list_texts(document)):
        plain = plain_text(text)
        if not _stands(plain, said):
            yield f"the text '{plain[:_SHOWN_CHARS]}' is missing"


def _stands(text: str, said: str) -> bool:
    """Tell whether a text is there; of one with words from right to left, whether each word is."""
    if _letters(text) in said:
        return True
    words = text.split()
    return any(find_direction(word) for word in words) and all(_letters(word) in said for word in words)


def _list_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name, part in value:
            if name not in _UNSHOWN or (name == "date" and isinstance(part, str)):
                yield from _list_texts(part)
    elif isinstance(value, tuple):
        for part in value:  # pyright: ignore[reportUnknownVariableType]: a tuple of whatever content there is
            yield from _list_texts(part)  # pyright: ignore[reportUnknownArgumentType]: told apart by isinstance


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
