"""Processes with the engine, one after the other or side by side, on one database."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.waiting import wait_for_lines

VERSION = "2"
STEPS = ("first", "park", "last")


@dataclass(frozen=True)
class Lives:
    """One database, and what the processes on it have noted."""

    home: Path
    url: str

    @contextmanager
    def living(
        self,
        name: str,
        *,
        version: str = VERSION,
        steps: tuple[str, ...] = STEPS,
        submits: dict[str, int] | None = None,
        watches: tuple[str, ...] = (),
        team_concurrency: int = 6,
        dies_adopting: bool = False,
    ) -> Iterator[subprocess.Popen]:
        """Give a process that is killed when the block ends; see `tests.orchestration.engine.life`."""
        plan = {
            "name": name,
            "version": version,
            "steps": steps,
            "submits": list((submits or {}).items()),
            "watches": watches,
            "team_concurrency": team_concurrency,
            "dies_adopting": dies_adopting,
        }
        module = "tests.orchestration.engine.life"
        command = [sys.executable, "-W", "error", "-m", module, str(self.home), self.url, json.dumps(plan)]
        with subprocess.Popen(command) as process:
            try:
                yield process
            finally:
                process.kill()

    def let_go(self, *tickets: str) -> None:
        """Let jobs that are parked, or will be, go on."""
        for ticket in tickets:
            (self.home / f"go-{ticket}").touch()

    def wait_for(self, *lines: str) -> None:
        """Return when the processes have noted all these lines."""
        wait_for_lines(self.home / "ran", lines)

    def list_lines(self, *, about: str) -> list[str]:
        """Give the lines about a job, in order."""
        lines = (self.home / "ran").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.partition(": ")[2].split()[0] == about]
