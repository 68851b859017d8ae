"""One child process that reads files: started confined, asked one file at a time, ended when it is broken."""

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from pydantic import ValidationError

from orchestration.readers.frames import (
    ANSWER_BYTES,
    LENGTH_BYTES,
    AnswerParts,
    ReadAnswer,
    ReadOrder,
    check_length,
    pack_frame,
)
from recipes.errors import DefectError
from recipes.source import FileRefused

# measured with hostile uploads
CHILD_MEMORY_BYTES: Final = 1024**3
CHILD_CPU: Final = timedelta(seconds=12)
# nothing may hang for more than 20 seconds, and a child may have to start first
CHILD_WALL: Final = timedelta(seconds=16)
# measured: a start takes half a second; a busy machine takes longer
CHILD_START: Final = timedelta(seconds=30)
# a child whose pipe is closed is all but gone
CHILD_END: Final = timedelta(seconds=5)
# asyncio reads ahead this far; its own 64 KB makes large answers slow
STREAM_BYTES: Final = 1024 * 1024


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


@dataclass(eq=False)
class ReaderChild:
    """A running child process. It takes one file at a time; one that broke is never used again."""

    process: asyncio.subprocess.Process
    limits: ReaderLimits
    is_usable: bool = True

    @classmethod
    async def start(cls, limits: ReaderLimits) -> Self:
        """Give a child without our environment: no token of ours is in its reach.

        Raises:
            ReaderBroken: it does not start.
        """
        try:
            child = cls(await _spawn(limits), limits)
        except OSError as error:
            raise ReaderBroken from error
        is_started = False
        try:
            async with asyncio.timeout(CHILD_START.total_seconds()):
                await _receive(child.process, ANSWER_BYTES)
            is_started = True
        except (TimeoutError, EOFError, OSError) as error:
            raise ReaderBroken from error
        finally:
            if not is_started:
                await child.end()
        return child

    async def read(self, filename: str, content: bytes) -> AnswerParts:
        """Give the child's answer; whatever happens in between, a child with half an order is not usable again.

        Raises:
            FileRefused: reading the file costs more than a file may.
        """
        self.is_usable = False
        try:
            async with asyncio.timeout(self.limits.wall.total_seconds()):
                answer = await self._exchange(filename, content)
        except TimeoutError as error:
            raise FileRefused(
                filename, f"took longer than {self.limits.wall.total_seconds():g} seconds to read"
            ) from error
        except (EOFError, OSError, ValidationError) as error:
            raise FileRefused(filename, await self._explain_end()) from error
        self.is_usable = not answer.last.is_spent
        return answer

    async def end(self) -> None:
        """Kill the child and read its pipes to their end, without which asyncio may wait for ever."""
        self.kill()
        await self.process.communicate()

    def kill(self) -> None:
        """Kill the child now."""
        self.is_usable = False
        if self.process.returncode is None:
            self.process.kill()

    async def _exchange(self, filename: str, content: bytes) -> AnswerParts:
        await _send(self.process, ReadOrder(filename=filename), content)
        answer = AnswerParts()
        room_bytes = ANSWER_BYTES
        while not answer.last.is_last:
            part = await _receive(self.process, room_bytes)
            room_bytes -= len(part)
            answer.add(ReadAnswer.model_validate_json(part))
        return answer

    async def _explain_end(self) -> str:
        """Give the clause that says why the child is gone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHILD_END.total_seconds()):
                await self.process.wait()
        if self.process.returncode == -signal.SIGXCPU:
            return f"took longer than {self.limits.cpu.total_seconds():g} seconds to read"
        return "is damaged, or needs more memory to read than a file may"


async def _spawn(limits: ReaderLimits) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "orchestration.readers",
        str(limits.memory_bytes), str(limits.cpu.total_seconds()),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"},
        limit=STREAM_BYTES,
    )  # fmt: skip


async def _send(child: asyncio.subprocess.Process, order: ReadOrder, content: bytes) -> None:
    pipe = child.stdin
    if pipe is None:
        raise EOFError
    pipe.write(pack_frame(order.model_dump_json().encode()))
    pipe.write(pack_frame(content))
    await pipe.drain()


async def _receive(child: asyncio.subprocess.Process, most_bytes: int) -> bytes:
    pipe = child.stdout
    if pipe is None:
        raise EOFError
    return await pipe.readexactly(check_length(await pipe.readexactly(LENGTH_BYTES), most_bytes))
