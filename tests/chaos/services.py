"""Processes of ours under a service manager: whenever one ends, it is started again."""

import asyncio
import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.scenarios.processes import start_command

# As service managers wait.
RESTART_S: Final = 0.2
# What the log says of a process that hears Slack, or works.
READY: Final = b"_ready"


@dataclass
class Service:
    """One process: `serve` does everything, `talk` talks, `work` works."""

    role: str
    settings: Mapping[str, str]
    folder: Path
    endings: Counter[int] = field(default_factory=Counter[int])
    slept: set[int] = field(default_factory=set[int])
    """The numbers of those of its lives that stood still."""
    process: asyncio.subprocess.Process | None = None
    _said_before: int = 0
    _frozen: bool = False

    @property
    def log(self) -> Path:
        """Where all of its lives say what they have to say."""
        return self.folder / f"{self.role}-{id(self)}.log"

    @property
    def is_alive(self) -> bool:
        """Tell whether it runs now."""
        return self.process is not None and self.process.returncode is None

    @property
    def is_ready(self) -> bool:
        """Tell whether it runs, and has said in this life that it is ready."""
        return self.is_alive and READY in self.log.read_bytes()[self._said_before :]

    async def run(self) -> None:
        """Keep it running until cancelled, and leave none behind."""
        try:
            while True:
                await self._live()
                await asyncio.sleep(RESTART_S)
        finally:
            self.wake()
            self._send(signal.SIGKILL)
            if self.process is not None:
                await self.process.wait()

    def kill(self) -> None:
        """End it at this instant."""
        self._send(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it stand still."""
        self._frozen = True
        if self.process is not None:
            self.slept.add(self.process.pid)
        self._send(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        if self._frozen:
            self._frozen = False
            self._send(signal.SIGCONT)

    async def _live(self) -> None:
        with self.log.open("ab") as said:
            self._said_before = said.tell()
            self.process = await start_command(
                self.role, settings=self.settings, folder=self.folder, module="tests.chaos.process", said=said
            )
        self.endings[await self.process.wait()] += 1

    def _send(self, number: signal.Signals) -> None:
        if self.process is not None and self.is_alive:
            self.process.send_signal(number)
