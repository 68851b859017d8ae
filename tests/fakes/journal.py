"""A journal in a dictionary, with the engine's promise: kept steps are not done again. Fits `Journal` and `Steps`."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any


class Killed(BaseException):
    """The process died; nothing in it could say goodbye."""


@dataclass
class FakeJournal:
    """One run over what earlier runs kept.

    Args:
        kept: Results by place and name, as JSON; share it between runs.
        dies_after: The step that is done but not kept: the process dies between the two.
    """

    kept: dict[str, str] = field(default_factory=dict)
    dies_after: str | None = None
    ran: list[str] = field(default_factory=list)
    _place: int = 0

    async def step(self, name: str, work: Callable[[], Awaitable[Any]], *, preemptible: bool = False) -> Any:
        self._place += 1
        key = f"{self._place} {name}"
        if key not in self.kept:
            self.ran.append(name)
            done = await work()
            if name == self.dies_after:
                raise Killed
            self.kept[key] = json.dumps(done)
        return json.loads(self.kept[key])
