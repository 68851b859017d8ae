"""What goes over the pipe to the child process and back: JSON and bytes, each after its length. Never a pickle."""

from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict

from orchestration.readers.passages import FILE_BYTES, ReadFile

# eight bytes hold any length; the limits below refuse what is not ours
LENGTH_BYTES: Final = 8
# 2,000,000 characters of four bytes, and the JSON around a million cells
ANSWER_BYTES: Final = 32 * 1024 * 1024
ORDER_BYTES: Final = FILE_BYTES


class ReadOrder(BaseModel):
    """The child is asked to read the file that follows."""

    model_config = ConfigDict(frozen=True)

    filename: str


class ReadAnswer(BaseModel):
    """What the child found: passages, or the clause that says why there are none."""

    model_config = ConfigDict(frozen=True)

    read: ReadFile | None = None
    problem: str | None = None
    defect: str | None = None
    """The kind of an error that no reader foresaw, for the log."""


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
