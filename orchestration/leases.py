"""Leases: what one process has in hand, so that no other touches it; two kinds, by how many processes there are.

A process that was not heard of in time is given up, and others go on with its work. Should it wake, it is told at the
next thing that it wants to do, and ends.
"""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import structlog

from recipes.errors import TransientError
from storage.engine import DatabaseAway
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()

# A beat each second, a lease of four; half a second makes a late beat harmless.
BEAT: Final = timedelta(seconds=0.5)
LENGTH: Final = timedelta(seconds=4)
BEATS_BEFORE_BURIAL: Final = math.ceil(LENGTH / BEAT)
# How often to ask for what another one has in hand.
ROUND: Final = timedelta(milliseconds=100)


@dataclass(eq=False)
class LeaseLost(TransientError):
    """This process was not heard of for too long; others may have gone on with its work."""

    owner: str

    def advice(self) -> str:
        """Say that another process goes on."""
        return "This process stood still for too long, and others took over its work. Start it again."


class LeasesPort(Protocol):
    """What this process has in hand."""

    @property
    def process(self) -> str | None:
        """By what name others may bury this process; None where there are no others."""
        ...

    async def enter(self) -> None:
        """Say that this process is there."""
        ...

    async def run(self) -> None:
        """Renew everything for as long as the process lives.

        Raises:
            LeaseLost: it could not be renewed in time.
        """
        ...

    async def leave(self) -> None:
        """Give everything back."""
        ...

    async def take(self, name: str) -> bool:
        """Take something into hand unless somebody has it, here or in another process; tell whether it is ours now."""
        ...

    async def release(self, name: str) -> None:
        """Let go of something."""
        ...

    async def check(self, work: UnitOfWork) -> None:
        """Refuse, within a transaction, what a process does that lost its leases.

        Raises:
            LeaseLost: it did.
        """
        ...


class LocalLeases:
    """One process owns the database: nobody else can have anything in hand, and nothing lapses."""

    process = None

    def __init__(self) -> None:
        self._held: set[str] = set()

    async def enter(self) -> None:
        """See `LeasesPort.enter`."""

    async def run(self) -> None:
        """See `LeasesPort.run`."""

    async def leave(self) -> None:
        """See `LeasesPort.leave`."""
        self._held.clear()

    async def take(self, name: str) -> bool:
        """See `LeasesPort.take`."""
        if name in self._held:
            return False
        self._held.add(name)
        return True

    async def release(self, name: str) -> None:
        """See `LeasesPort.release`."""
        self._held.discard(name)

    async def check(self, work: UnitOfWork) -> None:
        """See `LeasesPort.check`."""


class SharedLeases:
    """Many processes on one database."""

    def __init__(self, store: Store, owner: str) -> None:
        self._store = store
        self.process: str = owner
        self._held: set[str] = set()

    async def enter(self) -> None:
        """See `LeasesPort.enter`."""
        await self._store.leases.enter(self.process, length=LENGTH)

    async def run(self) -> None:
        """See `LeasesPort.run`.

        Who was away themselves, with the database perhaps, gives the others time to come back before burying them.
        """
        beats = 0
        while True:
            try:
                if not await self._store.leases.renew(self.process, length=LENGTH):
                    raise LeaseLost(self.process)
                beats += 1
                if beats > BEATS_BEFORE_BURIAL and (buried := await self._store.leases.bury()):
                    log.warning("processes_buried", processes=buried)
            except DatabaseAway as error:
                beats = 0
                log.warning("leases_wait", error=str(error))
            await asyncio.sleep(BEAT.total_seconds())

    async def leave(self) -> None:
        """See `LeasesPort.leave`."""
        await self._store.leases.leave(self.process)
        self._held.clear()

    async def take(self, name: str) -> bool:
        """See `LeasesPort.take`."""
        if name in self._held:
            return False
        # Before asking: two tasks of this process must not both be told that it is theirs.
        self._held.add(name)
        taken = False
        try:
            taken = await self._store.leases.take(name, self.process)
        finally:
            if not taken:
                self._held.discard(name)
        return taken

    async def release(self, name: str) -> None:
        """See `LeasesPort.release`."""
        try:
            await self._store.leases.release(self.process, name)
        finally:
            self._held.discard(name)

    async def check(self, work: UnitOfWork) -> None:
        """See `LeasesPort.check`."""
        if not await work.is_alive(self.process):
            raise LeaseLost(self.process)


@asynccontextmanager
async def holding(leases: LeasesPort, name: str) -> AsyncGenerator[None]:
    """Have something in hand for the length of the block; wait until whoever has it lets go, or is gone."""
    while not await leases.take(name):  # noqa: ASYNC110 (who lets go may be another process)
        await asyncio.sleep(ROUND.total_seconds())
    try:
        yield
    finally:
        # Also where the block was cancelled in the middle: what waits for it must not wait for it to lapse.
        await asyncio.shield(leases.release(name))
