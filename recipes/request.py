"""A work request: what a person wanted and approved."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recipes.conversation import Thread
from recipes.draft import Answer
from recipes.ids import BundleId, ChannelId, DraftId, MessageTs, RecipeSlug, RequestId, TeamId, UserId
from recipes.priority import USUAL, Priority


class WorkRequest(BaseModel):
    """What was approved, by whom, and where each answer came from."""

    model_config = ConfigDict(frozen=True)

    id: RequestId
    team_id: TeamId
    draft_id: DraftId
    bundle_id: BundleId
    requester: UserId
    channel_id: ChannelId
    thread_ts: MessageTs
    recipe_slug: RecipeSlug
    recipe_version: int
    answers: dict[str, Answer]
    priority: Priority = USUAL
    entry_point: Literal["thread", "form"]
    created_at: datetime

    @property
    def thread(self) -> Thread:
        """Give the thread that it was asked for in; what is private is worked elsewhere."""
        return Thread(team_id=self.team_id, channel_id=self.channel_id, thread_ts=self.thread_ts)
