"""Many processes on one PostgreSQL: one talks, others work, and each goes on with what another left."""

import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.scenarios.kills import RESTART_S
from tests.scenarios.processes import Bot, ended, run_command, running, settings_of
from tests.scenarios.test_kill import check_ending
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.traps import Trap

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
# The lease, the beat and the round of whoever looks; the rest is for a machine that is busy with something else.
TAKEOVER_S = 6.0 + 4.0
IN_MID_RUN = [
    Trap("after", "/upload/v1/"),
    Trap("before", "files.completeUploadExternal"),
    Trap("after", "files.completeUploadExternal"),
    Trap("after", "chat.postMessage", "summary:"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talker(way, workspace, home, bind, database_url) -> AsyncIterator[Bot]:
    command = ("serve", "--no-work")
    async with running(workspace, home, way=way, bind=bind, database_url=database_url, command=command) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def start_worker(way, workspace, home, database_url):
    async with AsyncExitStack() as workers:

        async def start() -> Bot:
            return await workers.enter_async_context(
                running(workspace, home, way=way, bind="127.0.0.1:0", database_url=database_url, command=("worker",))
            )

        yield start


async def ask(maya) -> WorkThread:
    thread = await open_thread(maya, "@Threadwork a presentation about wind", files=[("wind.txt", NOTE.encode())])
    await thread.brief()
    return thread


@pytest.mark.parametrize("trap", IN_MID_RUN, ids=str)
async def test_what_a_killed_worker_left_another_one_finishes(workspace, talker, start_worker, maya, rows, trap):
    first = await start_worker()
    thread = await ask(maya)
    killed_at: list[float] = []

    async def spring() -> None:
        await first.kill()
        killed_at.append(time.monotonic())
        await start_worker()

    workspace.set_trap(trap, spring)
    await thread.approve()
    await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the summary", patience_s=RESTART_S)
    await check_ending(thread, rows)
    assert killed_at, "the trap was never met"


async def test_a_frozen_worker_that_wakes_does_nothing_more_and_ends(workspace, talker, start_worker, maya, rows):
    first = await start_worker()
    thread = await ask(maya)

    async def spring() -> None:
        first.send(signal.SIGSTOP)
        await start_worker()

    workspace.set_trap(Trap("before", "files.completeUploadExternal"), spring)
    await thread.approve()
    await check_ending(thread, rows)
    first.send(signal.SIGCONT)
    last_words = await ended(first.processes[-1])
    assert last_words.code == 1
    assert "others took over its work" in last_words.said
    await check_ending(thread, rows)


async def test_work_waits_for_a_worker_and_a_worker_that_is_asked_to_stop_hands_over(talker, start_worker, maya, rows):
    thread = await ask(maya)
    await thread.approve()
    await thread.wait_for(lambda each: each["text"].startswith("Waiting for a free hand"), "waiting work")
    first = await start_worker()
    await check_ending(thread, rows)
    assert (await first.stop()).code == 0
    thread = await ask(maya)
    await thread.approve()
    await start_worker()
    await check_ending(thread, rows)


async def test_a_worker_on_sqlite_is_refused_with_a_sentence(way, workspace, tmp_path):
    settings = settings_of(workspace, tmp_path / "home", way=way)
    refused = await run_command("worker", settings=settings, folder=tmp_path)
    assert refused.code == 2
    assert "PostgreSQL only" in refused.said
