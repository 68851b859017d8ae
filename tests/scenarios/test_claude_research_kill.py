"""The bot is killed in the middle of research: no search is made twice, and the same file is made of it again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.sandbox.screen import words_of
from tests.claude.replies import NO_READING, Reply
from tests.claude.research import SENTENCE, ResearchWork
from tests.claude.server import ClaudeServer
from tests.scenarios.kills import RESTART_S, restart_killed
from tests.scenarios.outside import SEARCH, ask_for_research, entries_of, ticket_of
from tests.scenarios.processes import Bot, ended, running, start_command
from tests.scenarios.ways import ALL_WAYS

# What is told here happens between the bot and its provider.
WAYS = ALL_WAYS[:1]

pytestmark = pytest.mark.asyncio(loop_scope="module")

# After the pause, after what was found was said, and before the end.
KILLED_IN = ("resume", "build", "end")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def claude() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        server.reads(lambda _: NO_READING)
        yield server
        assert server.problems == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url, claude) -> AsyncIterator[Bot]:
    more = {"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url}
    async with running(workspace, home, way=way, bind=bind, database_url=database_url, more=more) as bot:
        yield bot


async def test_what_was_found_is_kept_with_its_turn_and_replayed_without_a_network(
    killable, maya, rows, claude, home, database_url, tmp_path
):
    script, restarts = ResearchWork(pauses=True), set()

    async def play(body) -> Reply:
        reply = script(body)
        phase = script.asked[-1]
        if phase in KILLED_IN and script.asked.count(phase) == 1:
            # Whoever asked dies of it, and with them this answer: the restart goes on by itself.
            restarts.add(restart := asyncio.create_task(restart_killed(killable)))
            await asyncio.shield(restart)
        return reply

    claude.plays(play)
    thread = await ask_for_research(maya, SEARCH)
    patience_s = RESTART_S * len(KILLED_IN)
    await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the summary", patience_s=patience_s)
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=RESTART_S)
    once = ["search", "resume", "say", "build", "hand in", "end"]
    assert script.asked == [each for phase in once for each in [phase] * (1 + (phase in KILLED_IN))]
    assert len(restarts) == len(KILLED_IN)
    entries = entries_of(rows, thread)
    assert [entry["turn"] for entry in entries] == [2, 3]
    assert SENTENCE in [passage["text"] for entry in entries for passage in entry["passages"]]
    port = make_url(database_url).port
    settings = {"THREADWORK_HOME": str(home), "THREADWORK_DATABASE_URL": database_url}
    settings["ALLOWED_PORTS"] = "" if port is None else str(port)
    ticket = ticket_of(rows, thread)
    process = await start_command(
        "replay", ticket["id"], settings=settings, folder=tmp_path, module="tests.scenarios.offline"
    )
    done = await ended(process)
    assert done.code == 0, done.said
    assert done.said.endswith("The same, byte for byte.\n")
