"""What the work needs of a durable engine: named steps whose results are kept, and jobs that are handed in."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from recipes.errors import DefectError
from recipes.job import Job

Result = TypeVar("Result")


class JobStatus(StrEnum):
    """How far a job is, as the engine sees it."""

    QUEUED = "queued"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"
    """Its process died each time it ran, too often."""


class Journal(Protocol):
    """The steps of one job. Their order and names are a file format: a change needs a new application version."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:
        """Give the kept result of this step, or do the work now and keep its result.

        The work may run twice (a crash between doing and keeping), so it looks before it acts. Its result is small and
        plain JSON. A `TransientError` is retried with growing pauses, then raised; a `ThreadworkError` is kept and
        raised again on replay.

        Args:
            name: What the step does; the same on each replay.
            work: Does it.
            preemptible: Whether a cancelled job ends this step in the middle: for everything that takes seconds.

        Raises:
            StepsChanged: another step was kept in this place, by another release.
        """
        ...


Workflow = Callable[[Journal, Job], Awaitable[None]]
"""The body of a job: nothing with an effect, no clock and no chance outside a step."""


class EnginePort(Protocol):
    """The durable engine. A submitted job ends, through crashes and restarts, unless it is cancelled."""

    def submit(self, connection: Any, job: Job) -> None:  # noqa: ANN401 (a database connection; only storage knows its type)
        """Write the job into the transaction of this connection; the same job twice is one."""
        ...

    async def cancel(self, job_id: str) -> None:
        """End a job; its preemptible step is interrupted, any other one finishes first."""
        ...

    async def status(self, job_id: str) -> JobStatus | None:
        """Tell how far a job is; None if it was never submitted."""
        ...

    async def take_over(self, living: Collection[str]) -> int:
        """Let go on what the executors that are not among the living left running; give how many jobs that was."""
        ...

    async def adopt(self, living: Collection[str]) -> int:
        """Let what was left by versions that none of the living works begin anew; give how many jobs that was.

        Each keeps its id, its queue and its place there, and starts at its first step. One process does it at a time.
        """
        ...

    async def forget(self, *, before: datetime) -> int:
        """Delete the journals of jobs that ended before this time, a batch at most; give how many there were."""
        ...

    async def drain(self) -> None:
        """Take no more jobs, give the running ones a moment, and stop; what is unfinished goes on at the next start."""
        ...


@dataclass(eq=False)
class StepBroken(DefectError):
    """A step raised something that is not in our error tree."""

    step: str
    kind: str
    detail: str

    def advice(self) -> str:
        """Apologise."""
        return "Something broke on our side while I was working on this. What was staged is kept."


@dataclass(eq=False)
class StepsChanged(DefectError):
    """A job meets another step in its journal than its release has in that place."""

    step: str
    detail: str

    def advice(self) -> str:
        """Say that going on begins a new journal, with what was done."""
        return (
            "I was updated while I worked on this, and cannot go on from the middle of it. What was done is kept: let "
            "it go on, and I will take it up from there."
        )
