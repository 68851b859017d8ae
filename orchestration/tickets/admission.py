"""Admission: which pieces of work the engine gets, so that nobody takes all the hands of a workspace."""

from typing import Final

from recipes.ids import UserId
from recipes.job import Job
from recipes.ticket import WorkTicket
from storage.unit_of_work import UnitOfWork

# Pieces of one person's work that are in hand at once; the others wait for their turn.
PERSON_CONCURRENCY: Final = 3


async def admit(work: UnitOfWork, ticket: WorkTicket) -> WorkTicket:
    """Hand a kept, pending ticket to the engine, or hold it back; give it as it is kept now."""
    await work.tickets.lock_person(ticket.requester)
    held_back = ticket.model_copy(update={"queued": False})
    await work.tickets.save(held_back)
    if await work.tickets.count_running_of(ticket.requester) >= PERSON_CONCURRENCY:
        return held_back
    return await _hand_over(work, held_back)


async def admit_next(work: UnitOfWork, requester: UserId) -> None:
    """Hand the person's next piece of work to the engine, now that one of them has ended or waits."""
    await work.tickets.lock_person(requester)
    ticket = await work.tickets.find_held_back_of(requester)
    if ticket is not None and await work.tickets.count_running_of(requester) < PERSON_CONCURRENCY:
        await _hand_over(work, ticket)


def job_of(ticket: WorkTicket) -> Job:
    """Give the job that works on the ticket's current segment, or closes it."""
    return Job(
        workflow="close_segment" if ticket.closing else "run_segment",
        team_id=ticket.team_id,
        ticket_id=ticket.id,
        segment=ticket.segment,
        priority=ticket.priority,
    )


async def _hand_over(work: UnitOfWork, ticket: WorkTicket) -> WorkTicket:
    queued = ticket.model_copy(update={"queued": True})
    await work.tickets.save(queued)
    await work.enqueue(job_of(queued))
    return queued
