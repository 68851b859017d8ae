"""The progress pump: shows, for each ticket whose shown state is behind, its newest state in its one message.

States are shown, never events: what changed while an edit waited is skipped, the last state never is. Progress edits
are no workflow steps, so a lost edit costs nothing but the next one.
"""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from aiolimiter import AsyncLimiter

from orchestration.bell import Bell
from orchestration.effects import Effects
from orchestration.leases import LeasesPort
from orchestration.ports import ThreadPort
from recipes.errors import TransientError
from recipes.ids import MessageTs, TeamId, TicketId
from recipes.progress import Progress
from recipes.ticket import WorkTicket
from recipes.todo import TrackedTodo
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=1)
# docs.slack.dev, chat.update: tier 3, 50 a minute and workspace for everything. 10 at once and 40 a minute stay below
# it in any minute; the rest is left to briefs and endings.
EDITS_AT_ONCE: Final = 10
EDITS_PERIOD: Final = timedelta(seconds=15)
# Between two edits of one message, unless the second is its last: short at first, so that a quick run is seen to move,
# then longer, so that a long one leaves budget to others. (edits so far, gap)
GAPS: Final = ((10, timedelta(seconds=0.2)), (30, timedelta(seconds=2)), (math.inf, timedelta(seconds=5)))
# Whose place in the queue is shown and kept up to date; further back it matters less than the budget.
QUEUE_SHOWN: Final = 200
PAUSE_AFTER_TROUBLE: Final = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """When a ticket was last shown, on the monotonic clock, and how often so far."""

    at: float
    edits: int
    ahead: int


class ProgressPump:
    """Spends each workspace's budget of edits: last states first, then whoever waited longest."""

    def __init__(self, *, store: Store, threads: ThreadPort, effects: Effects, bell: Bell, leases: LeasesPort) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._leases = leases
        self._ear = bell.listen()
        self._budgets: dict[TeamId, AsyncLimiter] = {}
        self._shown: dict[TicketId, Shown] = {}
        self._mine: set[TeamId] = set()

    async def run(self) -> None:
        """Pump for as long as the process lives."""
        while True:
            waiting = await self._pump_once()
            await self._ear.wait(at_most=waiting)

    async def _pump_once(self) -> timedelta:
        """Show what is due; give how long the rest can wait."""
        try:
            due = await self._list_due()
        except TransientError as error:
            log.warning("pump_waits", error=str(error))
            return ROUND
        waits = [ROUND]
        for ticket, ahead in sorted(due, key=lambda each: not each[0].is_over()):
            wait = self._find_wait(ticket)
            if wait > timedelta():
                waits.append(wait)
            elif await self._is_mine(ticket.team_id):
                await self._show_safely(ticket, ahead)
        return min(waits)

    async def _list_due(self) -> list[tuple[WorkTicket, int]]:
        """Give the tickets whose message is behind, each with how many come before it."""
        ahead: dict[TicketId, int] = {}
        moved_up: list[WorkTicket] = []
        counts: Counter[TeamId] = Counter()
        for ticket in await self._store.list_pending(most=QUEUE_SHOWN):
            ahead[ticket.id] = counts[ticket.team_id]
            counts[ticket.team_id] += 1
            shown = self._shown.get(ticket.id)
            if shown is not None and shown.ahead != ahead[ticket.id]:
                moved_up.append(ticket)
        lagging = {ticket.id: ticket for ticket in await self._store.list_lagging()}
        due = [*lagging.values(), *(ticket for ticket in moved_up if ticket.id not in lagging)]
        return [(ticket, ahead.get(ticket.id, 0)) for ticket in due]

    async def _is_mine(self, team_id: TeamId) -> bool:
        """Tell whether this process shows the workspace's progress: one does, until it is gone."""
        if team_id not in self._mine and await self._leases.take(f"pump:{team_id}"):
            self._mine.add(team_id)
        return team_id in self._mine

    def _find_wait(self, ticket: WorkTicket) -> timedelta:
        """Tell how long this ticket's next edit has to wait."""
        shown = self._shown.get(ticket.id)
        if ticket.is_over() or shown is None:
            return timedelta()
        gap = next(gap for edits, gap in GAPS if shown.edits < edits)
        return gap - timedelta(seconds=time.monotonic() - shown.at)

    async def _show_safely(self, ticket: WorkTicket, ahead: int) -> None:
        budget = self._budgets.setdefault(ticket.team_id, AsyncLimiter(EDITS_AT_ONCE, EDITS_PERIOD.total_seconds()))
        if not ticket.is_over() and not budget.has_capacity():
            return
        await budget.acquire()
        try:
            await self._show(ticket, ahead)
        except TransientError as error:
            log.warning("progress_waits", ticket=ticket.id, error=str(error))
            await asyncio.sleep((error.pause() or PAUSE_AFTER_TROUBLE).total_seconds())
        except Exception as error:
            log.error("progress_failed", ticket=ticket.id, error=str(error), exc_info=error)  # noqa: TRY400 (structured)
            await self._save_shown(ticket, ticket.progress_ts, ahead)

    async def _show(self, ticket: WorkTicket, ahead: int) -> None:
        async with self._store.for_team(ticket.team_id).begin() as work:
            await self._leases.check(work)
            newest = await work.tickets.get(ticket.id)
            todos = await work.tickets.list_todos(ticket.id)
        progress = make_progress(newest, todos, ahead=ahead)
        key = f"progress:{ticket.id}"
        thread = ticket.thread
        ts = newest.progress_ts

        is_posted = False

        async def post() -> str:
            nonlocal is_posted
            is_posted = True
            return await self._threads.show_progress(thread, None, progress, key=key)

        async def look() -> str | None:
            return await self._threads.find_effect(thread, key)

        if ts is None:
            ts = MessageTs(await self._effects.once(thread, key, do=post, look=look))
        if not is_posted:
            await self._threads.show_progress(thread, ts, progress, key=key)
        await self._save_shown(newest, ts, ahead)

    async def _save_shown(self, shown: WorkTicket, ts: MessageTs | None, ahead: int) -> None:
        edits = self._shown[shown.id].edits + 1 if shown.id in self._shown else 1
        self._shown[shown.id] = Shown(at=time.monotonic(), edits=edits, ahead=ahead)
        if shown.is_over():
            del self._shown[shown.id]
        async with self._store.for_team(shown.team_id).begin() as work:
            ticket = await work.tickets.get(shown.id)
            changes = {"shown_version": shown.progress_version, "progress_ts": ts}
            await work.tickets.save(ticket.model_copy(update=changes), before=ticket)


def make_progress(ticket: WorkTicket, todos: Sequence[TrackedTodo], *, ahead: int = 0) -> Progress:
    """Give the snapshot of a ticket as it stands, with how many come before it."""
    return Progress(
        ticket_id=ticket.id,
        version=ticket.progress_version,
        status=ticket.status,
        title=ticket.task_description,
        requester=ticket.requester,
        todos=tuple(todos),
        started_at=ticket.started_at,
        finished_at=ticket.finished_at,
        problem=ticket.problem,
        ahead=ahead,
        closing=ticket.closing,
        stopped_by=ticket.stopped_by,
        partial=ticket.partial,
    )
