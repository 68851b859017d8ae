"""The child process that reads files: warm, confined, replaced when a file breaks it."""

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Final, Self

import structlog

from orchestration.readers.frames import ANSWER_BYTES, LENGTH_BYTES, ReadAnswer, ReadOrder, check_length, pack_frame
from orchestration.readers.passages import FILE_BYTES, ReadFile
from recipes.errors import DefectError
from recipes.source import FileRefused

# measured with hostile uploads
CHILD_MEMORY_BYTES: Final = 1024**3
CHILD_CPU: Final = timedelta(seconds=20)
CHILD_WALL: Final = timedelta(seconds=30)
# measured: a start takes half a second; a busy machine takes longer
CHILD_START: Final = timedelta(seconds=30)
# a child whose pipe is closed is all but gone
CHILD_END: Final = timedelta(seconds=5)
# asyncio reads ahead this far; its own 64 KB makes large answers slow
STREAM_BYTES: Final = 1024 * 1024

log: Final = structlog.get_logger()


@dataclass(frozen=True)
class ReaderLimits:
    """How much one file may cost."""

    memory_bytes: int = CHILD_MEMORY_BYTES
    cpu: timedelta = CHILD_CPU
    wall: timedelta = CHILD_WALL


@dataclass(eq=False)
class ReaderBroken(DefectError):
    """The child process that reads files does not start."""

    def advice(self) -> str:
        """Say that the file is not at fault."""
        return "I could not start the part of me that reads files. Your file was not touched; please try again."


@dataclass
class Readers:
    """Reads files one after the other in one child process, which lives as long as the `async with` block.

    A file that breaks a limit or crashes the child is refused, and the next file gets a new child.
    """

    limits: ReaderLimits = ReaderLimits()
    _child: asyncio.subprocess.Process | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __aenter__(self) -> Self:
        """Give the readers; the child starts with the first file."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        await self._end_child()

    async def read(self, filename: str, content: bytes) -> ReadFile:
        """Give the passages of a file.

        Idempotent. Calls at the same time wait for one another.

        Args:
            filename: As the person named it.
            content: The whole file.

        Raises:
            FileRefused: it cannot become a source, or reading it costs more than a file may.
            ReaderBroken: the child does not start.
        """
        if len(content) > FILE_BYTES:
            raise FileRefused(filename, f"is larger than {FILE_BYTES // 1024**2} MB")
        async with self._turn:
            child = self._child or await self._start_child()
            answer = await self._exchange(child, filename, content)
        if answer.defect:
            log.warning("file_reader_failed", error=answer.defect)
        if answer.read is None:
            raise FileRefused(filename, answer.problem or "cannot be read")
        return answer.read

    async def _start_child(self) -> asyncio.subprocess.Process:
        """Start a child without our environment: no token of ours is in its reach."""
        try:
            self._child = await self._spawn()
            async with asyncio.timeout(CHILD_START.total_seconds()):
                await _receive(self._child)
        except (TimeoutError, EOFError, OSError) as error:
            await self._end_child()
            raise ReaderBroken from error
        return self._child

    async def _spawn(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "orchestration.readers",
            str(self.limits.memory_bytes), str(self.limits.cpu.total_seconds()),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"},
            limit=STREAM_BYTES,
        )  # fmt: skip

    async def _exchange(self, child: asyncio.subprocess.Process, filename: str, content: bytes) -> ReadAnswer:
        """Give the child's answer; whatever happens in between, a child with half an order is never used again."""
        is_whole = False
        try:
            async with asyncio.timeout(self.limits.wall.total_seconds()):
                await _send(child, ReadOrder(filename=filename), content)
                answer = await asyncio.to_thread(ReadAnswer.model_validate_json, await _receive(child))
            is_whole = True
        except TimeoutError as error:
            raise FileRefused(
                filename, f"took longer than {self.limits.wall.total_seconds():g} seconds to read"
            ) from error
        except (EOFError, OSError) as error:
            raise FileRefused(filename, await self._explain_end(child)) from error
        finally:
            if not is_whole:
                await self._end_child()
        return answer

    async def _explain_end(self, child: asyncio.subprocess.Process) -> str:
        """Give the clause that says why the child is gone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHILD_END.total_seconds()):
                await child.wait()
        if child.returncode == -signal.SIGXCPU:
            return f"took longer than {self.limits.cpu.total_seconds():g} seconds to read"
        return "is damaged, or needs more memory to read than a file may"

    async def _end_child(self) -> None:
        """Kill the child and read its pipes to their end, without which asyncio may wait for ever."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def _send(child: asyncio.subprocess.Process, order: ReadOrder, content: bytes) -> None:
    pipe = child.stdin
    if pipe is None:
        raise EOFError
    pipe.write(pack_frame(order.model_dump_json().encode()))
    pipe.write(pack_frame(content))
    await pipe.drain()


async def _receive(child: asyncio.subprocess.Process) -> bytes:
    pipe = child.stdout
    if pipe is None:
        raise EOFError
    return await pipe.readexactly(check_length(await pipe.readexactly(LENGTH_BYTES), ANSWER_BYTES))
