"""The demo: one real request from end to end, in a local workspace, as the people in it see it.

Maya asks for a presentation of published data; everything after that is the bot at work: the same code, over the same
wire, as with Slack itself.
"""

import asyncio
import csv
import logging
import shutil
import sys
import webbrowser
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import click
from pydantic import SecretStr

from bot.app import serve
from bot.logs import configure_logs
from bot.manifest import SHORTCUTS
from bot.payload import Json, parts, text
from bot.sandbox.faults import BadFault, Fault
from bot.sandbox.person import Person, Refused
from bot.sandbox.screen import Screen
from bot.sandbox.seed import ShortcutSeed, WorkspaceSeed
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.terminal import draw_body, draw_edit, draw_message
from orchestration.skills.checks import deck_text
from recipes.errors import DefectError, UserFixableError

CHANNEL: Final = "reports"
DATA: Final = "iowa-electricity.csv"
STEP_S: Final = 30.0
# With faults: the longest is a file that is never shared, looked for twice before it is shared again.
FAULTY_STEP_S: Final = 120.0
PRESSES: Final = 3
OPENING: Final = (
    "The board asked how electricity in Iowa has changed. Here are the published figures of the U.S. Energy "
    "Information Administration, 2001 to 2017."
)
CONTEXT: Final = (
    "Net generation is in thousand megawatthours, wind is counted under renewables. Renewables overtook nuclear energy "
    "for good in 2009. Fossil fuels peaked at 42,750 in 2010 and fell in most years after that. I will check the "
    "figures of 2016 with the utility by Friday. Open question: how much more wind can the grid take?"
)
REQUEST: Final = "please make a presentation of 7 slides, in the forest style"
TOPIC: Final = "how electricity generation in Iowa shifted from fossil fuels to renewables"


@dataclass(eq=False)
class StoryFailed(UserFixableError):
    """The story did not end with a valid file."""

    problem: str

    def advice(self) -> str:
        """Say what was wrong with the end."""
        return f"The demo did not end well: {self.problem}"


@dataclass(eq=False)
class FaultRefused(UserFixableError):
    """There is no such fault, or it does not take these details."""

    problem: str

    def advice(self) -> str:
        """Say what there is."""
        return f"{self.problem.removesuffix('.')}."


async def play(settings: Settings, *, once: bool, faults: Sequence[str] = ()) -> None:
    """Play the story; without `once`, leave the workspace open until it is stopped.

    Args:
        settings: Where it plays.
        once: End after the story.
        faults: What goes wrong in the workspace, from the moment when the bot hears it: `NAME[:DETAIL=VALUE,...]`.

    Raises:
        FaultRefused: one of them cannot be had.
        StoryFailed: no valid file was delivered.
    """
    wanted = read_faults(faults)
    configure_logs(settings.log, level=logging.WARNING)
    home = settings.home / "demo"
    await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)
    sandbox = Sandbox(seed=WorkspaceSeed(shortcuts=_list_shortcuts()), journal=settings.journal)
    async with sandbox, _serving(settings, sandbox, home):
        for fault in wanted:
            sandbox.workspace.faults.add(fault)
        async with Person(sandbox.page_url, "Maya") as maya, Person(sandbox.page_url, "Jonas") as jonas:
            delivered = await _tell(maya, jonas, home, wanted)
        click.echo("\nThe file that was delivered, taken from the thread and checked against the data:")
        click.echo(str(delivered.absolute()))
        if not once:
            await _stay_open(sandbox)


def _list_shortcuts() -> tuple[ShortcutSeed, ...]:
    """Give the app's own shortcuts, so that they stand in the menus of the page."""
    return tuple(
        ShortcutSeed(each["name"], each["callback_id"], "message" if each["type"] == "message" else "global")
        for each in SHORTCUTS
    )


@asynccontextmanager
async def _serving(settings: Settings, sandbox: Sandbox, home: Path) -> AsyncGenerator[None]:
    """Run the bot against the sandbox for the length of this block."""
    local = settings.model_copy(
        update={
            "slack_bot_token": SecretStr(sandbox.bot_token),
            "slack_app_token": SecretStr(sandbox.app_token),
            "slack_api_url": sandbox.api_url,
            "anthropic_api_key": None,
            "home": home,
            "database_url": None,
            "bind": "127.0.0.1:0",
        }
    )
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        bot = group.create_task(serve(local, ready=ready))
        await ready.wait()
        yield
        bot.cancel()


def read_faults(named: Sequence[str]) -> list[Fault]:
    """Give the faults that a command line names.

    Raises:
        FaultRefused: one of them cannot be had.
    """
    try:
        return [Fault.parse(each) for each in named]
    except BadFault as error:
        raise FaultRefused(str(error)) from error


def describe_fault(fault: Fault) -> str:
    """Give a fault as words: which, how often, where."""
    often = "always" if fault.times is None else "once" if fault.times == 1 else f"{fault.times} times"
    return f"{fault.name} ({often}{f', {fault.method}' if fault.method else ''})"


async def _tell(maya: Person, jonas: Person, home: Path, faults: Sequence[Fault]) -> Path:
    """Play the people's part, show the thread as it grows, and give the delivered file."""
    data = (resources.files("bot") / "example" / DATA).read_bytes()
    click.echo(f"#{CHANNEL} in a local workspace. Maya and Jonas are people; Threadwork is the bot.\n")
    if faults:
        click.echo(f"On purpose, this goes wrong: {', '.join(map(describe_fault, faults))}.\n")
    ts = await maya.say(CHANNEL, OPENING, files=[(DATA, data)])
    story = Story(maya, ts, step_s=FAULTY_STEP_S if faults else STEP_S)
    async with asyncio.TaskGroup() as group:
        watching = group.create_task(_watch(maya, ts))
        await jonas.say(CHANNEL, CONTEXT, thread_ts=ts)
        await maya.say(CHANNEL, f"<@{maya.app_user_id}> {REQUEST}", thread_ts=ts)
        await story.wait_for("a question", lambda message: _shows(message, "draft.form"))
        await maya.say(CHANNEL, TOPIC, thread_ts=ts)
        await story.approve()
        shared = await story.wait_for("the file", lambda message: _find_deck(message) is not None)
        await story.wait_for("the end", _has_ended)
        await story.wait_for("the summary", lambda message: "is in this thread" in text(message, "text"))
        watching.cancel()
    deck = _find_deck(shared)
    if deck is None:
        raise StoryFailed("no presentation arrived in the thread.")
    content = await maya.download(text(deck, "id"))
    await asyncio.to_thread(check_deck_against, content, data.decode())
    delivered = home / text(deck, "name")
    await asyncio.to_thread(delivered.write_bytes, content)
    return delivered


@dataclass(frozen=True)
class Story:
    """Maya's part in the thread; `step_s` is how long she waits for each thing."""

    maya: Person
    ts: str
    step_s: float

    async def wait_for(self, what: str, fits: Callable[[Json], bool]) -> Json:
        """Give a message of the thread that fits; a failure said in the thread ends the story."""

        def find(screen: Screen) -> Json | None:
            messages = screen.thread(CHANNEL, self.ts)
            if failed := next((each for each in messages if "Stopped by a problem" in text(each, "text")), None):
                raise StoryFailed(text(failed, "text"))
            return next((message for message in messages if fits(message)), None)

        try:
            found = await self.maya.wait_for(find, self.step_s, what)
        except TimeoutError as error:
            raise StoryFailed(f"{what} did not come within {self.step_s:.0f} seconds.") from error
        if found is None:
            raise StoryFailed(f"{what} did not come.")
        return found

    async def approve(self) -> None:
        """Approve the brief; one that could not read the data is asked to look again, once."""
        brief = await self.wait_for("a brief", lambda message: _shows(message, "brief.approve"))
        if f"{DATA}: " in str(brief.get("blocks")):
            _narrate("The brief says that the file could not be read. Maya asks to look again.")
            await self.maya.say(CHANNEL, "Please look at the file again.", thread_ts=self.ts)
            offer = await self.wait_for("an offer to look again", lambda message: _shows(message, "draft.stage"))
            await self._press("draft.stage", offer)
            brief = await self.wait_for(
                "a newer brief", lambda message: _shows(message, "brief.approve") and message["ts"] > offer["ts"]
            )
        _narrate("Maya presses Approve.")
        await self._press("brief.approve", brief)

    async def _press(self, action_id: str, message: Json) -> None:
        """Press a button; where Slack says that the press went nowhere, press again, as people do."""
        for left in reversed(range(PRESSES)):
            try:
                await self.maya.press(action_id, message_ts=message["ts"], channel=CHANNEL)
            except Refused as refused:
                if not left:
                    raise StoryFailed(f"the button did not work ({refused.sentence}).") from refused
                _narrate(f"Slack says: {refused.sentence} Maya presses again.")
            else:
                return


async def _watch(person: Person, ts: str) -> None:
    """Print each message of the thread when it comes, and of each edit what is new in it."""
    seen: dict[str, list[str]] = {}
    colours = sys.stdout.isatty()
    async for screen in person.screens():
        names = {**screen.names, **{channel_id: name for name, channel_id in screen.channels.items()}}
        for message in screen.thread(CHANNEL, ts):
            lines = draw_body(message, names, colours=colours)
            earlier = seen.get(message["ts"])
            if earlier is None:
                click.echo("\n".join(draw_message(message, names, colours=colours)) + "\n")
            elif fresh := [line for line in lines if line not in earlier]:
                click.echo("\n".join([draw_edit(message, names, colours=colours), *fresh]) + "\n")
            seen[message["ts"]] = lines


def check_deck_against(content: bytes, data: str) -> None:
    """Check that a deck opens and that the figures of its charts are the data's own.

    Raises:
        StoryFailed: it does not open, has no chart, or a chart holds a figure that the data does not.
    """
    known = {float(row["net_generation"]) for row in csv.DictReader(data.splitlines())}
    try:
        charts = [chart for slide in deck_text(content) for chart in slide.charts]
    except DefectError as error:
        raise StoryFailed(f"the file in the thread does not open ({error}).") from error
    values = {value for chart in charts for _, series in chart.series for value in series if value is not None}
    if not values:
        raise StoryFailed("the presentation holds no chart of the data.")
    if strange := sorted(values - known):
        raise StoryFailed(f"a chart holds {strange[0]:g}, which is not in the data.")


def _shows(message: Json, action_id: str) -> bool:
    return action_id in str(message.get("blocks"))


def _find_deck(message: Json) -> Json | None:
    return next((file for file in parts(message, "files") if text(file, "name").endswith(".pptx")), None)


def _has_ended(message: Json) -> bool:
    return text(message, "text").startswith("Done")


def _narrate(said: str) -> None:
    click.echo(f"  ( {said} )\n")


async def _stay_open(sandbox: Sandbox) -> None:
    click.echo(f"\nThe workspace stays open: {sandbox.page_url}\nTalk to the bot there. Ctrl-C ends it.")
    await asyncio.to_thread(webbrowser.open, sandbox.page_url)
    await asyncio.Event().wait()
