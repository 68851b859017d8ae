"""Socket Mode: one envelope to one connection, acknowledged by its id; events are sent again, questions are not."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import WSMsgType, web

from bot.sandbox.faults import FaultBook
from bot.sandbox.identity import Identity, new_secret
from bot.sandbox.seed import SlackRules
from bot.sandbox.transport import NoAnswer, Question, TransportNews
from bot.sandbox.wire import Json, is_object

# docs.slack.dev, Socket Mode: up to ten connections per app
OPEN_CONNECTIONS: Final = 10
# docs.slack.dev, Events API: an event is sent once and then again up to three times
EVENT_RETRIES: Final = 3
# how long a client has to answer the closing handshake
CLOSE_SECONDS: Final = 1.0


@dataclass(eq=False)
class _Line:
    """One connection; a draining one was told to go and gets nothing new while another is there.

    A deaf one stays open, but nothing comes through, as behind a broken network.
    """

    socket: web.WebSocketResponse
    request: web.Request
    outbox: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue[Json | None])
    is_draining: bool = False
    is_deaf: bool = False

    def send(self, message: Json) -> None:
        """Put this on the line."""
        if not self.is_deaf:
            self.outbox.put_nowait(message)

    def abort(self) -> None:
        """Break the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(eq=False)
class _Pending:
    """An event that was not acknowledged yet."""

    envelope_id: str
    payload: Json
    sent_count: int = 0
    line: _Line | None = None
    timer: asyncio.TimerHandle | None = None


class SocketMode:
    """All connections of the app, and what they have not acknowledged."""

    def __init__(self, identity: Identity, rules: SlackRules, news: TransportNews, faults: FaultBook) -> None:
        self._identity = identity
        self._rules = rules
        self._news = news
        self._faults = faults
        self._tickets: set[str] = set()
        self._lines: list[_Line] = []
        self._pending: dict[str, _Pending] = {}
        self._questions: dict[str, asyncio.Future[Json]] = {}

    @property
    def connection_count(self) -> int:
        """How many connections are open."""
        return len(self._lines)

    @property
    def pending_count(self) -> int:
        """How many events were not acknowledged yet."""
        return len(self._pending)

    def open_url(self, origin: str) -> str:
        """Give an address for one more connection, as `apps.connections.open` does."""
        ticket = new_secret()
        self._tickets.add(ticket)
        return f"{origin.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={self._identity.app_id}"

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        if request.query.get("ticket") not in self._tickets:
            raise web.HTTPForbidden(text="invalid ticket")
        socket = web.WebSocketResponse(autoping=False, timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        line = _Line(socket, request)
        if len(self._lines) >= OPEN_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        await socket.send_json(self._hello(len(self._lines) + 1))
        self._join(line)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_write_out(line))
                await self._read_in(line)
                line.outbox.put_nowait(None)
        finally:
            self._leave(line)
        return socket

    def send_event(self, payload: Json) -> None:
        """See `Transport.send_event`; what comes before the first connection waits for it."""
        pending = _Pending(new_secret(), payload)
        self._pending[pending.envelope_id] = pending
        self._dispatch(pending)

    async def ask(self, kind: Question, payload: Json, *, expects_payload: bool) -> Json:
        """See `Transport.ask`."""
        line = self._next_line()
        if line is None:
            raise NoAnswer("The app is not connected.")
        envelope_id = new_secret()
        answer = self._questions[envelope_id] = asyncio.get_running_loop().create_future()
        self._send(line, kind, envelope_id, payload, accepts_response_payload=expects_payload)
        try:
            async with asyncio.timeout(self._rules.ack_timeout.total_seconds()):
                return await answer
        except TimeoutError as error:
            raise NoAnswer("The app did not answer in time.") from error
        finally:
            del self._questions[envelope_id]

    def ask_to_leave(self) -> None:
        """Tell every connection to come back with a new one, as Slack does now and then."""
        for line in self._lines:
            line.is_draining = True
            line.send(_disconnect("refresh_requested"))

    def cut(self) -> None:
        """Drop every connection without a word, as a broken network does."""
        for line in self._lines:
            line.abort()

    def hand_over(self) -> list[Json]:
        """See `Transport.hand_over`."""
        for pending in self._pending.values():
            _stop(pending.timer)
        payloads = [pending.payload for pending in self._pending.values()]
        self._pending.clear()
        return payloads

    async def close(self) -> None:
        """Say goodbye to every connection and forget what is pending."""
        self.hand_over()
        for line in list(self._lines):
            await line.socket.close()

    def _hello(self, count: int) -> Json:
        return {
            "type": "hello",
            "num_connections": count,
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": self._identity.app_id},
        }

    def _join(self, line: _Line) -> None:
        self._lines.append(line)
        self._news.connections(len(self._lines))
        for pending in list(self._pending.values()):
            if pending.line not in self._lines:
                self._again(pending)

    def _leave(self, line: _Line) -> None:
        self._lines.remove(line)
        self._news.connections(len(self._lines))

    def _next_line(self) -> _Line | None:
        if not self._lines:
            return None
        fresh = [line for line in self._lines if not line.is_draining] or self._lines
        self._lines.remove(fresh[0])
        self._lines.append(fresh[0])
        return fresh[0]

    def _dispatch(self, pending: _Pending) -> None:
        pending.line = self._next_line()
        if pending.line is None:
            return
        self._disturb(pending.line)
        retry: Json = {"retry_attempt": pending.sent_count, "retry_reason": "timeout" if pending.sent_count else ""}
        pending.sent_count += 1
        self._send(pending.line, "events_api", pending.envelope_id, pending.payload, **retry)
        wait = self._rules.retry_after.total_seconds()
        pending.timer = asyncio.get_running_loop().call_later(wait, self._again, pending)

    def _disturb(self, line: _Line) -> None:
        if self._faults.take("socket_closed"):
            line.abort()
        elif not line.is_deaf and self._faults.take("socket_deaf"):
            line.is_deaf = True

    def _again(self, pending: _Pending) -> None:
        _stop(pending.timer)
        if pending.sent_count > EVENT_RETRIES:
            del self._pending[pending.envelope_id]
            self._news.given_up(pending.payload)
        else:
            self._dispatch(pending)

    def _send(self, line: _Line, kind: str, envelope_id: str, payload: Json, **more: object) -> None:
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": False, **more}
        line.send({**envelope, "payload": payload})
        self._news.sent(payload)

    async def _read_in(self, line: _Line) -> None:
        async for message in line.socket:
            if line.is_deaf:
                continue
            if message.type is WSMsgType.PING:
                await _pong(line, message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _acknowledge(self, text: str) -> None:
        try:
            answer: Any = json.loads(text)
        except ValueError:
            return
        envelope_id = answer.get("envelope_id") if is_object(answer) else None
        pending = self._pending.pop(str(envelope_id), None)
        if pending is not None:
            _stop(pending.timer)
        question = self._questions.get(str(envelope_id))
        if question is not None and not question.done():
            question.set_result((answer.get("payload") or {}) if is_object(answer) else {})


async def _write_out(line: _Line) -> None:
    while (message := await line.outbox.get()) is not None:
        if line.socket.closed:
            return
        try:
            await line.socket.send_json(message)
        except ConnectionError:
            return


async def _pong(line: _Line, words: bytes) -> None:
    with suppress(ConnectionError):
        await line.socket.pong(words)


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
