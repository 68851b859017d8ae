"""Errands: transactions that one thread does from beginning to end.

Statement by statement, each one goes through the loop and back, on SQLite four times between two threads. Done whole,
the same repositories on the same drivers take a transaction of five statements a quarter of the time on SQLite, and
two thirds on PostgreSQL.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, Protocol, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Result = TypeVar("Result")

Errand = Callable[[AsyncConnection], Coroutine[Any, Any, Result]]
"""What is done on a connection. It waits for nothing else."""

# Threads of one process, each with a connection of its own: most errands are over in a millisecond or two.
THREADS: Final = 6
# Threads for single statements, which wait for no row: a process says that it is alive by them, whatever errands wait.
ASKERS: Final = 2
# aiosqlite.connect, its default: rows that it reads ahead where somebody iterates.
FETCH_ROWS: Final = 64


class Errands(Protocol):
    """Who does errands."""

    async def run(self, errand: Errand[Result], *, begin: str | None, read_only: bool) -> Result:
        """Give what an errand comes to; whoever is cancelled meanwhile does not hear whether it was kept.

        Args:
            errand: What to do within the transaction, which is kept if nothing is raised.
            begin: The statement that begins the transaction; None: each statement is one, and may run twice.
            read_only: Whether it writes nothing.
        """
        ...

    async def dispose(self) -> None:
        """Close every connection of its own, once what is under way is over."""
        ...


class PooledErrands:
    """Errands on connections of their own: for a server that takes many writers side by side."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="errand")
        self._askers = ThreadPoolExecutor(ASKERS, thread_name_prefix="ask")

    async def run(self, errand: Errand[Result], *, begin: str | None, read_only: bool) -> Result:  # noqa: ARG002 (the statement says it)
        """See `Errands.run`."""
        loop = asyncio.get_running_loop()
        threads = self._askers if begin is None else self._threads
        return await loop.run_in_executor(threads, partial(_do, self._engine, errand, begin))

    async def dispose(self) -> None:
        """See `Errands.dispose`: one whose caller was cancelled may still be under way."""
        for threads in (self._askers, self._threads):
            await asyncio.to_thread(threads.shutdown, cancel_futures=True)
        self._engine.dispose()


class LentErrands:
    """Errands on connections that the loop's engines lend: SQLite has one writer, and one queue for it."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        """Take engines whose connections are `LendingConnection`s."""
        self._writer = writer
        self._reader = reader

    async def run(self, errand: Errand[Result], *, begin: str | None, read_only: bool) -> Result:
        """See `Errands.run`."""
        async with (self._reader if read_only else self._writer).connect() as connection:
            lender = (await connection.get_raw_connection()).driver_connection
            return await cast("LendingConnection", lender).lend(partial(_do, errand=errand, begin=begin))

    async def dispose(self) -> None:
        """See `Errands.dispose`: it has none."""


class LendingConnection(aiosqlite.Connection):
    """A connection whose thread also does whole errands."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], json_serializer: Callable[[Any], str]) -> None:
        """Take how the file is opened, and how JSON columns are written."""
        super().__init__(connect, FETCH_ROWS)
        # A process ends without waiting for its connections, as with those that SQLAlchemy opens itself.
        self._thread.daemon = True
        self._engine = create_engine(
            "sqlite://", creator=lambda: self._conn, poolclass=StaticPool, json_serializer=json_serializer
        )

    async def lend(self, use: Callable[[Engine], Result]) -> Result:
        """Give what comes of using this connection in its own thread."""
        return await self._execute(use, self._engine)  # pyright: ignore[reportUnknownMemberType] (the driver leaves it untyped)


class _DirectConnection:
    """A connection in the hands of one thread, which never waits: fits `AsyncConnection` as far as errands use it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return self._connection.execute(statement, values)

    async def run_sync(self, use: Callable[..., Result], *given: Any) -> Result:  # noqa: ANN401 (SQLAlchemy's signature)
        return use(self._connection, *given)


def _do(engine: Engine, errand: Errand[Result], begin: str | None) -> Result:
    """Do an errand in this thread."""
    with _begin(engine, begin) as connection:
        result = _finish(errand(cast("AsyncConnection", _DirectConnection(connection))))
        connection.commit()
        return result


def _begin(engine: Engine, begin: str | None) -> Connection:
    """Begin a transaction; where the connection turns out to be dead, on another one."""
    try:
        return _open(engine, begin)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return _open(engine, begin)


def _open(engine: Engine, begin: str | None) -> Connection:
    connection = engine.connect()
    try:
        if begin is not None:
            connection.exec_driver_sql(begin)
    except BaseException:
        connection.close()
        raise
    return connection


def _finish(errand: Coroutine[Any, Any, Result]) -> Result:
    """Give what a coroutine comes to that has nothing to wait for."""
    try:
        errand.send(None)
    except StopIteration as end:
        return end.value
    errand.close()
    raise RuntimeError("an errand waits for nothing but its transaction")
