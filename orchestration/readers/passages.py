"""What reading a file gives, and how much of a file is taken."""

from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel, ConfigDict

from recipes.source import FileRefused, Table

# the bot's promise to people; the measured limit for safe reading is 50 MB
FILE_BYTES: Final = 20 * 1024 * 1024
# a bundle freezes 2,000,000 characters; what one file leaves of them is for the thread that it was shared in
FILE_TEXT_CHARS: Final = 1_900_000
# a passage is what a reader checks a citation against: about half a page
PASSAGE_CHARS: Final = 1_500
# of an answer, each passage costs more than its characters; a person cites none beyond these
PASSAGES: Final = 20_000
# a locator is read at a glance, beside the file's name
LOCATOR_CHARS: Final = 120


class ReadPassage(BaseModel):
    """A text or a table, and where in its file it stands."""

    model_config = ConfigDict(frozen=True)

    locator: str
    """In people's words: "page 3", "Sheet1!A1:F51", "Results > Churn", "lines 10-24"."""
    content: str | Table


class ReadFile(BaseModel):
    """A file's passages in its own order, without ids (staging gives them), and what was left out of it."""

    model_config = ConfigDict(frozen=True)

    passages: tuple[ReadPassage, ...]
    left_out: tuple[str, ...] = ()
    """Each a clause that stands alone: "rows after the first 5,000 of sheet Sales (7,312 in all)"."""


def count_chars(content: str | Table) -> int:
    """Count the characters that a passage holds: of a table, those of its names and cells."""
    if isinstance(content, str):
        return len(content)
    cells = sum(len(str(cell)) for row in content.rows for cell in row if cell is not None)
    return cells + sum(len(column.name) for column in content.columns)


def name_span(unit: str, first: int, last: int) -> str:
    """Give the locator of counted things: "line 7", "lines 10-24"."""
    return f"{unit} {first}" if first == last else f"{unit}s {first}-{last}"


def join_reads(reads: Iterable[ReadFile]) -> ReadFile:
    """Give what several readings of one file hold together, in their order."""
    passages: list[ReadPassage] = []
    left_out: list[str] = []
    for read in reads:
        passages.extend(read.passages)
        left_out.extend(read.left_out)
    return ReadFile(passages=tuple(passages), left_out=tuple(left_out))


def take_passages(passages: Iterable[ReadPassage]) -> tuple[ReadPassage, ...]:
    """Give the passages up to the first that is beyond the limits of a file, which says that there are more."""
    taken: list[ReadPassage] = []
    chars = 0
    for passage in passages:
        taken.append(passage)
        chars += count_chars(passage.content)
        if chars > FILE_TEXT_CHARS or len(taken) > PASSAGES:
            break
    return tuple(taken)


def cut_to_limit(filename: str, read: ReadFile) -> ReadFile:
    """Give as many whole passages as the limits allow, saying from where on the rest is left out.

    Raises:
        FileRefused: not even the first passage fits, or there is none.
    """
    if not read.passages:
        raise FileRefused(filename, "holds nothing to read")
    taken, first_beyond = _count_fitting(read.passages)
    if first_beyond is None:
        return read
    if not taken:
        raise FileRefused(filename, f"holds a table of more than {FILE_TEXT_CHARS:,} characters")
    locator = first_beyond.locator
    is_split = read.passages[taken - 1].locator == locator
    missing = f"the rest of {locator} and everything after it" if is_split else f"everything from {locator} on"
    reason = f"{PASSAGES:,} passages" if taken == PASSAGES else f"{FILE_TEXT_CHARS:,} characters"
    said = f"{missing}: a file may hold {reason}"
    return ReadFile(passages=read.passages[:taken], left_out=(*read.left_out, said))


def _count_fitting(passages: tuple[ReadPassage, ...]) -> tuple[int, ReadPassage | None]:
    chars = 0
    for place, passage in enumerate(passages):
        chars += count_chars(passage.content)
        if chars > FILE_TEXT_CHARS or place >= PASSAGES:
            return place, passage
    return len(passages), None
