"""What a talk remembers between two messages: doubts, what may be meant, what was offered, what is left open."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("standing", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
