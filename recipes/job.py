"""A job: what is handed to the durable engine. Its arguments are ids, never contents."""

from dataclasses import dataclass
from typing import Literal

from recipes.ids import TeamId, TicketId


@dataclass(frozen=True, kw_only=True)
class Job:
    """One segment of a ticket."""

    workflow: Literal["run_segment"]
    team_id: TeamId
    ticket_id: TicketId
    segment: int

    @property
    def id(self) -> str:
        """Give the name under which the engine knows it: the same job submitted twice is one."""
        return f"run:{self.ticket_id}:{self.segment}"
