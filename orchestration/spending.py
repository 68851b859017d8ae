"""Spending: the accounts of model calls, kept in the database, so that all processes spend from the same ones."""

from datetime import timedelta
from decimal import Decimal

from orchestration.ports import Clock, Ids
from recipes.draft import Draft
from recipes.ids import CallId
from recipes.price import PriceTable
from recipes.spend import (
    LONGEST_REST,
    RESERVED_FOR,
    Caps,
    ModelCall,
    ModelRests,
    Reservation,
    SpendOwner,
    from_nanousd,
    to_nanousd,
)
from recipes.ticket import WorkTicket
from recipes.usage import Usage
from storage.unit_of_work import Store, UnitOfWork


class Spending:
    """Accounts with caps; fits `SpendPort`."""

    def __init__(self, *, store: Store, prices: PriceTable, caps: Caps, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._prices = prices
        self._caps = caps
        self._clock = clock
        self._ids = ids

    async def reserve(self, owner: SpendOwner, model: str, most: Usage) -> Reservation:
        """See `SpendPort.reserve`."""
        now = self._clock.now()
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        cost = self._prices.price(model, most)
        call = ModelCall(
            id=CallId(self._ids.make("cal")),
            owner_kind=owner.kind,
            owner_id=owner.id,
            user_id=owner.user_id,
            channel_id=owner.channel_id,
            model=model,
            usage=most,
            tokens=most.count_new(),
            cost_nanousd=to_nanousd(cost),
            created_at=now,
            expires_at=now + RESERVED_FOR,
        )
        async with self._store.for_team(owner.team_id).begin() as work:
            if (until := await work.calls.find_rest(model, now=now)) is not None:
                raise ModelRests(model, (until - now).total_seconds())
            await work.calls.lock()
            taken = await work.calls.sum_taken(owner, since=month, now=now)
            caps = await self._find_caps(work, owner)
            caps.check(owner, taken, tokens=most.count_new(), cost_usd=cost or Decimal())
            await work.calls.add(call)
        return Reservation(id=call.id, team_id=owner.team_id, model=model)

    async def settle(self, reservation: Reservation, usage: Usage) -> None:
        """See `SpendPort.settle`."""
        cost = self._prices.price(reservation.model, usage)
        async with self._store.for_team(reservation.team_id).begin() as work:
            call = await work.calls.find_open(reservation.id)
            if call is not None:
                await work.calls.save(call.settled(usage, cost))

    async def _find_caps(self, work: UnitOfWork, owner: SpendOwner) -> Caps:
        """Give how far this account goes: that of a piece of work also by what was added for it."""
        if owner.kind != "ticket":
            return self._caps
        raises = await work.cap_raises.list_taken(owner.id)
        added = {kind: sum(each.amount for each in raises if each.kind == kind) for kind in ("usd", "tokens")}
        return self._caps.raised(tokens=added["tokens"], usd=from_nanousd(added["usd"]))

    async def leave_alone(self, reservation: Reservation, pause: timedelta) -> None:
        """See `SpendPort.leave_alone`; nobody is kept waiting longer than an outage is let go on."""
        until = self._clock.now() + min(pause, LONGEST_REST)
        async with self._store.for_team(reservation.team_id).begin() as work:
            await work.calls.save_rest(reservation.model, until)


def owner_of(work: Draft | WorkTicket) -> SpendOwner:
    """Give the account that the model calls for a draft or a ticket are on."""
    is_draft = isinstance(work, Draft)
    return SpendOwner(
        kind="draft" if is_draft else "ticket",
        id=work.id,
        team_id=work.team_id,
        user_id=work.user_id if is_draft else work.requester,
        channel_id=work.channel_id,
    )
