"""Nouns to rows and back: columns carry the names of the nouns' fields, so both ways are one rule.

Values go beside their statement, not into it: a statement is then known by its shape, and put together once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import (
    JSON,
    ColumnElement,
    Insert,
    RowMapping,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from recipes.fence import Fence
from storage.guards import guarding, make_insert

Noun = TypeVar("Noun", bound=BaseModel)


@dataclass(frozen=True)
class TeamConnection:
    """An open transaction, and the only workspace that it may see."""

    connection: AsyncConnection
    team_id: str
    may_write: bool

    async def add(self, table: Table, noun: BaseModel, **more: Any) -> None:  # noqa: ANN401 (a column's value)
        """Insert a noun's row."""
        await self.add_row(table, {**columns_of(table, noun), **more})

    async def add_row(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert a row of what is no noun."""
        await self.connection.execute(_insert(table), {"team_id": self.team_id, **values})

    async def put_all(self, table: Table, nouns: Sequence[BaseModel], *more: Mapping[str, Any]) -> None:
        """Insert or replace the rows of several nouns at once; each has columns of its own in `more`."""
        own = {"team_id": self.team_id}
        rows = [{**own, **columns_of(table, noun), **values} for noun, values in zip(nouns, more, strict=True)]
        if rows:
            await self.connection.execute(_put(self.connection.dialect.name, table), rows)

    async def add_new(self, table: Table, noun: BaseModel, *key: str, **more: Any) -> bool:  # noqa: ANN401 (a column's value)
        """Insert a noun's row, unless there is one with the same key columns; tell whether it was new."""
        return await self.add_new_row(table, {**columns_of(table, noun), **more}, *key)

    async def add_new_row(
        self,
        table: Table,
        values: Mapping[str, Any],
        *key: str,
        fence: Fence | None = None,
        process: str | None = None,
    ) -> bool:
        """Insert a row, unless there is one with the same key columns; tell whether it was inserted.

        In one statement: looking first lets two writers both find nothing.

        Args:
            table: Where.
            values: Of its columns but the workspace's.
            key: The columns of a unique index.
            fence: The segment that writes; where its ticket has left it behind, nothing is inserted.
            process: The process that writes; where it was buried, nothing is inserted.
        """
        row = {"team_id": self.team_id, **values}
        guards = guarding(self.team_id, fence, process)
        statement = make_insert(self.connection.dialect.name, table, tuple(row), key, tuple(guards))
        return (await self.connection.execute(statement, {**row, **guards})).first() is not None

    async def save(
        self,
        table: Table,
        noun: BaseModel,
        *,
        before: BaseModel | None = None,
        **more: Any,  # noqa: ANN401 (a column's value)
    ) -> None:
        """Update the row that has the noun's id: all of it, or what is other than it was before."""
        values = {**columns_of(table, noun, other_than=before), **more}
        id_ = values.pop("id")
        if not values:
            return
        found = await self.connection.execute(_update_own(table), {**values, **self.own(id=id_)})
        if found.rowcount != 1:
            raise LookupError(f"{table.name} has no row {id_} in this workspace")

    async def find(
        self, table: Table, noun: type[Noun], *where: ColumnElement[bool], lock: bool = False
    ) -> Noun | None:
        """Give the one noun that fits, locked against other writers if asked."""
        query = _narrow(select(table), noun).where(self.mine(table, *where))
        rows = await self.connection.execute(self.locked(query) if lock else query)
        row = rows.mappings().one_or_none()
        return None if row is None else noun_of(noun, row)

    async def find_own(self, table: Table, noun: type[Noun], *, lock: bool = False, **keys: object) -> Noun | None:
        """Give the one noun whose columns have these values; see `find`."""
        query = _select_own(table, noun, tuple(keys), is_locked=lock and self.may_write)
        row = (await self.connection.execute(query, self.own(**keys))).mappings().one_or_none()
        return None if row is None else noun_of(noun, row)

    def own(self, **keys: object) -> dict[str, object]:
        """Give the values of a statement with `is_own` in it."""
        return {"own_team_id": self.team_id, **{f"own_{name}": value for name, value in keys.items()}}

    async def list(self, query: Select[Any], noun: type[Noun]) -> Sequence[Noun]:
        """Give the nouns of a query's rows."""
        rows = await self.connection.execute(_narrow(query, noun))
        return [noun_of(noun, row) for row in rows.mappings()]

    def locked(self, query: Select[Any]) -> Select[Any]:
        """Give a query that keeps other writers from its rows; who only reads locks nothing."""
        return query.with_for_update() if self.may_write else query

    def mine(self, table: Table, *where: ColumnElement[bool]) -> ColumnElement[bool]:
        """Give the condition with the workspace in it."""
        return and_(table.c.team_id == self.team_id, *where)


def is_own(table: Table, *names: str) -> ColumnElement[bool]:
    """Give the condition that a row is the workspace's, and has what `TeamConnection.own` says in these columns.

    For statements that are made once: to make one costs as much as to run it.
    """
    return and_(*(table.c[name] == bindparam(f"own_{name}") for name in ("team_id", *names)))


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _put(dialect: str, table: Table) -> Insert:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    key = [column.name for column in table.primary_key]
    news = {name: column for name, column in statement.excluded.items() if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=news)


@cache
def _update_own(table: Table) -> Update:
    return update(table).where(is_own(table, "id"))


@cache
def _select_own(table: Table, noun: type[BaseModel], keys: tuple[str, ...], *, is_locked: bool) -> Select[Any]:
    query = _narrow(select(table), noun).where(is_own(table, *keys))
    return query.with_for_update() if is_locked else query


def _narrow(query: Select[Any], noun: type[BaseModel]) -> Select[Any]:
    """Give a query for what the noun has fields for: what lies beside it may be large."""
    return query.with_only_columns(*(each for each in query.selected_columns if each.key in noun.model_fields))


def columns_of(table: Table, noun: BaseModel, *, other_than: BaseModel | None = None) -> dict[str, Any]:
    """Give the values of the columns that the noun has fields for: all, or its id and what another has otherwise."""
    typed, plain = _split_columns(table)
    if other_than is not None:
        news = {name for name in type(noun).model_fields if getattr(noun, name) != getattr(other_than, name)}
        typed, plain = typed & (news | {"id"}), plain & news
    return {**noun.model_dump(include=typed), **noun.model_dump(mode="json", include=plain)}


@cache
def _split_columns(table: Table) -> tuple[set[str], set[str]]:
    """Give the columns that take values as they are, and those that take JSON."""
    plain = {column.name for column in table.columns if isinstance(column.type, JSON)}
    return set(table.columns.keys()) - plain, plain


def noun_of(noun: type[Noun], row: RowMapping) -> Noun:
    """Give the noun that a row keeps; columns that it has no field for are left."""
    return noun.model_validate({name: row[name] for name in noun.model_fields if name in row})
