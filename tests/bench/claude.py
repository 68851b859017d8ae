"""What Claude costs and how its provider fails: a ticket of twelve turns, and every fault there is, over the wire."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from tests.bench.row import Row
from tests.claude.counting import Taken, count_tokens, list_blocks
from tests.claude.faults import FAULTS
from tests.claude.handling import SLIPS, list_mishandled
from tests.claude.replies import NO_READING
from tests.claude.scripts import DeckWork
from tests.claude.server import ClaudeServer
from tests.scenarios.threads import open_thread
from tests.scenarios.workplace import SEED, serving

EXAMPLE = Path("bot/example/iowa-electricity.csv")
REQUEST = "@Threadwork make a presentation of 3 slides about wind in Iowa"


async def measure_faults(name: str) -> Row:
    """Count the faults of the provider and the slips of a model after which work does not go as it should."""
    mishandled = await list_mishandled()
    note = f"of {len(FAULTS)} faults and {len(SLIPS)} slips{': ' if mishandled else ''}{'; '.join(mishandled)}"
    return Row(name=name, value=len(mishandled), unit="", baseline=None, note=note)


async def measure_input(name: str) -> Row:
    """Give the most input that a turn paid in full, for each token that the turn before had added."""
    async with _worked_deck() as provider:
        bodies = provider.list_turns()
        # What was said before the work was read by a model too.
        taken = provider.taken[-len(bodies) :]
    ratios = [_find_ratio(*each) for each in pairwise(zip(bodies, taken, strict=True))]
    fresh, read = sum(each.fresh + each.written for each in taken), sum(each.read for each in taken)
    note = f"{len(bodies)} turns of a deck: {fresh:,} tokens paid in full, {read:,} read from what was kept"
    return Row(name=name, value=max(ratios), unit="", baseline=1.0, note=note)


def _find_ratio(before: tuple[dict[str, Any], Taken], after: tuple[dict[str, Any], Taken]) -> float:
    blocks = list_blocks(before[0])
    delta = sum(count_tokens(each) for each in list_blocks(after[0])[len(blocks) :])
    return (after[1].fresh + after[1].written) / delta


@asynccontextmanager
async def _worked_deck() -> AsyncIterator[ClaudeServer]:
    """Let Claude make a deck, asked for and approved as people do it."""
    with tempfile.TemporaryDirectory() as folder:
        async with ClaudeServer(DeckWork()) as provider, Sandbox(seed=SEED) as sandbox:
            provider.reads(lambda _: NO_READING)
            async with serving(sandbox, Path(folder), claude=provider), Person(sandbox.page_url, "Maya") as maya:
                content = await asyncio.to_thread(EXAMPLE.read_bytes)
                thread = await open_thread(maya, "The figures.", files=[("iowa.csv", content)])
                await thread.say(REQUEST)
                await thread.approve()
                await thread.ending()
            yield provider
