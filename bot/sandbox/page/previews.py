"""The first lines of a file, for the message that shows it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from bot.sandbox.files import StoredFile

# As much of a file as is read for its preview.
READ_BYTES: Final = 4_000
SHOWN_LINES: Final = 8
SHOWN_ROWS: Final = 6
SHOWN_COLUMNS: Final = 6
CELL_CHARS: Final = 40
TABLES: Final = frozenset({"text/csv", "text/tab-separated-values"})


@dataclass(frozen=True)
class Preview:
    """What a file begins with.

    Args:
        kind: whether it is shown as rows of cells, as Markdown, or as the text it is.
        text: the first lines.
        rows: the first rows of a table.
    """

    kind: Literal["table", "markdown", "text"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def find_preview(file: StoredFile) -> Preview | None:
    """Give the beginning of a text, a Markdown file or a table; other files, and empty ones, have none."""
    if not file.content or not file.mimetype.startswith("text/") or b"\0" in file.content[:READ_BYTES]:
        return None
    lines = _first_lines(file.content)
    if file.mimetype in TABLES:
        return _table(lines)
    kind = "markdown" if file.mimetype == "text/markdown" else "text"
    return Preview(kind, text="\n".join(lines[:SHOWN_LINES]))


def _first_lines(content: bytes) -> list[str]:
    lines = content[:READ_BYTES].decode("utf-8-sig", errors="replace").splitlines()
    # What was cut off in its middle is not shown, unless it is all there is.
    return lines[:-1] if len(content) > READ_BYTES and len(lines) > 1 else lines


def _table(lines: Sequence[str]) -> Preview | None:
    head = lines[0] if lines else ""
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter), SHOWN_ROWS))
    except csv.Error:
        return None
    shown = tuple(tuple(_cell(cell) for cell in row[:SHOWN_COLUMNS]) for row in rows if row)
    return Preview("table", rows=shown) if shown else None


def _cell(text: str) -> str:
    return text if len(text) <= CELL_CHARS else f"{text[: CELL_CHARS - 1]}…"
