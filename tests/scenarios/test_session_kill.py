"""The bot is killed while it tells Slack that work is under way: no thread is left as if somebody were at work."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.scenarios.kills import RESTART_S, restarted, set_traps
from tests.scenarios.processes import Bot, running
from tests.scenarios.threads import open_thread
from tests.scenarios.traps import Trap
from tests.scenarios.ways import AGENT_WAYS

# Without agent features there is no such thing.
WAYS = AGENT_WAYS

pytestmark = pytest.mark.asyncio(loop_scope="module")

METHOD = "agents.sessions.setStatus"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url) -> AsyncIterator[Bot]:
    async with running(workspace, home, way=way, bind=bind, database_url=database_url) as bot:
        yield bot


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_thread_whose_bot_was_killed_shows_no_work_when_it_is_over(workspace, killable, maya, moment):
    thread = await open_thread(maya, "Wind produced 21,933 thousand megawatthours in 2017.")
    await thread.say("@Threadwork a presentation about wind")
    brief = await thread.brief()
    is_over = set_traps(
        workspace, killable, maya, [Trap("after", METHOD, "processing"), Trap(moment, METHOD, "active")]
    )
    await thread.press("brief.approve", brief)
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=RESTART_S)
    await restarted(is_over)
    await thread.session("active")
