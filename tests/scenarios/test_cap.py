"""A deck stops at its cap; the thread is asked, an admin raises it, and the same piece of work is finished."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.claude.replies import NO_READING
from tests.claude.scripts import DeckWork
from tests.claude.server import ClaudeServer
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.workplace import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUEST = "@Threadwork make a presentation of 3 slides about wind in Iowa in the forest style"
# Each turn reserves the 32 cents that it could say at most: with what the first turns took, this is too little for
# twelve of them, and enough for those that build the first deck.
CAP_USD = "0.37"
RAISE = "ticket.raise_cap"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def claude() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer(DeckWork()) as server:
        server.reads(lambda _: NO_READING)
        yield server
        assert server.problems == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, claude, jonas) -> AsyncIterator[None]:
    over = {"bind": bind, "over_http": way.over_http, "database_url": database_url}
    more = {"THREADWORK_TICKET_USD": CAP_USD, "THREADWORK_ADMINS": jonas.user_id}
    async with serving(workspace, home, claude=claude, more=more, **over):
        yield


@dataclass(frozen=True)
class Stopped:
    """A deck that stopped at its cap."""

    thread: WorkThread
    asked: dict[str, Any]
    """The message that asks."""
    ticket: dict[str, Any]
    turns: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stopped(bot, maya, electricity, rows, claude) -> Stopped:
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    await thread.approve()
    asked = await thread.button(RAISE)
    return Stopped(thread, asked, rows.get("work_tickets", thread_ts=thread.ts), len(claude.list_turns()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def refused(stopped, maya, rows) -> dict[str, Any]:
    """Who asked for the work presses, hears in private who may, and nothing is raised; gives the record after it."""
    thread = stopped.thread
    await thread.press(RAISE, stopped.asked)

    def find(screen):
        return [each for each in list_private(screen.thread("reports", thread.ts)) if "may raise" in each]

    await maya.wait_for(find, what="who may")
    return rows.get("cap_raises")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def finished(stopped, refused, jonas) -> dict[str, Any]:
    """An admin presses twice; gives the last summary."""
    thread = stopped.thread
    for _ in range(2):
        await thread.press(RAISE, stopped.asked, by=jonas)
    summary = await thread.words("cap raised from $0.37 to $0.74", after=stopped.asked["ts"])
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end")
    return summary


async def test_what_there_is_comes_first_and_the_thread_is_asked_with_the_amounts(stopped, jonas):
    said = words_of(stopped.asked)
    assert "stopped at its cap" in said
    assert "up to $0.74 in all" in said
    assert f"Who may: <@{jonas.user_id}>" in said
    await stopped.thread.words("what it may spend on the language model is used up")
    assert (stopped.ticket["status"], stopped.ticket["segment"]) == ("failed", 1)


async def test_who_asked_for_the_work_may_not_raise_it_where_admins_are_named(refused):
    assert (refused["raised_by"], refused["raised_at"]) == (None, None)


async def test_an_admin_raises_it_and_the_same_work_is_finished_where_it_was(stopped, finished, jonas, rows, claude):
    assert len(claude.list_turns()) == 12 > stopped.turns
    ticket = rows.get("work_tickets", thread_ts=stopped.thread.ts)
    assert (ticket["id"], ticket["status"], ticket["segment"], ticket["partial"]) == (
        stopped.ticket["id"],
        "completed",
        2,
        0,
    )
    raised = rows.get("cap_raises")
    assert (raised["raised_by"], raised["segment"]) == (jonas.user_id, 1)
    assert "as far as it was" not in words_of(finished)


async def test_the_message_says_who_raised_it_and_has_no_button_any_more(stopped, finished, jonas):
    def is_decided(message):
        return message["ts"] == stopped.asked["ts"] and RAISE not in buttons_of(message)

    decided = await stopped.thread.wait_for(is_decided, "the decision")
    assert f"<@{jonas.user_id}> raised the cap from $0.37 to $0.74" in words_of(decided)


async def test_all_calls_are_on_the_one_account_and_below_what_was_allowed(stopped, finished, rows):
    costs = [each["cost_nanousd"] for each in rows.select("model_calls", owner_id=stopped.ticket["id"])]
    assert len(costs) == 12
    assert Decimal(sum(costs)) / 1_000_000_000 < Decimal(CAP_USD) * 2
