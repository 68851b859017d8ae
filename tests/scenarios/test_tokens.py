"""What the command says when the tokens of its connection are not the right ones."""

import pytest

from tests.scenarios.ways import SOCKET_WAYS

# It ends before anything is shown to anybody.
WAYS = SOCKET_WAYS[:1]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_missing_tokens_are_named_with_where_they_come_from(refused):
    said = await refused(SLACK_BOT_TOKEN=None, SLACK_APP_TOKEN=None)
    assert "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in said
    assert "threadwork manifest" in said


async def test_one_missing_token_is_named_alone(refused):
    said = await refused(SLACK_APP_TOKEN=None)
    assert "SLACK_APP_TOKEN" in said
    assert "SLACK_BOT_TOKEN" not in said


async def test_tokens_that_were_swapped_are_noticed(refused, workspace):
    said = await refused(SLACK_BOT_TOKEN=workspace.app_token, SLACK_APP_TOKEN=workspace.bot_token)
    assert "SLACK_BOT_TOKEN does not start with xoxb-" in said


async def test_an_app_token_that_slack_does_not_know_is_refused(refused):
    assert "SLACK_APP_TOKEN" in await refused(SLACK_APP_TOKEN="xapp-unknown")
