"""Models, for the contract of `ModelPort`: the one without a key on each format, Claude over the wire, and a script."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from orchestration.models.choice import ModelChoice
from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.model import ClaudeModel
from orchestration.models.extractive.model import ExtractiveModel
from orchestration.models.port import ModelPort, Prompt, TurnDelta
from recipes.bundle import WorkBundle
from tests.claude.faults import FAULTS, WHOLE
from tests.claude.replies import Broken, calling, ending
from tests.claude.samples import MODEL, make_claude_prompt
from tests.claude.server import ClaudeServer
from tests.fakes.models import PacedModel, take_turn
from tests.orchestration.models.bundles import (
    EXAMPLE,
    make_book_bundle,
    make_bundle,
    make_paper_bundle,
    make_prompt,
    make_text_bundle,
)

SAID = (("Jonas", "Wind passed coal in 2019, and the board wants to know why."),)
FILES = {"iowa.csv": EXAMPLE.read_bytes()}
STALLED_AFTER = timedelta(seconds=0.3)
PLAN = ("TodoWrite", {"todos": [{"content": "Read", "status": "in_progress", "activeForm": "Reading"}]})


@dataclass(frozen=True, kw_only=True)
class World:
    """A model and what it works on."""

    port: ModelPort
    prompt: Prompt
    is_billed: bool = True
    """Each of its calls costs something."""
    history: tuple[TurnDelta, ...] = ()
    """After it, the model thinks for as long as nobody interrupts it."""
    is_thinking: asyncio.Event = field(default_factory=asyncio.Event)
    think: Callable[[], None] = lambda: None
    """Makes it think so from now on."""
    calm: Callable[[], None] = lambda: None
    """Makes it answer at once again."""
    asked: Callable[[], list[object]] = list
    """What left for it so far, each as it went."""
    count_open: Callable[[], int] = lambda: 0
    """How many of its replies are still being written."""
    troubles: tuple[tuple[str, Callable[[], ModelPort]], ...] = ()
    """What can be wrong on its side, each with what brings it about and gives the model that meets it."""


@asynccontextmanager
async def opening_extractive(bundle: WorkBundle) -> AsyncIterator[World]:
    """Open the model without a key."""
    yield World(port=ExtractiveModel(), prompt=make_prompt(bundle), is_billed=False)


@asynccontextmanager
async def opening_claude() -> AsyncIterator[World]:
    """Open Claude, with a provider of our own that plays any script."""
    async with ClaudeServer() as server:
        server.plays(lambda body: calling(len(body["messages"]), PLAN) if len(body["messages"]) < 5 else ending())
        async with ClaudeDoor(key=server.key, base_url=server.url, stalled_after=STALLED_AFTER) as door:
            claude = ClaudeModel(door, name=MODEL)
            yield _lay_out(server, claude)
        assert server.problems == []


@asynccontextmanager
async def opening_patient_claude() -> AsyncIterator[World]:
    """Open Claude with the patience that it has when it works."""
    async with ClaudeServer() as server, ClaudeDoor(key=server.key, base_url=server.url) as door:
        server.plays(lambda _: ending())
        yield _lay_out(server, ClaudeModel(door, name=MODEL))


@asynccontextmanager
async def opening_choice() -> AsyncIterator[World]:
    """Open the choice between both, on a bundle that was approved for Claude."""
    async with opening_claude() as world:
        keyless = ModelChoice(extractive=ExtractiveModel(), claude=None)
        yield replace(
            world,
            port=ModelChoice(extractive=ExtractiveModel(), claude=world.port),
            troubles=(("no key", lambda: keyless),),
        )


@asynccontextmanager
async def opening_script() -> AsyncIterator[World]:
    """Open a model of the tests that follows a script, and thinks about its third turn."""
    port = PacedModel()
    first, second = (take_turn((None,) * number) for number in (0, 1))  # these two look at nothing but the number
    yield World(
        port=port,
        prompt=make_claude_prompt(model="scripted"),
        history=(first, second),
        is_thinking=port.is_thinking,
        asked=lambda: list(port.asked_for),
    )


def _lay_out(server: ClaudeServer, claude: ClaudeModel) -> World:
    is_thinking = asyncio.Event()

    def stall(_: object) -> Broken:
        is_thinking.set()
        return Broken(WHOLE, 9, "stall")

    def play(fault) -> ModelPort:
        server.plays([fault.answer])
        return claude

    return World(
        port=claude,
        prompt=make_claude_prompt(),
        is_thinking=is_thinking,
        think=lambda: server.plays(stall),
        calm=lambda: server.plays(lambda _: ending()),
        asked=lambda: list(server.bodies),
        count_open=lambda: server.open_replies,
        troubles=tuple((fault.name, lambda fault=fault: play(fault)) for fault in FAULTS),
    )


WORLDS: Final = {
    "extractive deck": lambda: opening_extractive(make_bundle(topic="wind in Iowa", messages=SAID, files=FILES)),
    "extractive paper": lambda: opening_extractive(make_paper_bundle(topic="wind in Iowa", messages=SAID, files=FILES)),
    "extractive workbook": lambda: opening_extractive(make_book_bundle(topic="wind", messages=SAID, files=FILES)),
    "extractive text": lambda: opening_extractive(make_text_bundle(topic="wind in Iowa", messages=SAID, files=FILES)),
    "extractive, nothing to work on": lambda: opening_extractive(make_bundle(topic="wind in Iowa")),
    "claude": opening_claude,
    "choice": opening_choice,
    "script": opening_script,
}
THINKING: Final = {"claude": opening_patient_claude, "script": opening_script, "extractive": WORLDS["extractive deck"]}
