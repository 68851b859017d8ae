"""The database: SQLite for one machine, PostgreSQL for many, the same schema."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

# sqlite.org, PRAGMA busy_timeout: how long a writer waits for another process, or for the engine's own connection
BUSY_TIMEOUT_MS: Final = 10_000
# How long a unit of work waits for its turn; a flood of events is worked off, not refused.
TURN_TIMEOUT_S: Final = 60


class Database:
    """One database, opened at the first use: a way to write, and a way to read that waits for no writer."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader

    def begin(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that may write."""
        return self._writer.begin()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """Open a transaction that only reads."""
        async with self._reader.begin() as connection:
            yield connection

    async def dispose(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


def make_database(url: str) -> Database:
    """Give the database of this URL; nothing is opened yet.

    Args:
        url: `sqlite:///path` or `postgresql://...`, without a driver's name.
    """
    plain = make_url(url)
    if plain.get_backend_name() == "sqlite":
        return _make_sqlite(plain)
    return _make_postgresql(plain)


def prepare_sqlite(path: Path) -> None:
    """Make the database file, readable by its owner only, in write-ahead-log mode, which then stays with the file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _make_sqlite(url: URL) -> Database:
    # SQLite has one writer at a time and no queue for it: many that ask again and again starve each other until they
    # give up. One connection is a queue, in which the first to come is the first to write.
    writer = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=TURN_TIMEOUT_S,
    )
    # Under WAL a read that turns into a write fails at once with "locked"; taking the write lock first waits.
    _configure(writer, begin="BEGIN IMMEDIATE", pragmas=("foreign_keys=ON", "synchronous=NORMAL"))
    reader = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"), poolclass=AsyncAdaptedQueuePool, pool_timeout=TURN_TIMEOUT_S
    )
    _configure(reader, begin="BEGIN", pragmas=("query_only=ON",))
    return Database(writer, reader)


def _make_postgresql(url: URL) -> Database:
    # One pool: the server takes readers and writers side by side. Pinged, since a restarted server leaves dead sockets.
    engine = create_async_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_timeout=TURN_TIMEOUT_S
    )
    return Database(engine, engine.execution_options(postgresql_readonly=True))


def _configure(engine: AsyncEngine, *, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:  # noqa: ANN401 (a driver's connection has no common type)
        # We begin transactions ourselves (below), so the driver must not.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*pragmas, f"busy_timeout={BUSY_TIMEOUT_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
