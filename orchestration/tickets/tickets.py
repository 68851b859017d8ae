"""The verbs on work that is under way: stop it, let it go on, answer what it asks. Each writes once and returns."""

from collections.abc import Awaitable, Callable

from orchestration.arrivals import Arrivals, lane_of
from orchestration.bell import Bell
from orchestration.ports import Clock, Ids
from orchestration.tickets.admission import admit, admit_next, job_of
from recipes.conversation import InboxKind, Said, Thread
from recipes.entitlement import check_requester
from recipes.ids import MessageTs, TeamId, UserId
from recipes.question import Question, QuestionStatus
from recipes.ticket import TicketMoveRefused, TicketStatus, WorkTicket
from storage.unit_of_work import Store, UnitOfWork


class Tickets:
    """Stop, go on, answer."""

    def __init__(
        self, *, store: Store, bell: Bell, clock: Clock, ids: Ids, cancel: Callable[[str], Awaitable[None]]
    ) -> None:
        """Take what is needed.

        Args:
            store: Where tickets are.
            bell: Rung when there is something to show.
            clock: For the timeline.
            ids: For the timeline.
            cancel: Interrupts a job of the engine.
        """
        self._store = store
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._cancel = cancel
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def stop(self, team_id: TeamId, ticket_id: str, user_id: UserId, *, said: Said | None = None) -> WorkTicket:
        """Stop a piece of work; what exists of it is delivered by its closing segment.

        Args:
            team_id: Whose.
            ticket_id: Of the work.
            user_id: Who stops it.
            said: The message that says so, if one does; see `find_moved_by`.

        Raises:
            TicketNotFound, NotTheRequester, TicketMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            ticket = await work.tickets.get(ticket_id)
            check_requester(ticket.requester, user_id)
            if ticket.is_over():
                raise TicketMoveRefused(ticket.id, ticket.status, TicketStatus.CANCELLED)
            if ticket.closing:
                return ticket
            stopped = await self._end(work, ticket, by=user_id, problem=None, said=said)
        await self._interrupt(ticket)
        return stopped

    async def expire(self, team_id: TeamId, question: Question, *, problem: str) -> None:
        """Stop a piece of work whose question nobody answered in time; nothing happens if somebody just did."""
        async with self._store.for_team(team_id).begin() as work:
            ticket = await work.tickets.get(question.ticket_id)
            current = await work.questions.get(question.id)
            if current.status is not QuestionStatus.OPEN or ticket.is_over():
                return
            await self._end(work, ticket, by=None, problem=problem)
        self._bell.ring()

    async def give_up(self, ticket: WorkTicket, *, problem: str) -> bool:
        """Fail a piece of work that no job works on any more; tell whether it had not moved on meanwhile."""
        async with self._store.for_team(ticket.team_id).begin() as work:
            current = await work.tickets.get(ticket.id)
            if (current.segment, current.status) != (ticket.segment, ticket.status):
                return False
            now = self._clock.now()
            begun = (
                current.moved_to(TicketStatus.RUNNING, now=now) if current.status is TicketStatus.PENDING else current
            )
            failed = begun.moved_to(TicketStatus.FAILED, now=now, problem=problem)
            todos = [each.todo.model_dump(mode="json") for each in await work.tickets.list_todos(ticket.id)]
            await work.tickets.save(failed.model_copy(update={"final_todos": tuple(todos), "closing": False}))
            await self._note(work, failed, TicketStatus.FAILED, by=None)
            await admit_next(work, ticket.requester)
        self._bell.ring()
        return True

    async def go_on(self, team_id: TeamId, ticket_id: str, user_id: UserId, *, said: Said | None = None) -> WorkTicket:
        """Let stopped or failed work go on where it was: same bundle, finished turns kept; the rest as `stop` says.

        Raises:
            TicketNotFound, NotTheRequester, TicketMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            ticket = await work.tickets.get(ticket_id)
            check_requester(ticket.requester, user_id)
            resumed = await admit(work, ticket.resumed(now=self._clock.now()))
            await self._note(work, resumed, "resumed", by=user_id, said=said)
        self._bell.ring()
        return resumed

    async def answer(
        self, team_id: TeamId, question_id: str, user_id: UserId, answer: str, *, said_ts: MessageTs | None = None
    ) -> Question:
        """Give the answer to what the work waits for; it goes on at once.

        Raises:
            QuestionNotFound, NotTheRequester, QuestionClosed: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            question = await work.questions.get(question_id)
            ticket = await work.tickets.get(question.ticket_id)
            check_requester(ticket.requester, user_id)
            answered = question.answered(answer, user_id, said_ts=said_ts)
            await work.questions.save(answered)
            # In the middle of its work: it does not queue up once more behind its requester's other work.
            ticket = ticket.handed_on()
            await work.tickets.save(ticket)
            await work.enqueue(job_of(ticket))
            await self._note(work, ticket, "answered", by=user_id)
            await self._show_closed(work, ticket, answered)
        self._bell.ring()
        return answered

    async def get_question(self, team_id: TeamId, question_id: str, user_id: UserId) -> Question:
        """Give a question that this person may answer.

        Raises:
            QuestionNotFound, NotTheRequester, QuestionClosed: as they say.
        """
        async with self._store.for_team(team_id).read() as work:
            question = await work.questions.get(question_id)
            ticket = await work.tickets.get(question.ticket_id)
        check_requester(ticket.requester, user_id)
        question.check_open()
        return question

    async def find_question(self, thread: Thread) -> tuple[Question, WorkTicket] | None:
        """Find what a piece of work in this thread waits for."""
        async with self._store.for_team(thread.team_id).read() as work:
            question = await work.questions.find_open_in(thread)
            return None if question is None else (question, await work.tickets.get(question.ticket_id))

    async def find_newest(self, thread: Thread) -> WorkTicket | None:
        """Find the newest piece of work of a thread."""
        async with self._store.for_team(thread.team_id).read() as work:
            return await work.tickets.find_newest(thread)

    async def find_to_stop(self, thread: Thread, user_id: UserId) -> WorkTicket | None:
        """Find what somebody means who says stop: their newest work under way, else anybody's, else the newest."""
        async with self._store.for_team(thread.team_id).read() as work:
            under_way = await work.tickets.list_under_way(thread)
            own = [ticket for ticket in under_way if ticket.requester == user_id]
            return next(iter([*own, *under_way]), None) or await work.tickets.find_newest(thread)

    async def find_moved_by(self, said: Said) -> WorkTicket | None:
        """Find what a message stopped or let go on, where it is worked once more: who worked it died just then."""
        async with self._store.for_team(said.thread.team_id).read() as work:
            return await work.tickets.find_by_event(name_event(said))

    async def _end(
        self,
        work: UnitOfWork,
        ticket: WorkTicket,
        *,
        by: UserId | None,
        problem: str | None,
        said: Said | None = None,
    ) -> WorkTicket:
        """Take the ticket out of its segment's hands, and hand it to the one that closes it."""
        stopped = ticket.handed_on().bumped().model_copy(update={"closing": True, "stopped_by": by, "problem": problem})
        if ticket.status is TicketStatus.PENDING:
            stopped = stopped.moved_to(TicketStatus.CANCELLED, now=self._clock.now(), problem=problem)
            stopped = stopped.model_copy(update={"closing": False})
        await work.tickets.save(stopped)
        if question := await work.questions.find_open(ticket.id):
            closed = question.closed()
            await work.questions.save(closed)
            await self._show_closed(work, ticket, closed)
        await self._note(work, stopped, "stopped", by=by, said=said)
        if ticket.status is TicketStatus.PENDING:
            await admit_next(work, ticket.requester)
        else:
            await work.enqueue(job_of(stopped))
        return stopped

    async def _interrupt(self, ticket: WorkTicket) -> None:
        """Interrupt the segment that was at work; where this is lost, it ends at the next thing that it wants to do."""
        self._bell.ring()
        if ticket.queued and ticket.status is not TicketStatus.WAITING:
            await self._cancel(job_of(ticket).id)

    async def _note(
        self, work: UnitOfWork, ticket: WorkTicket, event: str, *, by: UserId | None, said: Said | None = None
    ) -> None:
        await work.tickets.add_event(
            ticket.id,
            event,
            event_id=self._ids.make("evt") if said is None else name_event(said),
            detail={"by": by, "segment": ticket.segment},
            now=self._clock.now(),
        )

    async def _show_closed(self, work: UnitOfWork, ticket: WorkTicket, question: Question) -> None:
        await self._arrivals.add(
            work,
            ticket.team_id,
            InboxKind.QUESTION_CLOSED,
            {"question_id": question.id},
            key=f"question:{question.id}",
            lane=lane_of(ticket.thread),
        )


def name_event(said: Said) -> str:
    """Give the id of what a message does to a piece of work: it does one thing, however often it is worked."""
    return f"evt_{said.thread.team_id}_{said.thread.channel_id}_{said.ts}"
