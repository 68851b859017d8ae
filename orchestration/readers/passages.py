"""What reading a file gives, and how much of a file is taken."""

from typing import Final

from pydantic import BaseModel, ConfigDict

from recipes.source import FileRefused, Table

# the bot's promise to people; the measured limit for safe reading is 50 MB
FILE_BYTES: Final = 20 * 1024 * 1024
# what a bundle freezes at most
FILE_TEXT_CHARS: Final = 2_000_000
# a passage is what a reader checks a citation against: about half a page
PASSAGE_CHARS: Final = 1_500


class ReadFile(BaseModel):
    """A file's passages in its own order, without ids (staging gives them), and what was left out of it."""

    model_config = ConfigDict(frozen=True)

    passages: tuple[str | Table, ...]
    left_out: tuple[str, ...] = ()
    """Each a clause that stands alone: "rows after the first 5,000 of sheet Sales (7,312 in all)"."""


def count_chars(passage: str | Table) -> int:
    """Count the characters that a passage holds: of a table, those of its names and cells."""
    if isinstance(passage, str):
        return len(passage)
    cells = sum(len(str(cell)) for row in passage.rows for cell in row if cell is not None)
    return cells + sum(len(column.name) for column in passage.columns)


def cut_to_limit(filename: str, read: ReadFile) -> ReadFile:
    """Give as many whole passages as the limit on text allows, saying how many were left out.

    Raises:
        FileRefused: not even the first passage fits, or there is none.
    """
    taken = 0
    chars = 0
    for passage in read.passages:
        chars += count_chars(passage)
        if chars > FILE_TEXT_CHARS:
            break
        taken += 1
    if not read.passages:
        raise FileRefused(filename, "holds nothing to read")
    if not taken:
        raise FileRefused(filename, f"holds a table of more than {FILE_TEXT_CHARS:,} characters")
    if taken == len(read.passages):
        return read
    missing = f"everything after {FILE_TEXT_CHARS:,} characters ({len(read.passages) - taken:,} passages)"
    return ReadFile(passages=read.passages[:taken], left_out=(*read.left_out, missing))
