"""A job: what is handed to the durable engine. Its arguments are ids, never contents."""

from dataclasses import dataclass
from typing import Literal

from recipes.ids import TeamId, TicketId
from recipes.priority import HIGHEST, USUAL, Priority

WorkflowName = Literal["run_segment", "close_segment"]


@dataclass(frozen=True, kw_only=True)
class Job:
    """One segment of a ticket: `run_segment` works on it, `close_segment` delivers what exists after a stop."""

    workflow: WorkflowName
    team_id: TeamId
    ticket_id: TicketId
    segment: int
    priority: Priority = USUAL

    @property
    def id(self) -> str:
        """Give the name under which the engine knows it: the same job submitted twice is one."""
        return f"{self.workflow.removesuffix('_segment')}:{self.ticket_id}:{self.segment}"

    @property
    def is_urgent(self) -> bool:
        """Tell whether it goes before everybody else's: the highest priority, and what somebody stopped."""
        return self.priority == HIGHEST or self.workflow == "close_segment"
