"""What differs between two contents, part by part, by digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.revising.parts import list_parts, name_unit


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
