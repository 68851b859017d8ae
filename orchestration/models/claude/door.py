"""The one door to the provider: a request out, a whole reply in, or one of our errors.

Tried against the library, 2.12: it says nothing when a stream ends early (the reply then has no stop reason), lets the
transport's own errors through once a reply has begun, and gives an error inside a stream the status 200.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Self

import anthropic
import httpx2
from anthropic.lib.bedrock import AsyncAnthropicBedrockMantle
from anthropic.lib.vertex import AsyncAnthropicVertex

from orchestration.models.claude.cloud import Cloud, is_access_trouble
from orchestration.models.claude.errors import (
    CloudAccessMissing,
    CreditUsedUp,
    KeyRefused,
    ModelBusy,
    ModelForbidden,
    ModelUnknown,
    ModelUnreachable,
    ReplyBroken,
    RequestRefused,
    RequestTooLarge,
)
from orchestration.models.port import ModelCard, ProducedFile
from recipes.errors import ThreadworkError
from recipes.source import FileRefused
from recipes.usage import Usage

CONNECT_FOR: Final = timedelta(seconds=5)
# The provider pings within a stream every few seconds, also while the model thinks.
STALLED_AFTER: Final = timedelta(seconds=90)
# 32,000 tokens at the slowest pace that was seen, and thinking before them.
REPLY_FOR: Final = timedelta(minutes=20)
FILE_FOR: Final = timedelta(minutes=2)
# A longer wait than this is an outage, which the caller's own patience judges.
LONGEST_RETRY_AFTER_S: Final = 600.0
REASON_CHARS: Final = 300

_UNAUTHORISED, _UNPAID, _FORBIDDEN, _UNKNOWN, _TOO_LARGE, _RATE_LIMITED = 401, 402, 403, 404, 413, 429
_TIMED_OUT, _CONFLICT, _SERVER = 408, 409, 500
# What the provider calls its errors; inside a stream there is nothing else to tell them by.
_STATUS_OF: Final = {
    "authentication_error": _UNAUTHORISED,
    "billing_error": _UNPAID,
    "permission_error": _FORBIDDEN,
    "not_found_error": _UNKNOWN,
    "request_too_large": _TOO_LARGE,
    "rate_limit_error": _RATE_LIMITED,
    "timeout_error": _TIMED_OUT,
    "api_error": _SERVER,
    "overloaded_error": _SERVER,
    "conflict_error": _CONFLICT,
    "invalid_request_error": 400,
}
# What the library raises where a stream holds something else than it expects: it checks nothing itself.
_MALFORMED: Final = (
    anthropic.AnthropicError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    AssertionError,
)
# What clouds' own libraries call a connection that failed while they fetched credentials.
_CLOUD_AWAY: Final = frozenset({"TransportError", "EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError"})


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A whole reply: the provider's blocks as they came, why it stopped, and what it took."""

    blocks: tuple[dict[str, Any], ...]
    stop_reason: str
    usage: Usage
    container: str | None = None
    """Where the provider ran code, if it did."""


class ClaudeDoor:
    """The provider, by one key, or a cloud that has its models. It retries nothing: who asks does."""

    def __init__(
        self,
        *,
        key: str | None,
        base_url: str | None,
        cloud: Cloud | None = None,
        stalled_after: timedelta = STALLED_AFTER,
    ) -> None:
        """Take whom to ask; nothing is sent yet.

        Args:
            key: The provider's key; without one its library would look for others on this machine. Of a cloud: a token
                of its own, or None where requests are signed with this machine's credentials.
            base_url: Another server that speaks the provider's API.
            cloud: Which one, and where in it.
            stalled_after: How long a stream may be silent.

        Raises:
            CloudExtraMissing: the cloud needs a library that is not installed.
        """
        self._cloud = cloud
        self._has_key = key is not None
        if cloud is not None and key is None:
            cloud.check_extra()
        self._client = _make_client(
            key,
            cloud,
            base_url=base_url,
            max_retries=0,
            timeout=httpx2.Timeout(stalled_after.total_seconds(), connect=CONNECT_FOR.total_seconds()),
            open_telemetry=False,
        )

    async def __aenter__(self) -> Self:
        """Open nothing: a connection is made when it is needed."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self._client.close()

    async def send(self, request: Mapping[str, Any]) -> Reply:
        """Send a request for a message and give the whole reply.

        Raises:
            ModelBusy, ModelUnreachable, ReplyBroken: it may pass.
            KeyRefused, CreditUsedUp, ModelForbidden, ModelUnknown, RequestTooLarge: somebody can mend it.
            RequestRefused: the request is wrong.
        """
        model = str(request["model"])
        if self._cloud is not None:
            request = {**request, "model": self._cloud.name_model(model)}
        async with _translating(model, self._cloud), asyncio.timeout(REPLY_FOR.total_seconds()):
            is_whole = False
            async with self._client.messages.stream(**request) as stream:
                async for event in stream:
                    is_whole = is_whole or event.type == "message_stop"
                if not is_whole:
                    raise ReplyBroken(model, "the stream ended early")
                return _read_reply(stream.current_message_snapshot, model)

    async def open_file(self, file_id: str, *, most_bytes: int) -> ProducedFile:
        """Give a file that a run of code left, read no further than this.

        Raises:
            FileRefused: there is none, or it is larger than that.
            ThreadworkError: as `send`.
        """
        if not isinstance(self._client, anthropic.AsyncAnthropic):
            raise FileRefused(file_id, "cannot be fetched: clouds keep no files that code leaves")
        async with _translating(file_id, None), asyncio.timeout(FILE_FOR.total_seconds()):
            try:
                told = await self._client.files.retrieve_metadata(file_id)
                content = bytearray()
                async with self._client.files.with_streaming_response.download(file_id) as answer:
                    async for piece in answer.iter_bytes():
                        content += piece
                        if len(content) > most_bytes:
                            raise FileRefused(told.filename, f"is larger than {most_bytes // 1_000_000} MB")
            except (anthropic.NotFoundError, anthropic.BadRequestError) as error:
                raise FileRefused(file_id, "is no longer with the provider, or may not be fetched") from error
            return ProducedFile(name=told.filename, content=bytes(content))

    async def describe_model(self, model: str) -> ModelCard:
        """Give what the provider says of a model; costs nothing.

        A cloud says nothing for free: of one, it is only looked whether this machine has credentials for it.

        Raises:
            ThreadworkError: as `send`.
        """
        if not isinstance(self._client, anthropic.AsyncAnthropic):
            if self._cloud is not None and not self._has_key:
                await self._cloud.check_access()
            return ModelCard(id=model, name=model, is_active=True, retires_at=None)
        async with _translating(model, None):
            told = await self._client.models.retrieve(model)
            return ModelCard(
                id=told.id,
                name=told.display_name,
                is_active=told.lifecycle == "active",
                retires_at=told.retires_at,
            )


def _make_client(
    key: str | None,
    cloud: Cloud | None,
    **usual: Any,  # noqa: ANN401 (what each of the library's clients takes)
) -> anthropic.AsyncAnthropic | AsyncAnthropicBedrockMantle | AsyncAnthropicVertex:
    if cloud is None:
        return anthropic.AsyncAnthropic(api_key=key, **usual)
    if cloud.name == "bedrock":
        # Of its two clients for Bedrock, the one that streams as the provider itself does.
        return AsyncAnthropicBedrockMantle(api_key=key, aws_region=cloud.region, **usual)
    return AsyncAnthropicVertex(
        access_token=key, region=cloud.region, project_id=cloud.project or anthropic.NOT_GIVEN, **usual
    )


def make_strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Give a JSON schema as the provider takes it where answers must fit: objects closed, bounds told in words."""
    return anthropic.transform_schema(schema)


def _read_reply(message: Any, model: str) -> Reply:  # noqa: ANN401 (the library's message is generic in what it parses)
    """Give the reply; what is not one is refused."""
    if message.stop_reason is None:
        raise ReplyBroken(model, "the stream ended without a stop reason")
    taken = message.usage
    return Reply(
        blocks=tuple(each.to_dict(mode="json", exclude_unset=True) for each in message.content),
        stop_reason=message.stop_reason,
        usage=Usage(
            input_tokens=taken.input_tokens,
            cache_write_tokens=taken.cache_creation_input_tokens or 0,
            cache_read_tokens=taken.cache_read_input_tokens or 0,
            output_tokens=taken.output_tokens,
            web_searches=taken.server_tool_use.web_search_requests if taken.server_tool_use else 0,
        ),
        container=message.container.id if message.container else None,
    )


@asynccontextmanager
async def _translating(model: str, cloud: Cloud | None) -> AsyncGenerator[None]:
    """Let nothing of the library's through."""
    try:
        yield
    except ThreadworkError:
        raise
    except anthropic.APIStatusError as error:
        raise _translate(error, model, cloud) from error
    except (anthropic.APIConnectionError, TimeoutError) as error:
        raise ModelUnreachable(model, type(error).__name__) from error
    except httpx2.HTTPError as error:
        raise ReplyBroken(model, type(error).__name__) from error
    except Exception as error:
        if cloud is not None and type(error).__name__ in _CLOUD_AWAY:
            raise ModelUnreachable(model, type(error).__name__) from error
        if cloud is not None and is_access_trouble(error):
            raise CloudAccessMissing(cloud.name) from error
        if isinstance(error, _MALFORMED):
            raise ReplyBroken(model, f"malformed: {type(error).__name__}") from error
        raise


def _translate(error: anthropic.APIStatusError, model: str, cloud: Cloud | None) -> ThreadworkError:
    """Give our error for an answer of the provider; one inside a stream has its type alone."""
    status = error.status_code if error.status_code >= 400 else _STATUS_OF.get(str(error.type), _SERVER)  # noqa: PLR2004 (where HTTP's errors begin)
    known: dict[int, ThreadworkError] = {
        _UNAUTHORISED: KeyRefused(cloud.name if cloud else ""),
        _UNPAID: CreditUsedUp(),
        _FORBIDDEN: ModelForbidden(model),
        _UNKNOWN: ModelUnknown(model),
        _TOO_LARGE: RequestTooLarge(model),
    }
    if status in known:
        return known[status]
    reason = f"{status} {error.type or ''}".strip()
    if status in {_TIMED_OUT, _CONFLICT, _RATE_LIMITED} or status >= _SERVER:
        return ModelBusy(model, reason, _read_retry_after(error.response.headers))
    said = (error.api_message or "")[:REASON_CHARS]
    return RequestRefused(model, status, f"{reason}: {said}", error.request_id or "")


def _read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Give the seconds that the provider asks to wait; what is no sensible number of them is not heard."""
    for name, per_second in (("retry-after-ms", 1_000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name, "")) / per_second
        except ValueError:
            continue
        if 0 <= seconds <= LONGEST_RETRY_AFTER_S:
            return seconds
    return None
