"""The real clock and the real ids: fit `Clock` and `Ids`."""

from datetime import UTC, datetime
from typing import Final

from ulid import ULID

# github.com/ulid/spec: 48 bits of milliseconds, then 80 bits of chance
RANDOM_BITS: Final = 80


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """See `Clock.now`."""
        return datetime.now(UTC)


class UlidIds:
    """Ids from the clock and chance; two made one after the other sort in that order, also within a millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def make(self, prefix: str) -> str:
        """See `Ids.make`."""
        fresh = int(ULID())
        same_moment = fresh >> RANDOM_BITS <= self._last >> RANDOM_BITS
        self._last = self._last + 1 if same_moment else fresh
        return f"{prefix}_{ULID.from_int(self._last)}"
