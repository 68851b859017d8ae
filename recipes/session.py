"""A session: what Slack itself shows of the work in a thread, beside our messages. Its words are Slack's."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from recipes.conversation import Thread
from recipes.ids import ChannelId, MessageTs, TeamId
from recipes.ticket import TicketStatus, WorkTicket


class SessionStatus(StrEnum):
    """What Slack shows."""

    PROCESSING = "processing"
    """Somebody is at work, with a Stop button of Slack's own."""
    SUSPENDED = "suspended"
    """Work waits for an answer."""
    ACTIVE = "active"
    """Nothing of it."""


class ShownSession(BaseModel):
    """What a thread shows that may show something: one that shows nothing is not kept."""

    model_config = ConfigDict(frozen=True)

    team_id: TeamId
    channel_id: ChannelId
    thread_ts: MessageTs
    status: SessionStatus | None
    """None while it changes: until Slack has answered, nobody knows."""

    @classmethod
    def of(cls, thread: Thread, status: SessionStatus | None) -> Self:
        """Give what this thread shows."""
        return cls(**thread.model_dump(), status=status)

    @property
    def thread(self) -> Thread:
        """Give the thread."""
        return Thread(team_id=self.team_id, channel_id=self.channel_id, thread_ts=self.thread_ts)


def find_status(tickets: Iterable[WorkTicket]) -> SessionStatus:
    """Give what a thread with these tickets should show: at work if any of them is, else waiting if any of them is.

    What was stopped counts as over while it comes to its end: a Stop that nobody needs any more is taken away at once.
    What waits for its turn shows nothing yet: nobody is at work on it.
    """
    states = {ticket.status for ticket in tickets if not ticket.closing}
    if TicketStatus.RUNNING in states:
        return SessionStatus.PROCESSING
    return SessionStatus.SUSPENDED if TicketStatus.WAITING in states else SessionStatus.ACTIVE
