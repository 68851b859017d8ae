"""A workspace with people who ask all the time, and the processes that are to see all of it through."""

import asyncio
import itertools
import string
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.sandbox.person import Person
from bot.sandbox.seed import ChannelSeed, WorkspaceSeed
from tests.chaos.desk import ADDRESS, ModelDesk
from tests.chaos.services import Service
from tests.chaos.story import LOOK_S, Plot, Story
from tests.chaos.verdict import Verdict, is_quiet, judge
from tests.scenarios.journal import Journal
from tests.scenarios.processes import settings_of
from tests.scenarios.records import Records
from tests.scenarios.traps import TrappedSandbox
from tests.scenarios.ways import Way

PEOPLE: Final = ("Maya", "Jonas", "Priya")
# Two requests of each person at a time, each in a channel of its own: Slack takes a message a second in a channel.
LANES: Final = 6
CHANNELS: Final = tuple(f"desk-{number}" for number in range(1, LANES + 1))
# Once nothing disturbs it any more: longer than a takeover and the wait for a share that was perhaps taken.
PATIENCE_S: Final = 120.0
PLOTS: Final = (Plot.PLAIN, Plot.ASKED, Plot.PLAIN, Plot.STOPPED)


def _list_names() -> Iterator[str]:
    """Give names without digits: a number in a request would count its slides."""
    for first, second in itertools.product(string.ascii_uppercase, repeat=2):
        yield f"{first}{second}"


async def _settle(rows: Records) -> None:
    """Wait until nothing is left to do, for as long as anybody would."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and not is_quiet(rows):  # noqa: ASYNC110 (other processes write what is read)
        await asyncio.sleep(LOOK_S)


@dataclass
class Stage:
    """One variant's workspace, people and processes; an async context manager.

    Args:
        folder: Where the home, the journal and the logs lie.
        database_url: A database that nothing is in yet.
        roles: What runs: see `Service`.
    """

    folder: Path
    database_url: str
    roles: Sequence[str]
    services: list[Service] = field(default_factory=list[Service])
    stories: list[Story] = field(default_factory=list[Story])
    sandbox: TrappedSandbox = field(init=False)
    desk: ModelDesk = field(default_factory=ModelDesk)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _group: asyncio.TaskGroup = field(default_factory=asyncio.TaskGroup)
    _people: list[Person] = field(default_factory=list[Person])
    _lanes: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])
    _lives: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])
    _may_ask: bool = True
    _names: Iterator[str] = field(default_factory=_list_names)

    async def __aenter__(self) -> Self:
        """Open the workspace and start the processes."""
        seed = WorkspaceSeed(channels=tuple(ChannelSeed(name) for name in CHANNELS))
        self.sandbox = await self._stack.enter_async_context(TrappedSandbox(seed=seed, journal=self.journal.path))
        await self._stack.enter_async_context(self.desk)
        for name in PEOPLE:
            self._people.append(await self._stack.enter_async_context(Person(self.sandbox.page_url, name)))
        await self._stack.enter_async_context(self._group)
        self._stack.callback(self._end)
        for role in self.roles:
            self.add(role)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave no process behind."""
        await self._stack.__aexit__(kind, error, trace)

    @property
    def home(self) -> Path:
        """Where the bot keeps what it keeps."""
        return self.folder / "home"

    @property
    def journal(self) -> Journal:
        """What was said to Slack."""
        return Journal(self.folder / "journal.jsonl")

    def find(self, role: str) -> list[Service]:
        """Give the processes of this role."""
        return [service for service in self.services if service.role == role]

    def add(self, role: str) -> None:
        """Start one more process."""
        way = Way(over_http=False, agent_features=True)
        settings = settings_of(self.sandbox, self.home, way=way) | {
            "THREADWORK_DATABASE_URL": self.database_url,
            "THREADWORK_LOG": "json",
            ADDRESS: self.desk.url,
        }
        service = Service(role, settings, self.folder)
        self.services.append(service)
        self._lives.append(self._group.create_task(service.run()))

    def find_process(self, pid: int) -> Service:
        """Give the process with this number."""
        return next(each for each in self.services if each.process is not None and each.process.pid == pid)

    @property
    def someone(self) -> Person:
        """Somebody who can also disturb the workspace."""
        return self._people[0]

    def ask(self) -> None:
        """Let people begin to ask, and to ask again whenever something is done."""
        for lane, channel in enumerate(CHANNELS):
            person = self._people[lane % len(self._people)]
            self._lanes.append(self._group.create_task(self._ask_in(person, channel)))

    async def finish(self) -> Verdict:
        """Let people see through what they asked for, and give the verdict."""
        self._may_ask = False
        await asyncio.wait(self._lanes, timeout=PATIENCE_S)
        rows = Records(self.home, self.database_url)
        await _settle(rows)
        for story in self.stories:
            await story.look()
        return judge(self.stories, rows=rows, journal=self.journal, asked=self.desk.asked, slept=self._list_slept())

    def _list_slept(self) -> set[int]:
        """Give the processes that stood still."""
        return {pid for service in self.services for pid in service.slept}

    async def _ask_in(self, person: Person, channel: str) -> None:
        while self._may_ask:
            plot = PLOTS[len(self.stories) % len(PLOTS)]
            story = Story(person, channel, f"the {plot} turbine {next(self._names)}", plot)
            self.stories.append(story)
            await story.play()

    def _end(self) -> None:
        for task in (*self._lanes, *self._lives):
            task.cancel()
