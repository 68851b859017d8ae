"""A ticket's moves, as its own segment makes them: from running to waiting, to its end."""

import structlog

from orchestration.bell import Bell
from orchestration.leases import LeaseLost, LeasesPort
from orchestration.ports import Clock, Ids
from orchestration.tickets.admission import admit_next
from recipes.job import Job
from recipes.ticket import TicketStatus, WorkTicket
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()


class TicketMoves:
    """Moves the ticket of one job, for as long as it is that job's."""

    def __init__(self, job: Job, *, store: Store, leases: LeasesPort, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._job = job
        self._team = store.for_team(job.team_id)
        self._leases = leases
        self._bell = bell
        self._clock = clock
        self._ids = ids

    async def get_own(self, work: UnitOfWork) -> WorkTicket:
        """Give the ticket.

        Raises:
            SegmentSuperseded: it is another segment's by now.
        """
        ticket = await work.tickets.get(self._job.ticket_id)
        ticket.check_segment(self._job.segment)
        return ticket

    async def move(self, status: TicketStatus, *, problem: str | None = None, partial: bool = False) -> None:
        """Move the ticket, in a transaction of its own.

        Raises:
            SegmentSuperseded: it is another segment's by now.
        """

        async def move(work: UnitOfWork) -> tuple[WorkTicket, WorkTicket]:
            ticket = await self.get_own(work)
            return ticket, await self.move_within(work, ticket, status, problem=problem, partial=partial)

        self.tell(*await self._team.run(move))

    async def move_within(
        self,
        work: UnitOfWork,
        ticket: WorkTicket,
        status: TicketStatus,
        *,
        problem: str | None = None,
        partial: bool = False,
    ) -> WorkTicket:
        """Move the ticket and note it in its timeline; one that stands there already stays. Then `tell` of it.

        Raises:
            LeaseLost: this process lost its leases.
        """
        if ticket.status is status:
            await self._leases.check(work)
            return ticket
        now = self._clock.now()
        moved = ticket.moved_to(status, now=now, problem=problem or (ticket.problem if ticket.closing else None))
        if moved.is_over():
            todos = [each.todo.model_dump(mode="json") for each in await work.tickets.list_todos(ticket.id)]
            moved = moved.model_copy(update={"final_todos": tuple(todos), "closing": False, "partial": partial})
        await work.tickets.save(moved, before=ticket)
        event_id = self._ids.make("evt")
        detail = {"segment": self._job.segment}
        process = self._leases.process
        is_ours = await work.tickets.add_event(
            ticket.id, status, event_id=event_id, detail=detail, now=now, process=process
        )
        if process is not None and not is_ours:
            raise LeaseLost(process)
        if status is not TicketStatus.RUNNING:
            await admit_next(work, ticket.requester)
        return moved

    def tell(self, before: WorkTicket, moved: WorkTicket) -> None:
        """Let those hear of a move who wait for one; call it once the move is kept."""
        if moved.status is not before.status:
            self._bell.ring()
            log.info("ticket_moved", ticket=moved.id, status=moved.status)
