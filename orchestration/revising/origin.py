"""The base of a revision by a language model: the earlier content with all done that rules can do, and what may change.

Its parts are counted anew, from 1: what the agent hands in names them by these numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.revising.changes import revise
from orchestration.revising.parts import Json, Part, find_part, list_parts, name_unit
from recipes.revision import WRITTEN, Add, AnyChange, EarlierWork, Restore, Revision, Reword, Unit, WishRefused


@dataclass(frozen=True)
class Base:
    """What an agent starts from."""

    file_format: str
    content: Json
    said: tuple[str, ...]
    """What was done by rule, a sentence each."""
    named: frozenset[int] | None
    """The parts that may change; None: any, and there may be more or fewer of them."""
    grows: bool
    """Whether parts may be added."""
    after: tuple[int, ...] = ()
    """After which they belong, where somebody said so."""

    @property
    def unit(self) -> Unit:
        """Give what its parts are called."""
        return name_unit(self.file_format)

    @property
    def parts(self) -> list[Part]:
        """Give its parts, numbered from 1 whatever they make of the file."""
        return list_parts(self.file_format, self.content)


def find_base(revision: Revision | None) -> Base | None:
    """Find what a revision starts from; None where it writes no content anew."""
    if revision is None or not revision.needs_model:
        return None
    return make_base(revision.earlier, revision.changes)


def make_base(earlier: EarlierWork, changes: Sequence[AnyChange]) -> Base | None:
    """Give what an agent starts from; None where the earlier work is a text.

    Raises:
        WishRefused: what rules are to do cannot be done, or a part is named that there is not.
    """
    if earlier.content is None or earlier.file_format is None:
        return None
    by_rule = [each for each in changes if not isinstance(each, (*WRITTEN, Restore))]
    words = [each for each in changes if isinstance(each, Reword)]
    adds = [each for each in changes if isinstance(each, Add)]
    revised = revise(earlier.file_format, earlier.content, by_rule, pages=earlier.pages)
    places = _Places(earlier, revised.numbers)
    named = (
        None
        if any(not each.places for each in words)
        else frozenset(places.find(place) for each in words for place in each.places)
    )
    return Base(
        file_format=revised.file_format,
        content=revised.content,
        said=revised.said,
        named=named,
        grows=named is None or bool(adds),
        after=tuple(places.find(each.after) for each in adds if each.after is not None),
    )


class _Places:
    """Finds the parts that people name by the numbers and titles of the file that they see."""

    def __init__(self, earlier: EarlierWork, numbers: Sequence[int]) -> None:
        self._parts = list_parts(earlier.file_format or "", earlier.content or {}, earlier.pages)
        self._unit: Unit = name_unit(earlier.file_format)
        self._numbers = numbers

    def find(self, place: int | str) -> int:
        found = find_part(self._parts, place, unit=self._unit)
        if found.number not in self._numbers:
            raise WishRefused(f"{self._unit.capitalize()} {found.number} is to be left out, so it cannot be changed.")
        return self._numbers.index(found.number) + 1
