"""A deck stops at its cap; the thread is asked, an admin raises it, and the same piece of work is finished."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.claude.replies import NO_READING
from tests.claude.scripts import DeckWork
from tests.claude.server import ClaudeServer
from tests.scenarios.threads import list_private, open_thread
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(bot, maya, electricity):
    """Give the thread of a deck that stopped at its cap, and the message that asks."""
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    await thread.approve()
    return thread, await thread.button(RAISE)


async def test_what_there_is_comes_first_and_the_thread_is_asked_with_the_amounts(story, jonas, rows):
    thread, asked = story
    said = words_of(asked)
    assert "stopped at its cap" in said
    assert "up to $0.74 in all" in said
    assert f"Who may: <@{jonas.user_id}>" in said
    await thread.words("what it may spend on the language model is used up")
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["segment"]) == ("failed", 1)


async def test_who_asked_for_the_work_is_told_that_admins_may(story, maya, rows, claude):
    thread, asked = story
    before = len(claude.bodies)
    await thread.press(RAISE, asked)
    await maya.wait_for(
        lambda screen: [each for each in list_private(screen.thread("reports", thread.ts)) if "may raise" in each],
        what="who may",
    )
    (offered,) = rows.select("cap_raises")
    assert (offered["raised_by"], len(claude.bodies)) == (None, before)


async def test_an_admin_raises_it_and_the_same_work_is_finished_where_it_was(story, jonas, rows, claude):
    thread, asked = story
    turns_before = len(claude.list_turns())
    await thread.press(RAISE, asked, by=jonas)
    await thread.press(RAISE, asked, by=jonas)
    summary = await thread.words("cap raised from $0.37 to $0.74", after=asked["ts"])
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end")
    assert len(claude.list_turns()) == 12 > turns_before
    [ticket] = rows.select("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["segment"], ticket["partial"]) == ("completed", 2, 0)
    [raised] = rows.select("cap_raises")
    assert (raised["raised_by"], raised["segment"]) == (jonas.user_id, 1)
    assert "as far as it was" not in words_of(summary)


async def test_the_message_says_who_raised_it_and_has_no_button_any_more(story, jonas):
    thread, asked = story

    def is_decided(message):
        return message["ts"] == asked["ts"] and RAISE not in buttons_of(message)

    decided = await thread.wait_for(is_decided, "the decision")
    assert f"<@{jonas.user_id}> raised the cap from $0.37 to $0.74" in words_of(decided)


async def test_all_calls_are_on_the_one_account_and_below_what_was_allowed(story, rows):
    thread, _ = story
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    costs = [each["cost_nanousd"] for each in rows.select("model_calls", owner_id=ticket["id"])]
    assert len(costs) == 12
    assert Decimal(sum(costs)) / 1_000_000_000 < Decimal(CAP_USD) * 2
