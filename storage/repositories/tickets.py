"""Tickets, their todos and their timeline."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, Update, and_, bindparam, delete, func, or_, select, true, update

from recipes.conversation import Thread
from recipes.estimate import PastRun
from recipes.ids import RecipeSlug, TicketId, UserId
from recipes.spend import CallStatus
from recipes.ticket import SegmentSuperseded, TicketNotFound, TicketStatus, WorkTicket
from recipes.todo import TrackedTodo
from recipes.usage import Usage
from storage.repositories.calls import SPENT, spent_of
from storage.repositories.rows import TeamConnection, is_own, noun_of
from storage.tables import model_calls, ticket_events, todos, tool_results, turns, work_requests, work_tickets

# What each turn of each ticket says is made once.
_SELECT_SEGMENT: Final = select(work_tickets.c.segment).where(is_own(work_tickets, "id"))
_LOCK_SEGMENT: Final = _SELECT_SEGMENT.with_for_update()
_CHANGE: Final = update(work_tickets).where(is_own(work_tickets, "id", "segment"))
_BUMP: Final = _CHANGE.values(progress_version=work_tickets.c.progress_version + 1)
_DELETE_TODOS: Final = delete(todos).where(is_own(todos, "ticket_id"), todos.c.position >= bindparam("length"))
_LIST_TODOS: Final = select(todos).where(is_own(todos, "ticket_id")).order_by(todos.c.position)
_LOCK_HELD_BACK: Final = (
    select(work_tickets.c.id)
    .where(is_own(work_tickets, "requester"), ~work_tickets.c.queued, work_tickets.c.status == TicketStatus.PENDING)
    .order_by(work_tickets.c.priority, work_tickets.c.id)
    .limit(1)
    .with_for_update()
)


class TicketRepository:
    """Work tickets of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def get(self, ticket_id: str) -> WorkTicket:
        """Give a ticket, locked until the unit of work ends.

        Raises:
            TicketNotFound: there is none.
        """
        found = await self._team.find_own(work_tickets, WorkTicket, lock=True, id=ticket_id)
        if found is None:
            raise TicketNotFound(ticket_id)
        return found

    async def check_segment(self, ticket_id: TicketId, segment: int) -> None:
        """Refuse a segment that is no longer the ticket's own; the ticket stays locked until the unit of work ends.

        Raises:
            SegmentSuperseded: the ticket was stopped or handed on.
        """
        query = _LOCK_SEGMENT if self._team.may_write else _SELECT_SEGMENT
        current = (await self._team.connection.execute(query, self._team.own(id=ticket_id))).scalar_one()
        if segment != current:
            raise SegmentSuperseded(ticket_id, segment, current)

    async def find_by_event(self, event_id: str) -> WorkTicket | None:
        """Find the ticket whose timeline has this event."""
        query = (
            select(work_tickets)
            .join(ticket_events, ticket_events.c.ticket_id == work_tickets.c.id)
            .where(self._team.mine(work_tickets, ticket_events.c.id == event_id))
        )
        found = await self._team.list(query, WorkTicket)
        return found[0] if found else None

    async def find_newest(self, thread: Thread) -> WorkTicket | None:
        """Find the newest ticket of a thread: that is worked in it, or was asked for in it."""
        found = await self._team.list(self._newest_in(thread).limit(1), WorkTicket)
        return found[0] if found else None

    async def list_under_way(self, thread: Thread) -> Sequence[WorkTicket]:
        """Give the tickets of a thread that are neither over nor coming to their end, newest first."""
        states = (TicketStatus.PENDING, TicketStatus.RUNNING, TicketStatus.WAITING)
        query = self._newest_in(thread).where(work_tickets.c.status.in_(states), ~work_tickets.c.closing)
        return await self._team.list(query, WorkTicket)

    async def lock_person(self, user_id: UserId) -> None:
        """Let nobody else count this person's work until the unit of work ends; SQLite has one writer anyway."""
        connection = self._team.connection
        if connection.dialect.name == "postgresql":
            key = func.hashtextextended(f"{self._team.team_id}:{user_id}", 0)
            await connection.execute(select(func.pg_advisory_xact_lock(key)))

    async def count_running_of(self, user_id: UserId) -> int:
        """Count the pieces of this person's work that the engine has in hand."""
        query = select(func.count()).where(
            self._team.mine(
                work_tickets,
                work_tickets.c.requester == user_id,
                work_tickets.c.queued,
                work_tickets.c.status.in_((TicketStatus.PENDING, TicketStatus.RUNNING)),
            )
        )
        return (await self._team.connection.execute(query)).scalar_one()

    async def find_held_back_of(self, user_id: UserId) -> WorkTicket | None:
        """Find the piece of this person's work that is next to be handed to the engine, if one was held back."""
        found = await self._team.connection.execute(_LOCK_HELD_BACK, self._team.own(requester=user_id))
        ticket_id = found.scalar_one_or_none()
        return None if ticket_id is None else await self.get(ticket_id)

    async def list_newest_of(self, user_id: UserId, *, most: int) -> tuple[WorkTicket, ...]:
        """Give the newest tickets that this person asked for, newest first."""
        query = (
            select(work_tickets)
            .where(self._team.mine(work_tickets, work_tickets.c.requester == user_id))
            .order_by(work_tickets.c.id.desc())
            .limit(most)
        )
        return tuple(await self._team.list(query, WorkTicket))

    async def list_newest_by(self, slug: RecipeSlug, *, most: int) -> tuple[WorkTicket, ...]:
        """Give the newest tickets by this recipe, newest first: of several on one bundle the newest."""
        newest = (
            select(func.max(work_tickets.c.id))
            .where(self._team.mine(work_tickets, work_tickets.c.recipe_slug == slug))
            .group_by(work_tickets.c.bundle_id)
        )
        query = (
            select(work_tickets)
            .where(self._team.mine(work_tickets, work_tickets.c.id.in_(newest)))
            .order_by(work_tickets.c.id.desc())
            .limit(most)
        )
        return tuple(await self._team.list(query, WorkTicket))

    async def list_runs(self, slug: RecipeSlug, model: str | None, *, most: int) -> tuple[PastRun, ...]:
        """Give what the newest completed runs of a recipe took, with this model, or with any; revisions are none."""
        is_asked = true() if model is None else work_tickets.c.model == model
        settled = and_(
            model_calls.c.team_id == work_tickets.c.team_id,
            model_calls.c.owner_id == work_tickets.c.id,
            model_calls.c.status == CallStatus.SETTLED,
        )
        query = (
            select(work_tickets.c.execution_time_ms, *SPENT)
            .outerjoin(model_calls, settled)
            .where(
                self._team.mine(
                    work_tickets,
                    work_tickets.c.recipe_slug == slug,
                    is_asked,
                    work_tickets.c.status == TicketStatus.COMPLETED,
                    work_tickets.c.parent.is_(None),
                )
            )
            .group_by(work_tickets.c.id)
            .order_by(work_tickets.c.id.desc())
            .limit(most)
        )
        rows = await self._team.connection.execute(query)
        return tuple(
            PastRun(duration=timedelta(milliseconds=took_ms), spent=spent_of(*spent)) for took_ms, *spent in rows
        )

    async def add(self, ticket: WorkTicket) -> None:
        """Keep a new ticket."""
        await self._team.add(work_tickets, ticket)

    async def save(self, ticket: WorkTicket, *, before: WorkTicket | None = None) -> None:
        """Keep a changed ticket; what was given by `get` before spares writing what did not change."""
        await self._team.save(work_tickets, ticket, before=before)

    async def save_usage(self, ticket_id: TicketId, usage: Usage, *, segment: int) -> None:
        """Keep what a ticket used, if it is still this segment's; it stays locked until the unit of work ends.

        Raises:
            SegmentSuperseded: the ticket was stopped or handed on.
        """
        await self._change_own(_CHANGE, ticket_id, segment, usage=usage.model_dump(mode="json"))

    async def bump(self, ticket_id: TicketId, *, segment: int) -> None:
        """Note that there is newer progress to show of a ticket; see `save_usage`."""
        await self._change_own(_BUMP, ticket_id, segment)

    async def _change_own(self, change: Update, ticket_id: TicketId, segment: int, **values: Any) -> None:  # noqa: ANN401 (a column's value)
        own = self._team.own(id=ticket_id, segment=segment)
        changed = await self._team.connection.execute(change, {**values, **own})
        if changed.rowcount != 1:
            await self.check_segment(ticket_id, segment)

    async def save_todos(
        self, ticket_id: TicketId, tracked: Sequence[TrackedTodo], *, before: Sequence[TrackedTodo]
    ) -> None:
        """Replace the ticket's todo list, which is as it was kept before: what did not change is not written again."""
        news = [at for at, each in enumerate(tracked) if each not in before[at : at + 1]]
        places = ({"ticket_id": ticket_id, "position": at} for at in news)
        await self._team.put_all(todos, [tracked[at] for at in news], *places)
        if len(tracked) < len(before):
            own = self._team.own(ticket_id=ticket_id)
            await self._team.connection.execute(_DELETE_TODOS, {**own, "length": len(tracked)})

    async def list_todos(self, ticket_id: TicketId) -> tuple[TrackedTodo, ...]:
        """Give the ticket's todo list, in order."""
        rows = await self._team.connection.execute(_LIST_TODOS, self._team.own(ticket_id=ticket_id))
        return tuple(noun_of(TrackedTodo, row) for row in rows.mappings())

    async def find_last_sign(self, ticket_id: TicketId) -> datetime | None:
        """Find when the ticket last moved: a turn, a tool's answer, or an event of its timeline."""
        signs = [
            select(func.max(table.c[column]).label("at")).where(self._team.mine(table, table.c.ticket_id == ticket_id))
            for table, column in ((turns, "created_at"), (tool_results, "created_at"), (ticket_events, "at"))
        ]
        moments = [(await self._team.connection.execute(sign)).scalar_one() for sign in signs]
        return max((moment for moment in moments if moment is not None), default=None)

    async def add_event(
        self,
        ticket_id: TicketId,
        event: str,
        *,
        event_id: str,
        detail: Mapping[str, Any],
        now: datetime,
        process: str | None = None,
    ) -> bool:
        """Append to the ticket's timeline, unless the process that does so was buried; tell whether it did.

        Without a process to ask about, an event that is there already is an error: its transaction is taken back.
        """
        values = {"id": event_id, "ticket_id": ticket_id, "event": event, "detail": dict(detail), "at": now}
        if process is None:
            await self._team.add_row(ticket_events, values)
            return True
        return await self._team.add_new_row(ticket_events, values, "id", process=process)

    def _newest_in(self, thread: Thread) -> Select[Any]:
        asked_here = select(work_requests.c.id).where(self._team.mine(work_requests, *_in(work_requests, thread)))
        here = or_(and_(*_in(work_tickets, thread)), work_tickets.c.request_id.in_(asked_here))
        return select(work_tickets).where(self._team.mine(work_tickets, here)).order_by(work_tickets.c.id.desc())


def _in(table: Table, thread: Thread) -> tuple[ColumnElement[bool], ...]:
    return table.c.channel_id == thread.channel_id, table.c.thread_ts == thread.thread_ts
