"""Slack is acknowledged before the bot answers: a reply that is held up holds up nothing else."""

import asyncio

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import open_thread
from tests.scenarios.traps import Trap
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
# docs.slack.dev, Events API: an event that is not acknowledged within 3 seconds is sent again.
SENT_AGAIN_S = 3.0


@pytest.mark.parametrize("kind", ["message", "app_mention"])
async def test_a_message_is_acknowledged_before_it_is_answered(maya, workspace, kind):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    await thread.button("draft.form")
    is_held, may_go = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        is_held.set()
        await may_go.wait()

    workspace.set_trap(Trap("held", "chat.postMessage", "brief:"), hold)
    await thread.say("@Threadwork wind power" if kind == "app_mention" else "wind power")
    async with asyncio.timeout(SENT_AGAIN_S):
        await is_held.wait()
    # The answer is on its way and not there yet; what Slack has sent is off its list.
    assert await maya.count_unacknowledged() == 0
    assert all("about wind power" not in words_of(each) for each in await thread.read_answers())
    may_go.set()
    assert "about wind power" in words_of(await thread.brief())


async def test_a_message_is_read_by_whom_the_way_says_and_asked_about_once(way, maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power, 7 slides")
    await thread.brief()
    calls = rows.select("model_calls", owner_id=rows.get("drafts", thread_ts=thread.ts)["id"])
    assert [call["status"] for call in calls] == (["settled"] if way.asks_model else [])
