"""Leases, the agent's questions, priorities, and who stopped what."""

import sqlalchemy as sa
from alembic import op

from storage.row_security import secure_rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What there is was asked for before anybody could say how soon.
USUAL = "5"


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("expires_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_index(op.f("ix_leases_owner"), "leases", ["owner"])
    op.create_table(
        "questions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("tool_use_id", sa.String(length=128), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_ts", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_questions_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint(
            "team_id",
            "ticket_id",
            "tool_use_id",
            "segment",
            name=op.f("uq_questions_team_id_ticket_id_tool_use_id_segment"),
        ),
    )
    op.create_index(op.f("ix_questions_status_remind_at"), "questions", ["status", "remind_at"])
    secure_rows("questions")
    for table in ("drafts", "work_requests", "work_tickets"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default=USUAL))
    with op.batch_alter_table("work_tickets") as batch:
        batch.add_column(sa.Column("queued", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("closing", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("stopped_by", sa.String(length=32), nullable=True))
        batch.create_index(op.f("ix_work_tickets_status"), ["status"])
