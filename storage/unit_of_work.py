"""The unit of work: one transaction, one workspace; it commits on a clean exit and rolls back on any exception."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from recipes.conversation import InboxItem
from recipes.ids import RecipeSlug, TeamId
from recipes.job import Job
from recipes.question import Question, QuestionStatus
from recipes.recipe import Recipe
from recipes.session import ShownSession
from recipes.ticket import TicketStatus, WorkTicket
from storage.engine import Database, make_database
from storage.leases import LeaseTable, is_alive
from storage.repositories.annexes import AnnexRepository
from storage.repositories.baskets import BasketRepository
from storage.repositories.bundles import BundleRepository, RequestRepository
from storage.repositories.calls import CallRepository
from storage.repositories.cap_raises import CapRaiseRepository
from storage.repositories.conversations import DraftRepository, TranscriptRepository
from storage.repositories.effects import EffectRepository
from storage.repositories.inbox import InboxRepository, InboxStatus
from storage.repositories.outputs import OutputRepository
from storage.repositories.questions import QuestionRepository
from storage.repositories.recipes import RecipeRepository, save_built_in
from storage.repositories.revisions import RevisionRepository
from storage.repositories.rows import Noun, TeamConnection, noun_of
from storage.repositories.sessions import SessionRepository
from storage.repositories.tickets import TicketRepository
from storage.repositories.turns import TurnRepository
from storage.row_security import EVERY_TEAM
from storage.tables import inbox, questions, thread_sessions, work_tickets

Result = TypeVar("Result")

Enqueue = Callable[[Connection, Job], None]
"""Writes the engine's row for a job within the transaction of this connection."""


class UnitOfWork:
    """One open transaction of one workspace, with its repositories."""

    def __init__(self, team: TeamConnection, enqueue: Enqueue) -> None:
        self._team = team
        self._enqueue = enqueue

    @cached_property
    def recipes(self) -> RecipeRepository:
        """The recipes that this workspace may use."""
        return RecipeRepository(self._team)

    @cached_property
    def baskets(self) -> BasketRepository:
        """Baskets, blocks and assets."""
        return BasketRepository(self._team)

    @cached_property
    def drafts(self) -> DraftRepository:
        """Unfinished requests."""
        return DraftRepository(self._team)

    @cached_property
    def transcript(self) -> TranscriptRepository:
        """What people said in engaged threads."""
        return TranscriptRepository(self._team)

    @cached_property
    def bundles(self) -> BundleRepository:
        """Frozen bundles."""
        return BundleRepository(self._team)

    @cached_property
    def annexes(self) -> AnnexRepository:
        """What tickets found outside their bundles."""
        return AnnexRepository(self._team)

    @cached_property
    def requests(self) -> RequestRepository:
        """Approved requests."""
        return RequestRepository(self._team)

    @cached_property
    def tickets(self) -> TicketRepository:
        """Tickets with their todos and timeline."""
        return TicketRepository(self._team)

    @cached_property
    def turns(self) -> TurnRepository:
        """Finished turns and tool results."""
        return TurnRepository(self._team)

    @cached_property
    def questions(self) -> QuestionRepository:
        """Questions of agents."""
        return QuestionRepository(self._team)

    @cached_property
    def outputs(self) -> OutputRepository:
        """Delivered things."""
        return OutputRepository(self._team)

    @cached_property
    def revisions(self) -> RevisionRepository:
        """What child tickets change of delivered things."""
        return RevisionRepository(self._team)

    @cached_property
    def effects(self) -> EffectRepository:
        """The ledger of outward effects."""
        return EffectRepository(self._team)

    @cached_property
    def sessions(self) -> SessionRepository:
        """What Slack itself shows of the work in threads."""
        return SessionRepository(self._team)

    @cached_property
    def calls(self) -> CallRepository:
        """Model calls, and what they took."""
        return CallRepository(self._team)

    @cached_property
    def cap_raises(self) -> CapRaiseRepository:
        """Raises of the caps of pieces of work."""
        return CapRaiseRepository(self._team)

    @cached_property
    def inbox(self) -> InboxRepository:
        """What came in."""
        return InboxRepository(self._team)

    async def is_alive(self, process: str) -> bool:
        """Tell whether a process is there, and was not given up by the others, within this transaction."""
        return await is_alive(self._team.connection, process)

    async def enqueue(self, job: Job) -> None:
        """Hand a job to the engine: its row and ours commit together, or neither does."""
        await self._team.connection.run_sync(self._enqueue, job)


class TeamStore:
    """The store as one workspace sees it."""

    def __init__(self, database: Database, team_id: TeamId, enqueue: Enqueue) -> None:
        self._database = database
        self._team_id = team_id
        self._enqueue = enqueue

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[UnitOfWork]:
        """Open a unit of work. No call to the outside happens while it is open."""
        async with self._database.begin(self._team_id) as connection:
            yield UnitOfWork(TeamConnection(connection, self._team_id, may_write=True), self._enqueue)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[UnitOfWork]:
        """Open a unit of work that only reads and waits for no writer; what it sees may change right after."""
        async with self._database.read(self._team_id) as connection:
            yield UnitOfWork(TeamConnection(connection, self._team_id, may_write=False), self._enqueue)

    async def run(
        self, errand: Callable[[UnitOfWork], Coroutine[Any, Any, Result]], *, read_only: bool = False
    ) -> Result:
        """Give what a unit of work comes to that is done in one go: for what each step of each ticket does.

        Args:
            errand: The unit of work. It waits for nothing but the unit's own verbs, and does not run on the loop.
            read_only: Whether it only reads; see `read`.
        """

        async def do(connection: AsyncConnection) -> Result:
            team = TeamConnection(connection, self._team_id, may_write=not read_only)
            return await errand(UnitOfWork(team, self._enqueue))

        return await self._database.run(self._team_id, do, read_only=read_only)


class Store:
    """The memory: hands out one workspace at a time; what concerns all of them is few and stands here."""

    def __init__(self, database: Database, enqueue: Enqueue) -> None:
        self._database = database
        self._enqueue = enqueue

    @cached_property
    def leases(self) -> LeaseTable:
        """Who has what in hand, of all workspaces."""
        return LeaseTable(self._database)

    def for_team(self, team_id: TeamId) -> TeamStore:
        """Give the store of one workspace."""
        return TeamStore(self._database, team_id, self._enqueue)

    async def list_waiting(self, *, most: int) -> tuple[InboxItem, ...]:
        """Give the inbox items that wait, of all workspaces, in the order in which they happened."""
        query = (
            select(inbox)
            .where(inbox.c.status == InboxStatus.WAITING)
            .order_by(inbox.c.happened_ts, inbox.c.id)
            .limit(most)
        )
        return await self._list(query, InboxItem)

    async def find_ticket(self, ticket_id: str) -> WorkTicket | None:
        """Find a ticket of whichever workspace: for an operator, who names it by its id alone."""
        found = await self._list(select(work_tickets).where(work_tickets.c.id == ticket_id), WorkTicket)
        return found[0] if found else None

    async def list_newest(self, *, most: int, slug: RecipeSlug | None = None) -> tuple[WorkTicket, ...]:
        """Give the newest tickets of all workspaces, newest first; only those of a recipe, where one is named."""
        query = select(work_tickets).order_by(work_tickets.c.id.desc()).limit(most)
        if slug is not None:
            query = query.where(work_tickets.c.recipe_slug == slug)
        return await self._list(query, WorkTicket)

    async def list_used_recipes(self) -> tuple[RecipeSlug, ...]:
        """Give the recipes that work of any workspace was done by, by name."""
        query = select(work_tickets.c.recipe_slug).distinct().order_by(work_tickets.c.recipe_slug)
        async with self._database.read(EVERY_TEAM) as connection:
            return tuple(row.recipe_slug for row in await connection.execute(query))

    async def list_lagging(self) -> tuple[WorkTicket, ...]:
        """Give the tickets of all workspaces whose shown progress is behind, longest waiting first."""
        query = (
            select(work_tickets)
            .where(work_tickets.c.shown_version < work_tickets.c.progress_version)
            .order_by(work_tickets.c.created_at)
        )
        return await self._list(query, WorkTicket)

    async def list_pending(self, *, most: int) -> tuple[WorkTicket, ...]:
        """Give the tickets of all workspaces that wait for their turn, in the order of their turns."""
        query = (
            select(work_tickets)
            .where(work_tickets.c.status == TicketStatus.PENDING)
            .order_by(work_tickets.c.priority, work_tickets.c.id)
            .limit(most)
        )
        return await self._list(query, WorkTicket)

    async def list_in_hand(self) -> tuple[WorkTicket, ...]:
        """Give the tickets of all workspaces that the engine has and that wait for nobody."""
        is_asked = exists().where(questions.c.ticket_id == work_tickets.c.id, questions.c.status == QuestionStatus.OPEN)
        query = select(work_tickets).where(
            work_tickets.c.queued,
            or_(
                work_tickets.c.status.in_((TicketStatus.PENDING, TicketStatus.RUNNING)),
                and_(work_tickets.c.status == TicketStatus.WAITING, ~is_asked),
            ),
        )
        return await self._list(query, WorkTicket)

    async def list_at_work(self) -> tuple[WorkTicket, ...]:
        """Give the tickets of all workspaces that were begun and are not over, oldest first."""
        query = (
            select(work_tickets)
            .where(work_tickets.c.status.in_((TicketStatus.RUNNING, TicketStatus.WAITING)))
            .order_by(work_tickets.c.id)
        )
        return await self._list(query, WorkTicket)

    async def list_sessions(self) -> tuple[ShownSession, ...]:
        """Give what the threads of all workspaces show that may show something."""
        return await self._list(select(thread_sessions), ShownSession)

    async def list_due_questions(self, now: datetime) -> tuple[Question, ...]:
        """Give the open questions of all workspaces that want a reminder, or were waited for long enough."""
        query = (
            select(questions)
            .where(
                questions.c.status == QuestionStatus.OPEN,
                or_(and_(~questions.c.reminded, questions.c.remind_at <= now), questions.c.expires_at <= now),
            )
            .order_by(questions.c.id)
        )
        return await self._list(query, Question)

    async def save_built_in(self, recipes: tuple[Recipe, ...], *, now: datetime) -> None:
        """Keep the built-in recipes of this release."""
        async with self._database.begin(EVERY_TEAM) as connection:
            for recipe in recipes:
                await save_built_in(connection, recipe, now=now)

    async def _list(self, query: Select[Any], noun: type[Noun]) -> tuple[Noun, ...]:
        async with self._database.read(EVERY_TEAM) as connection:
            rows = await connection.execute(query)
            return tuple(noun_of(noun, row) for row in rows.mappings())


@asynccontextmanager
async def opening_store(url: str) -> AsyncGenerator[Store]:
    """Give a store beside whichever process works on the database, for the length of the block; it hands over no job.

    The tables are this release's: see `storage.window`, which says so.
    """
    database = make_database(url)
    try:
        yield Store(database, refuse_job)
    finally:
        await database.dispose()


def refuse_job(_connection: Connection, job: Job) -> None:
    """Take no job: there is no engine beside this store."""
    raise RuntimeError(f"nobody works jobs here: {job.id}")
