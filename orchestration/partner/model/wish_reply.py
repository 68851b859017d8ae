"""A reply about a wish: what a model is asked to make of it. It is a claim, and nothing in it is taken unlooked at."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ChangeKind = Literal["drop", "count", "swap", "move", "show_as", "theme", "format", "restore", "reword", "add"]


class ClaimedChange(BaseModel):
    """One change that the message is said to want."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ChangeKind = Field(description="What is to be done.")
    places: list[int] = Field(description="The numbers of the parts that it is done to, or after which one adds.")
    number: int | None = Field(description="Of `count`, `move` and `restore`; else null.")
    name: str = Field(description="Of `show_as`, `theme` and `format`; else empty.")
    quote: str = Field(description="The words of the message that want it, character by character.")


class WishReply(BaseModel):
    """What a message wants changed, as a model reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    concerns: Literal["change", "new_work", "other"] = Field(description="What the message is about.")
    changes: list[ClaimedChange] = Field(description="What it wants changed, in its order; else empty.")
