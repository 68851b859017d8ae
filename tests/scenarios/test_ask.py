"""The agent asks, waits without holding anything, and goes on with the answer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.fakes.models import PacedModel
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.workplace import serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

REQUEST = "@Threadwork a presentation of 5 slides about churn"
QUESTION = {"question": "Which region is it about?", "options": ["North", "South"]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url) -> AsyncIterator[None]:
    model = PacedModel(question=QUESTION)
    async with serving(workspace, home, bind=bind, over_http=way.over_http, database_url=database_url, model=model):
        yield


async def begin(maya) -> tuple[WorkThread, dict]:
    """Give a thread whose work waits, and the question that it asked."""
    thread = await open_thread(maya, "Churn fell to 3 %.")
    await thread.say(REQUEST)
    await thread.approve()
    question = await thread.button("ticket.answer")
    await thread.wait_for(lambda each: each["text"].startswith("Waiting for an answer"), "waiting work")
    return thread, question


async def see_answered(thread, answer):
    await thread.words(f"as wanted: {answer}.")
    await thread.ending()
    question = await thread.words("answered: ")
    assert "ticket.answer" not in buttons_of(question)
    assert answer in words_of(question)


async def test_an_option_is_an_answer(maya, rows):
    thread, question = await begin(maya)
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "waiting"
    value = next(b["accessory"]["value"] for b in question["blocks"] if b.get("accessory") and "South" in str(b))
    await maya.press("ticket.answer", message_ts=question["ts"], channel=question["channel"], value=value)
    await see_answered(thread, "South")
    assert rows.get("work_tickets", thread_ts=thread.ts)["segment"] == 2


async def test_a_reply_is_an_answer(maya):
    thread, _ = await begin(maya)
    await thread.say("both of them")
    await see_answered(thread, "both of them")


async def test_a_form_is_an_answer_and_an_empty_one_is_not(maya):
    thread, question = await begin(maya)
    value = question["blocks"][-2]["elements"][0]["value"]
    await maya.press("ticket.answer", message_ts=question["ts"], channel=question["channel"], value=value)
    form = await maya.open_view()
    refused = await maya.fill(form["id"], {"answer": {"value": "  "}})
    assert refused["response_action"] == "errors"
    await maya.fill(form["id"], {"answer": {"value": "the east"}})
    await see_answered(thread, "the east")


async def test_somebody_else_cannot_answer(maya, jonas, rows):
    thread, question = await begin(maya)
    value = question["blocks"][1]["accessory"]["value"]
    await jonas.press("ticket.answer", message_ts=question["ts"], channel=question["channel"], value=value)
    private = await jonas.wait_for(
        lambda screen: list_private(screen.thread("reports", thread.ts)), what="a private sentence"
    )
    assert "Only" in private[0]
    await WorkThread(jonas, "reports", thread.ts).say("the west")
    await thread.settle()
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "waiting"
    await thread.press("ticket.stop", await thread.button("ticket.stop"))
    await thread.words("This needs no answer any more.")


async def test_waiting_work_that_is_stopped_asks_again_when_it_goes_on(maya, rows):
    thread, question = await begin(maya)
    await thread.say("stop")
    stopped = await thread.wait_for(lambda each: each["text"].startswith("Stopped"), "the stop")
    await thread.press("ticket.retry", stopped)
    again = await thread.button("ticket.answer", after=question["ts"])
    assert "Which region" in words_of(again)
    await thread.say("the south")
    await see_answered(thread, "the south")
    assert [
        row["status"] for row in rows.select("questions", ticket_id=rows.get("work_tickets", thread_ts=thread.ts)["id"])
    ] == ["closed", "answered"]
