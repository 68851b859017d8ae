"""Asking a model while a person waits: tried again a few times, given up soon, and left alone while it is away."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from orchestration.models.port import M, Read, ReadingRefused, StructuredReader
from orchestration.ports import Clock
from recipes.errors import TransientError, UserFixableError
from recipes.spend import SpendOwner

log = structlog.get_logger()

# A reply takes some 300; a model that thinks first takes more.
REPLY_TOKENS: Final = 4_000
PAUSES: Final = (timedelta(seconds=0.5), timedelta(seconds=2))
"""Before the second and the third try."""
LONGEST_PAUSE: Final = timedelta(seconds=5)
"""A person waits: what asks for more than this is away."""
PATIENCE: Final = timedelta(seconds=20)
REST: Final = timedelta(minutes=1)
"""So long a model that was away is not asked: each message would wait for it in vain."""


class Asking:
    """Asks for readings on accounts; where there is none to be had, rules read."""

    def __init__(
        self,
        open_reader: Callable[[SpendOwner], StructuredReader],
        clock: Clock,
        *,
        pauses: tuple[timedelta, ...] = PAUSES,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Ask the reader that this gives for an account.

        Args:
            open_reader: Its calls are on that account; where the account is used up, they raise UserFixableError.
            clock: The time.
            pauses: Before each further try.
            patience: How long a message may take in all.
        """
        self._open_reader = open_reader
        self._clock = clock
        self._pauses = pauses
        self._patience = patience
        self._rests_until = datetime.min.replace(tzinfo=UTC)

    def may_ask(self) -> bool:
        """Tell whether the model is not known to be away."""
        return self._clock.now() >= self._rests_until

    async def find_reading(self, payer: SpendOwner, schema: type[M], *, instructions: str, text: str) -> M | None:
        """Find what a text says; None where the model is away, the account is used up, or the answer is no reading."""
        if not self.may_ask():
            return None
        try:
            return (await self._ask(self._open_reader(payer), schema, instructions, text)).value
        except (TransientError, TimeoutError) as error:
            self._rests_until = self._clock.now() + REST
            _note(error)
        except (UserFixableError, ReadingRefused) as error:
            _note(error)
        return None

    async def _ask(self, reader: StructuredReader, schema: type[M], instructions: str, text: str) -> Read[M]:
        async with asyncio.timeout(self._patience.total_seconds()):
            for pause in self._pauses:
                try:
                    return await _read_once(reader, schema, instructions, text)
                except TransientError as error:
                    told = error.pause() or timedelta()
                    if told > LONGEST_PAUSE:
                        raise
                    await asyncio.sleep(max(told, pause).total_seconds())
            return await _read_once(reader, schema, instructions, text)


async def _read_once(reader: StructuredReader, schema: type[M], instructions: str, text: str) -> Read[M]:
    return await reader.read(schema, instructions=instructions, text=text, most_output_tokens=REPLY_TOKENS)


def _note(error: Exception) -> None:
    log.warning("reading_by_rules", error=str(error) or type(error).__name__)
