"""Who put what into a basket, the messages that blocks follow, and the channels that sources came from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("substrate_blocks") as batch:
        batch.add_column(sa.Column("added_by", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("message_ts", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("finding", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("archived_by", sa.String(length=32), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_substrate_blocks_team_id_basket_id_message_ts"), ["team_id", "basket_id", "message_ts"]
        )
    with op.batch_alter_table("reference_assets") as batch:
        batch.add_column(sa.Column("added_by", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("created_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("archived", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("archived_by", sa.String(length=32), nullable=True))
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("also_from", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("also_from_ts", sa.String(length=32), nullable=True))
    with op.batch_alter_table("work_bundles") as batch:
        batch.add_column(sa.Column("origins", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
