"""What the command says when it cannot start: one sentence and exit code 2, never a stack trace."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.server import Sandbox
from storage.lock import holding_home
from tests.scenarios.processes import run_command, settings_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

USAGE_ERROR = 2


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def refused(workspace, tmp_path):
    """Start the bot with these settings changed and give the sentence that it refuses with."""

    async def run(**changed: str | None) -> str:
        settings = settings_of(workspace, tmp_path / "home") | changed
        given = {name: value for name, value in settings.items() if value is not None}
        ended = await run_command("serve", settings=given, folder=tmp_path)
        assert ended.code == USAGE_ERROR, ended.said
        assert len(ended.said.strip().splitlines()) == 1, ended.said
        assert not any(token in ended.said for token in (workspace.bot_token, workspace.app_token))
        return ended.said

    return run


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


async def test_an_unknown_setting_is_refused(refused):
    assert "There is no setting THREADWORK_HOMME" in await refused(THREADWORK_HOMME="x")


async def test_an_unknown_setting_in_the_file_of_settings_is_refused_too(refused, tmp_path):
    (tmp_path / ".env").write_text("THREADWORK_HOMME=x\n", encoding="utf-8")
    assert "There is no setting THREADWORK_HOMME" in await refused()


async def test_tokens_do_not_travel_in_the_clear(refused):
    assert "SLACK_API_URL is neither https nor on this machine" in await refused(
        SLACK_API_URL="http://slack.example.org/api/"
    )


async def test_a_bind_that_is_no_address_is_refused(refused):
    assert "THREADWORK_BIND is not of the form HOST:PORT." in await refused(THREADWORK_BIND="127.0.0.1:99999")


async def test_a_database_of_another_kind_is_refused(refused):
    assert "THREADWORK_DATABASE_URL" in await refused(THREADWORK_DATABASE_URL="mysql://127.0.0.1/x")


async def test_a_token_that_slack_does_not_know_is_refused(refused):
    assert "Slack did not take the token in SLACK_BOT_TOKEN (invalid_auth)" in await refused(
        SLACK_BOT_TOKEN="xoxb-unknown"
    )


async def test_an_app_token_that_slack_does_not_know_is_refused(refused):
    assert "SLACK_APP_TOKEN" in await refused(SLACK_APP_TOKEN="xapp-unknown")


async def test_a_second_process_on_the_same_home_is_refused(refused, tmp_path):
    with holding_home(tmp_path / "home"):
        said = await refused()
    assert "Another Threadwork works in" in said
    assert "THREADWORK_HOME" in said


async def test_a_port_that_is_taken_is_named(refused):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = await refused(THREADWORK_BIND=f"127.0.0.1:{taken.getsockname()[1]}")
    assert "Set THREADWORK_BIND to a free HOST:PORT." in said


async def test_a_home_that_cannot_be_written_is_named(refused, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert str(tmp_path / "file") in await refused(THREADWORK_HOME=str(tmp_path / "file"))
