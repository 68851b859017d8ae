"""A raise of one piece of work's cap: offered where it stopped, and taken by somebody who may spend more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from recipes.errors import UserFixableError
from recipes.ids import CapRaiseId, TeamId, TicketId, UserId
from recipes.price import show_money
from recipes.spend import from_nanousd

CapKind = Literal["usd", "tokens"]


class CapRaise(BaseModel):
    """What one press of a button adds to the cap that a piece of work stopped at."""

    model_config = ConfigDict(frozen=True)

    id: CapRaiseId
    team_id: TeamId
    ticket_id: TicketId
    segment: int
    """The ticket's segment that stopped: each stop is asked about once."""
    kind: CapKind
    taken: int
    """When it stopped; in billionths of a dollar or in tokens, as the other two."""
    cap: int
    amount: int
    offered_at: datetime
    raised_by: UserId | None = None
    raised_at: datetime | None = None

    def raised(self, by: UserId, *, segment: int, now: datetime) -> Self:
        """Give the raise as it was taken.

        Raises:
            CapRaiseClosed: it was taken before, or the work has gone on and is in another segment.
        """
        if self.raised_at is not None or segment != self.segment:
            raise CapRaiseClosed(self.id)
        return self.model_copy(update={"raised_by": by, "raised_at": now})

    def show(self, amount: int) -> str:
        """Give an amount of this kind in words."""
        return show_money(from_nanousd(amount)) if self.kind == "usd" else f"{amount:,} tokens"


@dataclass(eq=False)
class CapRaiseClosed(UserFixableError):
    """A raise was taken already, or the work went on without it."""

    raise_id: str

    def advice(self) -> str:
        """Say that nothing was added."""
        return "This was decided already, and nothing more was added: the work goes on, or asks again below."


@dataclass(eq=False)
class CapRaiseNotFound(UserFixableError):
    """No raise of this workspace has this id."""

    raise_id: str

    def advice(self) -> str:
        """Say what still works."""
        return "I no longer know that question. Press *Go on* in the progress message, and I will ask it again."
