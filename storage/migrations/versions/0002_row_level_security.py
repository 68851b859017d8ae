"""Row-level security on each table of a workspace."""

from storage.row_security import release_rows, secure_rows, show_built_in

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "baskets",
    "drafts",
    "effects",
    "inbox",
    "recipes",
    "reference_assets",
    "substrate_blocks",
    "ticket_events",
    "todos",
    "tool_results",
    "transcript",
    "turns",
    "work_bundles",
    "work_outputs",
    "work_requests",
    "work_tickets",
)


def upgrade() -> None:
    secure_rows(*TABLES)
    show_built_in("recipes")


def downgrade() -> None:
    release_rows(*TABLES)
