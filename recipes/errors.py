"""Every error Threadwork raises on purpose.

    ThreadworkError
    ├── UserFixableError      the person can mend it: told in the thread, nothing is retried
    ├── TransientError        it may pass: the step is retried
    └── DefectError           ours: an apology with an incident id, logged once

The families are caught at boundaries (listener, step, command line). A leaf is a dataclass: fields, not prose.
`str()` is for the log, `advice()` for the thread. The durable engine stores errors, so each survives `to_fields` and
`from_fields` (proven for every leaf in tests/recipes/test_errors.py).
"""

from dataclasses import asdict, is_dataclass
from datetime import timedelta
from typing import Any, Self


class ThreadworkError(Exception):
    """The root of the tree: never raised itself."""

    def __str__(self) -> str:
        """Give the fact and its fields, for the log."""
        shown = " ".join(f"{name}={value!r}" for name, value in self.to_fields().items())
        return f"{type(self).__name__} {shown}".rstrip()

    def advice(self) -> str:
        """Give the sentence for the thread: what happened, and what to do. Each leaf says its own."""
        return "Something did not work. Nothing was lost; please try again."

    def to_fields(self) -> dict[str, Any]:
        """Give the fields as plain JSON values."""
        return asdict(self) if is_dataclass(self) else {}

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> Self:
        """Make the error again from what `to_fields` gave."""
        return cls(**values)


class UserFixableError(ThreadworkError):
    """The person can mend it."""


class TransientError(ThreadworkError):
    """It may pass; try again."""

    def pause(self) -> timedelta | None:
        """Give how long to wait first, where the outside said so."""
        return None

    def most_tries(self) -> int | None:
        """Give how often to try at most, where each try costs something; None: for as long as one has patience."""
        return None


class DefectError(ThreadworkError):
    """Our own defect."""
