"""The real clock and the real ids: fit `Clock` and `Ids`."""

from datetime import UTC, datetime

from ulid import ULID


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """See `Clock.now`."""
        return datetime.now(UTC)


class UlidIds:
    """Ids from the clock and chance."""

    def make(self, prefix: str) -> str:
        """See `Ids.make`."""
        return f"{prefix}_{ULID()}"
