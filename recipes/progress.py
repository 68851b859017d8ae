"""Progress: one snapshot of a ticket, as its one message shows it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from recipes.ids import UserId
from recipes.ticket import TicketStatus
from recipes.todo import TodoStatus, TrackedTodo


class Progress(BaseModel):
    """The state of a ticket at one version."""

    model_config = ConfigDict(frozen=True)

    version: int
    status: TicketStatus
    title: str
    requester: UserId
    todos: tuple[TrackedTodo, ...]
    started_at: datetime | None
    finished_at: datetime | None
    problem: str | None = None

    def count_completed(self) -> int:
        """Count the todos that are done."""
        return sum(tracked.todo.status is TodoStatus.COMPLETED for tracked in self.todos)

    def is_last(self) -> bool:
        """Tell whether nothing will follow without somebody asking for it."""
        return self.status in {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}
