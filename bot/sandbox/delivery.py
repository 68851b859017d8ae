"""The way to the app: Socket Mode or signed HTTP, whichever is chosen, with the faults that somebody asked for."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from bot.sandbox.faults import FaultBook
from bot.sandbox.request_url import RequestUrl
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.transport import Question, Transport
from bot.sandbox.wire import Json

Mode = Literal["http", "socket"]


class Delivery:
    """Brings events and questions to the app; HTTP from the start where the app has a request URL already.

    Args:
        socket: the one way.
        http: the other.
        faults: what is to go wrong with events.
        chosen: told how many ways to the app are open when the way changes.
    """

    def __init__(
        self, socket: SocketMode, http: RequestUrl, faults: FaultBook, *, chosen: Callable[[int], None]
    ) -> None:
        self._socket = socket
        self._http = http
        self._faults = faults
        self._chosen = chosen
        self._transport: Transport = http if http.url else socket
        self._held_back: Json | None = None
        self._timers: set[asyncio.TimerHandle] = set()

    @property
    def mode(self) -> Mode:
        """Which way is chosen."""
        return "http" if self._transport is self._http else "socket"

    @property
    def connection_count(self) -> int:
        """How many ways to the app are open: connections, or one request URL."""
        return self._transport.connection_count

    def to_json(self) -> Json:
        """Give the choice, as the control API shows it."""
        return {
            "mode": self.mode,
            "request_url": self._http.url,
            "connections": self.connection_count,
            "unacknowledged": self._transport.pending_count,
        }

    def use_socket(self) -> None:
        """Deliver over Socket Mode from now on, also what was not acknowledged over HTTP."""
        self._choose(self._socket)

    async def use_http(self, url: str | None) -> None:
        """Deliver to this address from now on (None: the known one), also what was not acknowledged over a connection.

        Raises:
            NotLoopback, NoAnswer: as `RequestUrl.move`; nothing has changed then.
        """
        await self._http.move(url or self._http.url or "")
        self._choose(self._http)

    def send_event(self, payload: Json) -> None:
        """Send an event, with what is to go wrong with it."""
        kind: str = payload["event"]["type"]
        if self._held_back is None and (fault := self._faults.take("reordered_events", kind)):
            self._held_back = payload
            self._later(fault.wait, lambda: self._release(payload))
            return
        if fault := self._faults.take("delayed_events", kind):
            self._later(fault.wait, lambda: self._transport.send_event(payload))
        else:
            self._transport.send_event(payload)
        if self._faults.take("duplicated_events", kind):
            self._transport.send_event(payload)
        self._release(self._held_back)

    async def ask(self, kind: Question, payload: Json, *, expects_payload: bool) -> Json:
        """See `Transport.ask`."""
        return await self._transport.ask(kind, payload, expects_payload=expects_payload)

    def close(self) -> None:
        """Forget what was still to be sent late."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _choose(self, transport: Transport) -> None:
        before, self._transport = self._transport, transport
        self._chosen(transport.connection_count)
        if before is not transport:
            for payload in before.hand_over():
                transport.send_event(payload)

    def _release(self, payload: Json | None) -> None:
        if payload is not None and payload is self._held_back:
            self._held_back = None
            self._transport.send_event(payload)

    def _later(self, wait: timedelta, act: Callable[[], None]) -> None:
        def run() -> None:
            self._timers.discard(timer)
            act()

        timer = asyncio.get_running_loop().call_later(wait.total_seconds(), run)
        self._timers.add(timer)
