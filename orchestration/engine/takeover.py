"""Takeover: what a process left running when it went goes on in another one."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from orchestration.engine.port import EnginePort
from recipes.errors import TransientError
from storage.unit_of_work import Store

log = structlog.get_logger()

ROUND: Final = timedelta(seconds=0.5)


class Takeover:
    """Looks for jobs whose process is not among the living; for processes that share a database."""

    def __init__(self, *, store: Store, engine: EnginePort) -> None:
        self._store = store
        self._engine = engine

    async def run(self) -> None:
        """Look for as long as the process lives; that several processes look does no harm."""
        while True:
            try:
                taken = await self._engine.take_over(await self._store.leases.list_living())
                if taken:
                    log.warning("jobs_taken_over", jobs=taken)
            except TransientError as error:
                log.warning("takeover_waits", error=str(error))
            await asyncio.sleep(ROUND.total_seconds())
