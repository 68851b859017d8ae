"""Leases: who has what in hand, of many processes on one database, by the database's clock.

A process is alive until another one buries it, which may happen once it has not renewed its own row in time. What a
living process holds nobody can take; what a buried one held is free. One row changing hands decides it, so a process
that wakes after its burial is told so by the next thing it asks.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, literal, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database_clock import database_seconds
from storage.engine import Database
from storage.row_security import EVERY_TEAM
from storage.tables import leases

PROCESS: Final = "process:"
BURIED: Final = ""


class LeaseTable:
    """The leases of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, owner: str, *, length: timedelta) -> None:
        """Note that a process is there."""
        await self._take(PROCESS + owner, owner, expires_s=database_seconds() + length.total_seconds())

    async def renew(self, owner: str, *, length: timedelta) -> bool:
        """Note that a process is still there; tell whether it was, or was buried meanwhile."""
        renewed = await self._database.ask(
            update(leases)
            .where(leases.c.name == PROCESS + owner, leases.c.owner == owner)
            .values(expires_s=database_seconds() + length.total_seconds())
            .returning(leases.c.name)
        )
        return bool(renewed)

    async def bury(self) -> Sequence[str]:
        """Take everything out of the hands of processes that did not renew in time; give which they are."""
        buried = await self._database.ask(
            update(leases)
            .where(leases.c.name.startswith(PROCESS), leases.c.owner != BURIED)
            .where(leases.c.expires_s < database_seconds())
            .values(owner=BURIED)
            .returning(leases.c.name)
        )
        return [row.name.removeprefix(PROCESS) for row in buried]

    async def list_living(self) -> Sequence[str]:
        """Give the processes that are there."""
        async with self._database.read(EVERY_TEAM) as connection:
            rows = await connection.execute(
                select(leases.c.owner).where(leases.c.name.startswith(PROCESS), leases.c.owner != BURIED)
            )
            return [row.owner for row in rows]

    async def take(self, name: str, owner: str) -> bool:
        """Take what no other living process holds; tell whether it is now the owner's.

        It may be so already: whoever lost the database while letting go does not know whether it did.
        """
        return await self._take(name, owner, expires_s=None)

    async def release(self, owner: str, name: str) -> None:
        """Give something back."""
        await self._database.ask(delete(leases).where(leases.c.owner == owner, leases.c.name == name))

    async def leave(self, owner: str) -> None:
        """Give everything back: the process is gone."""
        await self._database.ask(delete(leases).where(leases.c.owner == owner))

    async def _take(self, name: str, owner: str, *, expires_s: ColumnElement[float] | None) -> bool:
        insert = postgresql.insert if self._database.dialect == "postgresql" else sqlite.insert
        taken = await self._database.ask(
            insert(leases)
            .values(name=name, owner=owner, expires_s=expires_s)
            .on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={"owner": owner, "expires_s": expires_s},
                where=or_(leases.c.owner == owner, ~_has_holder()),
            )
            .returning(leases.c.owner)
        )
        return bool(taken)


async def is_alive(connection: AsyncConnection, owner: str) -> bool:
    """Tell whether a process has not been buried, within this transaction."""
    found = await connection.execute(
        select(leases.c.name).where(leases.c.name == PROCESS + owner, leases.c.owner == owner)
    )
    return found.first() is not None


def _has_holder() -> ColumnElement[bool]:
    """Give the condition that the owner of a lease is a living process."""
    process = leases.alias("process")
    # The row that is in the way; as a column of the table it would be joined once more.
    owner = literal_column("leases.owner", leases.c.owner.type)
    return exists().where(process.c.name == literal(PROCESS) + owner, process.c.owner == owner)
