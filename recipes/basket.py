"""A basket as people look at it: its entries, newest first, some at a time."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from recipes.errors import UserFixableError
from recipes.ids import ChannelId, UserId
from recipes.record import Record
from recipes.source import AssetStatus, ReferenceAsset, SubstrateBlock

EntryKind = Literal["note", "message", "finding", "file"]

# What stands above, below or through a letter: Unicode's combining diacritical marks
MARKS: Final = re.compile("[\u0300-\u036f]+")


class EntryText(NamedTuple):
    """What an entry is searched by: a block's text, a file's name."""

    id: str
    text: str


class BlockText(Record, frozen=True):
    """What work reads of a block."""

    id: str
    text: str
    author: str | None
    permalink: str | None
    message_ts: str | None
    found_by: str | None
    """The ticket whose output a finding was taken from."""


class BasketEntry(BaseModel):
    """A block or a file of a basket."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: EntryKind
    text: str
    """Of the block; of a file, its name."""
    author: str | None
    added_by: UserId | None
    added_at: datetime
    permalink: str | None
    archived_by: UserId | None = None
    size_bytes: int | None = None
    problem: str | None = None
    """Why a file could not be fetched."""


class BasketPage(BaseModel):
    """Some entries of a conversation's basket."""

    model_config = ConfigDict(frozen=True)

    channel_id: ChannelId
    words: str
    """What was searched for; empty for everything."""
    is_archive: bool
    """It shows what was archived, to be put back."""
    number: int
    """From 0."""
    page_count: int
    found_count: int
    entries: tuple[BasketEntry, ...]
    is_cut: bool = False
    """There is more than is searched: the oldest entries are left out."""
    undo: BasketEntry | None = None
    """What was archived a moment ago."""


@dataclass(eq=False)
class EntryNotFound(UserFixableError):
    """The basket has no such entry."""

    entry_id: str

    def advice(self) -> str:
        """Say that somebody was faster."""
        return "That is no longer in this basket. `/work basket` shows what is."


def entry_of(kept: SubstrateBlock | ReferenceAsset) -> BasketEntry:
    """Give a block or a file as people see it."""
    shared = {"id": kept.id, "author": kept.author, "added_by": kept.added_by, "permalink": kept.permalink}
    shared |= {"archived_by": kept.archived_by}
    if isinstance(kept, ReferenceAsset):
        problem = kept.problem if kept.status is AssetStatus.UNREADABLE else None
        more = {"added_at": kept.added_at, "size_bytes": kept.size_bytes, "problem": problem}
        return BasketEntry.model_validate({**shared, **more, "kind": "file", "text": kept.filename})
    kind = "finding" if kept.finding else "message" if kept.message_ts else "note"
    return BasketEntry.model_validate({**shared, "added_at": kept.created_at, "kind": kind, "text": kept.text})


def fold(text: str) -> str:
    """Give a text for comparing: without case, accents and differences of width."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
