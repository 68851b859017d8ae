"""What a message wants changed of a delivered file, where rules do not say: the port, and what goes in and out."""

from dataclasses import dataclass
from typing import Protocol

from recipes.revision import Unit, Wish
from recipes.spend import SpendOwner


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What was delivered, as far as somebody has to know it who reads wishes."""

    title: str
    version: int
    file_format: str | None
    """None for a text."""
    unit: Unit | None
    """What its parts are called; None where it has none."""
    parts: tuple[tuple[int, str], ...] = ()
    """Their numbers, as people see them, and their headlines."""
    pages: int = 0
    """How many slides or parts there are in all."""
    theme: str | None = None
    """Its colours, where it has any of ours."""


@dataclass(frozen=True, kw_only=True)
class WishHeard:
    """A message of the requester, in a thread in which something was delivered."""

    text: str
    addressed: bool
    """The bot was mentioned, or it is a direct message."""
    outline: Outline
    payer: SpendOwner
    """Whose budget a model may be asked on."""


@dataclass(frozen=True, kw_only=True)
class WishReading:
    """What a message wishes, or what has to be asked before anybody can tell."""

    wish: Wish | None = None
    doubt: str | None = None
    """One sentence."""


class WishReader(Protocol):
    """Reads one message at a time, and only what rules do not read.

    Idempotent? No: a model answers. Ordered? No. Raises: nothing for what somebody said; where it cannot read, the
    reading is empty.
    """

    async def read(self, heard: WishHeard) -> WishReading:
        """Give what the message wishes; nothing where it is about something else."""
        ...
