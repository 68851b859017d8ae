"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "baskets",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baskets")),
        sa.UniqueConstraint("team_id", "channel_id", name=op.f("uq_baskets_team_id_channel_id")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("recipe_slug", sa.String(length=64), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=True),
        sa.Column("heard_ts", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("brief_no", sa.Integer(), nullable=False),
        sa.Column("brief", sa.JSON(), nullable=True),
        sa.Column("bundle_id", sa.String(length=64), nullable=True),
        sa.Column("brief_ts", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drafts_team_id_channel_id_thread_ts"), ["team_id", "channel_id", "thread_ts"], unique=False
        )

    op.create_table(
        "effects",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_effects")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("lane", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("happened_ts", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("team_id", "key", name=op.f("uq_inbox_team_id_key")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_status_happened_ts"), ["status", "happened_ts"], unique=False)

    op.create_table(
        "recipes",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "slug", "version", name=op.f("pk_recipes")),
    )
    op.create_table(
        "transcript",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name=op.f("pk_transcript")),
    )
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transcript_team_id_channel_id_thread_ts"),
            ["team_id", "channel_id", "thread_ts"],
            unique=False,
        )

    op.create_table(
        "work_bundles",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("permalinks", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_bundles")),
    )
    op.create_table(
        "reference_assets",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("basket_id", sa.String(length=64), nullable=False),
        sa.Column("slack_file_id", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("shared_ts", sa.String(length=32), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=255), nullable=True),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_reference_assets_basket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_assets")),
        sa.UniqueConstraint(
            "team_id", "basket_id", "slack_file_id", name=op.f("uq_reference_assets_team_id_basket_id_slack_file_id")
        ),
    )
    op.create_table(
        "substrate_blocks",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("basket_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=255), nullable=True),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_substrate_blocks_basket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substrate_blocks")),
    )
    with op.batch_alter_table("substrate_blocks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_substrate_blocks_team_id_basket_id"), ["team_id", "basket_id"], unique=False
        )

    op.create_table(
        "work_requests",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("bundle_id", sa.String(length=64), nullable=False),
        sa.Column("requester", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("recipe_slug", sa.String(length=64), nullable=False),
        sa.Column("recipe_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("entry_point", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["work_bundles.id"], name=op.f("fk_work_requests_bundle_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_work_requests_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_requests")),
        sa.UniqueConstraint("team_id", "draft_id", name=op.f("uq_work_requests_team_id_draft_id")),
    )
    op.create_table(
        "work_tickets",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("bundle_id", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("requester", sa.String(length=32), nullable=False),
        sa.Column("recipe_slug", sa.String(length=64), nullable=False),
        sa.Column("recipe_parameters", sa.JSON(), nullable=False),
        sa.Column("task_description", sa.Text(), nullable=False),
        sa.Column("output_format", sa.String(length=16), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("final_todos", sa.JSON(), nullable=False),
        sa.Column("execution_time_ms", sa.Integer(), nullable=True),
        sa.Column("usage", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("progress_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("progress_ts", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["work_bundles.id"], name=op.f("fk_work_tickets_bundle_id")),
        sa.ForeignKeyConstraint(["parent"], ["work_tickets.id"], name=op.f("fk_work_tickets_parent")),
        sa.ForeignKeyConstraint(["request_id"], ["work_requests.id"], name=op.f("fk_work_tickets_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_tickets")),
    )
    with op.batch_alter_table("work_tickets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_work_tickets_team_id_channel_id_thread_ts"),
            ["team_id", "channel_id", "thread_ts"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_work_tickets_team_id_recipe_slug_status"), ["team_id", "recipe_slug", "status"], unique=False
        )

    op.create_table(
        "ticket_events",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_ticket_events_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    with op.batch_alter_table("ticket_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_events_team_id_ticket_id"), ["team_id", "ticket_id"], unique=False)

    op.create_table(
        "todos",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("todo", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_todos_ticket_id")),
        sa.PrimaryKeyConstraint("team_id", "ticket_id", "position", name=op.f("pk_todos")),
    )
    op.create_table(
        "tool_results",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("tool_use_id", sa.String(length=128), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_tool_results_ticket_id")),
        sa.PrimaryKeyConstraint("team_id", "ticket_id", "tool_use_id", name=op.f("pk_tool_results")),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("delta", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_turns_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sa.UniqueConstraint("team_id", "ticket_id", "number", name=op.f("uq_turns_team_id_ticket_id_number")),
    )
    op.create_table(
        "work_outputs",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("output_type", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("file_format", sa.String(length=16), nullable=True),
        sa.Column("filename", sa.String(length=255), nullable=True),
        sa.Column("generation_method", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.String(length=64), nullable=True),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("slack_file_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["work_tickets.id"], name=op.f("fk_work_outputs_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_outputs")),
    )
    with op.batch_alter_table("work_outputs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_outputs_team_id_ticket_id"), ["team_id", "ticket_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("work_outputs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_outputs_team_id_ticket_id"))

    op.drop_table("work_outputs")
    op.drop_table("turns")
    op.drop_table("tool_results")
    op.drop_table("todos")
    with op.batch_alter_table("ticket_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_events_team_id_ticket_id"))

    op.drop_table("ticket_events")
    with op.batch_alter_table("work_tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_tickets_team_id_recipe_slug_status"))
        batch_op.drop_index(batch_op.f("ix_work_tickets_team_id_channel_id_thread_ts"))

    op.drop_table("work_tickets")
    op.drop_table("work_requests")
    with op.batch_alter_table("substrate_blocks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_substrate_blocks_team_id_basket_id"))

    op.drop_table("substrate_blocks")
    op.drop_table("reference_assets")
    op.drop_table("work_bundles")
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transcript_team_id_channel_id_thread_ts"))

    op.drop_table("transcript")
    op.drop_table("recipes")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_status_happened_ts"))

    op.drop_table("inbox")
    op.drop_table("effects")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_team_id_channel_id_thread_ts"))

    op.drop_table("drafts")
    op.drop_table("baskets")
