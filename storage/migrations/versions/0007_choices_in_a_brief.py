"""What the requester leaves out of a brief, who may read the result, and the thread that work was asked for in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("removed", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch.add_column(sa.Column("sharing", sa.String(length=16), nullable=False, server_default="unsaid"))
    op.create_index(
        op.f("ix_work_requests_team_id_channel_id_thread_ts"),
        "work_requests",
        ["team_id", "channel_id", "thread_ts"],
    )
