"""Clocks that a test moves, and ids that count: fit `Clock`, the module `time`, and `Ids`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

# Tuesday, 17 November 2026, 09:00 UTC
START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """Stands still until a test moves it."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def advance(self, **more: float) -> None:
        self.time += timedelta(**more)


@dataclass
class Monotonic:
    """In place of the module `time` where only its monotonic clock is asked."""

    seconds: float = 1_000.0

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class FakeIds:
    """Counts, over all prefixes, so that ids sort by the order in which they were made."""

    made: list[str] = field(default_factory=list)

    def make(self, prefix: str) -> str:
        self.made.append(f"{prefix}_{len(self.made) + 1:06d}")
        return self.made[-1]
