"""A question of the agent: its ticket waits, and holds nothing, until somebody entitled answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from recipes.errors import UserFixableError
from recipes.ids import MessageTs, QuestionId, TeamId, TicketId, UserId


class QuestionStatus(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    """Nobody answered in time, or the work was stopped."""


class Question(BaseModel):
    """What the agent asks the requester."""

    model_config = ConfigDict(frozen=True)

    id: QuestionId
    team_id: TeamId
    ticket_id: TicketId
    tool_use_id: str
    """The call of the agent that the answer goes back to."""
    segment: int
    """The ticket's segment that asked."""
    text: str
    options: tuple[str, ...] = ()
    status: QuestionStatus = QuestionStatus.OPEN
    answer: str | None = None
    answered_by: UserId | None = None
    answered_ts: MessageTs | None = None
    """The message that answered it; None where a button or a form did."""
    asked_at: datetime
    remind_at: datetime
    expires_at: datetime
    reminded: bool = False

    def answered(self, answer: str, by: UserId, *, said_ts: MessageTs | None) -> Self:
        """Give the question with its answer.

        Raises:
            QuestionClosed: it has one already, or no longer wants one.
        """
        self.check_open()
        changes = {"status": QuestionStatus.ANSWERED, "answer": answer, "answered_by": by, "answered_ts": said_ts}
        return self.model_copy(update=changes)

    def check_open(self) -> None:
        """Refuse a question that has its answer, or no longer wants one.

        Raises:
            QuestionClosed: it is so.
        """
        if self.status is not QuestionStatus.OPEN:
            raise QuestionClosed(self.id, self.status)

    def closed(self) -> Self:
        """Give the question as one that nobody needs to answer any more."""
        return self.model_copy(update={"status": QuestionStatus.CLOSED})


@dataclass(eq=False)
class QuestionClosed(UserFixableError):
    """The question no longer wants an answer."""

    question_id: str
    status: str

    def advice(self) -> str:
        """Say why not."""
        if self.status == QuestionStatus.ANSWERED:
            return "This question was answered already, and the work goes on with that answer."
        return "This question is closed. Press *Go on* in the progress message and I will ask it again."


@dataclass(eq=False)
class QuestionNotFound(UserFixableError):
    """No question of this workspace has this id."""

    question_id: str

    def advice(self) -> str:
        """Say that the button is too old."""
        return "I no longer know that question. `status` in this thread tells where the work stands."
