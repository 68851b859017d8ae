"""The bot is killed at the worst moments; after a restart the thread looks as if nothing had happened."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.control_client import Refused
from bot.sandbox.person import Person
from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.journal import key_of
from tests.scenarios.kills import RESTART_S, restarted, set_traps
from tests.scenarios.processes import Bot, running
from tests.scenarios.records import Records
from tests.scenarios.threads import WorkThread, list_decks, open_thread
from tests.scenarios.traps import Trap

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
IN_MID_RUN = [
    Trap("after", "chat.postMessage", "progress:"),
    Trap("before", "chat.update", "Working"),
    Trap("after", "/upload/v1/"),
    Trap("before", "files.completeUploadExternal"),
    Trap("after", "files.completeUploadExternal"),
    Trap("before", "chat.postMessage", "summary:"),
    Trap("after", "chat.postMessage", "summary:"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url) -> AsyncIterator[Bot]:
    async with running(workspace, home, way=way, bind=bind, database_url=database_url) as bot:
        yield bot


async def ask(maya: Person) -> WorkThread:
    thread = await open_thread(maya, "@Threadwork a presentation about wind", files=[("wind.txt", NOTE.encode())])
    await thread.brief()
    return thread


async def approve(thread: WorkThread) -> None:
    """Approve; the bot may be killed so early that Slack never hears that it took the press."""
    try:
        await thread.approve()
    except Refused as refused:
        if refused.code != "operation_timeout":
            raise


async def check_ending(thread: WorkThread, rows: Records) -> None:
    """Check that the thread shows one run, whole, and nothing twice."""
    await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the summary", patience_s=RESTART_S)
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=RESTART_S)
    answers = await thread.read_answers()
    keys = sorted(key_of(each).partition(":")[0] for each in answers if not list_decks(each))
    assert keys == ["brief", "progress", "summary"]
    assert len([each for each in answers if list_decks(each)]) == 1
    [progress] = [each for each in answers if key_of(each).startswith("progress:")]
    # What it is called is kept a moment after it stands there.
    await thread.settle_until(lambda: rows.select("work_tickets", thread_ts=thread.ts, progress_ts=progress["ts"]))
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert ticket["status"] == "completed"
    assert {todo["status"] for todo in ticket["final_todos"]} == {"completed"}
    assert len(rows.select("work_outputs", ticket_id=ticket["id"])) == 1


@pytest.mark.parametrize("trap", IN_MID_RUN, ids=str)
async def test_work_that_was_killed_goes_on_in_the_same_progress_message_and_delivers_once(
    workspace, killable, maya, rows, trap
):
    thread = await ask(maya)
    is_over = set_traps(workspace, killable, maya, [trap])
    await approve(thread)
    await check_ending(thread, rows)
    await restarted(is_over)


async def test_a_bot_that_is_killed_again_and_again_still_delivers_once(workspace, killable, maya, rows):
    thread = await ask(maya)
    is_over = set_traps(workspace, killable, maya, [IN_MID_RUN[0], IN_MID_RUN[2], IN_MID_RUN[4]])
    await approve(thread)
    await check_ending(thread, rows)
    await restarted(is_over)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_brief_that_was_being_posted_stands_there_once_and_can_be_approved(
    workspace, killable, maya, rows, moment
):
    is_over = set_traps(workspace, killable, maya, [Trap(moment, "chat.postMessage", "brief:")])
    thread = await open_thread(maya, "@Threadwork a presentation about wind", files=[("wind.txt", NOTE.encode())])
    await restarted(is_over)
    brief = await thread.brief()
    await thread.press("brief.approve", brief)
    await check_ending(thread, rows)


async def test_what_was_said_while_the_bot_was_down_is_heard(killable, maya):
    await killable.kill()
    thread = await open_thread(maya, "@Threadwork a presentation about wind", files=[("wind.txt", NOTE.encode())])
    await killable.start()
    brief = await thread.wait_for(lambda each: "brief.approve" in buttons_of(each), "the brief", patience_s=RESTART_S)
    assert "about wind" in words_of(brief)


async def test_a_bot_that_is_asked_to_stop_ends_cleanly(killable):
    ended = await killable.stop()
    assert ended.code == 0
    assert "Traceback" not in ended.said
