"""What was found of an output's figures and quotations in their sources; empty for what was delivered before."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_outputs") as batch:
        batch.add_column(sa.Column("provenance", sa.JSON(), nullable=True))
