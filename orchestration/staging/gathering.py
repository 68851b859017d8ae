"""What staging has found to read, and what of it there is room for: numbered sources, and what is left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

from orchestration.readers.passages import ReadPassage
from orchestration.staging.ranking import WordIndex
from orchestration.staging.selection import Indexing, select
from recipes.brief import RemovedSource
from recipes.bundle import BUNDLE_TEXT_CHARS, find_text_digest
from recipes.ids import ChannelId, Digest, PassageId, SourceId, SourceKey
from recipes.record import Record
from recipes.source import LeftOut, Passage, Source, SourceKind, Table

LESS: Final = (
    f"the task less than what I read, and the bundle is full ({BUNDLE_TEXT_CHARS // 1_000_000} million characters)"
)
# A bundle names nothing that somebody wanted out of it: it travels as far as the result does.
REMOVED: Final = LeftOut(source="something", reason="the requester left it out of the brief")
# As much as tells one message from another in a menu.
GIST_CHARS: Final = 60


Part = str | ReadPassage


class Found(Record, frozen=True):
    """Something that can be read, before it is known whether there is room for all of it."""

    key: SourceKey
    kind: SourceKind
    parts: tuple[Part, ...]
    locator: str
    digest: Digest | None
    """Of the file; of what somebody wrote it is found when it is taken."""
    author: str | None
    ts: str | None
    permalink: str | None
    origin: ChannelId
    """The channel it came from."""
    entry_id: str | None = None
    """Of the basket's entry, if it is one."""


Kept = tuple[Found, tuple[Part, ...]]
"""What is read, and which parts of it."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is read: numbered sources, what each of them was found as, and what was left out."""

    sources: tuple[Source, ...]
    found: tuple[Found, ...]
    left_out: tuple[LeftOut, ...]
    removed: tuple[RemovedSource, ...]

    def list_permalinks(self) -> dict[str, str]:
        """Give where sources can be opened, by source id."""
        pairs = zip(self.sources, self.found, strict=True)
        return {source.id: found.permalink for source, found in pairs if found.permalink is not None}

    def list_origins(self) -> dict[str, ChannelId]:
        """Give the channel that each source came from, by source id."""
        return {source.id: found.origin for source, found in zip(self.sources, self.found, strict=True)}


@dataclass
class Gathered:
    """What staging has found so far, in the order in which sources are numbered."""

    found: list[Found] = field(default_factory=list[Found])
    left_out: list[LeftOut] = field(default_factory=list[LeftOut])
    unwanted: frozenset[SourceKey] = frozenset()
    """What the requester left out."""
    removed: dict[SourceKey, RemovedSource] = field(default_factory=dict[SourceKey, RemovedSource])
    """What of that is there."""

    def wants(self, key: SourceKey, *, name: str, text: str = "", origin: ChannelId | None = None) -> bool:
        """Tell whether this is to be read; what the requester left out is noted, so that they can put it back."""
        if key in self.unwanted:
            self.note_removed(key, name=name, text=text, origin=origin)
        return key not in self.unwanted

    def note_removed(self, key: SourceKey, *, name: str, text: str, origin: ChannelId | None) -> None:
        """Note something that the requester left out."""
        self.removed[key] = RemovedSource(key=key, name=name, gist=make_gist(text), origin=origin)

    def extend(self, more: "Gathered") -> None:
        """Take what was found elsewhere behind what is here."""
        self.found.extend(more.found)
        self.left_out.extend(more.left_out)

    def choose(self, words: str, indexing: Indexing = WordIndex) -> Chosen:
        """Give everything, or, where that is more than a bundle holds, what matches these words best; see `select`.

        Raises:
            BundleRefused: a text that would be read holds half a character.
        """
        contents = [_content_of(part) for each in self.found for part in each.parts]
        taken = select(contents, words, budget_chars=BUNDLE_TEXT_CHARS, indexing=indexing)
        kept, rest = _part(self.found, [place in taken for place in range(len(contents))])
        return Chosen(
            sources=tuple([_number(f"S{number}", found, parts) for number, (found, parts) in enumerate(kept, start=1)]),
            found=tuple([found for found, _ in kept]),
            left_out=(*([REMOVED] if self.removed else []), *self.left_out, *_name_rest(rest)),
            removed=tuple(self.removed.values()),
        )


def make_gist(text: str) -> str:
    """Give how a text begins, on one line."""
    words = " ".join(text[: 2 * GIST_CHARS].split())
    return words if len(words) <= GIST_CHARS else words[: GIST_CHARS - 1].rstrip() + "…"


def _content_of(part: Part) -> str | Table:
    return part if isinstance(part, str) else part.content


def _part(found: Sequence[Found], are_taken: Sequence[bool]) -> tuple[list[Kept], list[tuple[Found, int]]]:
    """Give what is read, with the parts that are; and of what there are more parts, with how many are read."""
    kept: list[Kept] = []
    rest: list[tuple[Found, int]] = []
    first = 0
    for each in found:
        last = first + len(each.parts)
        are = are_taken[first:last]
        first = last
        if False not in are:
            kept.append((each, each.parts))
            continue
        parts = tuple(compress(each.parts, are))
        if parts:
            kept.append((each, parts))
        rest.append((each, len(parts)))
    return kept, rest


def _number(source_id: str, found: Found, parts: Sequence[Part]) -> Source:
    return Source(
        id=SourceId(source_id),
        kind=found.kind,
        locator=found.locator,
        author=found.author,
        ts=found.ts,
        digest=found.digest or _find_digest(found, parts),
        passages=tuple([_make_passage(f"{source_id}.{number}", part) for number, part in enumerate(parts, start=1)]),
    )


def _find_digest(found: Found, parts: Sequence[Part]) -> Digest:
    said = "".join([part for part in parts if isinstance(part, str)])
    return find_text_digest(said, place=f"a {found.locator}")


def _make_passage(passage_id: str, part: Part) -> Passage:
    if isinstance(part, str):
        return Passage(id=PassageId(passage_id), text=part)
    if isinstance(part.content, Table):
        return Passage(id=PassageId(passage_id), locator=part.locator, table=part.content)
    return Passage(id=PassageId(passage_id), locator=part.locator, text=part.content)


def _name_rest(rest: Sequence[tuple[Found, int]]) -> Iterator[LeftOut]:
    """Say what there was no room for: each file by its name, messages and notes together by their place."""
    others = Counter(each.locator for each, _ in rest if each.kind is not SourceKind.ASSET)
    for each, kept in rest:
        if each.kind is not SourceKind.ASSET:
            continue
        missing, some = len(each.parts) - kept, f"{len(each.parts):,} passages"
        yield LeftOut(
            source=each.locator, reason=f"{missing:,} of its {some} match {LESS}" if kept else f"matches {LESS}"
        )
    for locator, count in others.items():
        yield LeftOut(source=f"{count:,} × {locator}" if count > 1 else locator, reason=f"matches {LESS}")
