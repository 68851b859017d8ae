"""Todos: the agent's plan, as people watch it move."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class TodoStatus(StrEnum):
    """How far a todo is."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class Todo(BaseModel):
    """One line of the plan, as the agent writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: Annotated[str, Field(min_length=1, max_length=200)]
    status: TodoStatus
    activeForm: Annotated[str, Field(min_length=1, max_length=200)]  # noqa: N815 (the tool's contract spells it so)


class TrackedTodo(BaseModel):
    """A todo with the times that it earned."""

    model_config = ConfigDict(frozen=True)

    todo: Todo
    started_at: datetime | None = None
    completed_at: datetime | None = None

    def duration(self) -> timedelta | None:
        """Give how long it took, once it is completed."""
        if self.started_at is None or self.completed_at is None:
            return None
        return self.completed_at - self.started_at


def count_in_progress(todos: Iterable[Todo]) -> int:
    """Count the todos in progress: at most one is legal."""
    return sum(todo.status is TodoStatus.IN_PROGRESS for todo in todos)


def track(earlier: Sequence[TrackedTodo], now_written: Sequence[Todo], *, now: datetime) -> tuple[TrackedTodo, ...]:
    """Give the rewritten list with the times that its todos already had.

    Identity is equal content in order, else the same position, so a rewritten list keeps its times.
    """
    matches = _match(earlier, now_written)
    return tuple(_advance(match, todo, now=now) for match, todo in zip(matches, now_written, strict=True))


def _match(earlier: Sequence[TrackedTodo], written: Sequence[Todo]) -> list[TrackedTodo | None]:
    free = list(range(len(earlier)))
    matches: list[TrackedTodo | None] = []
    for todo in written:
        same = next((place for place in free if earlier[place].todo.content == todo.content), None)
        if same is not None:
            free.remove(same)
        matches.append(None if same is None else earlier[same])
    for place, match in enumerate(matches):
        if match is None and place in free:
            matches[place] = earlier[place]
    return matches


def _advance(earlier: TrackedTodo | None, todo: Todo, *, now: datetime) -> TrackedTodo:
    started = earlier.started_at if earlier else None
    completed = earlier.completed_at if earlier else None
    if todo.status is TodoStatus.PENDING:
        return TrackedTodo(todo=todo)
    if todo.status is TodoStatus.IN_PROGRESS:
        return TrackedTodo(todo=todo, started_at=started or now)
    return TrackedTodo(todo=todo, started_at=started or now, completed_at=completed or now)
