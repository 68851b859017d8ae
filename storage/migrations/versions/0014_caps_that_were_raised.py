"""Raises of the caps of pieces of work: offered where one stopped, and taken by whom."""

import sqlalchemy as sa
from alembic import op

from storage.row_security import secure_rows

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cap_raises",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(length=32), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_cap_raises_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_raises")),
        sa.UniqueConstraint("team_id", "ticket_id", "segment", name=op.f("uq_cap_raises_team_id_ticket_id_segment")),
    )
    secure_rows("cap_raises")
