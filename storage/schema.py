"""The schema: brings a database to this release's tables, and says whether it is there."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from recipes.errors import UserFixableError
from storage.engine import Database, DatabaseAway, make_database, prepare_sqlite
from storage.row_security import EVERY_TEAM
from storage.tables import metadata

SQLITE: Final = "sqlite:///"
# Any number that nobody else locks in this database; DBOS takes 1234567890.
MIGRATION_LOCK: Final = 843_201_766
MIGRATIONS: Final = Path(__file__).parent / "migrations"


@dataclass(eq=False)
class DatabaseUnreachable(UserFixableError):
    """The database cannot be opened."""

    reason: str

    def advice(self) -> str:
        """Say what the database said, and name the setting."""
        return f"I cannot open the database ({self.reason}). Check THREADWORK_DATABASE_URL, and that the server runs."


class SchemaAge(StrEnum):
    """Which release's tables a database has."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


@asynccontextmanager
async def opening_database(url: str) -> AsyncGenerator[Database]:
    """Give a database that has this release's tables, for the length of the block.

    Raises:
        DatabaseUnreachable: there is no database at this address, or it lets nobody in.
    """
    if url.startswith(SQLITE):
        await asyncio.to_thread(prepare_sqlite, Path(url.removeprefix(SQLITE)))
    database = make_database(url)
    try:
        await _migrate_first(database)
        yield database
    finally:
        await database.dispose()


async def migrate(database: Database) -> None:
    """Bring the database to the newest revision; idempotent."""
    async with database.begin(EVERY_TEAM) as connection:
        await connection.run_sync(_upgrade)


async def _migrate_first(database: Database) -> None:
    # What may pass later is, at the start, most likely a wrong setting.
    try:
        await migrate(database)
    except DatabaseAway as error:
        raise DatabaseUnreachable(error.reason) from error


async def list_differences(database: Database) -> list[str]:
    """Give what differs between the database and the tables that the code expects: nothing, if all is well."""
    async with database.begin(EVERY_TEAM) as connection:
        return await connection.run_sync(_compare)


def find_age(connection: Connection) -> SchemaAge:
    """Tell which release's tables a database has, without changing it."""
    revision = MigrationContext.configure(connection).get_current_revision()
    ours = ScriptDirectory(str(MIGRATIONS))
    if revision is None:
        return SchemaAge.NONE
    if revision == ours.get_current_head():
        return SchemaAge.CURRENT
    is_known = any(each.revision == revision for each in ours.walk_revisions())
    return SchemaAge.OLDER if is_known else SchemaAge.NEWER


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Processes that start at the same time migrate one after the other; the lock ends with the transaction.
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _compare(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
    return [str(difference) for difference in compare_metadata(context, metadata)]


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    # The durable engine keeps its tables in the same database.
    return kind != "table" or name in metadata.tables
