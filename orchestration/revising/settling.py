"""Settling: what a language model gives back of a revision, with every part that nobody named as it was."""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.revising.difference import put_back
from orchestration.revising.parts import Json, find_part, list_parts, name_unit
from recipes.revision import EarlierWork, Revision, Reword


def find_named(earlier: EarlierWork, words: Sequence[Reword]) -> frozenset[int]:
    """Give the numbers of the parts that are to be reworded; none: any.

    Raises:
        WishRefused: there is no such part.
    """
    if earlier.content is None or earlier.file_format is None:
        return frozenset()
    parts, unit = list_parts(earlier.file_format, earlier.content, earlier.pages), name_unit(earlier.file_format)
    return frozenset(find_part(parts, place, unit=unit).number for each in words for place in each.places)


def settle(revision: Revision | None, file_format: str, content: Mapping[str, Any]) -> Json:
    """Give a content as it is built."""
    if revision is None or not revision.needs_model or revision.earlier.content is None:
        return dict(content)
    if file_format != revision.earlier.file_format:
        return dict(content)
    named = find_named(revision.earlier, [each for each in revision.changes if isinstance(each, Reword)])
    earlier = revision.earlier
    return put_back(file_format, revision.earlier.content, content, named=named, pages=earlier.pages)[0]
