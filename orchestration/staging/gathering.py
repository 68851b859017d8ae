"""What staging has found to read, and what of it there is room for: numbered sources, and what is left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.readers.passages import ReadPassage
from orchestration.staging.ranking import WordIndex
from orchestration.staging.selection import Indexing, select
from recipes.brief import RemovedSource
from recipes.bundle import BUNDLE_TEXT_CHARS, find_text_digest
from recipes.ids import ChannelId, Digest, PassageId, SourceId, SourceKey
from recipes.source import LeftOut, Passage, Source, SourceKind, Table

LESS: Final = (
    f"the task less than what I read, and the bundle is full ({BUNDLE_TEXT_CHARS // 1_000_000} million characters)"
)
# A bundle names nothing that somebody wanted out of it: it travels as far as the result does.
REMOVED: Final = LeftOut(source="something", reason="the requester left it out of the brief")
# As much as tells one message from another in a menu.
GIST_CHARS: Final = 60


class Found(NamedTuple):
    """Something that can be read, before it is known whether there is room for all of it; there may be thousands."""

    key: SourceKey
    kind: SourceKind
    parts: tuple[str | ReadPassage, ...]
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


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is read: numbered sources, what is known of them beside the bundle, and what was left out."""

    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    permalinks: dict[str, str]
    origins: dict[str, ChannelId]
    entry_ids: dict[str, str]
    keys: dict[str, SourceKey]
    removed: tuple[RemovedSource, ...]


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
        owners = [place for place, each in enumerate(self.found) for _ in each.parts]
        parts = [part for each in self.found for part in each.parts]
        taken = select([_content_of(part) for part in parts], words, budget_chars=BUNDLE_TEXT_CHARS, indexing=indexing)
        kept: dict[int, list[str | ReadPassage]] = {}
        for place in sorted(taken):
            kept.setdefault(owners[place], []).append(parts[place])
        numbered = {SourceId(f"S{number}"): owner for number, owner in enumerate(kept, start=1)}
        found = {source_id: self.found[owner] for source_id, owner in numbered.items()}
        return Chosen(
            sources=tuple(_number(source_id, found[source_id], kept[owner]) for source_id, owner in numbered.items()),
            left_out=(*([REMOVED] if self.removed else []), *self.left_out, *_name_rest(self.found, kept)),
            permalinks={source_id: each.permalink for source_id, each in found.items() if each.permalink is not None},
            origins={source_id: each.origin for source_id, each in found.items()},
            entry_ids={source_id: each.entry_id for source_id, each in found.items() if each.entry_id is not None},
            keys={source_id: each.key for source_id, each in found.items()},
            removed=tuple(self.removed.values()),
        )


def make_gist(text: str) -> str:
    """Give how a text begins, on one line."""
    words = " ".join(text[: 2 * GIST_CHARS].split())
    return words if len(words) <= GIST_CHARS else words[: GIST_CHARS - 1].rstrip() + "…"


def _content_of(part: str | ReadPassage) -> str | Table:
    return part if isinstance(part, str) else part.content


def _number(source_id: SourceId, found: Found, parts: Sequence[str | ReadPassage]) -> Source:
    return Source(
        id=source_id,
        kind=found.kind,
        locator=found.locator,
        author=found.author,
        ts=found.ts,
        digest=found.digest or _find_digest(found, parts),
        passages=tuple([_make_passage(source_id, number, part) for number, part in enumerate(parts, start=1)]),
    )


def _find_digest(found: Found, parts: Sequence[str | ReadPassage]) -> Digest:
    said = "".join([part for part in parts if isinstance(part, str)])
    return find_text_digest(said, place=f"a {found.locator}")


def _make_passage(source_id: SourceId, number: int, part: str | ReadPassage) -> Passage:
    passage_id = PassageId(f"{source_id}.{number}")
    if isinstance(part, str):
        return Passage(id=passage_id, text=part)
    if isinstance(part.content, Table):
        return Passage(id=passage_id, locator=part.locator, table=part.content)
    return Passage(id=passage_id, locator=part.locator, text=part.content)


def _name_rest(found: Sequence[Found], kept: dict[int, list[str | ReadPassage]]) -> Iterator[LeftOut]:
    """Say what there was no room for: each file by its name, messages and notes together by their place."""
    others: Counter[str] = Counter()
    for place, each in enumerate(found):
        missing = len(each.parts) - len(kept.get(place, ()))
        if missing and each.kind is not SourceKind.ASSET:
            others[each.locator] += 1
        elif missing and place in kept:
            yield LeftOut(source=each.locator, reason=f"{missing:,} of its {len(each.parts):,} passages match {LESS}")
        elif missing:
            yield LeftOut(source=each.locator, reason=f"matches {LESS}")
    for locator, count in others.items():
        yield LeftOut(source=f"{count:,} × {locator}" if count > 1 else locator, reason=f"matches {LESS}")
