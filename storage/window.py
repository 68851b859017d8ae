"""A window into a database: what is in it can be read, and nothing can be changed, by the database's own rules."""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import URL, NullPool, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from recipes.errors import UserFixableError
from storage.engine import Database, DatabaseAway, first_line
from storage.row_security import DRIVER_OPTIONS, EVERY_TEAM, begin_for
from storage.schema import SQLITE, DatabaseUnreachable, SchemaAge, find_age
from storage.unit_of_work import Store, refuse_job

NOTHING_THERE: Final = "it is not there yet, and the first start of `threadwork serve` makes it"
AGES: Final = {
    SchemaAge.NONE: "it has no tables yet, and the first start of `threadwork serve` makes them",
    SchemaAge.OLDER: "an older release made its tables, and `threadwork migrate` brings them to this one's",
    SchemaAge.NEWER: "a newer release changed its tables, so read it with that release",
}


@dataclass(eq=False)
class TablesNotOurs(UserFixableError):
    """A database is not there, or its tables are not this release's."""

    database: str
    reason: str
    """A clause: why, and what to do."""

    def advice(self) -> str:
        """Say what is the matter with which database."""
        return f"I cannot read {self.database}: {self.reason}."


@asynccontextmanager
async def looking_into(url: str, *, patience: timedelta) -> AsyncGenerator[Store]:
    """Give a store that only reads, for the length of the block: nothing is made or changed, and nobody waits for it.

    Raises:
        DatabaseUnreachable: it could not be opened or read.
        TablesNotOurs: it is not there yet, or another release's.
    """
    path = find_file(url)
    engine = make_window(url, path, patience=patience)
    async with translating_trouble(patience):
        try:
            if path is not None and not path.exists():
                raise TablesNotOurs(str(path), NOTHING_THERE)
            async with asyncio.timeout(patience.total_seconds()):
                await _check_age(engine, str(path or "the database"))
            yield Store(_ReadDatabase(engine, engine), refuse_job)
        finally:
            await engine.dispose()


def find_file(url: str) -> Path | None:
    """Give the file that a database is, if it is one."""
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def make_window(url: str, path: Path | None, *, patience: timedelta) -> AsyncEngine:
    """Give the way to a database that only reads; nothing is opened yet.

    Args:
        url: Of the database.
        path: Where it is a SQLite file: that file, which is there.
        patience: How long a server may take to accept a connection.

    Raises:
        DatabaseUnreachable: the URL is no URL.
    """
    if path is not None:
        return create_async_engine(_read_only(path), poolclass=NullPool)
    try:
        server = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        # What the library says would repeat the URL, and the password in it.
        raise DatabaseUnreachable("its URL is not of the form postgresql://user:password@host/name") from error
    return create_async_engine(
        server,
        poolclass=NullPool,
        connect_args={**DRIVER_OPTIONS, "connect_timeout": int(patience.total_seconds())},
    )


@asynccontextmanager
async def translating_trouble(patience: timedelta) -> AsyncGenerator[None]:
    """Give what keeps a block from a database as one error.

    Raises:
        DatabaseUnreachable: the database did not open, did not answer, or is none.
    """
    try:
        yield
    except DatabaseAway as error:
        raise DatabaseUnreachable(error.reason) from error
    except DBAPIError as error:
        raise DatabaseUnreachable(first_line(error)) from error
    except TimeoutError as error:
        raise DatabaseUnreachable(f"no answer in {patience.total_seconds():g} s") from error
    except OSError as error:
        raise DatabaseUnreachable(error.strerror or type(error).__name__) from error


class _ReadDatabase(Database):
    """A database in which every transaction only reads, also one that is opened to write."""

    def begin(self, team_id: str) -> AbstractAsyncContextManager[AsyncConnection]:
        """See `Database.begin`; the first write is refused."""
        return self.read(team_id)


async def _check_age(engine: AsyncEngine, name: str) -> None:
    async with engine.connect() as connection:
        await begin_for(connection, EVERY_TEAM, read_only=True)
        age = await connection.run_sync(find_age)
    if age is not SchemaAge.CURRENT:
        raise TablesNotOurs(name, AGES[age])


def _read_only(path: Path) -> URL:
    query = {"uri": "true", "mode": "ro"}
    if not path.with_name(f"{path.name}-wal").exists():
        # Nobody has it open. Without this SQLite would make the log's files beside it, and leave them there.
        query["immutable"] = "1"
    return URL.create("sqlite+aiosqlite", database=f"file:{quote(os.fspath(path.absolute()))}", query=query)
