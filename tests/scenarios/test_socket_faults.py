"""A socket breaks, or hangs without a word, while something is on its way."""

from contextlib import suppress

import pytest

from bot.sandbox.control_client import Refused
from tests.scenarios.endings import check_delivered_once
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import SOCKET_WAYS

WAYS = SOCKET_WAYS

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("bot", "mended", "nothing_refused"),
]

NUMBERS = ("wind.csv", b"year,wind\n2001,1437\n2017,21933\n")
PRESSES = 3


async def press_until_taken(thread, action_id, message) -> None:
    """Press a button, again where Slack says that the press went nowhere, as people do."""
    for _ in range(PRESSES - 1):
        with suppress(Refused):
            return await thread.press(action_id, message)
    return await thread.press(action_id, message)


@pytest.mark.parametrize("fault", ["socket_closed", "socket_deaf"])
async def test_what_was_on_its_way_comes_over_the_other_socket(maya, rows, fault):
    await maya.cause(fault)
    thread = await open_thread(maya, "@Threadwork please make a presentation", files=[NUMBERS])
    await thread.button("draft.form")
    await maya.mend()
    await thread.say("the rise of wind power")
    await press_until_taken(thread, "brief.approve", await thread.brief())
    await check_delivered_once(thread, rows)
