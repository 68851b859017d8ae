"""Slack's errors in our three families: translated once, at the door."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.payload import Json, part, text
from recipes.errors import DefectError, TransientError, UserFixableError

# docs.slack.dev, errors of each method that say "try again"
PASSING: Final = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
CLOSED: Final = frozenset(
    {"not_in_channel", "user_not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"}
)
LATE: Final = frozenset(
    {"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "hash_conflict"}
)
# Kinds of blocks that the workspace does not know; a message that is merely too long is our mistake.
BLOCKS: Final = frozenset({"invalid_blocks", "invalid_blocks_format"})
# agents.sessions.setStatus, as read and as reported, and calls of its kind: an app that is no agent, or a workspace,
# plan or kind of conversation without agent features
NO_SESSIONS: Final = frozenset(
    {
        "access_denied",
        "feature_not_enabled",
        "method_deprecated",
        "method_not_supported",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "not_allowed_token_type",
        "not_authorized",
        "unknown_method",
    }
)
FORBIDDEN_FILES: Final = frozenset(
    {
        "file_uploads_disabled",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "slack_connect_file_upload_sharing_blocked",
        "storage_limit_reached",
    }
)


@dataclass(eq=False)
class SlackBusy(TransientError):
    """Slack asked us to wait, or had trouble of its own."""

    method: str
    code: str
    retry_after_s: float | None

    def pause(self) -> timedelta | None:
        """Give what Slack's `Retry-After` asked for, if it did."""
        return None if self.retry_after_s is None else timedelta(seconds=self.retry_after_s)

    def advice(self) -> str:
        """Say that it is Slack."""
        return "Slack is slow to answer me right now. Nothing is lost; please try again in a minute."


@dataclass(eq=False)
class SlackUnreachable(TransientError):
    """Slack did not answer."""

    method: str
    reason: str

    def advice(self) -> str:
        """Say that it is the connection."""
        return "I could not reach Slack just now. Nothing is lost; please try again in a minute."


@dataclass(eq=False)
class ChannelShut(UserFixableError):
    """The bot may not do this in this channel."""

    method: str
    code: str

    def advice(self) -> str:
        """Say how to let it in."""
        return "I am not in this channel, or may not write here. Invite me with `/invite`, then try again."


@dataclass(eq=False)
class FilesForbidden(UserFixableError):
    """The workspace does not take this file."""

    code: str

    def advice(self) -> str:
        """Name Slack's reason."""
        return f"This workspace refused the file (`{self.code}`). It is kept here; an administrator can allow it."


@dataclass(eq=False)
class BlocksRefused(DefectError):
    """The workspace does not take these blocks."""

    method: str
    code: str
    detail: str

    def advice(self) -> str:
        """Apologise."""
        return "Slack could not show what I sent, which is a mistake of mine. What was staged is kept."


@dataclass(eq=False)
class FormTooLate(UserFixableError):
    """Slack no longer waits for the form that a press should open."""

    code: str

    def advice(self) -> str:
        """Say to press again."""
        return "Slack did not wait for the form. Nothing is lost; please press the button again."


@dataclass(eq=False)
class FormUnsure(UserFixableError):
    """Slack did not answer when a form was to be opened: it may be open, or not."""

    reason: str

    def advice(self) -> str:
        """Say what to do if it is not."""
        return "Slack did not tell me whether the form opened. If you do not see it, please ask for it again."


@dataclass(eq=False)
class SlackRefused(DefectError):
    """Slack refused a call that should have been right."""

    method: str
    code: str
    detail: str

    def advice(self) -> str:
        """Apologise."""
        return "Slack refused something I sent, which is a mistake of mine. What was staged is kept."


@asynccontextmanager
async def translating(method: str) -> AsyncGenerator[None]:
    """Turn what the SDK raises in this block into our families."""
    try:
        yield
    except SlackApiError as error:
        raise _translate(method, error) from error
    except (TimeoutError, SlackClientError, aiohttp.ClientError, OSError) as error:
        raise SlackUnreachable(method, type(error).__name__) from error


@asynccontextmanager
async def opening_form() -> AsyncGenerator[None]:
    """Translate as ever, but for a form of which nobody knows whether it opened."""
    try:
        async with translating("views.open"):
            yield
    except SlackUnreachable as error:
        raise FormUnsure(error.reason) from error


def _translate(method: str, error: SlackApiError) -> Exception:
    response = cast("Any", error.response)
    answer = cast("Json", response.data) if isinstance(response.data, dict) else {}
    code = text(answer, "error") or "unknown"
    if code in {"ratelimited", "rate_limited"}:
        return SlackBusy(method, code, _read_wait(response.headers))
    if code in PASSING or response.status_code >= 500:  # noqa: PLR2004 (HTTP: the server's own trouble)
        return SlackBusy(method, code, None)
    if code in CLOSED:
        return ChannelShut(method, code)
    if code in LATE:
        return FormTooLate(code)
    if code in FORBIDDEN_FILES:
        return FilesForbidden(code)
    detail = str(part(answer, "response_metadata").get("messages") or "")[:500]
    return (BlocksRefused if code in BLOCKS else SlackRefused)(method, code, detail)


def _read_wait(headers: Mapping[str, Any]) -> float:
    """Give the seconds of `Retry-After`, in whatever case it comes; a second where it says nothing sensible."""
    named = {name.lower(): value for name, value in headers.items()}
    try:
        return float(named.get("retry-after") or 1)
    except (TypeError, ValueError):
        return 1.0
