"""A work ticket: one run of one bundle, and the only moves that it may make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict

from recipes.conversation import Thread
from recipes.errors import UserFixableError
from recipes.ids import BundleId, ChannelId, MessageTs, RecipeSlug, RequestId, TeamId, TicketId, UserId
from recipes.parameters import Value
from recipes.priority import USUAL, Priority
from recipes.usage import Usage

# The name of the model that writes nothing of its own, in bundles and tickets.
NO_LANGUAGE_MODEL: Final = "extractive"


class TicketStatus(StrEnum):
    """Where a ticket stands."""

    PENDING = "pending"
    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


TICKET_MOVES: Final[Mapping[TicketStatus, frozenset[TicketStatus]]] = MappingProxyType(
    {
        TicketStatus.PENDING: frozenset({TicketStatus.RUNNING, TicketStatus.CANCELLED}),
        TicketStatus.RUNNING: frozenset(
            {TicketStatus.WAITING, TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}
        ),
        TicketStatus.WAITING: frozenset({TicketStatus.RUNNING, TicketStatus.FAILED, TicketStatus.CANCELLED}),
        TicketStatus.FAILED: frozenset({TicketStatus.PENDING}),
        TicketStatus.CANCELLED: frozenset({TicketStatus.PENDING}),
        TicketStatus.COMPLETED: frozenset(),
    }
)


class WorkTicket(BaseModel):
    """One run of one bundle."""

    model_config = ConfigDict(frozen=True)

    id: TicketId
    team_id: TeamId
    request_id: RequestId
    bundle_id: BundleId
    parent: TicketId | None = None
    status: TicketStatus
    partial: bool = False
    segment: int
    """How many workflow segments were started, from 1."""
    channel_id: ChannelId
    thread_ts: MessageTs
    requester: UserId
    priority: Priority = USUAL
    queued: bool = True
    """Handed to the engine; False while its requester has as much work running as one person may."""
    closing: bool = False
    """Stopped: what exists is delivered, then it ends."""
    stopped_by: UserId | None = None
    """Who stopped it; None where nobody answered its question in time."""
    recipe_slug: RecipeSlug
    recipe_parameters: dict[str, Value]
    task_description: str
    output_format: str
    model: str
    final_todos: tuple[dict[str, Any], ...] = ()
    execution_time_ms: int | None = None
    usage: Usage = Usage()
    problem: str | None = None
    """The sentence that the thread was told, when it failed."""
    progress_version: int = 0
    shown_version: int = 0
    progress_ts: MessageTs | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def thread(self) -> Thread:
        """Give the thread that it belongs to."""
        return Thread(team_id=self.team_id, channel_id=self.channel_id, thread_ts=self.thread_ts)

    def moved_to(self, state: TicketStatus, *, now: datetime, problem: str | None = None) -> Self:
        """Give the ticket in another state, with the times that belong to it; progress is due to be shown.

        Raises:
            TicketMoveRefused: the move is not in the table.
        """
        if state not in TICKET_MOVES[self.status]:
            raise TicketMoveRefused(self.id, self.status, state)
        changes: dict[str, Any] = {"status": state, "problem": problem, "progress_version": self.progress_version + 1}
        if state is TicketStatus.RUNNING and self.started_at is None:
            changes["started_at"] = now
        if state in {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}:
            changes["finished_at"] = now
            changes["execution_time_ms"] = self._ran_ms(now)
        return self.model_copy(update=changes)

    def resumed(self, *, now: datetime) -> Self:
        """Give the ticket as it goes on after a stop or a failure: its next segment, finished turns kept.

        Raises:
            TicketMoveRefused: it is neither stopped nor failed.
        """
        moved = self.moved_to(TicketStatus.PENDING, now=now).handed_on()
        return moved.model_copy(update={"finished_at": None, "closing": False, "stopped_by": None, "partial": False})

    def handed_on(self) -> Self:
        """Give the ticket in the hands of its next segment: the one before may do nothing more."""
        return self.model_copy(update={"segment": self.segment + 1})

    def check_segment(self, segment: int) -> None:
        """Refuse a segment that is no longer the ticket's own.

        Raises:
            SegmentSuperseded: the ticket was stopped or handed on.
        """
        if segment != self.segment:
            raise SegmentSuperseded(self.id, segment, self.segment)

    def bumped(self) -> Self:
        """Give the ticket with newer progress to show."""
        return self.model_copy(update={"progress_version": self.progress_version + 1})

    def is_over(self) -> bool:
        """Tell whether no work will happen without somebody asking for it."""
        return self.status in {TicketStatus.COMPLETED, TicketStatus.FAILED, TicketStatus.CANCELLED}

    def _ran_ms(self, now: datetime) -> int:
        return int((now - (self.started_at or now)).total_seconds() * 1000)


@dataclass(eq=False)
class TicketMoveRefused(UserFixableError):
    """A ticket cannot go from this state to that."""

    ticket_id: str
    status: str
    wanted: str

    def advice(self) -> str:
        """Say where the ticket stands."""
        return f"That is no longer possible: this work is already {self.status}."


@dataclass(eq=False)
class SegmentSuperseded(UserFixableError):
    """A segment finds that its ticket was stopped, or goes on in another one."""

    ticket_id: str
    segment: int
    current: int

    def advice(self) -> str:
        """Say what happened."""
        return "This work was stopped, or goes on elsewhere. `status` in this thread tells where it stands."


@dataclass(eq=False)
class TicketNotFound(UserFixableError):
    """No ticket of this workspace has this id."""

    ticket_id: str

    def advice(self) -> str:
        """Say that the button is too old."""
        return "I no longer know that piece of work. Ask for it again and I will start anew."
