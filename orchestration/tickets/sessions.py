"""Slack's own Stop: keeps what Slack itself shows of the work in a thread in step with the thread's tickets.

It is decoration: no ticket waits for it, fails by it or knows of it. What a thread should show follows from its
tickets; what it shows is kept, so that after a crash whoever comes next takes away what was left behind.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from aiolimiter import AsyncLimiter

from orchestration.bell import Bell
from orchestration.leases import LeasesPort
from orchestration.ports import ThreadPort
from recipes.conversation import Thread
from recipes.errors import TransientError
from recipes.ids import TeamId
from recipes.session import SessionStatus, find_status
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=1)
# Reported of agents.sessions.setStatus: tier 3, 50 a minute and workspace. 10 at once and 40 a minute stay below it.
CALLS_AT_ONCE: Final = 10
CALLS_PERIOD: Final = timedelta(seconds=15)
PAUSE_AFTER_TROUBLE: Final = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a thread should show and does not."""

    thread: Thread
    status: SessionStatus
    title: str


class Sessions:
    """Shows of each thread that it is at work, waits, or neither: the newest state, when there is room for it."""

    def __init__(self, *, store: Store, threads: ThreadPort, bell: Bell, leases: LeasesPort) -> None:
        self._store = store
        self._threads = threads
        self._leases = leases
        self._ear = bell.listen()
        self._mine: set[TeamId] = set()
        self._without: set[TeamId] = set()
        self._budgets: dict[TeamId, AsyncLimiter] = {}
        self._paused_until: dict[TeamId, float] = {}
        self._refused: dict[Thread, SessionStatus] = {}

    async def run(self) -> None:
        """Keep in step for as long as the process lives."""
        while True:
            await self._look_once()
            await self._ear.wait(at_most=ROUND)

    async def _look_once(self) -> None:
        """Show what is due; what Slack has no room for now is looked at anew in the next round."""
        try:
            due = await self._list_due()
        except TransientError as error:
            log.warning("sessions_wait", error=str(error))
            return
        for wanted in due:
            if self._may_show(wanted) and await self._is_mine(wanted.thread.team_id):
                await self._show_safely(wanted)

    async def _list_due(self) -> list[Wanted]:
        """Give the threads that show something else than they should, work that is over first."""
        shown = {each.thread: each.status for each in await self._store.list_sessions()}
        tickets: dict[Thread, list[WorkTicket]] = defaultdict(list)
        for ticket in await self._store.list_at_work():
            tickets[ticket.thread].append(ticket)
        wanted = [_want(thread, tickets.get(thread, ())) for thread in {**shown, **tickets}]
        due = [each for each in wanted if shown.get(each.thread, SessionStatus.ACTIVE) is not each.status]
        return sorted(due, key=lambda each: each.status is not SessionStatus.ACTIVE)

    def _may_show(self, wanted: Wanted) -> bool:
        team_id = wanted.thread.team_id
        budget = self._budgets.setdefault(team_id, AsyncLimiter(CALLS_AT_ONCE, CALLS_PERIOD.total_seconds()))
        return (
            team_id not in self._without
            and self._refused.get(wanted.thread) is not wanted.status
            and time.monotonic() >= self._paused_until.get(team_id, 0)
            and budget.has_capacity()
        )

    async def _is_mine(self, team_id: TeamId) -> bool:
        """Tell whether this process speaks for the workspace: one does, until it is gone."""
        if team_id not in self._mine and await self._leases.take(f"sessions:{team_id}"):
            self._mine.add(team_id)
        return team_id in self._mine

    async def _show_safely(self, wanted: Wanted) -> None:
        thread = wanted.thread
        await self._budgets[thread.team_id].acquire()
        try:
            await self._show(wanted)
        except TransientError as error:
            pause = error.pause() or PAUSE_AFTER_TROUBLE
            self._paused_until[thread.team_id] = time.monotonic() + pause.total_seconds()
            log.warning("session_waits", channel=thread.channel_id, error=str(error))

    async def _show(self, wanted: Wanted) -> None:
        """Show it, and keep what is shown: before Slack is asked, that it may be anything."""
        team = self._store.for_team(wanted.thread.team_id)
        async with team.begin() as work:
            await self._leases.check(work)
            await work.sessions.save(wanted.thread, None)
        is_shown = await self._ask_slack(wanted)
        async with team.begin() as work:
            if is_shown and wanted.status is not SessionStatus.ACTIVE:
                await work.sessions.save(wanted.thread, wanted.status)
            else:
                await work.sessions.remove(wanted.thread)

    async def _ask_slack(self, wanted: Wanted) -> bool:
        """Tell whether the thread shows it now; where it cannot, nothing is tried again that would fail again."""
        thread = wanted.thread
        try:
            is_shown = await self._threads.show_session(thread, wanted.status, title=wanted.title)
        except TransientError:
            raise
        except Exception as error:
            # This thread's own trouble: its root is gone, or the bot was removed. Its next change is tried again.
            self._refused[thread] = wanted.status
            log.warning("session_refused", channel=thread.channel_id, error=str(error), exc_info=error)
            return False
        self._refused.pop(thread, None)
        if not is_shown:
            self._without.add(thread.team_id)
            log.info("sessions_off", team=thread.team_id)
        return is_shown


def _want(thread: Thread, tickets: Sequence[WorkTicket]) -> Wanted:
    title = tickets[-1].task_description if tickets else ""
    return Wanted(thread=thread, status=find_status(tickets), title=title)
