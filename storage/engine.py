"""The database: SQLite for one machine, PostgreSQL for many, the same schema."""

import json
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec.json import Encoder
from pydantic import BaseModel
from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, Engine, Executable, Row, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from recipes.errors import TransientError
from storage.errands import ASKERS, THREADS, Errand, Errands, LendingConnection, LentErrands, PooledErrands
from storage.row_security import DRIVER_OPTIONS, EVERY_TEAM, begin_for, beginning_for

Result = TypeVar("Result")

# sqlite.org, PRAGMA busy_timeout: how long a writer waits for another process, or for the engine's own connection
BUSY_TIMEOUT_MS: Final = 10_000
# How long a unit of work waits for its turn; a flood of events is worked off, not refused.
TURN_TIMEOUT_S: Final = 60

# sqlite.org, PRAGMA synchronous: with a write-ahead log nothing that was committed is lost when a process dies. When
# the machine does, the last moments may be: the newest first, ours and the engine's alike.
SYNCHRONOUS: Final = "synchronous=NORMAL"

# Connections of one process, opened as they are needed and then kept: those that a pool lends beyond its size are
# closed when they come back, and opening one costs more than what it is used for.
CONNECTIONS: Final = 16
# How long a server may take to accept a connection.
CONNECT_TIMEOUT_S: Final = 10
# A frozen process keeps its transaction, and the rows that it locked from those that take its work over. Units of work
# wait for nothing outside, so one that says nothing for this long is not alive.
IDLE_TIMEOUT_MS: Final = 5_000

# A noun's own dictionary holds its fields.
_NOUNS: Final = Encoder(enc_hook=vars)


@dataclass(eq=False)
class DatabaseAway(TransientError):
    """The database did not answer, or took nothing just then; what was being done was taken back."""

    reason: str

    def advice(self) -> str:
        """Say what was not taken."""
        return (
            "My database does not answer just now, so I could not take this. Please try this again; the rest is kept."
        )


class Database:
    """One database, opened at the first use: a way to write, and a way to read that waits for no writer."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, errands: Errands | None = None) -> None:
        self._writer = writer
        self._reader = reader
        self._errands = errands

    def begin(self, team_id: str) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that may write the rows of this workspace.

        Args:
            team_id: Whose rows it is about; `EVERY_TEAM` for the few questions that concern all of them.

        Raises:
            DatabaseAway: the database did not answer, now or before the transaction was over.
        """
        return _opening(self._writer, team_id, read_only=False)

    def read(self, team_id: str) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that only reads; see `begin`."""
        return _opening(self._reader, team_id, read_only=True)

    async def run(self, team_id: str, errand: Errand[Result], *, read_only: bool = False) -> Result:
        """Give what comes of a transaction that is done in one go, in a thread: see `begin`, and `Errands.run`."""
        if self._errands is None:
            async with self.read(team_id) if read_only else self.begin(team_id) as connection:
                return await errand(connection)
        begin = beginning_for(self.dialect, team_id, read_only=read_only)
        async with _translating():
            return await self._errands.run(errand, begin=begin, read_only=read_only)

    async def ask(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Give the rows of one statement, a transaction by itself, on tables that belong to no workspace; see `begin`.

        PostgreSQL is spared beginning and committing it. The statement must be one that may run twice: where a
        connection turns out to be dead, nobody knows whether it did.
        """

        async def ask(connection: AsyncConnection) -> Sequence[Row[Any]]:
            result = await connection.execute(statement, values)
            return result.all() if result.returns_rows else ()

        if self._errands is None:
            raise RuntimeError("who only reads has nothing to ask for")
        begin = None if self.dialect == "postgresql" else beginning_for(self.dialect, EVERY_TEAM, read_only=False)
        async with _translating():
            return await _again_if_dead(partial(self._errands.run, ask, begin=begin, read_only=False))

    @property
    def dialect(self) -> str:
        """Give what SQL it speaks: `sqlite` or `postgresql`."""
        return self._writer.dialect.name

    async def dispose(self) -> None:
        """Close every connection."""
        if self._errands is not None:
            await self._errands.dispose()
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


def first_line(error: DBAPIError | PoolTimeoutError) -> str:
    """Give what the database said, in one line."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.partition("\n")[0] or type(error).__name__


class JournalConnection(sqlite3.Connection):
    """The durable engine's way to the same file, which keeps what it writes just as ours does: see `_make_sqlite`."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (the driver's signature)
        """Open it."""
        super().__init__(*given, **named)
        self.execute(f"PRAGMA {SYNCHRONOUS}")


@asynccontextmanager
async def _opening(engine: AsyncEngine, team_id: str, *, read_only: bool) -> AsyncGenerator[AsyncConnection]:
    async with _translating():
        connection, transaction = await _again_if_dead(partial(_begin, engine, team_id, read_only=read_only))
        async with transaction:
            yield connection


async def _begin(engine: AsyncEngine, team_id: str, *, read_only: bool) -> tuple[AsyncConnection, AsyncExitStack]:
    """Begin a transaction; give its connection, and what ends it."""
    async with AsyncExitStack() as transaction:
        connection = await transaction.enter_async_context(engine.begin())
        await begin_for(connection, team_id, read_only=read_only)
        return connection, transaction.pop_all()


async def _again_if_dead(say: Callable[[], Awaitable[Result]]) -> Result:
    """Say something on a connection, and where it turns out to be dead, on another one.

    A restarted server leaves dead connections behind. To ask each one beforehand costs as much as a statement; the
    first that is met takes all older ones with it.
    """
    try:
        return await say()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await say()


@asynccontextmanager
async def _translating() -> AsyncGenerator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        if _may_pass(error):
            raise DatabaseAway(first_line(error)) from error
        raise


def _may_pass(error: DBAPIError | PoolTimeoutError) -> bool:
    """Tell an error of the moment from a wrong statement."""
    if isinstance(error, PoolTimeoutError) or error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.OperationalError):
        # The low byte is the code, the others say more of it; SQLite calls a wrong statement operational too.
        return error.orig.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    # PostgreSQL: no connection, a server that starts or stops, a deadlock, no room.
    return isinstance(error, OperationalError)


def _dump_json(value: Any) -> str:  # noqa: ANN401 (any JSON value, or a noun that is kept whole)
    """Give the JSON of a column's value; a noun is written field by field, many times as fast as its plain value."""
    return _NOUNS.encode(value).decode() if isinstance(value, BaseModel) else json.dumps(value)


def _make_sqlite(url: URL) -> Database:
    # SQLite has one writer at a time and no queue for it: many that ask again and again starve each other until they
    # give up. One connection is a queue, in which the first to come is the first to write.
    lending = {"async_creator_fn": _lend}
    writer = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=TURN_TIMEOUT_S,
        json_serializer=_dump_json,
        connect_args=lending,
    )
    _configure(writer, read_only=False, pragmas=("foreign_keys=ON", SYNCHRONOUS))
    reader = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        poolclass=AsyncAdaptedQueuePool,
        pool_timeout=TURN_TIMEOUT_S,
        connect_args=lending,
    )
    _configure(reader, read_only=True, pragmas=("query_only=ON",))
    return Database(writer, reader, LentErrands(writer, reader))


def _lend(*where: Any, **how: Any) -> LendingConnection:  # noqa: ANN401 (the driver's signature)
    return LendingConnection(lambda: sqlite3.connect(*where, **how), _dump_json)


def _make_postgresql(url: URL) -> Database:
    # One pool for what is said statement by statement, since the server takes readers and writers side by side, and
    # one for errands. Whoever came back last goes first: its connection has its statements prepared.
    options: dict[str, Any] = {
        "max_overflow": 0,
        "pool_timeout": TURN_TIMEOUT_S,
        "pool_use_lifo": True,
        "json_serializer": _dump_json,
        "connect_args": {**DRIVER_OPTIONS, "connect_timeout": CONNECT_TIMEOUT_S},
    }
    where = url.set(drivername="postgresql+psycopg")
    engine = create_async_engine(where, pool_size=CONNECTIONS, **options)
    errands = create_engine(where, pool_size=THREADS + ASKERS, **options)
    _bound_idleness(engine.sync_engine)
    _bound_idleness(errands)
    return Database(engine, engine, PooledErrands(errands))


def _bound_idleness(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:  # noqa: ANN401 (a driver's connection has no common type)
        cursor = connection.cursor()
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}")
        cursor.close()


def _configure(engine: AsyncEngine, *, read_only: bool, pragmas: tuple[str, ...]) -> None:
    begin = beginning_for("sqlite", EVERY_TEAM, read_only=read_only)

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
