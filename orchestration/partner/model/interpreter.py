"""The interpreter with a model: it reads what rules do not, and leaves it to them where the model cannot be asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from orchestration.models.port import StructuredReader
from orchestration.partner.interpreter import Heard, Reading
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.model.asking import PATIENCE, PAUSES, Asking
from orchestration.partner.model.instructions import write_instructions, write_material
from orchestration.partner.model.plainness import is_plain
from orchestration.partner.model.reply import Reply
from orchestration.partner.model.vetting import vet
from orchestration.ports import Clock
from recipes.spend import SpendOwner

MESSAGE_CHARS: Final = 4_000
"""So much of a message is read: what is longer is material."""


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
        """Read by the reader that this gives for an account; the rest as `Asking` says."""
        self._asking = Asking(open_reader, clock, pauses=pauses, patience=patience)

    async def read(self, heard: Heard) -> Reading:
        """See `Interpreter.read`; what passes, and what somebody can mend, makes it read by rules instead."""
        if heard.payer is None or not self._asking.may_ask() or is_plain(heard):
            return read_lexically(heard)
        reply = await self._asking.find_reading(
            heard.payer,
            Reply,
            instructions=write_instructions(heard.recipes),
            text=write_material(heard, message_chars=MESSAGE_CHARS),
        )
        return vet(reply, heard) if reply is not None else read_lexically(heard)
