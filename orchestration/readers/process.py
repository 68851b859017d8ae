"""The child processes that read files: warm, few, replaced when a file breaks one."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import structlog

from orchestration.readers.child import ReaderChild, ReaderLimits
from orchestration.readers.passages import FILE_BYTES, ReadFile
from recipes.source import FileRefused

# a child keeps one processor busy; more than two would take what the bot itself needs on a small machine
CHILDREN: Final = 2

log: Final = structlog.get_logger()


@dataclass
class Readers:
    """Reads files in child processes, which live as long as the `async with` block.

    A file that breaks a limit or crashes its child is refused, and the next file gets a new child.
    """

    limits: ReaderLimits = field(default_factory=ReaderLimits)
    most_children: int = CHILDREN
    _idle: list[ReaderChild] = field(default_factory=list[ReaderChild])
    _busy: set[ReaderChild] = field(default_factory=set[ReaderChild])
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.most_children)

    async def __aenter__(self) -> Self:
        """Give the readers; the first child starts with the first file."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the children; a read that is under way is refused."""
        for child in self._busy:
            child.kill()
        while self._idle:
            await self._idle.pop().end()

    async def read(self, filename: str, content: bytes) -> ReadFile:
        """Give the passages of a file.

        Idempotent. So many files are read at the same time as there may be children, the others wait.

        Args:
            filename: As the person named it.
            content: The whole file.

        Raises:
            FileRefused: it cannot become a source, or reading it costs more than a file may.
            ReaderBroken: the child does not start.
        """
        if len(content) > FILE_BYTES:
            raise FileRefused(filename, f"is larger than {FILE_BYTES // 1024**2} MB")
        async with self._places:
            child = self._idle.pop() if self._idle else await ReaderChild.start(self.limits)
            self._busy.add(child)
            try:
                answer = await child.read(filename, content)
            finally:
                self._busy.remove(child)
                if child.is_usable:
                    self._idle.append(child)
                else:
                    await child.end()
        if answer.last.defect:
            log.warning("file_reader_failed", error=answer.last.defect)
        if answer.last.problem is not None:
            raise FileRefused(filename, answer.last.problem)
        return answer.join()
