"""A slide as this model makes it: content for the deck's schema, and what each of its words and figures stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from orchestration.models.extractive.excerpts import clip_words, escape_marks, find_excerpt
from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.statements import Statement, find_time
from orchestration.models.extractive.wording import Wording
from recipes.source import Source, SourceKind

# the deck's content: longest notes, and a label's length
NOTES_CHARS: Final = 6_000
LABEL_CHARS: Final = 120


@dataclass(frozen=True)
class Room:
    """How much one slide may hold, so that it is read from a seat and does not run over to a further slide."""

    headline_chars: int
    bullet_chars: int
    bullets: int
    slide_chars: int
    takeaways: int
    takeaway_chars: int
    table_rows: int
    sources: int


AMPLE: Final = Room(
    headline_chars=92,
    bullet_chars=230,
    bullets=5,
    slide_chars=720,
    takeaways=3,
    takeaway_chars=130,
    table_rows=9,
    sources=14,
)
# once the skill has said that something does not fit
CLOSE: Final = Room(
    headline_chars=64,
    bullet_chars=150,
    bullets=4,
    slide_chars=440,
    takeaways=2,
    takeaway_chars=90,
    table_rows=7,
    sources=9,
)


@dataclass(frozen=True)
class Frame:
    """What every slide of a file keeps to: how much it may hold, and the words around what the sources say."""

    room: Room
    words: Wording


class Place(IntEnum):
    """The order in which slides tell the story."""

    KPIS = 10
    FINDINGS = 20
    CHART = 30
    TABLE = 40
    GROUP = 50
    QUOTE = 60
    PROCESS = 64
    OPTIONS = 66
    TWO_SIDES = 70
    TIMELINE = 80
    CLOSING = 90


@dataclass(frozen=True)
class Slide:
    """One slide of the file."""

    place: Place
    section: str
    content: dict[str, Any]
    """What its kind holds; section, notes and sources are added by `to_json`."""
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[str, ...] = ()
    """The passages whose tables it shows."""

    @property
    def title(self) -> str:
        """Its headline."""
        return str(self.content["title"])

    def list_passages(self) -> tuple[str, ...]:
        """Give the passages it stands on, each once."""
        return tuple(dict.fromkeys([*(each.passage_id for each in self.statements), *self.tables]))

    def to_json(self, sources: Sequence[Source], words: Wording) -> dict[str, Any]:
        """Give the slide as the deck's content has it."""
        said = [_note_statement(statement, words) for statement in self.statements]
        notes = "\n".join([*said, *_note_tables(self.tables, sources, words)])
        return {
            **self.content,
            "section": self.section,
            "notes": notes[:NOTES_CHARS],
            "source_ids": list(self.list_passages()),
        }


def cite(text: str, passage_id: str) -> str:
    """Give words for a text field, with the mark of the passage they stand in."""
    return f"{escape_marks(text)} [@{passage_id}]"


def quote(statement: Statement, limit_chars: int) -> str | None:
    """Give as much of a statement as fits, with its mark; None where not even a clause does."""
    excerpt = find_excerpt(statement.shown, limit_chars)
    return None if excerpt is None else cite(excerpt, statement.passage_id)


def may_quote(statement: Statement, limit_chars: int) -> bool:
    """Tell whether at least a clause of a statement fits."""
    return find_excerpt(statement.shown, limit_chars) is not None


def find_headline(statements: Iterable[Statement], room: Room) -> tuple[str, Statement] | None:
    """Give the first statement of which a headline's length can be quoted, and that headline."""
    for statement in statements:
        excerpt = find_excerpt(statement.shown.rstrip("."), room.headline_chars)
        if excerpt is not None:
            return escape_marks(excerpt), statement
    return None


def describe_source(source: Source, words: Wording) -> str:
    """Give who said it, where and when, or the file and who shared it; times in UTC, as far as they are known."""
    said_at = find_time(source)
    when = f"{said_at:%Y-%m-%d %H:%M} UTC" if said_at else None
    if source.kind is SourceKind.MESSAGE:
        parts = (source.author, source.locator, when)
    else:
        parts = (source.locator, words.shared_by.format(name=source.author) if source.author else None, when)
    return clip_words(", ".join(part for part in parts if part), LABEL_CHARS)


def _note_statement(statement: Statement, words: Wording) -> str:
    return f'{statement.passage_id}: {describe_source(statement.source, words)}: "{escape_marks(statement.shown)}"'


def _note_tables(tables: Iterable[str], sources: Sequence[Source], words: Wording) -> list[str]:
    passages = {passage.id: (passage, source) for source in sources for passage in source.passages}
    lines: list[str] = []
    for passage_id in tables:
        passage, source = passages[passage_id]  # pyright: ignore[reportArgumentType] (an id of the bundle, as text)
        if passage.table:
            names = ", ".join(column.name for column in passage.table.columns)
            named = words.tables.format(names=passage.table.name)
            lines.append(f"{passage_id}: {describe_source(source, words)}: {named}: {escape_marks(names)}")
    return lines
