"""The interpreter with a model: it reads what rules do not, and leaves it to them where the model cannot be asked."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from orchestration.models.port import ReadingRefused, StructuredReader
from orchestration.partner.interpreter import Heard, Reading
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.model.instructions import write_instructions, write_material
from orchestration.partner.model.plainness import is_plain
from orchestration.partner.model.reply import Reply
from orchestration.partner.model.vetting import vet
from orchestration.ports import Clock
from recipes.errors import TransientError, UserFixableError
from recipes.spend import SpendOwner

log = structlog.get_logger()

MESSAGE_CHARS: Final = 4_000
"""So much of a message is read: what is longer is material."""
# A reply takes some 300; a model that thinks first takes more.
REPLY_TOKENS: Final = 4_000
PAUSES: Final = (timedelta(seconds=0.5), timedelta(seconds=2))
"""Before the second and the third try."""
LONGEST_PAUSE: Final = timedelta(seconds=5)
"""A person waits: what asks for more than this is away."""
PATIENCE: Final = timedelta(seconds=20)
REST: Final = timedelta(minutes=1)
"""So long a model that was away is not asked: each message would wait for it in vain."""


class ModelInterpreter:
    """Reads messages by a model, and by rules where there is none; see `orchestration.partner.interpreter`."""

    def __init__(
        self,
        open_reader: Callable[[SpendOwner], StructuredReader],
        clock: Clock,
        *,
        pauses: tuple[timedelta, ...] = PAUSES,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Read by the reader that this gives for an account.

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

    async def read(self, heard: Heard) -> Reading:
        """See `Interpreter.read`; what passes, and what somebody can mend, makes it read by rules instead."""
        if heard.payer is None or self._clock.now() < self._rests_until or is_plain(heard):
            return read_lexically(heard)
        try:
            reply = await self._ask(self._open_reader(heard.payer), heard)
        except (TransientError, TimeoutError) as error:
            self._rests_until = self._clock.now() + REST
            return _fall_back(heard, error)
        except (UserFixableError, ReadingRefused) as error:
            return _fall_back(heard, error)
        return vet(reply, heard)

    async def _ask(self, reader: StructuredReader, heard: Heard) -> Reply:
        async with asyncio.timeout(self._patience.total_seconds()):
            for pause in self._pauses:
                try:
                    return await _read_once(reader, heard)
                except TransientError as error:
                    told = error.pause() or timedelta()
                    if told > LONGEST_PAUSE:
                        raise
                    await asyncio.sleep(max(told, pause).total_seconds())
            return await _read_once(reader, heard)


async def _read_once(reader: StructuredReader, heard: Heard) -> Reply:
    read = await reader.read(
        Reply,
        instructions=write_instructions(heard.recipes),
        text=write_material(heard, message_chars=MESSAGE_CHARS),
        most_output_tokens=REPLY_TOKENS,
    )
    return read.value


def _fall_back(heard: Heard, error: Exception) -> Reading:
    log.warning("reading_by_rules", error=str(error) or type(error).__name__)
    return read_lexically(heard)
