"""Faults on request: what goes wrong between Slack and an app, made to happen when somebody asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Literal, TypeGuard, get_args

from bot.sandbox.changes import ChangeLog
from bot.sandbox.wire import Json

FaultName = Literal[
    "delayed_events",
    "dropped_after",
    "duplicated_events",
    "login_page",
    "lost_share_race",
    "never_shared",
    "rate_limited",
    "refused_blocks",
    "reordered_events",
    "server_error",
    "slow_answers",
    "socket_closed",
    "socket_deaf",
]
NAMES: Final[tuple[str, ...]] = get_args(FaultName)
DETAILS: Final = frozenset({"method", "ms", "retry_after", "times"})
# The faults that can be kept to one Web API method, or to one type of event.
NARROWED: Final = frozenset(
    {
        "delayed_events",
        "dropped_after",
        "duplicated_events",
        "rate_limited",
        "refused_blocks",
        "reordered_events",
        "server_error",
        "slow_answers",
    }
)


class BadFault(ValueError):
    """There is no such fault, or it does not take these details; `str()` is a sentence."""


@dataclass(frozen=True)
class Fault:
    """One thing that is to go wrong.

    | name              | what happens                                                               | takes         |
    |-------------------|----------------------------------------------------------------------------|---------------|
    | rate_limited      | the call is refused: 429, `Retry-After`                                    | `retry_after` |
    | server_error      | the call is refused: 500, `internal_error`                                 |               |
    | dropped_after     | the call is carried out, then the connection breaks without an answer      |               |
    | slow_answers      | the call is carried out at once and answered late                          | `wait`        |
    | refused_blocks    | a call with blocks that not every workspace has is refused: `invalid_blocks` |             |
    | never_shared      | an upload is completed with `ok`, and its message never comes              |               |
    | lost_share_race   | the message of an upload comes later than what is posted after it          | `wait`        |
    | login_page        | a download gives Slack's login page, with status 200                       |               |
    | duplicated_events | an event comes twice, with one `event_id`                                  |               |
    | delayed_events    | an event comes late                                                        | `wait`        |
    | reordered_events  | an event comes after the one that followed it (or after `wait`)            | `wait`        |
    | socket_closed     | the connection that is to carry an event breaks; the event comes over another |            |
    | socket_deaf       | that connection stays open; nothing arrives over it, no pong is sent       |               |

    Args:
        name: which one.
        method: only for calls of this Web API method (`chat.update`); for faults of events, only for events of this
            type (`app_mention`).
        times: how often it happens; None until it is taken back.
        wait: how late.
        retry_after: what the app is told to wait, whole seconds.
    """

    name: FaultName
    method: str | None = None
    times: int | None = 1
    wait: timedelta = timedelta(seconds=1)
    retry_after: timedelta = timedelta(seconds=1)

    @classmethod
    def of(cls, name: object, details: Mapping[str, Any]) -> "Fault":
        """Give the fault as a JSON request names it: `method`, `times`, `ms` (the wait), `retry_after` (seconds).

        Raises:
            BadFault: with a sentence.
        """
        if not _is_name(name):
            raise BadFault(f"There is no fault called {name}; there are: {', '.join(NAMES)}.")
        unknown = details.keys() - DETAILS
        if unknown:
            raise BadFault(f"A fault has no {', '.join(sorted(unknown))}; it has: {', '.join(sorted(DETAILS))}.")
        method = details.get("method")
        if method is not None and (name not in NARROWED or not isinstance(method, str)):
            raise BadFault(f"{name} cannot be kept to one method.")
        return cls(
            name,
            method,
            None if "times" in details and details["times"] is None else _whole(details, "times", 1, least=1),
            timedelta(milliseconds=_whole(details, "ms", 1_000, least=0)),
            timedelta(seconds=_whole(details, "retry_after", 1, least=1)),
        )

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """Give the fault as a command line names it: `rate_limited:method=chat.update,times=3`.

        Raises:
            BadFault: with a sentence.
        """
        name, _, rest = text.partition(":")
        pairs = [pair.partition("=") for pair in rest.split(",") if pair]
        return cls.of(name, {key: int(value) if value.isdecimal() else value for key, _, value in pairs})

    def to_json(self) -> Json:
        """Give the fault as a request would name it."""
        return {
            "fault": self.name,
            "method": self.method,
            "times": self.times,
            "ms": round(self.wait.total_seconds() * 1_000),
            "retry_after": round(self.retry_after.total_seconds()),
        }


class FaultBook:
    """The faults that are still to happen."""

    def __init__(self, faults: Iterable[Fault], changes: ChangeLog) -> None:
        self._faults = list(faults)
        self._changes = changes

    def add(self, fault: Fault) -> None:
        """Let this happen too."""
        self._faults.append(fault)
        self._tell()

    def remove(self, name: str | None = None) -> None:
        """Take back every fault, or those of this name."""
        self._faults = [fault for fault in self._faults if name not in (None, fault.name)]
        self._tell()

    def take(self, name: FaultName, method: str | None = None) -> Fault | None:
        """Give the fault that is to happen here and now, if there is one, and count it."""
        for number, fault in enumerate(self._faults):
            if fault.name == name and fault.method in (None, method):
                self._count(number, fault)
                return fault
        return None

    def to_json(self) -> list[Json]:
        """Give what is still to happen, `times` counted down."""
        return [fault.to_json() for fault in self._faults]

    def _count(self, number: int, fault: Fault) -> None:
        if fault.times is None:
            return
        left = fault.times - 1
        self._faults[number : number + 1] = [replace(fault, times=left)] if left else []
        self._tell()

    def _tell(self) -> None:
        self._changes.add("faults_changed", faults=self.to_json())


def _is_name(name: object) -> TypeGuard[FaultName]:
    return name in NAMES


def _whole(details: Mapping[str, Any], name: str, default: int, *, least: int) -> int:
    value = details.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadFault(f"`{name}` is a whole number, {least} or more.")
    return value
