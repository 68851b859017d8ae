"""Takeover: what a process left running when it went goes on in another one, also what an earlier release left."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from orchestration.engine.port import EnginePort
from orchestration.leases import LeasesPort
from recipes.errors import TransientError
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=0.5)
# Releases change seldom, and this looks at every job in the queues.
ADOPTION_ROUND: Final = timedelta(seconds=2)


class Takeover:
    """Looks for jobs whose process is not among the living; for processes that share a database.

    One of them does it for as long as it lives. Once it is buried, its own jobs can be taken over too, by whoever asks
    first.
    """

    def __init__(self, *, store: Store, engine: EnginePort, leases: LeasesPort) -> None:
        self._store = store
        self._engine = engine
        self._leases = leases
        self._is_on_duty = False

    async def run(self) -> None:
        """Look for as long as the process lives; that two processes look for a moment does no harm."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(_repeat(self._take_over, ROUND))
            loops.create_task(_repeat(self._adopt, ADOPTION_ROUND))

    async def _take_over(self) -> None:
        if await self._take_duty() and (taken := await self._engine.take_over(await self._store.leases.list_living())):
            log.warning("jobs_taken_over", jobs=taken)

    async def _adopt(self) -> None:
        """Let what no living process has the release for begin anew."""
        if await self._take_duty() and (adopted := await self._engine.adopt(await self._store.leases.list_living())):
            log.warning("jobs_adopted", jobs=adopted)

    async def _take_duty(self) -> bool:
        """Tell whether this process is the one that looks."""
        self._is_on_duty = self._is_on_duty or await self._leases.take("takeover")
        return self._is_on_duty


async def _repeat(look: Callable[[], Awaitable[None]], pause: timedelta) -> None:
    while True:
        try:
            await look()
        except TransientError as error:
            log.warning("takeover_waits", error=str(error))
        await asyncio.sleep(pause.total_seconds())
