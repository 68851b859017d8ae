"""The bot is killed while Claude thinks: what was answered is never asked, nor paid for, again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.claude.replies import NO_READING, Reply
from tests.claude.scripts import DeckWork
from tests.claude.server import ClaudeServer
from tests.scenarios.kills import RESTART_S, restart_killed
from tests.scenarios.processes import Bot, running
from tests.scenarios.threads import list_decks, open_thread
from tests.scenarios.ways import ALL_WAYS

# What is told here happens between the bot and its provider.
WAYS = ALL_WAYS[:1]

pytestmark = pytest.mark.asyncio(loop_scope="module")

# The first turn, one in which a file was built the turn before, the last.
KILLED_IN = (1, 5, 9, 12)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def claude() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        server.reads(lambda _: NO_READING)
        yield server
        assert server.problems == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url, claude) -> AsyncIterator[Bot]:
    async with running(workspace, home, way=way, bind=bind, database_url=database_url, more=claude.environment) as bot:
        yield bot


async def test_only_the_turn_in_flight_is_asked_for_again(killable, maya, rows, claude, electricity):
    script, restarts = DeckWork(), set()

    async def play(body) -> Reply:
        reply = script(body)
        turn = script.turns[-1]
        if turn in KILLED_IN and script.turns.count(turn) == 1:
            # Whoever asked dies of it, and with them this answer: the restart goes on by itself.
            restarts.add(restart := asyncio.create_task(restart_killed(killable)))
            await asyncio.shield(restart)
        return reply

    claude.plays(play)
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say("@Threadwork make a presentation of 3 slides about wind in Iowa")
    await thread.approve()
    patience_s = RESTART_S * len(KILLED_IN)
    await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the summary", patience_s=patience_s)
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=RESTART_S)
    assert script.turns == sorted([*range(1, 13), *KILLED_IN])
    assert len(restarts) == len(KILLED_IN)
    assert len([each for each in await thread.read_answers() if list_decks(each)]) == 1
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], len(rows.select("turns", ticket_id=ticket["id"]))) == ("completed", 12)
