"""Every SQL statement of this process, whichever engine runs it, with the tables of ours that it names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, event

from storage.tables import metadata

# What people said and put into baskets: staging reads it for the last time.
STAGING_TABLES = frozenset({"baskets", "substrate_blocks", "reference_assets", "transcript"})
# What a ticket, its progress and its delivery stand on.
WORKING_TABLES = frozenset(
    {
        "annex_entries", "cap_raises", "drafts", "effects", "inbox", "leases", "model_calls", "model_rests",
        "questions", "recipes", "revisions", "thread_sessions", "ticket_events", "todos", "tool_results", "turns",
        "work_bundles", "work_outputs", "work_requests", "work_tickets",
    }
)  # fmt: skip
# A name anywhere in a statement counts: in quotation marks, behind a schema, in a subquery, in a trigger's text.
_NAMES = re.compile(r"\b(" + "|".join(sorted(metadata.tables, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_COMMIT = "COMMIT"


@dataclass
class Statements:
    """What was sent to databases, in order."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    """(connection, statement)."""

    def count(self) -> int:
        return len(self.sent)

    def list_since(self, place: int) -> list[str]:
        """Give the statements from this place on."""
        return [statement for _, statement in self.sent[place:]]

    def find_commit_after(self, words: str) -> int:
        """Give the place after the commit of the first transaction that says these words."""
        at, connection = next((at, each) for at, (each, said) in enumerate(self.sent) if words in said)
        return self.sent.index((connection, _COMMIT), at) + 1


def tables_of(statements: list[str]) -> set[str]:
    """Give the tables of ours that these statements name."""
    return {name.lower() for statement in statements for name in _NAMES.findall(statement)}


def beyond_the_wall(statements: list[str]) -> list[str]:
    """Give the statements that touch what only staging may."""
    return [each for each in statements if tables_of([each]) & STAGING_TABLES]


@contextmanager
def recording_statements() -> Iterator[Statements]:
    """Record, for the length of the block, what all engines of this process send."""
    statements = Statements()

    def keep(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        statements.sent.append((id(connection), statement))

    def note(connection: Connection) -> None:
        statements.sent.append((id(connection), _COMMIT))

    event.listen(Engine, "before_cursor_execute", keep)
    event.listen(Engine, "commit", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
        event.remove(Engine, "commit", note)
