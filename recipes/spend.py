"""Spending: whose account a model call is on."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from recipes.ids import ChannelId, TeamId, UserId


class SpendOwner(BaseModel):
    """What a model call is made for: a draft while people talk, a ticket while an agent works."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["draft", "ticket"]
    id: str
    team_id: TeamId
    user_id: UserId
    """Who asked for it."""
    channel_id: ChannelId
    """Where."""
