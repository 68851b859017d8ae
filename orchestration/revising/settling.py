"""Settling: what a language model hands in of a revision, made whole, and proven to change nothing but what it may.

It hands in the parts that it changed, or the whole content. What it may not change stays as it was either way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.revising.changes import check_content
from orchestration.revising.origin import Base, find_base
from orchestration.revising.parts import KEYS, Json, Part, list_parts, with_parts
from orchestration.skills.problems import ContentRefused
from recipes.revision import Revision

Entries = Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]
SHOWN: Final = 6
"""So many numbers stand in a sentence."""
LISTS: Final = frozenset({"sources"})
"""What a changed part may need more of: what it cites stands there."""


class _ChangedPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    entries: Entries


class _AddedPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Annotated[int, Field(ge=0)]
    entries: Entries


class _Handed(BaseModel):
    """The changed parts of a content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    changed: tuple[_ChangedPart, ...] = ()
    added: tuple[_AddedPart, ...] = ()
    dropped: tuple[int, ...] = ()
    file: dict[str, Any] = {}
    """What stands beside the parts: the title of the whole, its sources."""


PARTIAL: Final = frozenset(_Handed.model_fields)


@dataclass(frozen=True)
class Settled:
    """A content as it is built."""

    content: Json
    trespasses: tuple[str, ...] = ()
    """What was handed in otherwise than it may be, a sentence each; the content does not have it."""


def settle(revision: Revision | None, file_format: str, content: Mapping[str, Any]) -> Json:
    """Give a content as it is built.

    Raises:
        ContentRefused: what was handed in is neither changed parts nor a content.
    """
    return look_through(revision, file_format, content).content


def look_through(revision: Revision | None, file_format: str, content: Mapping[str, Any]) -> Settled:
    """Give a content as it is built, with what its agent changed and may not; raises as `settle` does."""
    base = find_base(revision)
    if base is None or file_format != base.file_format:
        return Settled(dict(content))
    settled = _assemble(base, content) if content and content.keys() <= PARTIAL else _compare(base, content)
    if settled.content == base.content and not settled.trespasses:
        return Settled(settled.content, ("What you hand in says what the earlier version says: nothing is changed.",))
    return settled


def _assemble(base: Base, content: Mapping[str, Any]) -> Settled:
    """Put changed parts in their places."""
    handed = _read(base, content)
    changed = {each.number: each for each in handed.changed if _may_change(base, each.number)}
    dropped = set(handed.dropped) if base.named is None else set[int]()
    added = handed.added if base.grows else ()
    pieces = [piece for each in added if each.after == 0 for piece in each.entries]
    for part in base.parts:
        if part.number not in dropped:
            pieces += changed[part.number].entries if part.number in changed else part.pieces
        pieces += [piece for each in added if each.after == part.number for piece in each.entries]
    whole = {**_with_file(base, handed.file), KEYS[base.file_format][0]: pieces}
    return Settled(whole, tuple(_list_trespasses(base, handed)))


def _read(base: Base, content: Mapping[str, Any]) -> _Handed:
    try:
        handed = _Handed.model_validate(content)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise ContentRefused(lines) from error
    last = len(base.parts)
    numbers = [*(each.number for each in handed.changed), *handed.dropped]
    if wrong := [each for each in numbers if not 1 <= each <= last]:
        raise ContentRefused([f"There is no {base.unit} {wrong[0]}: they are numbered from 1 to {last}"])
    if wrong := [each.after for each in handed.added if each.after > last]:
        raise ContentRefused([f"Nothing can stand after {base.unit} {wrong[0]}: they are numbered from 1 to {last}"])
    if doubled := [each for each in numbers if numbers.count(each) > 1]:
        raise ContentRefused([f"{base.unit.capitalize()} {doubled[0]} is handed in twice"])
    return handed


def _list_trespasses(base: Base, handed: _Handed) -> Iterator[str]:
    if base.named is None:
        return
    if wrong := [each.number for each in handed.changed if not _may_change(base, each.number)]:
        yield f"You changed {_call(base, wrong)}, which the request does not name"
    if handed.dropped:
        yield f"You left out {_call(base, handed.dropped)}, which nobody asked for"
    if handed.added and not base.grows:
        yield f"You added {base.unit}s, which nobody asked for"
    if others := _list_others(base, handed.file):
        yield f"You changed what stands beside the {base.unit}s ({', '.join(others)}), which nobody asked for"


def _compare(base: Base, content: Mapping[str, Any]) -> Settled:
    """Take what may change out of a content that was handed in whole."""
    key = KEYS[base.file_format][0]
    check_content(base.file_format, content)
    if base.named is None:
        return Settled(dict(content))
    if base.grows:
        return _compare_grown(base, content)
    old, new = base.parts, list_parts(base.file_format, content)
    kept = with_parts(base.file_format, _with_file(base, content), _match(base, old, new))
    wrong = [
        each.number for at, each in enumerate(old) if not _may_change(base, each.number) and _differs(each, new, at)
    ]
    said = [f"You changed {_call(base, wrong)}, which the request does not name"] if wrong else []
    if len(new) != len(old):
        said.append(f"There were {len(old)} {base.unit}s and you hand in {len(new)}, which nobody asked for")
    if others := _list_others(base, {name: value for name, value in content.items() if name != key}):
        said.append(f"You changed what stands beside the {base.unit}s ({', '.join(others)}), which nobody asked for")
    return Settled(kept, tuple(said))


def _compare_grown(base: Base, content: Mapping[str, Any]) -> Settled:
    """Take what was added out of a content that was handed in whole, if all else is in it as it was."""
    old, new = base.parts, list_parts(base.file_format, content)
    fixed = [each.digest for each in old if not _may_change(base, each.number)]
    order = [each.digest for each in new if each.digest in fixed]
    if order == fixed:
        return Settled(with_parts(base.file_format, _with_file(base, content), new))
    said = f"The {base.unit}s that the request does not name are not all there as they were, in their order"
    return Settled(dict(base.content), (f"{said}. Hand in what you add by itself: added, with the number it follows",))


def _match(base: Base, old: Sequence[Part], new: Sequence[Part]) -> list[Part]:
    """Give the old parts, with those that may change as they are now."""
    if len(old) == len(new):
        pairs = {part.number: later for part, later in zip(old, new, strict=True)}
    else:
        # What is as it was is no change: the rest are those that were asked for, in their order.
        known = {each.digest for each in old if not _may_change(base, each.number)}
        left = [each for each in new if each.digest not in known]
        named = sorted(base.named or ())
        pairs = dict(zip(named, left, strict=True)) if len(left) == len(named) else {}
    return [pairs.get(part.number, part) if _may_change(base, part.number) else part for part in old]


def _may_change(base: Base, number: int) -> bool:
    return base.named is None or number in base.named


def _differs(part: Part, new: Sequence[Part], at: int) -> bool:
    return len(new) > at and new[at].digest != part.digest


def _with_file(base: Base, given: Mapping[str, Any]) -> Json:
    """Give the content with what stands beside its parts as it may be: of lists, more than there was.

    Whoever hands in changes lists what is new only, so a list is never taken as the whole, whatever may change.
    """
    key = KEYS[base.file_format][0]
    free = {} if base.named is not None else {name: value for name, value in given.items() if name != key}
    lists = {name: _extend(base.content.get(name) or (), given[name]) for name in LISTS if name in given}
    return {**base.content, **free, **lists}


def _extend(have: Sequence[Json], given: object) -> Sequence[Json]:
    """Give a list of things with ids, and those that it does not have yet."""
    known = {each.get("id") for each in have}
    listed = cast("Sequence[object]", given) if isinstance(given, list) else ()
    more = [cast("Json", each) for each in listed if isinstance(each, dict)]
    return [*have, *(each for each in more if each.get("id") not in known)]


def _list_others(base: Base, given: Mapping[str, Any]) -> list[str]:
    key = KEYS[base.file_format][0]
    names = [name for name, value in given.items() if name != key and value != base.content.get(name)]
    return [each for each in names if each not in LISTS]


def _call(base: Base, numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:SHOWN]))
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return f"{base.unit}{'s' if len(numbers) > 1 else ''} {shown}{more}"
