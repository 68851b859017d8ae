"""The bot starts while Slack has trouble: it waits and asks again, and what is said to it first is not lost."""

import pytest
import pytest_asyncio

from bot.sandbox.person import Person
from tests.scenarios.processes import running
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import AGENT_WAYS

# What Slack can show makes no difference here.
WAYS = AGENT_WAYS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def start(way, workspace, tmp_path, bind):
    """Give what starts a bot in a home of its own."""
    return lambda: running(workspace, tmp_path / "home", way=way, bind=bind)


async def is_heard(maya: Person) -> bool:
    thread = await open_thread(maya, "@Threadwork help")
    return bool(await thread.words("Tell me what you need"))


@pytest.mark.parametrize("fault", ["rate_limited", "server_error", "dropped_after"])
async def test_a_slack_in_trouble_is_asked_again(way, maya, start, fault):
    await maya.cause(fault, method="auth.test", times=2)
    if not way.over_http:
        await maya.cause(fault, method="apps.connections.open")
    async with start():
        assert await is_heard(maya)


@pytest.mark.parametrize("fault", ["rate_limited", "server_error", "dropped_after"])
async def test_what_is_said_first_is_heard_when_slack_cannot_say_who_we_are(maya, start, fault):
    async with start():
        await maya.cause(fault, method="auth.test")
        assert await is_heard(maya)
    await maya.mend()
