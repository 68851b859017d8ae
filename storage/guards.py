"""Guards: who writes a row only while it is theirs to write, asked in the statement that writes.

A segment writes while its ticket is in its hands, and keeps it until the transaction ends; a process writes while it
was not buried. Asked beforehand, each question costs as much as the row.
"""

from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from recipes.fence import Fence
from storage.leases import PROCESS
from storage.tables import leases, work_tickets

_HAS_TICKET: Final = exists(
    select(work_tickets.c.id)
    .where(
        work_tickets.c.team_id == bindparam("guard_team_id"),
        work_tickets.c.id == bindparam("guard_ticket_id"),
        work_tickets.c.segment == bindparam("guard_segment"),
    )
    .with_for_update()
)
_LIVES: Final = exists(
    select(leases.c.name).where(
        leases.c.name == bindparam("guard_process_name"), leases.c.owner == bindparam("guard_process")
    )
)


def guarding(team_id: str, fence: Fence | None, process: str | None) -> dict[str, object]:
    """Give the values of a guarded statement; none where nothing is to be asked.

    Args:
        team_id: Whose ticket it is.
        fence: The segment that writes, if one does.
        process: The process that writes, where others may have buried it.
    """
    values: dict[str, object] = {}
    if fence is not None:
        values |= {"guard_team_id": team_id, "guard_ticket_id": fence.ticket_id, "guard_segment": fence.segment}
    if process is not None:
        values |= {"guard_process_name": PROCESS + process, "guard_process": process}
    return values


@cache
def make_insert(
    dialect: str, table: Table, names: tuple[str, ...], key: tuple[str, ...], guards: tuple[str, ...]
) -> ReturningInsert[Any]:
    """Give the statement that inserts a row with these columns, unless one with the same key is there.

    Args:
        dialect: `sqlite` or `postgresql`.
        table: Where.
        names: The columns, whose values go beside the statement.
        key: Those of a unique index.
        guards: The names of the values that `guarding` gave.
    """
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table)
    if guards:
        values = [bindparam(name, type_=table.c[name].type) for name in names]
        statement = statement.from_select(names, select(*values).where(*_list_conditions(guards)))
    return statement.on_conflict_do_nothing(index_elements=key).returning(table.c[key[0]])


def _list_conditions(guards: tuple[str, ...]) -> list[ColumnElement[bool]]:
    asked = {"guard_ticket_id": _HAS_TICKET, "guard_process": _LIVES}
    return [condition for name, condition in asked.items() if name in guards]
