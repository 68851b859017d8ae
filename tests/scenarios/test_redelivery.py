"""Slack says everything several times, late, and in another order than people said it."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.sandbox.messages import Message
from bot.sandbox.screen import words_of
from bot.sandbox.seed import SlackRules
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

REQUEST = "@Threadwork please make a presentation"
NUMBERS = ("wind.csv", b"year,wind\n2001,1437\n2017,21933\n")


@pytest.fixture(scope="module")
def rules(way) -> SlackRules:
    """A Slack that does not wait for an acknowledgement before it sends an event over a socket again."""
    return way.rules(retry_after=timedelta(milliseconds=1))


@pytest_asyncio.fixture(loop_scope="module")
async def repeated(maya) -> AsyncIterator[None]:
    """Every event comes twice at least, in every way."""
    await maya.cause("duplicated_events", times=None)
    yield
    await maya.mend()


def bring_late(workspace, thread, ts, user_id, text) -> None:
    """Let an event arrive now that was said at `ts`."""
    place = workspace.places.find(thread.channel)
    workspace.messages.add(Message(place.id, ts, user_id, text, thread_ts=thread.ts))


@pytest.mark.usefixtures("repeated")
async def test_events_that_come_several_times_are_worked_once(maya, journal, rows):
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await thread.button("draft.form")
    await thread.say("the rise of wind power")
    await thread.approve()
    await thread.ending()
    events = [call["args"] for call in journal.list_calls("@in:event") if call["args"]["event"]["ts"] == thread.ts]
    assert {event["event"]["type"] for event in events} == {"message", "app_mention"}
    assert max(Counter(event["event_id"] for event in events).values()) > 1
    answers = await thread.read_answers()
    assert len(answers) == 5, "the question, the brief, the progress message, the file, the summary"
    assert len(rows.select("work_tickets", thread_ts=thread.ts)) == 1


async def test_what_was_said_before_the_request_is_no_answer_when_it_comes_late(maya, workspace, rows):
    thread = await open_thread(maya, "The board wants numbers.", files=[NUMBERS])
    said_at = workspace.workspace.stamps.next()
    await thread.say(REQUEST)
    question = await thread.button("draft.form")
    bring_late(workspace.workspace, thread, said_at, maya.user_id, "Let us have lunch first.")
    await thread.settle_until(lambda: rows.select("transcript", ts=said_at))
    assert rows.get("drafts", thread_ts=thread.ts)["answers"] == {}
    await thread.say("the rise of wind power")
    assert "about the rise of wind power" in words_of(await thread.brief(after=question["ts"]))


async def test_what_is_said_in_quick_succession_is_worked_in_its_order(maya, rows):
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await thread.button("draft.form")
    said = [await thread.say(text) for text in ("the rise of wind power", "make it 9 slides", "no, 12 slides")]
    await thread.settle_until(lambda: all(rows.select("transcript", ts=ts) for ts in said))
    await thread.settle()
    briefs = [each for each in await thread.read_answers() if "brief.approve" in str(each["blocks"])]
    assert ["A presentation of 12 slides about the rise of wind power" in words_of(each) for each in briefs] == [True]


@pytest.mark.parametrize("change", ["edit", "delete"])
async def test_a_change_right_behind_its_message_is_respected(maya, jonas, rows, change):
    thread = await open_thread(maya, REQUEST, files=[NUMBERS])
    await thread.button("draft.form")
    ts = await WorkThread(jonas, "reports", thread.ts).say("Wind reached 73 percent.")
    await (jonas.edit("reports", ts, "It was 37.") if change == "edit" else jonas.delete("reports", ts))
    for _ in range(3):
        await thread.settle()
    kept = [row["said"]["text"] for row in rows.select("transcript", ts=ts)]
    assert kept == (["It was 37."] if change == "edit" else [])
