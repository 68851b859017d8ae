"""What the command says when it cannot start: one sentence and exit code 2, never a stack trace."""

import socket

import pytest

from storage.lock import holding_home
from tests.scenarios.ways import AGENT_WAYS

# It ends before anything is shown to anybody.
WAYS = AGENT_WAYS

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
