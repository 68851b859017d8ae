"""The bot as its own process, started as people start it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from bot.sandbox.server import Sandbox
from tests.scenarios.ways import Way

ROOT: Final = Path(__file__).parents[2]
# A start takes two seconds; this is for a machine that is busy with something else.
END_S: Final = 60.0
# What the log of a bot says that hears Slack.
READY: Final = b"_ready "


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str


@dataclass
class Bot:
    """A process of ours with one home, `threadwork serve` unless said otherwise; it can be killed and started again."""

    sandbox: Sandbox
    home: Path
    way: Way
    bind: str
    database_url: str | None = None
    command: tuple[str, ...] = ("serve",)
    api_url: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    """Settings beside those of its workspace."""
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        settings = settings_of(self.sandbox, self.home, way=self.way, bind=self.bind)
        if self.database_url is not None:
            settings["THREADWORK_DATABASE_URL"] = self.database_url
        if self.api_url is not None:
            settings["SLACK_API_URL"] = self.api_url
        process = await start_command(*self.command, settings=settings | self.more, folder=self.home.parent)
        self.processes.append(process)
        await _said(process, READY)

    def send(self, signal_number: signal.Signals) -> None:
        """Freeze it, or let it go on."""
        self.processes[-1].send_signal(signal_number)

    async def kill(self) -> None:
        """End it at once, as a power cut does, and wait until it is gone."""
        process = self.processes[-1]
        process.kill()
        await process.communicate()

    async def stop(self) -> Ended:
        """Ask it to stop, as a service manager does."""
        process = self.processes[-1]
        process.send_signal(signal.SIGTERM)
        return await ended(process)


@asynccontextmanager
async def running(
    sandbox: Sandbox,
    home: Path,
    *,
    way: Way,
    bind: str,
    database_url: str | None = None,
    command: tuple[str, ...] = ("serve",),
    api_url: str | None = None,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Bot]:
    """Give a started bot; none is left when the block ends."""
    bot = Bot(sandbox, home, way, bind, database_url, command, api_url, more or {})
    try:
        await bot.start()
        yield bot
    finally:
        for process in bot.processes:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def run_command(*arguments: str, settings: Mapping[str, str], folder: Path) -> Ended:
    """Run the command to its end."""
    return await ended(await start_command(*arguments, settings=settings, folder=folder))


async def start_command(
    *arguments: str,
    settings: Mapping[str, str],
    folder: Path,
    module: str = "bot.cli",
    said: int | IO[bytes] = asyncio.subprocess.PIPE,
) -> asyncio.subprocess.Process:
    """Start the command in this folder, with these settings and nothing else of ours in its environment.

    Args:
        arguments: The command's.
        settings: Its environment.
        folder: Where it stands.
        module: What is started, by its name.
        said: Where all that it says goes.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **settings},
        stdout=said,
        stderr=asyncio.subprocess.STDOUT,
    )


async def ended(process: asyncio.subprocess.Process) -> Ended:
    """Give how a process ends; one that does not is killed."""
    try:
        async with asyncio.timeout(END_S):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        said, _ = await process.communicate()
        raise AssertionError(f"It did not end in {END_S:g} s: {said.decode()}") from None
    assert process.returncode is not None
    return Ended(process.returncode, said.decode())


async def _said(process: asyncio.subprocess.Process, word: bytes) -> None:
    """Read what a process says until it says this."""
    assert process.stdout is not None
    heard = b""
    async with asyncio.timeout(END_S):
        while word not in heard:
            line = await process.stdout.readline()
            heard += line
            assert line, f"It ended: {heard.decode()}"


def settings_of(sandbox: Sandbox, home: Path, *, way: Way, bind: str = "127.0.0.1:0") -> dict[str, str]:
    """Give the settings of a bot in this workspace."""
    over_http = {"SLACK_SIGNING_SECRET": sandbox.signing_secret}
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_API_URL": sandbox.api_url,
        "THREADWORK_HOME": str(home),
        "THREADWORK_BIND": bind,
        # What a machine happens to have installed is no part of a story.
        "THREADWORK_PREVIEWS": "false",
        **(over_http if way.over_http else {"SLACK_APP_TOKEN": sandbox.app_token}),
    }
