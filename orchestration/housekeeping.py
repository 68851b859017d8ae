"""Housekeeping: what has to happen some time later, found in the database: nothing waits in memory for it.

One process does it at a time. Reminds of questions, ends what nobody answered, names work that does not move, fails
what nobody works on any more, and deletes journals that nobody needs.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from orchestration.effects import Effects
from orchestration.engine.port import EnginePort, JobStatus
from orchestration.leases import LeasesPort
from orchestration.ports import Clock, Ids
from orchestration.tickets.admission import job_of
from orchestration.tickets.tickets import Tickets
from recipes.errors import TransientError
from recipes.question import Question
from recipes.reply import PlainReply
from recipes.ticket import TicketStatus, WorkTicket
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=1)
WATCH_EVERY: Final = timedelta(seconds=30)
FORGET_EVERY: Final = timedelta(hours=1)
# A model turn may take minutes; nothing takes this long without a word.
QUIET_AT_MOST: Final = timedelta(minutes=15)
# The engine's journals are for going on, not for looking back: the tickets' own rows tell what happened.
KEEP_JOURNALS: Final = timedelta(days=30)
# A ticket that waits for a job of this kind waits for ever; None: the engine has no such job.
OVER: Final = frozenset({JobStatus.ENDED, JobStatus.GIVEN_UP, None})
POISON: Final = (
    "Each time I worked on this, my process died, so I gave it up after many tries. What was done is kept: let it go "
    "on to try once more, or ask again with less to read."
)
LOST: Final = (
    "I lost hold of this work on our side. What was done is kept: let it go on, and I will take it up from there."
)
NOBODY_ANSWERED: Final = "Nobody answered in time, so I stopped here. Go on, and I will ask again."


class Housekeeping:
    """Does what is due, round after round."""

    def __init__(
        self,
        *,
        store: Store,
        effects: Effects,
        tickets: Tickets,
        engine: EnginePort,
        leases: LeasesPort,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._effects = effects
        self._tickets = tickets
        self._engine = engine
        self._leases = leases
        self._clock = clock
        self._ids = ids
        self._is_mine = False
        self._watched_at: datetime | None = None
        self._forgot_at: datetime | None = None

    async def run(self) -> None:
        """Keep house for as long as the process lives."""
        while True:
            try:
                self._is_mine = self._is_mine or await self._leases.take("housekeeping")
                if self._is_mine:
                    await self.do_what_is_due()
            except TransientError as error:
                log.warning("housekeeping_waits", error=str(error))
            await asyncio.sleep(ROUND.total_seconds())

    async def do_what_is_due(self) -> None:
        """Do one round."""
        now = self._clock.now()
        for question in await self._store.list_due_questions(now):
            await self._remind_or_end(question, now)
        if self._watched_at is None or now - self._watched_at >= WATCH_EVERY:
            self._watched_at = now
            await self._watch(now)
        if self._forgot_at is None or now - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = now
            await self._engine.forget(before=now - KEEP_JOURNALS)

    async def _remind_or_end(self, question: Question, now: datetime) -> None:
        if question.expires_at <= now:
            await self._tickets.expire(question.team_id, question, problem=NOBODY_ANSWERED)
            return
        team = self._store.for_team(question.team_id)
        async with team.read() as work:
            ticket = await work.tickets.get(question.ticket_id)
        until = int(question.expires_at.timestamp())
        when = f"<!date^{until}^{{date_short}}|{question.expires_at:%d %b %Y}>"
        said = f"<@{ticket.requester}> I still wait for your answer to the question above. I stop on {when}."
        await self._effects.say(ticket.thread, PlainReply(text=said), key=f"reminder:{question.id}")
        async with team.begin() as work:
            current = await work.questions.get(question.id)
            await work.questions.save(current.model_copy(update={"reminded": True}))

    async def _watch(self, now: datetime) -> None:
        for ticket in await self._store.list_in_hand():
            status = await self._engine.status(job_of(ticket).id)
            if status in OVER:
                await self._give_up(ticket, status)
            elif now - await self._find_last_sign(ticket) >= QUIET_AT_MOST and _is_stuck(ticket, status):
                await self._name_stuck(ticket)

    async def _give_up(self, ticket: WorkTicket, status: JobStatus | None) -> None:
        """Fail a ticket whose job is over: a job that ends well ends its ticket first."""
        incident = self._ids.make("inc")
        said = POISON if status is JobStatus.GIVEN_UP else LOST
        if await self._tickets.give_up(ticket, problem=f"{said} If you report it, name the incident `{incident}`."):
            log.error("ticket_lost", incident=incident, ticket=ticket.id, segment=ticket.segment, job=status)

    async def _name_stuck(self, ticket: WorkTicket) -> None:
        log.error("ticket_stuck", ticket=ticket.id, status=ticket.status, segment=ticket.segment)
        said = (
            f"<@{ticket.requester}> This work has not moved for {QUIET_AT_MOST.total_seconds() / 60:.0f} "
            f"minutes. Stop it and let it go on, or report it as `{ticket.id}`; what was done is kept."
        )
        key = f"stuck:{ticket.id}:{ticket.segment}"
        await self._effects.say(ticket.thread, PlainReply(text=said), key=key)

    async def _find_last_sign(self, ticket: WorkTicket) -> datetime:
        async with self._store.for_team(ticket.team_id).read() as work:
            return await work.tickets.find_last_sign(ticket.id) or ticket.created_at


def _is_stuck(ticket: WorkTicket, status: JobStatus | None) -> bool:
    """Tell whether a quiet ticket is more than in a queue."""
    return ticket.status is TicketStatus.RUNNING or status is not JobStatus.QUEUED
