"""The bot is killed while work goes to direct messages; each message is there once, and nothing is in the thread."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.control_client import Refused
from tests.scenarios.journal import key_of
from tests.scenarios.kills import RESTART_S, restarted, set_traps
from tests.scenarios.processes import Bot, running
from tests.scenarios.threads import DIRECT, WorkThread, list_decks, open_thread
from tests.scenarios.traps import Trap

pytestmark = pytest.mark.asyncio(loop_scope="module")

TRAPS = [
    Trap("before", "chat.postMessage", "private:"),
    Trap("after", "chat.postMessage", "private:"),
    Trap("after", "files.completeUploadExternal"),
    Trap("before", "chat.postMessage", "told:"),
    Trap("after", "chat.postMessage", "told:"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url) -> AsyncIterator[Bot]:
    async with running(workspace, home, way=way, bind=bind, database_url=database_url) as bot:
        yield bot


async def ask_privately(maya) -> tuple[WorkThread, dict]:
    """Ask for something from a private channel for oneself alone; give the brief that can be approved."""
    await maya.command("board", "/work", "note The dividend is 4 crowns.")
    thread = await open_thread(maya, "@Threadwork a presentation about wind from #board")
    asked = await thread.button("brief.private")
    await thread.press("brief.private", asked)
    return thread, await thread.brief(after=asked["ts"])


@pytest.mark.parametrize("trap", TRAPS, ids=str)
async def test_private_work_that_was_killed_is_delivered_once_and_told_once(workspace, killable, maya, rows, trap):
    thread, brief = await ask_privately(maya)
    is_over = set_traps(workspace, killable, maya, [trap])
    try:
        await thread.press("brief.approve", brief)
    except Refused as refused:
        # Killed so early that Slack never hears that the press was taken.
        if refused.code != "operation_timeout":
            raise
    await thread.wait_for(lambda each: key_of(each).startswith("told:"), "the thread to be told", patience_s=RESTART_S)
    await restarted(is_over)
    request = rows.get("work_requests", thread_ts=thread.ts)
    ticket = rows.get("work_tickets", request_id=request["id"])
    direct = WorkThread(maya, DIRECT, ticket["thread_ts"])
    await direct.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=RESTART_S)
    private = [key_of(each).partition(":")[0] for each in await maya.messages(DIRECT) if is_of(each, request, ticket)]
    assert sorted(private) == ["private", "progress", "summary"]
    assert len([each for each in await direct.read() if list_decks(each)]) == 1
    answers = [key_of(each).partition(":")[0] for each in await thread.read_answers()]
    assert sorted(answers) == ["brief", "brief", "told"]


def is_of(message, request, ticket) -> bool:
    """Tell whether a message is one of ours about this work, the file itself aside."""
    is_root = key_of(message) == f"private:{request['draft_id']}"
    return is_root or (message.get("thread_ts") == ticket["thread_ts"] and bool(key_of(message)))
