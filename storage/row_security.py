"""Row-level security: on PostgreSQL the database itself shows a transaction the rows of its workspace only.

Repositories ask for their own workspace in each query; this says it a second time, for the query that forgets. On
SQLite, which has one owner and no such thing, all of it does nothing.
"""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

from alembic import op
from psycopg.sql import Literal
from sqlalchemy.ext.asyncio import AsyncConnection

# Where a transaction says whose rows it may see. Unset, or emptied, as it is left after a transaction: nobody's.
SETTING: Final = "threadwork.team_id"
EVERY_TEAM: Final = "*"
"""In place of a team's id, for the few questions that concern all workspaces."""

# psycopg then begins no transaction by itself; what we began it commits and rolls back all the same.
DRIVER_OPTIONS: Final = MappingProxyType({"autocommit": True})

# In a subquery, so that it is worked out once a statement and not once a row.
_TEAM: Final = f"(SELECT NULLIF(current_setting('{SETTING}', true), ''))"


async def begin_for(connection: AsyncConnection, team_id: str, *, read_only: bool) -> None:
    """Begin a transaction that sees and writes the rows of a workspace, and no others; on SQLite it is begun already.

    In one statement, since every transaction begins with it; the driver begins none by itself (`DRIVER_OPTIONS`).
    """
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql(beginning_for("postgresql", team_id, read_only=read_only))


@lru_cache(maxsize=1_000)
def beginning_for(dialect: str, team_id: str, *, read_only: bool) -> str:
    """Give the statement that begins such a transaction where nothing else does."""
    if dialect == "sqlite":
        # Under WAL a read that turns into a write fails at once with "locked"; taking the write lock first waits.
        return "BEGIN" if read_only else "BEGIN IMMEDIATE"
    mode = "READ ONLY" if read_only else "READ WRITE"
    return f"BEGIN {mode}; SET LOCAL {SETTING} = {Literal(team_id).as_string()}"


def secure_rows(*tables: str) -> None:
    """Within a migration: keep the rows of each workspace in these tables from all others. Each has a `team_id`."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # Without this the owner, which we are, would see everything.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_team ON {table} USING ({_TEAM} IN (team_id, '{EVERY_TEAM}'))")


def show_built_in(table: str) -> None:
    """Within a migration: let every workspace read the rows of this table that belong to none."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE POLICY built_in ON {table} FOR SELECT USING (team_id = '' AND {_TEAM} IS NOT NULL)")


def release_rows(*tables: str) -> None:
    """Within a migration: take back what `secure_rows` and `show_built_in` did."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f"DROP POLICY own_team ON {table}")
        op.execute(f"DROP POLICY IF EXISTS built_in ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
