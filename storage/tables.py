"""The tables. Columns are named as the fields of the nouns they keep, so that a row becomes a noun without translation.

Every row of a workspace carries `team_id`. JSON columns hold what is never searched by.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import NAMING, UtcTime, make_id, make_reference, make_team

metadata = MetaData(naming_convention=NAMING)

recipes = Table(
    "recipes",
    metadata,
    Column("team_id", String(32), primary_key=True),  # "" for the built-in recipes, which belong to every workspace
    Column("slug", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("definition", JSON, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

baskets = Table(
    "baskets",
    metadata,
    make_id(),
    make_team(),
    Column("channel_id", String(32), nullable=False),
    UniqueConstraint("team_id", "channel_id"),
)

substrate_blocks = Table(
    "substrate_blocks",
    metadata,
    make_id(),
    make_team(),
    make_reference("basket_id"),
    Column("text", Text, nullable=False),
    Column("author", String(255)),
    Column("permalink", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("added_by", String(32)),
    Column("message_ts", String(32)),
    Column("finding", JSON),
    Column("archived", Boolean, nullable=False),
    Column("archived_by", String(32)),
    UniqueConstraint("team_id", "basket_id", "message_ts"),
    Index(None, "team_id", "basket_id"),
)

reference_assets = Table(
    "reference_assets",
    metadata,
    make_id(),
    make_team(),
    make_reference("basket_id"),
    Column("slack_file_id", String(32), nullable=False),
    Column("thread_ts", String(32), nullable=False),
    Column("shared_ts", String(32), nullable=False),
    Column("filename", String(255), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("author", String(255)),
    Column("permalink", Text),
    Column("status", String(16), nullable=False),
    Column("digest", String(64)),
    Column("problem", Text),
    Column("added_by", String(32)),
    Column("created_at", UtcTime),
    Column("archived", Boolean, nullable=False),
    Column("archived_by", String(32)),
    UniqueConstraint("team_id", "basket_id", "slack_file_id"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("channel_id", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("thread_ts", String(32), nullable=False),
    Column("said", JSON, nullable=False),
    Index(None, "team_id", "channel_id", "thread_ts"),
)

drafts = Table(
    "drafts",
    metadata,
    make_id(),
    make_team(),
    Column("channel_id", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("user_id", String(32), nullable=False),
    Column("recipe_slug", String(64)),
    Column("answers", JSON, nullable=False),
    Column("entered", JSON, nullable=False),
    Column("asked", String(64)),
    Column("standing", JSON, nullable=False),
    Column("heard_ts", String(32)),
    Column("status", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("also_from", String(32)),
    Column("also_from_ts", String(32)),
    Column("removed", JSON, nullable=False),
    Column("sharing", String(16), nullable=False),
    Column("server_tools", JSON, nullable=False),
    Column("brief_no", Integer, nullable=False),
    Column("brief", JSON),
    Column("bundle_id", String(64)),
    Column("brief_ts", String(32)),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "team_id", "channel_id", "thread_ts"),
)

work_bundles = Table(
    "work_bundles",
    metadata,
    make_id(),
    make_team(),
    Column("digest", String(64), nullable=False),
    Column("canonical", LargeBinary, nullable=False),
    Column("permalinks", JSON, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

work_requests = Table(
    "work_requests",
    metadata,
    make_id(),
    make_team(),
    make_reference("draft_id"),
    make_reference("bundle_id"),
    Column("requester", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("thread_ts", String(32), nullable=False),
    Column("recipe_slug", String(64), nullable=False),
    Column("recipe_version", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("entry_point", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("team_id", "draft_id"),
    Index(None, "team_id", "channel_id", "thread_ts"),
)

work_tickets = Table(
    "work_tickets",
    metadata,
    make_id(),
    make_team(),
    make_reference("request_id"),
    make_reference("bundle_id"),
    make_reference("parent", nullable=True),
    Column("status", String(16), nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("segment", Integer, nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("thread_ts", String(32), nullable=False),
    Column("requester", String(32), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("queued", Boolean, nullable=False),
    Column("closing", Boolean, nullable=False),
    Column("stopped_by", String(32)),
    Column("recipe_slug", String(64), nullable=False),
    Column("recipe_parameters", JSON, nullable=False),
    Column("task_description", Text, nullable=False),
    Column("output_format", String(16), nullable=False),
    Column("model", String(64), nullable=False),
    Column("final_todos", JSON, nullable=False),
    Column("execution_time_ms", Integer),
    Column("usage", JSON, nullable=False),
    Column("problem", Text),
    Column("progress_version", Integer, nullable=False),
    Column("shown_version", Integer, nullable=False),
    Column("progress_ts", String(32)),
    Column("created_at", UtcTime, nullable=False),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    Index(None, "team_id", "channel_id", "thread_ts"),
    Index(None, "team_id", "recipe_slug", "status"),
    Index(None, "status"),
)

questions = Table(
    "questions",
    metadata,
    make_id(),
    make_team(),
    make_reference("ticket_id"),
    Column("tool_use_id", String(128), nullable=False),
    Column("segment", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("answer", Text),
    Column("answered_by", String(32)),
    Column("answered_ts", String(32)),
    Column("asked_at", UtcTime, nullable=False),
    Column("remind_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("reminded", Boolean, nullable=False),
    UniqueConstraint("team_id", "ticket_id", "tool_use_id", "segment"),
    Index(None, "status", "remind_at"),
)

turns = Table(
    "turns",
    metadata,
    make_id(),
    make_team(),
    make_reference("ticket_id"),
    Column("number", Integer, nullable=False),
    Column("delta", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("team_id", "ticket_id", "number"),
)

tool_results = Table(
    "tool_results",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("ticket_id", String(64), ForeignKey("work_tickets.id"), primary_key=True),
    Column("tool_use_id", String(128), primary_key=True),
    Column("result", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

annex_entries = Table(
    "annex_entries",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("ticket_id", String(64), ForeignKey("work_tickets.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("entry", Text, nullable=False),
    Column("digest", String(64), nullable=False),  # of the whole annex, as it is with this entry
)

ticket_events = Table(
    "ticket_events",
    metadata,
    make_id(),
    make_team(),
    make_reference("ticket_id"),
    Column("event", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "ticket_id"),
)

todos = Table(
    "todos",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("ticket_id", String(64), ForeignKey("work_tickets.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("todo", JSON, nullable=False),
    Column("started_at", UtcTime),
    Column("completed_at", UtcTime),
)

work_outputs = Table(
    "work_outputs",
    metadata,
    make_id(),
    make_team(),
    make_reference("ticket_id"),
    Column("output_type", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("file_id", String(64)),
    Column("file_format", String(16)),
    Column("filename", String(255)),
    Column("generation_method", String(16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("supersedes", String(64)),
    Column("claims", JSON, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("provenance", JSON(none_as_null=True)),
    Column("annex_digest", String(64)),
    Column("slack_file_id", String(32)),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "team_id", "ticket_id"),
)

revisions = Table(
    "revisions",
    metadata,
    make_id(),  # of the ticket that does it; of the draft, while its brief is not approved
    make_team(),
    Column("words", Text, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("earlier", JSON, nullable=False),
    Column("restored", Integer),
)

model_calls = Table(
    "model_calls",
    metadata,
    make_id(),
    make_team(),
    Column("owner_kind", String(16), nullable=False),
    Column("owner_id", String(64), nullable=False),
    Column("user_id", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("model", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("usage", JSON, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("cost_nanousd", BigInteger),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Index(None, "team_id", "owner_id"),
    Index(None, "team_id", "created_at"),
)

model_rests = Table(
    "model_rests",
    metadata,
    Column("model", String(64), primary_key=True),
    Column("until", UtcTime, nullable=False),
)

cap_raises = Table(
    "cap_raises",
    metadata,
    make_id(),
    make_team(),
    make_reference("ticket_id"),
    Column("segment", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("taken", BigInteger, nullable=False),
    Column("cap", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("offered_at", UtcTime, nullable=False),
    Column("raised_by", String(32)),
    Column("raised_at", UtcTime),
    UniqueConstraint("team_id", "ticket_id", "segment"),
)

effects = Table(
    "effects",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("ref", String(64)),
    Column("created_at", UtcTime, nullable=False),
)

thread_sessions = Table(
    "thread_sessions",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("channel_id", String(32), primary_key=True),
    Column("thread_ts", String(32), primary_key=True),
    Column("status", String(16)),
)

inbox = Table(
    "inbox",
    metadata,
    make_id(),
    make_team(),
    Column("key", String(255), nullable=False),
    Column("lane", String(128), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("happened_ts", String(32), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    UniqueConstraint("team_id", "key"),
    Index(None, "status", "happened_ts"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("expires_s", Float),  # by the database's clock; only the rows of processes have it
    Index(None, "owner"),
)
