"""What `threadwork doctor` tells an operator: before the first start, beside a running bot, when something is amiss."""

import json
import socket
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.manifest import SCOPES
from bot.sandbox.server import Sandbox
from tests.fakes.ports import find_free_port
from tests.scenarios.findings import read_told
from tests.scenarios.processes import run_command, running, settings_of
from tests.scenarios.ways import AGENT_WAYS
from tests.scenarios.workplace import SEED

# It shows nothing to anybody in Slack.
WAYS = AGENT_WAYS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_before_the_first_start_all_is_well_and_nothing_is_made(ask_doctor, way, tmp_path):
    told = await ask_doctor()
    assert told.amiss == {}
    assert "not made yet" in told.said["Home"]
    assert "the first start makes it" in told.said["Database"]
    assert told.said["Tokens"].startswith("HTTP mode" if way.over_http else "Socket Mode")
    assert told.said["Bot token"].startswith("threadwork in the workspace Sandbox")
    assert told.said["Scopes"] == f"all {len(SCOPES)} are granted"
    assert ("App token" in told.said) == (not way.over_http)
    assert told.said["Address"].endswith("is free")
    assert list(tmp_path.iterdir()) == []


async def test_beside_a_running_bot_it_says_that_it_runs_and_leaves_it_alone(ask_doctor, way, workspace, tmp_path):
    bind = f"127.0.0.1:{find_free_port()}"
    async with running(workspace, tmp_path / "home", way=way, bind=bind) as bot:
        told = await ask_doctor(THREADWORK_BIND=bind)
        assert told.amiss == {}
        assert f"in use by a running Threadwork (process {bot.processes[-1].pid})" in told.said["Home"]
        assert told.said["Database"].endswith("with this release's tables")
        assert (told.said["Work"], told.said["Inbox"]) == ("no tickets yet", "nothing waits")
        assert told.said["Address"] == f"a bot runs on {bind} and hears Slack"
        assert (await bot.stop()).code == 0
    told = await ask_doctor(THREADWORK_BIND=bind)
    assert "writable" in told.said["Home"]
    assert told.said["Address"] == f"{bind} is free"


async def test_a_terminal_gets_a_line_each_and_a_sum(workspace, way, tmp_path):
    settings = settings_of(workspace, tmp_path / "home", way=way, bind=f"127.0.0.1:{find_free_port()}")
    ended = await run_command("doctor", settings=settings, folder=tmp_path)
    assert (ended.code, ended.said.splitlines()[-1]) == (0, "All is well.")
    assert f"\nok       Scopes     all {len(SCOPES)} are granted\n" in ended.said


async def test_a_program_gets_json_and_an_exit_code(workspace, way, tmp_path):
    settings = settings_of(workspace, tmp_path / "home", way=way) | {"SLACK_BOT_TOKEN": "xoxb-unknown"}
    ended = await run_command("doctor", "--json", settings=settings, folder=tmp_path)
    assert (ended.code, read_told(json.loads(ended.said)).amiss) == (1, {"Bot token": "problem"})


async def test_a_wrong_bot_token_is_a_problem_and_the_rest_is_looked_at_all_the_same(ask_doctor):
    told = await ask_doctor(SLACK_BOT_TOKEN="xoxb-unknown")
    assert told.amiss == {"Bot token": "problem"}
    assert "SLACK_BOT_TOKEN" in told.advice["Bot token"]
    assert told.marks["Address"] == "ok"
    assert "xoxb-unknown" not in told.words


async def test_a_wrong_app_token_is_a_problem(ask_doctor):
    told = await ask_doctor(SLACK_APP_TOKEN="xapp-unknown")
    assert told.amiss == {"App token": "problem"}


async def test_without_tokens_it_says_where_they_come_from(ask_doctor):
    told = await ask_doctor(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="")
    assert told.amiss == {"Tokens": "problem"}
    assert "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in told.advice["Tokens"]
    assert "threadwork manifest" in told.advice["Tokens"]
    assert told.marks["Slack"] == "ok"


async def test_a_scope_that_was_not_granted_is_named(ask_doctor, way):
    granted = tuple(scope for scope in SEED.scopes if scope not in {"files:write", "mpim:history"})
    async with Sandbox(seed=replace(SEED, scopes=granted), rules=way.rules()) as short_of_scopes:
        told = await ask_doctor(at=short_of_scopes)
    assert told.amiss == {"Scopes": "problem"}
    assert told.said["Scopes"] == "missing: files:write, mpim:history"
    assert "reinstall the app" in told.advice["Scopes"]


async def test_a_workspace_without_agent_features_is_only_warned(ask_doctor, way):
    granted = tuple(scope for scope in SEED.scopes if scope != "assistant:write")
    async with Sandbox(seed=replace(SEED, scopes=granted), rules=way.rules()) as plain:
        told = await ask_doctor(at=plain)
    assert told.amiss == {"Scopes": "warning"}
    assert told.said["Scopes"].startswith("missing: assistant:write (Slack shows no Stop")


async def test_a_clock_that_is_off_is_a_problem(ask_doctor, way):
    async with Sandbox(seed=SEED, rules=way.rules(), now=lambda: time.time() - 100) as behind:
        told = await ask_doctor(at=behind)
    assert told.amiss == {"Clock": "problem"}
    assert told.said["Clock"].startswith(("99 s", "100 s", "101 s"))


async def test_when_slack_is_away_it_says_so_once_and_the_rest_is_looked_at(ask_doctor):
    told = await ask_doctor(SLACK_API_URL=f"http://127.0.0.1:{find_free_port()}/api/")
    assert told.amiss == {"Slack": "problem"}
    assert "did not answer" in told.said["Slack"]


async def test_a_server_that_is_not_slack_is_a_problem(ask_doctor, workspace):
    told = await ask_doctor(SLACK_API_URL=workspace.api_url.replace("/api/", "/nowhere/"))
    assert told.amiss == {"Slack": "problem"}
    assert "does not answer as Slack does" in told.said["Slack"]


async def test_slacks_own_trouble_is_only_a_warning(ask_doctor, workspace, maya, mended):
    await maya.cause("rate_limited", method="auth.test")
    told = await ask_doctor()
    assert told.amiss == {"Bot token": "warning"}


async def test_a_database_that_is_away_is_a_problem_without_its_password(ask_doctor):
    url = f"postgresql://threadwork:very-secret@127.0.0.1:{find_free_port()}/threadwork"
    told = await ask_doctor(THREADWORK_DATABASE_URL=url)
    assert told.amiss == {"Database": "problem"}
    assert "refused" in told.said["Database"]
    assert "very-secret" not in told.words


async def test_a_file_that_is_no_database_is_a_problem(ask_doctor, tmp_path):
    (tmp_path / "notes.txt").write_text("Wind produced more than ever. " * 100, encoding="utf-8")
    told = await ask_doctor(THREADWORK_DATABASE_URL=f"sqlite:///{tmp_path / 'notes.txt'}")
    assert told.amiss == {"Database": "problem"}
    assert "not a database" in told.said["Database"]


async def test_a_home_that_cannot_be_made_is_one_problem(ask_doctor, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    told = await ask_doctor(THREADWORK_HOME=str(tmp_path / "file" / "home"))
    assert told.amiss == {"Home": "problem"}
    assert f"{tmp_path / 'file'} is a file" in told.said["Home"]


async def test_a_bucket_that_does_not_answer_is_a_problem(ask_doctor):
    server = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{find_free_port()}", "AWS_REGION": "us-east-1"}
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "very-secret"}
    told = await ask_doctor(THREADWORK_FILES_URL="s3://threadwork/files", **server, **keys)
    assert told.amiss == {"Files": "problem"}
    assert "s3://threadwork/files" in told.said["Files"]
    assert "very-secret" not in told.words


async def test_an_address_where_another_program_listens_is_a_problem(ask_doctor, workspace):
    told = await ask_doctor(THREADWORK_BIND=workspace.api_url.split("/")[2])
    assert told.amiss == {"Address": "problem"}
    assert "another program listens" in told.said["Address"]


async def test_an_address_that_accepts_and_says_nothing_is_not_waited_for(ask_doctor, monkeypatch):
    monkeypatch.setattr("bot.doctor.address.PATIENCE", timedelta(seconds=0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = await ask_doctor(THREADWORK_BIND=f"127.0.0.1:{silent.getsockname()[1]}")
    assert told.amiss == {"Address": "problem"}


async def test_settings_are_named_without_their_values_and_with_their_file(ask_doctor, tmp_path):
    (tmp_path / ".env").write_text("THREADWORK_LOG=json\n", encoding="utf-8")
    said = (await ask_doctor()).said["Settings"]
    assert "SLACK_BOT_TOKEN" in said
    assert "THREADWORK_LOG" in said
    assert said.endswith("(.env)")


async def test_a_check_that_breaks_is_told_without_its_words_and_stops_no_other(ask_doctor, monkeypatch):
    async def break_down(_: str) -> None:
        raise RuntimeError("a-very-secret-word")

    monkeypatch.setattr("bot.doctor.examination.examine_address", break_down)
    told = await ask_doctor()
    assert told.amiss == {"Address": "problem"}
    assert "RuntimeError" in told.said["Address"]
    assert "very-secret" not in told.words
