"""Progress: one snapshot of a ticket, as its one message shows it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from recipes.ids import TicketId, UserId
from recipes.ticket import TicketStatus
from recipes.todo import TodoStatus, TrackedTodo


class Progress(BaseModel):
    """The state of a ticket at one version."""

    model_config = ConfigDict(frozen=True)

    ticket_id: TicketId
    version: int
    status: TicketStatus
    title: str
    requester: UserId
    todos: tuple[TrackedTodo, ...]
    started_at: datetime | None
    finished_at: datetime | None
    problem: str | None = None
    ahead: int = 0
    """How many pieces of work of the workspace come before it, while it is pending."""
    closing: bool = False
    """Stopped: it is coming to its end."""
    stopped_by: UserId | None = None
    partial: bool = False

    def count_completed(self) -> int:
        """Count the todos that are done."""
        return sum(tracked.todo.status is TodoStatus.COMPLETED for tracked in self.todos)

    def is_last(self) -> bool:
        """Tell whether nothing will follow without somebody asking for it."""
        return self.status in {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}
