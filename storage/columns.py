"""What tables share: the names of their constraints, and kinds of column."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Column, DateTime, ForeignKey, String, TypeDecorator
from sqlalchemy.engine import Dialect

# Names that are the same on each database, so that a migration can say them.
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time on both databases; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (its signature)
        """Refuse a time without a zone, and store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time is aware")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 (its signature)
        """Give aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def make_id() -> Column[str]:
    """Give the column of a row's own id."""
    return Column("id", String(64), primary_key=True)


def make_team() -> Column[str]:
    """Give the column of the workspace that a row belongs to."""
    return Column("team_id", String(32), nullable=False)


def make_reference(column: str, *, nullable: bool = False) -> Column[str]:
    """Give a column that refers to a row of the table that its name says."""
    table = {"basket_id": "baskets", "draft_id": "drafts", "request_id": "work_requests", "bundle_id": "work_bundles"}
    target = table.get(column, "work_tickets")
    return Column(column, String(64), ForeignKey(f"{target}.id"), nullable=nullable)
