"""How long a person waits for the thinking partner, over the wire: from their message to the bot's reply in the thread.

No key, SQLite, one workspace; questions, offers and briefs in turn, one message at a time.
"""

import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bot.sandbox.person import Person
from bot.sandbox.seed import SlackRules
from bot.sandbox.server import Sandbox
from tests.bench.row import Row
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.workplace import SEED, serving

ROUNDS: Final = 20
NOTE: Final = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
TURNS: Final = (
    "@Threadwork a deck or a summary, please",
    "the first one",
    "who can see this?",
    "wind power, 99 slides",
    "12",
    "no, 9 slides",
)


async def measure_partner_reply(name: str) -> Row:
    """Give the time that 95 of 100 replies stay under."""
    # A Slack that counts no calls: so much is said in no workspace within a minute.
    async with Sandbox(seed=SEED, rules=SlackRules(enforces_tiers=False)) as sandbox:
        with tempfile.TemporaryDirectory() as folder:
            async with serving(sandbox, Path(folder) / "home"), Person(sandbox.page_url, "Maya") as maya:
                times = [took for _ in range(ROUNDS) for took in await _talk(maya)]
    return Row(
        name=name,
        value=quantiles(times, n=20)[-1],
        unit="ms",
        baseline=None,
        note=f"{len(times)} replies, the median {median(times):,.0f} ms",
    )


async def _talk(maya: Person) -> list[float]:
    thread = await open_thread(maya, NOTE)
    return [await _take_turn(thread, said) for said in TURNS]


async def _take_turn(thread: WorkThread, said: str) -> float:
    began = time.perf_counter()
    ts = await thread.say(said)
    await thread.wait_for(lambda _: True, "a reply", after=ts)
    return (time.perf_counter() - began) * 1000
