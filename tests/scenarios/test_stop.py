"""Work is stopped in the middle, and goes on where it was."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.fakes.models import PacedModel
from tests.scenarios.interruptions import begin, see_stopped
from tests.scenarios.threads import list_decks, list_private
from tests.scenarios.workplace import serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

STOP_S = 2.0


@pytest.fixture(scope="module")
def model() -> PacedModel:
    return PacedModel()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, model) -> AsyncIterator[None]:
    async with serving(workspace, home, bind=bind, over_http=way.over_http, database_url=database_url, model=model):
        yield


async def test_the_button_stops_a_turn_at_once_delivers_what_exists_and_lets_it_go_on(maya, rows, model):
    thread = await begin(maya, model)
    await thread.press("ticket.stop", await thread.button("ticket.stop"))
    async with asyncio.timeout(STOP_S):
        await model.was_interrupted.wait()
    await thread.words("as far as it was when the work was stopped")
    stopped = await see_stopped(thread)
    assert "stopped by" in words_of(stopped)
    assert "ticket.retry" in buttons_of(stopped)
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["partial"], ticket["stopped_by"]) == ("cancelled", 1, maya.user_id)
    assert len([each for each in await thread.read() if list_decks(each)]) == 1

    model.may_think_on.set()
    await thread.press("ticket.retry", stopped)
    done = await thread.ending()
    assert done["ts"] == stopped["ts"], "the same progress message"
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["partial"], ticket["segment"]) == ("completed", 0, 3)
    events = [row["event"] for row in rows.select("ticket_events", ticket_id=ticket["id"])]
    assert events == ["approved", "running", "stopped", "cancelled", "resumed", "running", "completed"]


async def test_finished_turns_are_not_asked_for_again_when_work_goes_on(maya, model):
    thread = await begin(maya, model)
    before = len(model.asked_for)
    await thread.press("ticket.stop", await thread.button("ticket.stop"))
    stopped = await see_stopped(thread)
    model.may_think_on.set()
    await thread.press("ticket.retry", stopped)
    await thread.ending()
    assert model.asked_for[before:] == [3, 4, 5]


async def test_the_word_stops_it_too(maya, rows, model):
    thread = await begin(maya, model)
    await thread.say("stop")
    await thread.words("Stopping. What exists by now comes into this thread.")
    await see_stopped(thread)
    model.may_think_on.set()
    await thread.say("go on")
    await thread.words("Going on where it was.")
    await thread.ending()
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "completed"


async def test_only_the_requester_stops_it(maya, jonas, rows, model):
    thread = await begin(maya, model)
    await thread.press("ticket.stop", await thread.button("ticket.stop"), by=jonas)
    private = await jonas.wait_for(
        lambda screen: list_private(screen.thread("reports", thread.ts)), what="a private sentence"
    )
    assert "Only" in private[0]
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "running"
    model.may_think_on.set()
    await thread.ending()
