"""Slack's events come twice, late, or in another order than things happened; nothing is lost and nothing said twice."""

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.endings import check_delivered_once
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("bot", "mended", "nothing_refused"),
]

NUMBERS = ("wind.csv", b"year,wind\n2001,1437\n2017,21933\n")
LATE_MS = 700
FAULTS = ("duplicated_events", "delayed_events", "reordered_events")


@pytest.mark.parametrize("kind", ["message", "app_mention"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_request_and_an_answer_are_worked_once(maya, rows, fault, kind):
    await maya.cause(fault, method=kind, ms=LATE_MS, times=3)
    thread = await open_thread(maya, "@Threadwork please make a presentation", files=[NUMBERS])
    await thread.button("draft.form")
    await thread.say("the rise of wind power")
    brief = await thread.approve()
    assert "about the rise of wind power" in words_of(brief)
    await check_delivered_once(thread, rows)


async def test_an_answer_that_is_overtaken_by_a_later_one_is_taken_too(maya):
    thread = await open_thread(maya, "@Threadwork a presentation about wind power", files=[NUMBERS])
    await thread.brief()
    await maya.cause("delayed_events", method="message", ms=LATE_MS)
    await thread.say("make it 9 slides")
    await thread.say("in the forest style")
    assert await thread.words("A presentation of 9 slides about wind power, in the Forest style.")


async def test_an_older_answer_that_comes_late_does_not_undo_a_newer_one(maya, rows):
    thread = await open_thread(maya, "@Threadwork a presentation about wind power", files=[NUMBERS])
    first = await thread.brief()
    await maya.cause("delayed_events", method="message", ms=LATE_MS)
    late = await thread.say("make it 12 slides")
    await thread.say("no, 9 slides")
    await thread.settle_until(lambda: rows.select("transcript", ts=late))
    await thread.settle()
    assert rows.get("drafts", thread_ts=thread.ts)["answers"]["slides_count"]["value"] == 9
    assert "A presentation of 9 slides" in words_of(await thread.brief(after=first["ts"]))


async def test_an_edit_that_comes_before_its_message_and_a_late_message_leave_what_was_said_last(maya, jonas, rows):
    thread = await open_thread(maya, "@Threadwork please make a presentation", files=[NUMBERS])
    await thread.button("draft.form")
    await maya.cause("delayed_events", method="message", ms=LATE_MS)
    ts = await jonas.say("reports", "Wind reached 73 percent.", thread_ts=thread.ts)
    await jonas.edit("reports", ts, "It was 37.")
    await thread.settle_until(lambda: rows.select("transcript", ts=ts))
    await thread.settle()
    assert [row["said"]["text"] for row in rows.select("transcript", ts=ts)] == ["It was 37."]
