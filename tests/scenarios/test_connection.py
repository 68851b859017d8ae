"""The connection to Slack is renewed, and cut without a word."""

import pytest

from tests.scenarios.threads import list_decks, open_thread
from tests.scenarios.ways import SOCKET_WAYS

WAYS = SOCKET_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
REQUEST = "@Threadwork please make a presentation"
# A client whose connection was cut without a word notices it at one of its next pings, which come every 10 seconds.
RECONNECT_S = 40.0


async def test_nothing_is_lost_when_slack_renews_the_connection_in_the_middle(maya):
    thread = await open_thread(maya, NOTE)
    await maya.disturb_connection("disconnect")
    await thread.say(REQUEST)
    await thread.button("draft.form")
    await thread.say("the rise of wind power")
    await maya.disturb_connection("disconnect")
    await thread.approve()
    await maya.disturb_connection("disconnect")
    await thread.ending()
    assert len([each for each in await thread.read() if list_decks(each)]) == 1


async def test_when_the_connection_is_cut_the_work_goes_on_and_what_was_said_is_heard_later(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    await thread.approve()
    await maya.disturb_connection("close")
    await thread.ending()
    asked = await thread.say("status")
    answer = await thread.wait_for(lambda _: True, "an answer", after=asked, patience_s=RECONNECT_S)
    assert "This work is completed." in answer["text"]
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "completed"
