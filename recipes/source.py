"""Sources: what work may stand on.

A source is a message, a block, a file or a recorded fetch; a passage is a part of one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from recipes.errors import UserFixableError
from recipes.ids import (
    AssetId,
    BasketId,
    BlockId,
    ChannelId,
    Digest,
    MessageTs,
    OutputId,
    PassageId,
    SlackFileId,
    SourceId,
    TeamId,
    TicketId,
    UserId,
)
from recipes.record import Record

Cell = str | int | float | None
PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg")
# RFC 8785, 3.2.2.3, after RFC 7493: beyond it, either way, JSON's whole numbers lose digits
EXACT_INTEGER: Final = 2**53 - 1


class SourceKind(StrEnum):
    """Where a source came from."""

    MESSAGE = "message"
    BLOCK = "block"
    ASSET = "asset"
    FETCH = "fetch"


class Column(BaseModel):
    """A column of a table: its header, and whether its cells are numbers or text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: Literal["number", "text"]


class Table(BaseModel):
    """Rows of typed cells under named columns, as a file holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """The sheet, or the file where it has no sheets."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @model_validator(mode="after")
    def _check_widths(self) -> Self:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.name}: each row has as many cells as there are columns")
        return self


class Passage(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a source that can be cited: a text or a table, never both.

    Its members stand in the order of the canonical form, without those that it has not: see `recipes.canonical`.
    """

    id: PassageId
    locator: str | None = None
    """Where in its file it stands, in people's words: "page 3", "Sheet1!A1:F51"; a message has no parts to name."""
    table: Table | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        """Refuse to be both or neither."""
        if (self.text is None) == (self.table is None):
            raise ValueError(f"passage {self.id} is a text or a table")


class Source(Record, frozen=True, kw_only=True):
    """One numbered source of a bundle, with its passages; its members stand in the order of the canonical form."""

    author: str | None = None
    digest: Digest
    """Of the file's bytes, or of the text as UTF-8."""
    id: SourceId
    kind: SourceKind
    locator: str
    """How people find it: a file's name, or the channel of a message."""
    passages: tuple[Passage, ...]
    ts: str | None = None
    """When it was said or shared, as Slack's `ts`."""

    def __post_init__(self) -> None:
        """Refuse to hold nothing."""
        if not self.passages:
            raise ValueError(f"source {self.id} has a passage at least")


class LeftOut(BaseModel):
    """Something that was there and is not read, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    reason: str


def is_picture_name(filename: str) -> bool:
    """Tell whether a file is a picture by its name; readers hold its bytes against that."""
    return filename.casefold().endswith(PICTURE_SUFFIXES)


class AssetStatus(StrEnum):
    """Whether a shared file could be read."""

    READY = "ready"
    UNREADABLE = "unreadable"


class Basket(BaseModel):
    """The knowledge of one channel or direct message."""

    model_config = ConfigDict(frozen=True)

    id: BasketId
    team_id: TeamId
    channel_id: ChannelId


class Finding(BaseModel):
    """The delivered output that a block was taken from."""

    model_config = ConfigDict(frozen=True)

    ticket_id: TicketId
    output_id: OutputId
    digest: Digest


class SubstrateBlock(BaseModel):
    """One piece of text in a basket."""

    model_config = ConfigDict(frozen=True)

    id: BlockId
    basket_id: BasketId
    text: str
    author: str | None
    permalink: str | None
    created_at: datetime
    added_by: UserId | None = None
    """Who put it there."""
    message_ts: MessageTs | None = None
    """The message that it is the text of: it follows what becomes of that message."""
    finding: Finding | None = None
    archived: bool = False
    archived_by: UserId | None = None
    """None where its message was deleted: then nobody puts it back."""


class ReferenceAsset(BaseModel):
    """A file in a basket; its bytes lie in the vault under their digest."""

    model_config = ConfigDict(frozen=True)

    id: AssetId
    basket_id: BasketId
    slack_file_id: SlackFileId
    thread_ts: MessageTs
    shared_ts: MessageTs
    """The message that shared it."""
    filename: str
    size_bytes: int
    author: str | None
    permalink: str | None
    status: AssetStatus
    digest: Digest | None
    """None while unreadable: nothing was kept."""
    problem: str | None = None
    added_by: UserId | None = None
    """Who put it there for all work that reads this basket; None: shared in a thread, and read by its work only."""
    created_at: datetime | None = None
    archived: bool = False
    archived_by: UserId | None = None
    """None where its message was deleted: then nobody puts it back."""

    @property
    def added_at(self) -> datetime:
        """Give when it came into the basket; of older records only the time of its message is known."""
        return self.created_at or datetime.fromtimestamp(float(self.shared_ts), UTC)


@dataclass(eq=False)
class FileRefused(UserFixableError):
    """A file cannot become a source."""

    filename: str
    problem: str
    """A clause that follows the file's name: "is larger than 20 MB"."""

    def advice(self) -> str:
        """Say what is wrong with the file."""
        return f"`{self.filename}` {self.problem}."
