"""What of a document is no text or table, counted while it is read and named in one clause."""

from collections import Counter
from collections.abc import Iterator


class Omissions:
    """Counts things that a reader passes over."""

    def __init__(self) -> None:
        self._counts = Counter[str]()

    def add(self, name: str, count: int = 1) -> None:
        """Count what was passed over, by the plural that people call it."""
        if count:
            self._counts[name] += count

    def name(self) -> Iterator[str]:
        """Give the one clause that names them, if there is anything."""
        if self._counts:
            yield ", ".join(f"{name} ({count:,})" for name, count in sorted(self._counts.items()))
