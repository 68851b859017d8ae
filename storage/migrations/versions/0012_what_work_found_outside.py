"""What work found outside its bundle, and what a person ticked that it may use for that."""

import sqlalchemy as sa
from alembic import op

from storage.row_security import secure_rows

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("server_tools", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    with op.batch_alter_table("work_outputs") as batch:
        batch.add_column(sa.Column("annex_digest", sa.String(length=64), nullable=True))
    op.create_table(
        "annex_entries",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_annex_entries_ticket_id")),
        sa.PrimaryKeyConstraint("team_id", "ticket_id", "number", name=op.f("pk_annex_entries")),
    )
    secure_rows("annex_entries")
