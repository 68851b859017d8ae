"""What differs between two contents, part by part, by digest; and how parts that nobody named are put back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.revising.parts import Json, Part, list_parts, name_unit, with_parts


@dataclass(frozen=True)
class Difference:
    """What became of the parts of a content."""

    same: int
    """So many say what they said, byte for byte, wherever they stand now."""
    changed: tuple[int, ...]
    """Numbers in the later one of those that it says otherwise, or first."""
    before: tuple[int, ...]
    """Numbers in the earlier one of those that are gone, or said otherwise."""


def compare(
    file_format: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    pages: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Difference:
    """Give what differs between two contents of files of the same kind.

    Args:
        file_format: Of both.
        before: The earlier content.
        after: The later one.
        pages: Of either, how many slides of its file each slide makes.
    """
    old, new = list_parts(file_format, before, pages[0]), list_parts(file_format, after, pages[1])
    left = [each.digest for each in old]
    changed: list[int] = []
    for part in new:
        if part.digest in left:
            left.remove(part.digest)
        else:
            changed.append(part.number)
    gone = [part.number for part in old if part.digest in left]
    return Difference(same=len(new) - len(changed), changed=tuple(changed), before=tuple(gone))


def say_same(file_format: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Give the sentence that says how much stayed as it was."""
    found, unit = compare(file_format, before, after), name_unit(file_format)
    total = found.same + len(found.changed)
    if not found.changed:
        return f"What the {total} {unit}s say is unchanged, each by its digest."
    if not found.same:
        return f"All {total} {unit}s changed."
    return f"The other {found.same} of {total} {unit}s say what they said, each by its digest."


def put_back(
    file_format: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    named: Collection[int],
    pages: Sequence[int] = (),
) -> tuple[Json, tuple[int, ...]]:
    """Give the later content with every part that nobody named as it was, and the numbers of those put back.

    Where parts were named, there are as many as before, each in its place.

    Args:
        file_format: Of both.
        before: The earlier content.
        after: What was made of it.
        named: The numbers of the parts that were to change; none: any.
        pages: Of the earlier one, how many slides of its file each slide makes.
    """
    if not named:
        return dict(after), ()
    old, new = list_parts(file_format, before, pages), list_parts(file_format, after)
    kept: list[Part] = []
    for at, part in enumerate(old):
        later = new[at] if at < len(new) else part
        kept.append(later if part.number in named else part)
    restored = tuple(part.number for at, part in enumerate(old) if part.number not in named and _differs(part, new, at))
    return with_parts(file_format, before, kept), restored


def _differs(part: Part, new: Sequence[Part], at: int) -> bool:
    return at >= len(new) or new[at].digest != part.digest
