"""A look into a database that changes nothing in it: no file is made, no table, no row, and nobody waits for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from recipes.ticket import TicketStatus
from storage.database_clock import database_seconds
from storage.leases import BURIED, PROCESS
from storage.repositories.inbox import InboxStatus
from storage.row_security import EVERY_TEAM, begin_for
from storage.schema import SchemaAge, find_age
from storage.tables import inbox, leases, work_tickets
from storage.window import find_file, make_window, translating_trouble

# sqlite.org/fileformat.html, 1.3: the 19th byte is the write version, which is 2 for write-ahead log
WRITE_VERSION_AT: Final = 18
WRITES_AHEAD: Final = 2


@dataclass(frozen=True, kw_only=True)
class WorkCondition:
    """What processes are there, and what there is to do, of all workspaces."""

    living: int
    silent: int
    """Processes that were not heard of in time, and that nobody has given up yet."""
    tickets: Mapping[TicketStatus, int]
    waiting: int
    """What came in and was not worked yet."""
    waits_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class DatabaseCondition:
    """What a database is, and what is in it."""

    kind: str
    version: str
    age: SchemaAge
    writes_ahead: bool
    """Always, but for a SQLite file in another mode."""
    unbound_role: str | None
    """The role that row-level security does not hold for, if ours is one."""
    work: WorkCondition | None
    """None where the tables are not this release's."""


async def inspect_database(url: str, *, patience: timedelta) -> DatabaseCondition | None:
    """Give the condition of a database; None where it is a SQLite file that is not there yet.

    Raises:
        DatabaseUnreachable: it could not be opened and read in time.
    """
    path = find_file(url)
    async with translating_trouble(patience):
        if path is not None and not path.exists():
            return None
        engine = make_window(url, path, patience=patience)
        async with asyncio.timeout(patience.total_seconds()):
            return await _look(engine, writes_ahead=path is None or _writes_ahead(path))


def _writes_ahead(path: Path) -> bool:
    with path.open("rb") as file:
        header = file.read(WRITE_VERSION_AT + 1)
    return not header or header[-1] == WRITES_AHEAD


async def _look(engine: AsyncEngine, *, writes_ahead: bool) -> DatabaseCondition:
    try:
        async with engine.connect() as connection:
            await begin_for(connection, EVERY_TEAM, read_only=True)
            return await connection.run_sync(_describe, writes_ahead)
    finally:
        await engine.dispose()


def _describe(connection: Connection, writes_ahead: bool) -> DatabaseCondition:  # noqa: FBT001 (run_sync passes no keywords)
    age = find_age(connection)
    is_postgresql = connection.dialect.name == "postgresql"
    return DatabaseCondition(
        kind="PostgreSQL" if is_postgresql else "SQLite",
        version=".".join(map(str, connection.dialect.server_version_info or ())),
        age=age,
        writes_ahead=writes_ahead,
        unbound_role=_find_unbound_role(connection) if is_postgresql else None,
        work=_count_work(connection) if age is SchemaAge.CURRENT else None,
    )


def _find_unbound_role(connection: Connection) -> str | None:
    query = text("SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
    return connection.execute(query).scalar()


def _count_work(connection: Connection) -> WorkCondition:
    heard = leases.c.expires_s >= database_seconds()
    processes = connection.execute(
        select(heard).where(leases.c.name.startswith(PROCESS), leases.c.owner != BURIED)
    ).scalars()
    are_heard = [bool(each) for each in processes]
    tickets = connection.execute(select(work_tickets.c.status, func.count()).group_by(work_tickets.c.status))
    came_in = select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.status == InboxStatus.WAITING)
    waiting, since = connection.execute(came_in).one()
    return WorkCondition(
        living=are_heard.count(True),
        silent=are_heard.count(False),
        tickets={TicketStatus(status): number for status, number in tickets},
        waiting=waiting,
        waits_since=since,
    )
