"""Digests of one generated input, each found by a process of its own: see `tests.orchestration.stager`."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Digests:
    """A folder with the input's files, and with what processes kept of them."""

    folder: Path

    def find(self, url: str, *, fills: int | None, **settings: str) -> dict[str, Any]:
        """Give what a process says of this input.

        Args:
            url: Of its database.
            fills: By which chance it orders the rows that it writes first; None: they are there.
            settings: Its environment, beside what every process needs.
        """
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
        command = [sys.executable, "-W", "error", "-m", "tests.orchestration.stager", url, str(self.folder)]
        plan = json.dumps({"fills": fills})
        ended = subprocess.run(
            [*command, plan], cwd=self.folder, env=environment, check=False, capture_output=True, timeout=120
        )
        assert ended.returncode == 0, ended.stderr.decode(errors="replace")
        return json.loads(ended.stdout.splitlines()[-1])

    def sqlite(self, name: str) -> str:
        """Give the address of a SQLite file in this folder."""
        return f"sqlite:///{self.folder / name}.db"
