"""Places: the text of a delivered thing, piece by piece, each with what it cites."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Citations = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A paragraph, a cell or a chart's value."""

    where: str
    """In people's words: "slide 4, table, row 2"."""
    text: str
    """Its words, without the marks of citations."""
    scopes: tuple[Citations, ...] = ()
    """The passages and sources that are cited here, then around here; only the nearest that are any count."""
    value: float | None = None
    """Of a chart, in place of words."""
    is_cell: bool = False

    @property
    def cited(self) -> Citations:
        """The passages and sources that this place leans on."""
        return next((scope for scope in self.scopes if scope), ())


@dataclass(frozen=True)
class Delivered:
    """What stands in a delivered thing."""

    places: tuple[Place, ...]
    broken: tuple[tuple[str, str], ...] = field(default=())
    """Citations whose number no list of sources has, each with where it stands."""


def join_cited(scopes: Iterable[Citations]) -> Citations:
    """Give all that is cited in several places, each once."""
    return tuple(dict.fromkeys(each for scope in scopes for each in scope))


def take_citations(text: str, numbers: Sequence[int] | frozenset[int]) -> tuple[str, tuple[int, ...]]:
    """Give a text without its citations, and their numbers; other numbers in brackets are words."""
    found: list[int] = []

    def take(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in numbers:
            return match[0]
        found.append(number)
        return ""

    return re.sub(r"\s?\[(\d{1,4})\]", take, text), tuple(found)
