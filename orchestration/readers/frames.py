"""What goes over the pipe to the child process and back: JSON and bytes, each after its length. Never a pickle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json

from orchestration.readers.passages import FILE_BYTES, ReadFile, ReadPassage
from recipes.source import Cell, Table

# eight bytes hold any length; the limits below refuse what is not ours
LENGTH_BYTES: Final = 8
# all parts of an answer: 1,900,000 characters of four bytes, and the JSON around 20,000 passages or a million cells
ANSWER_BYTES: Final = 32 * 1024 * 1024
ORDER_BYTES: Final = FILE_BYTES
# an answer comes in parts that are checked in a few milliseconds each: meanwhile nothing else runs in the bot
PART_CELLS: Final = 10_000
PART_CHARS: Final = 100_000


class ReadOrder(BaseModel):
    """The child is asked to read the file that follows."""

    model_config = ConfigDict(frozen=True)

    filename: str


class ReadAnswer(BaseModel):
    """A part of what the child found. The last part says what was left out, or why there are no passages."""

    model_config = ConfigDict(frozen=True)

    passages: tuple[ReadPassage, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """More rows of the table that came last."""
    is_last: bool = False
    left_out: tuple[str, ...] = ()
    problem: str | None = None
    defect: str | None = None
    """The kind of an error that no reader foresaw, for the log."""
    is_spent: bool = False
    """The file went beyond a limit, so this child is not to read another."""


@dataclass
class AnswerParts:
    """The parts of an answer as they come in, put together again."""

    last: ReadAnswer = field(default_factory=ReadAnswer)
    _passages: list[ReadPassage] = field(default_factory=list[ReadPassage])
    _rows: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])

    def add(self, part: ReadAnswer) -> None:
        """Take the next part.

        Raises:
            EOFError: it does not go with those before, so the stream is of no more use.
        """
        if part.rows:
            table = self._passages[-1].content if self._passages else None
            if not isinstance(table, Table) or any(len(row) != len(table.columns) for row in part.rows):
                raise EOFError
            self._rows.extend(part.rows)
        if part.passages or part.is_last:
            self._close_table()
        self._passages.extend(part.passages)
        self.last = part

    def join(self) -> ReadFile:
        """Give the whole reading."""
        return ReadFile.model_construct(passages=tuple(self._passages), left_out=self.last.left_out)

    def _close_table(self) -> None:
        if not self._rows:
            return
        opened = self._passages.pop()
        if isinstance(opened.content, Table):
            # Its rows were checked as they came.
            rows = (*opened.content.rows, *self._rows)
            table = Table.model_construct(name=opened.content.name, columns=opened.content.columns, rows=rows)
            self._passages.append(ReadPassage(locator=opened.locator, content=table))
        self._rows = []


def pack_answer(read: ReadFile) -> Iterator[bytes]:
    """Give a reading as the parts of an answer, each in JSON."""
    texts: list[ReadPassage] = []
    chars = 0
    for passage in read.passages:
        if isinstance(passage.content, Table):
            yield from _pack_texts(texts)
            yield from _pack_table(passage.locator, passage.content)
            texts, chars = [], 0
        else:
            texts.append(passage)
            chars += len(passage.content)
            if chars > PART_CHARS:
                yield from _pack_texts(texts)
                texts, chars = [], 0
    yield from _pack_texts(texts)
    yield ReadAnswer(is_last=True, left_out=read.left_out).model_dump_json().encode()


def _pack_texts(texts: Sequence[ReadPassage]) -> Iterator[bytes]:
    if texts:
        yield ReadAnswer(passages=tuple(texts)).model_dump_json().encode()


def _pack_table(locator: str, table: Table) -> Iterator[bytes]:
    step = max(PART_CELLS // max(len(table.columns), 1), 1)
    opening = Table(name=table.name, columns=table.columns, rows=table.rows[:step])
    yield ReadAnswer(passages=(ReadPassage(locator=locator, content=opening),)).model_dump_json().encode()
    for place in range(step, len(table.rows), step):
        # The plain value: to check the rows a second time on this side would take as long as to read them.
        yield to_json({"rows": table.rows[place : place + step]})


class ByteStream(Protocol):
    """A pipe's end that can be read from."""

    def read(self, size: int, /) -> bytes:
        """Give this many bytes, fewer only at the end."""
        ...


def pack_frame(content: bytes) -> bytes:
    """Give the content with its length before it."""
    return len(content).to_bytes(LENGTH_BYTES, "big") + content


def read_frame(stream: ByteStream) -> bytes | None:
    """Give the next frame of a blocking stream; None at its end."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    return stream.read(check_length(head, ORDER_BYTES))


def check_length(head: bytes, limit_bytes: int) -> int:
    """Give the length that a frame's head states.

    Raises:
        EOFError: it is beyond the limit, so the stream is of no more use.
    """
    length = int.from_bytes(head, "big")
    if length > limit_bytes:
        raise EOFError
    return length
