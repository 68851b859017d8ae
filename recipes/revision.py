"""Revisions: what somebody wants changed of a delivered thing, and the work that it starts from.

A revision is a child ticket on the same bundle. It starts from the content of an earlier output, and changes only what
was asked for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from recipes.annex import AnnexEntry
from recipes.errors import UserFixableError
from recipes.ids import Digest, DraftId, OutputId, TicketId
from recipes.output import Claim

LAST = -1
"""In place of a number: the last one."""
Place = int | str
"""A part by its number, from 1, or by words of its title."""
Shape = Literal[
    "table", "bullets", "chart", "column", "bar", "stacked_column", "stacked_bar", "line", "area", "stacked_area",
    "pie", "doughnut",
]  # fmt: skip
Unit = Literal["slide", "section", "sheet"]


class Change(BaseModel):
    """One change; what it does stands in its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SetTheme(Change):
    """Other colours and fonts."""

    kind: Literal["theme"] = "theme"
    theme: str


class Drop(Change):
    """Leave parts out."""

    kind: Literal["drop"] = "drop"
    places: tuple[Place, ...]


class KeepCount(Change):
    """Have so many parts and no more."""

    kind: Literal["count"] = "count"
    count: int


class Swap(Change):
    """Let two parts change places."""

    kind: Literal["swap"] = "swap"
    first: Place
    second: Place


class Move(Change):
    """Put a part where another one stands; the others make room."""

    kind: Literal["move"] = "move"
    place: Place
    to: int


class ShowAs(Change):
    """Show a part in another shape, with the same words and values."""

    kind: Literal["show_as"] = "show_as"
    place: Place | None
    """None: the only one that it can be."""
    shape: Shape


class MakeFormat(Change):
    """Make the same as a file of another kind."""

    kind: Literal["format"] = "format"
    file_format: Literal["docx", "pdf"]


class Restore(Change):
    """Have an earlier version again, or the one before the newest."""

    kind: Literal["restore"] = "restore"
    version: int | None = None


class Reword(Change):
    """Other words: only a language model can do that."""

    kind: Literal["reword"] = "reword"
    places: tuple[Place, ...] = ()
    """The parts it is about; none: any."""
    words: str


class Add(Change):
    """Parts that are not there yet: only a language model can write them."""

    kind: Literal["add"] = "add"
    after: Place | None = None
    """The part after which they belong; None: where they fit."""
    words: str


AnyChange = Annotated[
    SetTheme | Drop | KeepCount | Swap | Move | ShowAs | MakeFormat | Restore | Reword | Add,
    Field(discriminator="kind"),
]
WRITTEN = (Reword, Add)
"""What only a language model can do."""


class Wish(BaseModel):
    """What a message wants changed, as far as it says so."""

    model_config = ConfigDict(frozen=True)

    changes: tuple[AnyChange, ...]
    unit: Unit | None = None
    """What it calls the parts, if it names any."""
    lists_versions: bool = False
    """It asks which versions there are."""

    @property
    def needs_model(self) -> bool:
        """Tell whether only a language model can do it."""
        return any(isinstance(each, WRITTEN) for each in self.changes)


ANYTHING = Wish(changes=())
"""A wish of which nothing is known yet: it may be about whatever was delivered."""


class EarlierWork(BaseModel):
    """What a revision starts from: the content of an output as its agent gave it."""

    model_config = ConfigDict(frozen=True)

    output_id: OutputId
    """The newest version, which this one takes the place of."""
    version: int
    title: str
    body: str
    output_type: str
    file_format: str | None
    content: dict[str, Any] | None
    """None where the output is a text: that is the body."""
    claims: tuple[Claim, ...] = ()
    pages: tuple[int, ...] = ()
    """Of a deck: how many slides of its file each slide of the content made."""
    asked: tuple[str, ...] = ()
    """What was asked for in the versions before, oldest first."""
    found: tuple[AnnexEntry, ...] = ()
    """What was found outside the bundle for it: what it cites may stand there."""


class Revision(BaseModel):
    """What a child ticket is to do, and with what."""

    model_config = ConfigDict(frozen=True)

    id: TicketId | DraftId
    """Of the child that does it; of the draft, while a brief of it waits for approval."""
    words: str
    """What was said."""
    changes: tuple[AnyChange, ...]
    earlier: EarlierWork
    restored: int | None = None
    """The version whose content it starts from, where that is not the newest."""

    @property
    def file_format(self) -> str | None:
        """Give the kind of file that comes of it; None for a text."""
        made = [each.file_format for each in self.changes if isinstance(each, MakeFormat)]
        return made[-1] if made else self.earlier.file_format

    @property
    def count(self) -> int | None:
        """Give how many parts it was asked to have, where it was."""
        return next((each.count for each in self.changes if isinstance(each, KeepCount)), None)

    @property
    def needs_model(self) -> bool:
        """Tell whether only a language model can do it."""
        return any(isinstance(each, WRITTEN) for each in self.changes)


class Version(BaseModel):
    """One version of a delivered thing."""

    model_config = ConfigDict(frozen=True)

    output_id: OutputId
    number: int
    words: str | None
    """What was asked for; None for the first."""
    digest: Digest
    created_at: datetime


@dataclass(eq=False)
class WishRefused(UserFixableError):
    """A wish that cannot be done, or could mean several things; the words say which."""

    said: str

    def advice(self) -> str:
        """Give the words."""
        return self.said
