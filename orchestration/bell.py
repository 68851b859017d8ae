"""A bell: something was written that waiting loops should look at now rather than at their next round."""

import asyncio
from datetime import timedelta


class Bell:
    """Rings in this process only; whoever listens looks in the database anyway, so a lost ring costs one round."""

    def __init__(self) -> None:
        self._ears: list[Ear] = []

    def ring(self) -> None:
        """Wake each listener, or its next wait."""
        for ear in self._ears:
            ear.hear()

    def listen(self) -> "Ear":
        """Give one loop its own ear."""
        ear = Ear()
        self._ears.append(ear)
        return ear


class Ear:
    """What one loop waits with."""

    def __init__(self) -> None:
        self._heard = asyncio.Event()

    def hear(self) -> None:
        """Note a ring."""
        self._heard.set()

    async def wait(self, *, at_most: timedelta) -> None:
        """Return at the next ring, or after this time."""
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                await self._heard.wait()
        except TimeoutError:
            return
        self._heard.clear()
