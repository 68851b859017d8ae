"""Raises of caps: a piece of work that stopped at its own cap asks, and goes on where somebody entitled says so."""

from collections.abc import Collection, Sequence
from typing import Final

from orchestration.arrivals import Arrivals, lane_of
from orchestration.bell import Bell
from orchestration.effects import Effects
from orchestration.ports import Clock, Ids
from orchestration.tickets.admission import admit
from orchestration.tickets.delivery import fence_of
from recipes.cap_raise import CapKind, CapRaise
from recipes.conversation import InboxKind
from recipes.entitlement import check_may_raise, list_raisers
from recipes.ids import CapRaiseId, TeamId, UserId
from recipes.reply import CapQuestion
from recipes.spend import AccountUsedUp, Caps, to_nanousd
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store, UnitOfWork

EVENT: Final = "cap_raised"


class CapRaises:
    """Asks, and takes the answer."""

    def __init__(
        self,
        *,
        store: Store,
        effects: Effects,
        bell: Bell,
        caps: Caps,
        admins: Collection[UserId],
        clock: Clock,
        ids: Ids,
    ) -> None:
        """Take what is needed.

        Args:
            store: Where tickets and raises are.
            effects: To ask with, once.
            bell: Rung when there is something to show.
            caps: In force; a raise adds as much again as a piece of work may spend by itself.
            admins: Who may raise; where nobody is named, who asked for the work may.
            clock: For the record.
            ids: For the record.
        """
        self._store = store
        self._effects = effects
        self._bell = bell
        self._caps = caps
        self._admins = tuple(sorted(admins))
        self._clock = clock
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def offer(self, ticket: WorkTicket, used_up: AccountUsedUp) -> None:
        """Ask in the thread whether the cap that this ticket stopped at is raised; of another account nobody is asked.

        Idempotent: of each stop it is asked once.
        """
        kind = used_up.raisable
        amount = 0 if kind is None else self._find_amount(kind)
        if kind is None or not amount:
            return
        async with self._store.for_team(ticket.team_id).begin() as work:
            ticket.check_segment((await work.tickets.get(ticket.id)).segment)
            offered = await work.cap_raises.add(await self._make(work, ticket, kind, amount))
        may = list_raisers(ticket.requester, self._admins)
        asked = CapQuestion(requester=ticket.requester, raised=offered, may=may)
        await self._effects.say(ticket.thread, asked, key=name_question(offered), fence=fence_of(ticket))

    async def accept(self, team_id: TeamId, raise_id: str, user_id: UserId) -> WorkTicket:
        """Raise the cap and let the work go on with its next segment, finished turns kept.

        The record, the ticket and its job are written together or not at all, so pressing twice raises once.

        Raises:
            CapRaiseNotFound, NotAnAdmin, NotTheRequester, CapRaiseClosed, TicketMoveRefused: as they say.
        """
        now = self._clock.now()
        async with self._store.for_team(team_id).begin() as work:
            offered = await work.cap_raises.get(raise_id)
            ticket = await work.tickets.get(offered.ticket_id)
            check_may_raise(ticket.requester, self._admins, user_id)
            raised = offered.raised(user_id, segment=ticket.segment, now=now)
            await work.cap_raises.save(raised)
            resumed = await admit(work, ticket.resumed(now=now))
            detail = {"by": user_id, "segment": ticket.segment, "kind": raised.kind, "amount": raised.amount}
            await work.tickets.add_event(ticket.id, EVENT, event_id=self._ids.make("evt"), detail=detail, now=now)
            await self._arrivals.add(
                work,
                team_id,
                InboxKind.CAP_RAISED,
                {"raise_id": raised.id},
                key=name_question(raised),
                lane=lane_of(ticket.thread),
            )
        self._bell.ring()
        return resumed

    async def _make(self, work: UnitOfWork, ticket: WorkTicket, kind: CapKind, amount: int) -> CapRaise:
        spent = await work.calls.find_spent(ticket.id)
        tokens, cost = (spent.tokens, spent.cost_usd) if spent else (0, None)
        earlier = sum_raised(await work.cap_raises.list_taken(ticket.id), kind)
        return CapRaise(
            id=CapRaiseId(self._ids.make("rse")),
            team_id=ticket.team_id,
            ticket_id=ticket.id,
            segment=ticket.segment,
            kind=kind,
            taken=tokens if kind == "tokens" else to_nanousd(cost) or 0,
            cap=self._find_amount(kind) + earlier,
            amount=amount,
            offered_at=self._clock.now(),
        )

    def _find_amount(self, kind: CapKind) -> int:
        """Give what a piece of work may take by itself, which is also what a raise adds."""
        return self._caps.ticket_tokens if kind == "tokens" else to_nanousd(self._caps.ticket_usd) or 0


def name_question(raised: CapRaise) -> str:
    """Give the key of the message that asks."""
    return f"cap:{raised.id}"


def sum_raised(raises: Sequence[CapRaise], kind: CapKind) -> int:
    """Give how much was added to a cap of this kind in all."""
    return sum(each.amount for each in raises if each.kind == kind)
