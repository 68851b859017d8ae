"""Accounts without end: fit `SpendPort`."""

from dataclasses import dataclass, field
from datetime import timedelta

from recipes.ids import CallId
from recipes.spend import Reservation, SpendOwner
from recipes.usage import Usage


@dataclass
class FakeSpend:
    """Remembers what was reserved and settled, and can be told to refuse."""

    reserved: list[tuple[SpendOwner, str, Usage]] = field(default_factory=list)
    settled: dict[str, Usage] = field(default_factory=dict)
    rests: list[tuple[str, timedelta]] = field(default_factory=list)
    refuses: Exception | None = None
    settling_fails: Exception | None = None

    async def reserve(self, owner: SpendOwner, model: str, most: Usage) -> Reservation:
        if self.refuses is not None:
            raise self.refuses
        self.reserved.append((owner, model, most))
        return Reservation(id=CallId(f"cal_{len(self.reserved)}"), team_id=owner.team_id, model=model)

    async def settle(self, reservation: Reservation, usage: Usage) -> None:
        if self.settling_fails is not None:
            raise self.settling_fails
        self.settled.setdefault(reservation.id, usage)

    async def leave_alone(self, reservation: Reservation, pause: timedelta) -> None:
        self.rests.append((reservation.model, pause))
