"""What both ways to the app promise: events are sent again until they are acknowledged, questions are asked once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.sandbox.wire import Json

Question = Literal["interactive", "slash_commands"]


class NoAnswer(Exception):
    """The app did not acknowledge in time, or cannot be reached: the person sees an error."""


@dataclass(frozen=True)
class TransportNews:
    """Who is told: about each payload that goes out, about the number of connections, about events given up."""

    sent: Callable[[Json], None]
    connections: Callable[[int], None]
    given_up: Callable[[Json], None]


class Transport(Protocol):
    """Socket Mode, or signed HTTP."""

    @property
    def connection_count(self) -> int:
        """How many ways to the app are open."""
        ...

    @property
    def pending_count(self) -> int:
        """How many events were not acknowledged yet."""
        ...

    def send_event(self, payload: Json) -> None:
        """Send an `event_callback`, and again while it is not acknowledged."""
        ...

    async def ask(self, kind: Question, payload: Json, *, expects_payload: bool) -> Json:
        """Send an interaction or a command once and give the acknowledgement's payload (`{}` if there was none).

        Raises:
            NoAnswer: nobody acknowledged in time.
        """
        ...

    def hand_over(self) -> list[Json]:
        """Give the events that were not acknowledged, oldest first, and forget them."""
        ...
