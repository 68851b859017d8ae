"""The brief: the card that shows exactly what is frozen, before anything runs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from recipes.audience import Audience, Sharing
from recipes.draft import Answer
from recipes.errors import UserFixableError
from recipes.estimate import Estimate
from recipes.ids import ChannelId, Digest, DraftId, SourceId, SourceKey, UserId
from recipes.parameters import Parameter, Value
from recipes.price import SearchPrice
from recipes.record import Record
from recipes.server_tool import ServerTool, ServerToolNotOffered
from recipes.source import LeftOut, SourceKind

SHORT: Final = timedelta(seconds=10)
LONG: Final = timedelta(seconds=90)


class BriefSource(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One line of what will be read."""

    id: SourceId
    kind: SourceKind
    locator: str
    author: str | None = None
    permalink: str | None = None
    extent: str
    """How much it is, in its own measure: "51 rows × 3 columns", "212 characters"."""
    origin: ChannelId | None = None
    """The other channel whose basket it came from."""
    entry_id: str | None = None
    """Of the block or the asset that it is, where it came from a basket."""
    key: SourceKey | None = None
    """What it stays known by; None in briefs of before it could be left out."""
    gist: str = ""
    """How a message or a note begins: many of them have the same locator."""


class RemovedSource(BaseModel):
    """Something that the requester left out, and can put back."""

    model_config = ConfigDict(frozen=True)

    key: SourceKey
    name: str
    gist: str = ""
    origin: ChannelId | None = None
    """The other channel that it is from: the conversation of the brief is shown none of its words."""


class BriefAnswer(BaseModel):
    """A parameter, its value, and where the value came from; without an answer it is the default."""

    model_config = ConfigDict(frozen=True)

    parameter: Parameter
    value: Value
    answer: Answer | None


class OfferedTool(BaseModel):
    """A server tool that the recipe allows, and whether the requester ticked it."""

    model_config = ConfigDict(frozen=True)

    tool: ServerTool
    is_on: bool


class Brief(BaseModel):
    """Everything the card shows."""

    model_config = ConfigDict(frozen=True)

    draft_id: DraftId
    brief_no: int
    requester: UserId
    recipe_name: str
    task: str
    answers: tuple[BriefAnswer, ...]
    sources: tuple[BriefSource, ...]
    left_out: tuple[LeftOut, ...]
    output_format: str
    uses_language_model: bool
    estimate: Estimate
    audience: Audience
    digest: Digest
    removed: tuple[RemovedSource, ...] = ()
    closed: tuple[ChannelId, ...] = ()
    """The channels that sources came from and that not everybody who will see the result can read."""
    sharing: Sharing = Sharing.UNSAID
    """What the requester said about them."""
    offered: tuple[OfferedTool, ...] = ()
    search_price: SearchPrice | None = None
    """None where the table of prices has none, and nothing is said of it."""
    changed: str | None = None
    """Why it takes the place of the brief before it, as a sentence."""

    def holds(self, entry_ids: Collection[str]) -> bool:
        """Tell whether one of these blocks or assets would be read."""
        return any(source.entry_id in entry_ids for source in self.sources)

    def list_closed(self) -> tuple[BriefSource, ...]:
        """Give the sources that not everybody in the conversation can read."""
        return tuple(source for source in self.sources if source.origin in self.closed)

    def is_undecided(self) -> bool:
        """Tell whether the requester must say something about such sources before the brief can be approved."""
        return bool(self.closed) and self.sharing is Sharing.UNSAID

    def is_private(self) -> bool:
        """Tell whether the result goes to the requester alone."""
        return bool(self.closed) and self.sharing is Sharing.REQUESTER

    def is_all_public(self) -> bool:
        """Tell whether nothing of what is read comes from a place that not everybody can look into, or from a file."""
        return (
            self.audience.kind == "public"
            and not self.closed
            and all(source.kind is not SourceKind.ASSET and source.origin is None for source in self.sources)
        )

    def check_offered(self, tools: Collection[ServerTool]) -> None:
        """Refuse tools that are not offered.

        Raises:
            ServerToolNotOffered: one of these is not.
        """
        if not set(tools) <= {each.tool for each in self.offered}:
            raise ServerToolNotOffered(self.draft_id)

    def check_removable(self, keys: Collection[SourceKey]) -> None:
        """Refuse to leave out what is not there, or all there is.

        Raises:
            SourceUnknown, OnlySource: as they say.
        """
        left = [source for source in self.sources if source.key not in keys and source.origin not in keys]
        if len(left) == len(self.sources):
            raise SourceUnknown(self.draft_id)
        if not left:
            raise OnlySource(self.draft_id)

    @property
    def value(self) -> str:
        """Give what the approve button carries: this draft, this brief."""
        return f"{self.draft_id}.{self.brief_no}"


def show_duration(duration: timedelta) -> str:
    """Give a duration as people say it: "under 10 seconds", "about 40 seconds", "about 3 minutes"."""
    if duration < SHORT:
        return f"under {SHORT.seconds} seconds"
    if duration < LONG:
        return f"about {round(duration.total_seconds(), -1):.0f} seconds"
    return f"about {round(duration.total_seconds() / 60)} minutes"


@dataclass(eq=False)
class OnlySource(UserFixableError):
    """Without what somebody wants to leave out, nothing would be left to read."""

    draft_id: str

    def advice(self) -> str:
        """Say why it stays, and what would help."""
        return (
            "That is all there is to read, so the brief stays as it is: without it there would be nothing to work "
            "from. Write or share something else here and press *Read again*, or withdraw the request."
        )


@dataclass(eq=False)
class SourceUnknown(UserFixableError):
    """What somebody chose in a brief is not in it."""

    draft_id: str

    def advice(self) -> str:
        """Say where to choose."""
        return "The newest brief does not hold that. Please choose from the menu below it."


@dataclass(eq=False)
class SharingUndecided(UserFixableError):
    """Some of what would be read is not for everybody who would see the result, and nothing was said about that."""

    draft_id: str

    def advice(self) -> str:
        """Say what has to be said first."""
        return (
            "Not everybody here can read all that this brief holds. Say first what I should do about that: the three "
            "buttons in the brief are for it."
        )


@dataclass(eq=False)
class ReadersChanged(UserFixableError):
    """Since the brief was made, others than it says can read what it holds."""

    draft_id: str

    def advice(self) -> str:
        """Point to the next brief."""
        return "Who can read what this brief holds has changed, so nothing was started. A new brief follows below."
