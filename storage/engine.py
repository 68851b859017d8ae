"""The database engine: SQLite for one machine, PostgreSQL for many, the same schema."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# sqlite.org, PRAGMA busy_timeout: how long a writer waits for another one
BUSY_TIMEOUT_MS: Final = 10_000


def make_engine(url: str) -> AsyncEngine:
    """Give an asynchronous engine for this database URL; nothing is opened yet.

    Args:
        url: `sqlite:///path` or `postgresql://...`, without a driver's name.
    """
    plain = make_url(url)
    if plain.get_backend_name() == "sqlite":
        return _make_sqlite(plain)
    return create_async_engine(plain.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def prepare_sqlite(path: Path) -> None:
    """Make the database file, readable by its owner only, in write-ahead-log mode, which then stays with the file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _make_sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(url.set(drivername="sqlite+aiosqlite"))

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:  # noqa: ANN401 (a driver's connection has no common type)
        # We begin transactions ourselves (below), so the driver must not.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # Under WAL a read that turns into a write fails at once with "locked"; taking the write lock first waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
