"""Signed HTTP: each event and each question is one POST to the app's request URL."""

import asyncio
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier
from yarl import URL

from bot.sandbox.identity import Clock, new_secret
from bot.sandbox.payloads import VERIFICATION_TOKEN
from bot.sandbox.seed import SlackRules
from bot.sandbox.transport import NoAnswer, Question, TransportNews
from bot.sandbox.wire import Json, is_object

JSON_TYPE: Final = "application/json"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
AGENT: Final = "Slackbot 1.0 (+https://api.slack.com/robots)"
# docs.slack.dev, Events API: "X-Slack-No-Retry: 1" on an answer that says no
NO_RETRY: Final = "X-Slack-No-Retry"

# docs.slack.dev, Events API, error handling: values of `x-slack-retry-reason`
Reason = Literal["connection_failed", "http_error", "http_timeout"]


class NotLoopback(ValueError):
    """The address is not on this machine; `str()` is a sentence."""


@dataclass(frozen=True)
class _Answer:
    """What the app answered."""

    status: int
    headers: Mapping[str, str]
    content_type: str
    text: str

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 -- the successful statuses of HTTP


@dataclass(frozen=True)
class _Failure:
    """Why an event did not arrive; a final one is not sent again."""

    reason: Reason
    is_final: bool = False


@dataclass(eq=False)
class _Pending:
    """An event that was not acknowledged yet."""

    payload: Json


class RequestUrl:
    """The app's one address for everything, and what did not arrive there.

    Args:
        rules: how long the app may take, and when an event is sent again.
        news: who is told.
        url: the address, on this machine and verified earlier; None until the app names one.
        secret: what requests are signed with.
        now: the clock of the signatures; the app compares it with its own.
    """

    def __init__(self, rules: SlackRules, news: TransportNews, *, url: str | None, secret: str, now: Clock) -> None:
        self.url = url
        self._rules = rules
        self._news = news
        self._signer = SignatureVerifier(secret)
        self._now = now
        self._pending: set[_Pending] = set()
        self._queue: asyncio.Queue[_Pending] = asyncio.Queue()
        self._session: ClientSession | None = None
        self._courier: asyncio.Task[None] | None = None

    @property
    def connection_count(self) -> int:
        """One where the app has named its address."""
        return 1 if self.url else 0

    @property
    def pending_count(self) -> int:
        """How many events were not acknowledged yet."""
        return len(self._pending)

    async def open(self) -> None:
        """Begin to deliver."""
        self._session = ClientSession(timeout=ClientTimeout(total=self._rules.ack_timeout.total_seconds()))
        self._courier = asyncio.create_task(self._run(), name="events over HTTP")

    async def close(self) -> None:
        """Stop delivering; what is pending is forgotten."""
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.wait([self._courier])
            if not self._courier.cancelled():
                self._courier.result()
        if self._session is not None:
            await self._session.close()

    async def move(self, url: str) -> None:
        """Send everything to this address from now on, once it has answered the challenge.

        Raises:
            NotLoopback: it is not on this machine.
            NoAnswer: it did not answer the challenge.
        """
        address, challenge = check_loopback(url), new_secret()
        body: Json = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        answer = await self._post(address, json.dumps(body).encode(), JSON_TYPE)
        if isinstance(answer, _Failure):
            raise NoAnswer(f"The app did not answer the challenge ({answer.reason}).")
        if not answer.is_taken or challenge not in answer.text:
            raise NoAnswer(f"The app did not give the challenge back (status {answer.status}).")
        self.url = address

    def send_event(self, payload: Json) -> None:
        """See `Transport.send_event`."""
        pending = _Pending(payload)
        self._pending.add(pending)
        self._queue.put_nowait(pending)

    async def ask(self, kind: Question, payload: Json, *, expects_payload: bool) -> Json:  # noqa: ARG002 -- over HTTP every answer has a body
        """See `Transport.ask`."""
        if self.url is None:
            raise NoAnswer("The app has no request URL.")
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        self._news.sent(payload)
        answer = await self._post(self.url, urlencode(form).encode(), FORM_TYPE)
        if isinstance(answer, _Failure):
            raise NoAnswer(f"The app did not answer in time ({answer.reason}).")
        if not answer.is_taken:
            raise NoAnswer(f"The app answered with status {answer.status}.")
        return _acknowledgement(answer)

    def hand_over(self) -> list[Json]:
        """See `Transport.hand_over`."""
        payloads = sorted((pending.payload for pending in self._pending), key=lambda payload: payload["event_id"])
        self._pending.clear()
        return payloads

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._deliver(await self._queue.get()))

    async def _deliver(self, pending: _Pending) -> None:
        failure: _Failure | None = None
        for number, pause in enumerate((timedelta(0), *self._rules.http_retries)):
            await asyncio.sleep(pause.total_seconds())
            if pending not in self._pending:
                return
            failure = await self._attempt(pending.payload, number, failure)
            if failure is None or failure.is_final:
                break
        self._pending.discard(pending)
        if failure is not None:
            self._news.given_up(pending.payload)

    async def _attempt(self, payload: Json, number: int, before: _Failure | None) -> _Failure | None:
        if self.url is None:
            return _Failure("connection_failed")
        retry = {"x-slack-retry-num": str(number), "x-slack-retry-reason": before.reason} if before else {}
        self._news.sent(payload)
        answer = await self._post(self.url, json.dumps(payload).encode(), JSON_TYPE, retry)
        if isinstance(answer, _Failure):
            return answer
        return None if answer.is_taken else _Failure("http_error", is_final=answer.headers.get(NO_RETRY) == "1")

    async def _post(
        self, url: str, body: bytes, content_type: str, more: Mapping[str, str] | None = None
    ) -> _Answer | _Failure:
        if self._session is None:
            return _Failure("connection_failed")
        headers = {"Content-Type": content_type, "User-Agent": AGENT, **self._signature(body), **(more or {})}
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                return _Answer(response.status, response.headers, response.content_type, await response.text())
        except TimeoutError:
            return _Failure("http_timeout")
        except (ClientError, UnicodeDecodeError):
            return _Failure("connection_failed")

    def _signature(self, body: bytes) -> dict[str, str]:
        stamp = str(int(self._now()))
        signature = self._signer.generate_signature(timestamp=stamp, body=body) or ""
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


def check_loopback(url: str) -> str:
    """Give the address if it is one on this machine.

    Raises:
        NotLoopback: it is another, or none.
    """
    try:
        address = URL(url)
        host = address.host or ""
        is_here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError as error:
        raise NotLoopback(f"{url} is no address on this machine.") from error
    if not is_here or address.scheme not in ("http", "https"):
        raise NotLoopback(f"{url} is no address on this machine.")
    return str(address)


def _acknowledgement(answer: _Answer) -> Json:
    if answer.content_type != JSON_TYPE:
        return {"text": answer.text} if answer.text.strip() else {}
    try:
        body: Any = json.loads(answer.text or "{}")
    except ValueError:
        return {"text": answer.text}
    return body if is_object(body) else {}
