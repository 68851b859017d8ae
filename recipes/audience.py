"""Who may read what: the people a result is visible to, and the proof that a person may read a basket."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from recipes.errors import UserFixableError
from recipes.ids import ChannelId, UserId

# A membership check older than this proves nothing: people leave channels
ACCESS_AGE: Final = timedelta(minutes=5)


class Audience(BaseModel):
    """The conversation a result lands in: everybody in it can read the result."""

    model_config = ConfigDict(frozen=True)

    channel_id: ChannelId
    kind: Literal["public", "private", "direct"]
    members: int
    """Who is in it now, bots included."""
    name: str | None = None
    """What the channel is called; None for direct messages."""


class Sharing(StrEnum):
    """What the requester says about sources that not everybody in the conversation can read."""

    UNSAID = "unsaid"
    EVERYBODY = "everybody"
    """The result stands in the thread all the same."""
    REQUESTER = "requester"
    """The result goes to the requester alone, in direct messages."""


@dataclass(frozen=True, kw_only=True)
class BasketAccess:
    """Proof that a person was in a conversation when it was checked; made only in `orchestration/baskets/access.py`."""

    channel_id: ChannelId
    user_id: UserId
    checked_at: datetime


@dataclass(eq=False)
class BasketClosed(UserFixableError):
    """A person is not in the conversation whose basket would be read."""

    channel_id: str

    def advice(self) -> str:
        """Say what would open it."""
        return f"I can only read the basket of <#{self.channel_id}> for people who are in there, as I must be."
