"""Leases: who has what in hand, of many processes on one database, by the database's clock.

A process is alive until another one buries it, which may happen once it has not renewed its own row in time. What a
living process holds nobody can take; what a buried one held is free. One row changing hands decides it, so a process
that wakes after its burial is told so by the next thing it asks.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Float,
    and_,
    bindparam,
    delete,
    exists,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.database_clock import database_seconds
from storage.engine import Database
from storage.tables import leases

PROCESS: Final = "process:"
BURIED: Final = ""

# Each piece of work takes and releases a lease, and asks several times whether its process is alive; each process says
# twice a second that it is, and asks which others are.
_MINE: Final = and_(leases.c.name == bindparam("the_name"), leases.c.owner == bindparam("the_owner"))
_FIND: Final = select(leases.c.name).where(_MINE)
_RELEASE: Final = delete(leases).where(_MINE)
_RENEW: Final = (
    update(leases)
    .where(_MINE)
    .values(expires_s=database_seconds() + bindparam("length_s", type_=Float))
    .returning(leases.c.name)
)
_LIVING: Final = and_(leases.c.name.startswith(PROCESS), leases.c.owner != BURIED)
_BURY: Final = (
    update(leases).where(_LIVING, leases.c.expires_s < database_seconds()).values(owner=BURIED).returning(leases.c.name)
)
_LIST_LIVING: Final = select(leases.c.owner).where(_LIVING)


class LeaseTable:
    """The leases of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, owner: str, *, length: timedelta) -> None:
        """Note that a process is there."""
        values = {"the_name": PROCESS + owner, "the_owner": owner, "length_s": length.total_seconds()}
        await self._database.ask(_make_taking(self._database.dialect, lapses=True), values)

    async def renew(self, owner: str, *, length: timedelta) -> bool:
        """Note that a process is still there; tell whether it was, or was buried meanwhile."""
        values = {"the_name": PROCESS + owner, "the_owner": owner, "length_s": length.total_seconds()}
        return bool(await self._database.ask(_RENEW, values))

    async def bury(self) -> Sequence[str]:
        """Take everything out of the hands of processes that did not renew in time; give which they are."""
        return [row.name.removeprefix(PROCESS) for row in await self._database.ask(_BURY)]

    async def list_living(self) -> Sequence[str]:
        """Give the processes that are there."""
        return [row.owner for row in await self._database.ask(_LIST_LIVING)]

    async def take(self, name: str, owner: str) -> bool:
        """Take what no other living process holds; tell whether it is now the owner's.

        It may be so already: whoever lost the database while letting go does not know whether it did.
        """
        taking = _make_taking(self._database.dialect, lapses=False)
        return bool(await self._database.ask(taking, {"the_name": name, "the_owner": owner}))

    async def release(self, owner: str, name: str) -> None:
        """Give something back."""
        await self._database.ask(_RELEASE, {"the_name": name, "the_owner": owner})

    async def leave(self, owner: str) -> None:
        """Give everything back: the process is gone."""
        await self._database.ask(delete(leases).where(leases.c.owner == owner))


async def is_alive(connection: AsyncConnection, owner: str) -> bool:
    """Tell whether a process has not been buried, within this transaction."""
    found = await connection.execute(_FIND, {"the_name": PROCESS + owner, "the_owner": owner})
    return found.first() is not None


@cache
def _make_taking(dialect: str, *, lapses: bool) -> ReturningInsert[Any]:
    """Give the statement that takes what no other living process holds, for good, or so that it lapses."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    name, owner = bindparam("the_name", type_=leases.c.name.type), bindparam("the_owner", type_=leases.c.owner.type)
    expires_s = database_seconds() + bindparam("length_s", type_=Float) if lapses else null()
    return (
        insert(leases)
        .values(name=name, owner=owner, expires_s=expires_s)
        .on_conflict_do_update(
            index_elements=[leases.c.name],
            set_={"owner": owner, "expires_s": expires_s},
            where=or_(leases.c.owner == owner, ~_has_holder()),
        )
        .returning(leases.c.owner)
    )


def _has_holder() -> ColumnElement[bool]:
    """Give the condition that the owner of a lease is a living process."""
    process = leases.alias("process")
    # The row that is in the way; as a column of the table it would be joined once more.
    owner = literal_column("leases.owner", leases.c.owner.type)
    return exists().where(process.c.name == literal(PROCESS) + owner, process.c.owner == owner)
