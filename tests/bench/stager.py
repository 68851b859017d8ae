"""A bot's process that makes a brief of very much: `python -m tests.bench.stager files|blocks` prints figures, as JSON.

`files` is the corpus's thread, 300 messages and 20 files; `blocks` a basket of 20,000 notes. Each round has a store, a
vault and reader children of its own, so nothing was fetched, read or started before.
"""

import asyncio
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from bot.heap import settle_heap
from orchestration.baskets.contents import get_basket
from orchestration.drafting.briefing import Briefing
from orchestration.effects import Effects
from orchestration.leases import LocalLeases
from orchestration.moment import SystemClock
from orchestration.readers.process import Readers
from orchestration.staging.boundary import Staging
from recipes.conversation import Said, SharedFile, Thread
from recipes.draft import Draft
from recipes.ids import BlockId
from recipes.source import SubstrateBlock
from storage.catalog import read_catalog
from storage.prices import load_prices
from storage.repositories.rows import columns_of
from storage.schema import opening_database
from storage.tables import substrate_blocks
from storage.unit_of_work import Store
from storage.vault import Vault
from tests.bench.sayings import list_messages, list_notes
from tests.bench.workshop import hush
from tests.fakes.moment import START, FakeIds
from tests.fakes.nouns import CHANNEL, JONAS, TEAM, make_answer, make_draft, read_powerpoint_report
from tests.fakes.stores import RecordingEnqueue
from tests.fakes.threads import FakeThreads

ROUNDS: Final = 5
BLOCKS: Final = 20_000
# Finer than what it measures, and rare enough to cost nothing.
TICK_S: Final = 0.002
FILES_A_MESSAGE: Final = 10


class ServingThreads(FakeThreads):
    """A conversation whose files lie on a disk, as Slack keeps them elsewhere, and come over a few at a time."""

    folder: Path

    async def open_file(self, team_id: str, file: SharedFile, *, most_bytes: int) -> bytes:
        content = await asyncio.to_thread((self.folder / file.name).read_bytes)
        assert len(content) <= most_bytes
        return content


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a brief is made with, and the draft that it is made of."""

    store: Store
    threads: ServingThreads
    briefing: Briefing
    readers: Readers
    draft: Draft
    thread: Thread


class Pulse:
    """A task that should run all the time: the longest time that it could not is how long the loop was held."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - before - TICK_S)


async def tell_rounds(fill: Callable[[Desk], Awaitable[None]]) -> list[dict[str, Any]]:
    """Give what each round took."""
    return [await _tell_round(fill) for _ in range(ROUNDS)]


async def _tell_round(fill: Callable[[Desk], Awaitable[None]]) -> dict[str, Any]:
    pulse = Pulse()
    async with _opening_desk() as desk:
        await fill(desk)
        # What earlier rounds and the filling left behind is not the bot's.
        gc.collect()
        _forget_peak()
        before_mb = _read_status_mb("self", "VmRSS")
        beating = asyncio.create_task(pulse.beat())
        worked, started = time.process_time(), time.perf_counter()
        await desk.briefing.show(desk.draft, desk.thread, read_powerpoint_report())
        took_s = time.perf_counter() - started
        worked_s = time.process_time() - worked
        beating.cancel()
        children = [_read_status_mb(str(child.process.pid), "VmHWM") for child in desk.readers._idle]
        (post,) = desk.threads.posts
        again = await _show_again(desk)
        return {
            "took_s": took_s,
            "worked_s": worked_s,
            "load": os.getloadavg()[0],
            "lag_ms": pulse.longest_s * 1000,
            "before_mb": before_mb,
            "peak_mb": _read_status_mb("self", "VmHWM"),
            "children_mb": children,
            "sources": len(post.said.brief.sources),
            "left_out": len(post.said.brief.left_out),
            "digest": post.said.brief.digest,
            "again_s": again,
        }


async def _show_again(desk: Desk) -> float:
    """Give how long the next brief of the same draft takes, which reads the same."""
    async with desk.store.for_team(TEAM).begin() as work:
        draft = await work.drafts.get(desk.draft.id)
    started = time.perf_counter()
    await desk.briefing.show(draft, desk.thread, read_powerpoint_report())
    took_s = time.perf_counter() - started
    assert len({post.said.brief.digest for post in desk.threads.posts}) == 1
    return took_s


@asynccontextmanager
async def _opening_desk() -> AsyncGenerator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/threadwork.db"
        async with opening_database(url) as database, Readers() as readers:
            store, threads, clock, ids = Store(database, RecordingEnqueue()), ServingThreads(), SystemClock(), FakeIds()
            await store.save_built_in(read_catalog(), now=START)
            effects = Effects(store=store, threads=threads, clock=clock, leases=LocalLeases())
            vault = Vault(Path(folder) / "files")
            staging = Staging(
                store=store,
                threads=threads,
                vault=vault,
                readers=readers,
                clock=clock,
                ids=ids,
                model="extractive",
                prices=load_prices(),
            )
            briefing = Briefing(store=store, threads=threads, effects=effects, staging=staging, clock=clock)
            root = threads.hear("The figures of the year.", user_id=JONAS)
            draft = make_draft(thread_ts=root.thread.thread_ts, answers={"topic": make_answer("churn in the North")})
            async with store.for_team(TEAM).begin() as work:
                await work.drafts.add(draft)
            yield Desk(
                store=store, threads=threads, briefing=briefing, readers=readers, draft=draft, thread=root.thread
            )


def find_corpus() -> list[Path]:
    """Give the corpus's files. Another process writes them where they are missing: that takes much memory."""
    told = subprocess.run([sys.executable, "-m", "tests.bench.corpus"], stdout=subprocess.PIPE, check=True)
    return [Path(path) for path in json.loads(told.stdout)]


async def share_files(paths: list[Path], desk: Desk) -> None:
    """Let people say much, and share these files."""
    desk.threads.folder = paths[0].parent
    shared = [
        SharedFile(id=f"F{number}", name=path.name, size_bytes=path.stat().st_size, url=f"https://files/{number}")
        for number, path in enumerate(paths)
    ]
    heard: list[Said] = []
    for number, text in enumerate(list_messages()):
        files = tuple(shared[number * FILES_A_MESSAGE : (number + 1) * FILES_A_MESSAGE])
        said = desk.threads.hear(text, user_id=JONAS, thread_ts=desk.thread.thread_ts, files=files)
        heard.append(await desk.threads.describe(said))
    async with desk.store.for_team(TEAM).begin() as work:
        for said in heard:
            await work.transcript.save(said)


async def fill_basket(desk: Desk) -> None:
    """Put notes into the channel's basket."""
    async with desk.store.for_team(TEAM).begin() as work:
        basket = await get_basket(work, FakeIds(), team_id=TEAM, channel_id=CHANNEL)
        blocks = [
            SubstrateBlock(
                id=BlockId(f"blk_{number:05d}"),
                basket_id=basket.id,
                text=text,
                author="Jonas",
                permalink=None,
                created_at=START,
            )
            for number, text in enumerate(list_notes(BLOCKS))
        ]
        rows = [{"team_id": TEAM, **columns_of(substrate_blocks, block)} for block in blocks]
        await work.baskets._team.connection.execute(insert(substrate_blocks), rows)


def _forget_peak() -> None:
    """Let the peak begin anew: proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _read_status_mb(process: str, line: str) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) // 1024


if __name__ == "__main__":
    # All that a bot has loaded: its process is what is measured.
    importlib.import_module("bot.app")
    hush()
    settle_heap()
    filling = fill_basket if sys.argv[1] == "blocks" else partial(share_files, find_corpus())
    sys.stdout.write(json.dumps(asyncio.run(tell_rounds(filling))))
