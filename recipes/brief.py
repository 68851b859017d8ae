"""The brief: the card that shows exactly what is frozen, before anything runs."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from recipes.audience import Audience
from recipes.draft import Answer
from recipes.estimate import Estimate
from recipes.ids import ChannelId, Digest, DraftId, SourceId, UserId
from recipes.parameters import Parameter, Value
from recipes.source import LeftOut, SourceKind

SHORT: Final = timedelta(seconds=10)
LONG: Final = timedelta(seconds=90)


class BriefSource(BaseModel):
    """One line of what will be read."""

    model_config = ConfigDict(frozen=True)

    id: SourceId
    kind: SourceKind
    locator: str
    author: str | None
    permalink: str | None
    extent: str
    """How much it is, in its own measure: "51 rows × 3 columns", "212 characters"."""
    origin: ChannelId | None = None
    """The other channel whose basket it came from."""
    entry_id: str | None = None
    """Of the block or the asset that it is, where it came from a basket."""


class BriefAnswer(BaseModel):
    """A parameter, its value, and where the value came from; without an answer it is the default."""

    model_config = ConfigDict(frozen=True)

    parameter: Parameter
    value: Value
    answer: Answer | None


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
    changed: str | None = None
    """Why it takes the place of the brief before it, as a sentence."""

    def holds(self, entry_ids: Collection[str]) -> bool:
        """Tell whether one of these blocks or assets would be read."""
        return any(source.entry_id in entry_ids for source in self.sources)

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
