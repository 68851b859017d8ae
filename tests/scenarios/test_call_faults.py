"""Slack refuses calls, breaks off, answers late, or takes a call and never says so: each stage of a story under each.

The bot waits as it always does where Slack asks it to; where it chooses its waits itself, they are short here.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.endings import PATIENCE_S, check_delivered_once, count_kinds
from tests.scenarios.threads import WorkThread, list_decks, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "mended")]

NUMBERS = ("wind.csv", b"year,wind\n2001,1437\n2017,21933\n")
# How long the bot waits for an answer here, and how late an answer is that is too late for it.
CALL_S = 2
TOO_LATE_MS = 2_500

TROUBLES = {
    "rate_limited": {"retry_after": 1},
    "server_error": {},
    "dropped_after": {},
    "slow_answers": {"ms": TOO_LATE_MS},
}
READING = ("users.info", "conversations.replies", "conversations.info", "conversations.members")
DELIVERING = ("files.getUploadURLExternal", "files.completeUploadExternal", "files.info")


@pytest.fixture(scope="module", autouse=True)
def _hurried() -> Iterator[None]:
    """A bot that waits less where it chooses how long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.connection.CALL_TIMEOUT_S", CALL_S)
        patch.setattr("orchestration.intake.RETRY_AFTER", timedelta(milliseconds=10))
        patch.setattr("orchestration.tickets.progress.PAUSE_AFTER_TROUBLE", timedelta(milliseconds=100))
        patch.setattr("orchestration.retries.FIRST_PAUSE_S", 0.1)
        patch.setattr("orchestration.tickets.delivery.SHARE_LOOKS", (0.1,) * 6)
        yield


async def shows(thread: WorkThread, words: str) -> dict:
    return await thread.wait_for(lambda each: words in str(each["blocks"]), f"“{words}”", patience_s=PATIENCE_S)


@pytest.mark.parametrize("fault", TROUBLES)
async def test_the_question_and_the_brief_come_once(maya, rows, fault):
    details = TROUBLES[fault]
    thread = await open_thread(maya, "The board wants numbers.", files=[NUMBERS])
    for method in (*READING, "chat.postMessage"):
        await maya.cause(fault, method=method, **details)
    await thread.say("@Threadwork please make a presentation")
    await shows(thread, "draft.form")
    await maya.cause(fault, method="chat.postMessage", **details)
    await thread.say("the rise of wind power")
    brief = await shows(thread, "brief.approve")
    assert "wind.csv" in words_of(brief)
    await maya.mend()
    await thread.approve()
    await check_delivered_once(thread, rows)


async def test_a_question_that_slack_refuses_for_long_comes_in_the_end(maya):
    await maya.cause("server_error", method="chat.postMessage", times=6)
    thread = await open_thread(maya, "@Threadwork please make a presentation", files=[NUMBERS])
    await shows(thread, "draft.form")
    assert await count_kinds(thread) == {"question": 1}


@pytest.mark.parametrize("fault", TROUBLES)
async def test_the_progress_and_the_file_come_once(maya, rows, fault):
    details = TROUBLES[fault]
    thread = await open_thread(maya, "@Threadwork please make a presentation", files=[NUMBERS])
    await thread.button("draft.form")
    await thread.say("the rise of wind power")
    brief = await thread.brief()
    for method in ("chat.postMessage", "chat.update", *DELIVERING):
        await maya.cause(fault, method=method, **details)
    await thread.press("brief.approve", brief)
    await thread.wait_for(list_decks, "the presentation", patience_s=PATIENCE_S)
    await check_delivered_once(thread, rows)
    card = next(each for each in await thread.read() if each["ts"] == brief["ts"])
    assert "Approved by" in words_of(card)


@pytest.mark.parametrize("fault", TROUBLES)
async def test_the_summary_comes_once(maya, workspace, rows, fault):
    thread = await open_thread(maya, "@Threadwork a presentation about wind power", files=[NUMBERS])
    await maya.cause("slow_answers", method="files.info", ms=1_500)
    await thread.approve()
    await thread.deck()
    # While the bot waits to hear that its file is there.
    await maya.cause(fault, method="chat.postMessage", **TROUBLES[fault])
    await check_delivered_once(thread, rows, expected={"brief": 1, "progress": 1, "deck": 1, "summary": 1})
    assert workspace.workspace.faults.to_json() == [], "the summary met the fault"
