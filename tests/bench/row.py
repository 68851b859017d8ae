"""One measured figure."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure, and the same for a bare baseline in the same run where there is one."""

    name: str
    value: float
    unit: str
    baseline: float | None
    note: str

    def draw(self) -> str:
        """Give the row of the table."""
        beside = "" if self.baseline is None else f"   baseline {self.baseline:,.1f} {self.unit}"
        return f"{self.name:<28} {self.value:>10,.1f} {self.unit}{beside}   {self.note}"

    def to_json(self) -> dict[str, Any]:
        """Give the row for the results file."""
        return asdict(self)


Measurement = Callable[[str], Awaitable[Row]]
