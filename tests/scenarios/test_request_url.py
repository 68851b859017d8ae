"""The address that Slack sends everything to, where there is no socket."""

import aiohttp
import pytest

from tests.scenarios.threads import open_thread
from tests.scenarios.ways import HTTP_WAYS
from tests.scenarios.workplace import request_url_of

WAYS = HTTP_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

FORGED = {"X-Slack-Request-Timestamp": "1700000000", "X-Slack-Signature": "v0=forged"}


async def test_the_address_gives_slacks_challenge_back(maya, bind):
    await maya.deliver_to(request_url_of(bind))
    thread = await open_thread(maya, "@Threadwork help")
    assert await thread.words("Tell me what you need")


@pytest.mark.parametrize("headers", [{}, FORGED], ids=["unsigned", "forged"])
async def test_what_slack_did_not_sign_is_refused(bind, rows, headers):
    before = len(rows.select("inbox"))
    event = {"type": "app_mention", "channel": "C0REPORTS", "user": "U0MAYA", "text": "hello", "ts": "1.1"}
    body = {"type": "event_callback", "event_id": "Ev1", "event": event}
    async with (
        aiohttp.ClientSession() as session,
        session.post(request_url_of(bind), json=body, headers=headers) as answer,
    ):
        assert answer.status == 401
    assert len(rows.select("inbox")) == before
