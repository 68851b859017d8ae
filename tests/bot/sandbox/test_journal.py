import asyncio
import json
import sys

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.journal import redacted
from bot.sandbox.person import Person


async def test_every_call_and_payload_is_written(client, maya, app, connect, journal, kit, heard):
    @app.action("go")
    async def go(ack, respond):
        await ack()
        await respond("thanks")
        await heard.add("done")

    @app.view("form")
    async def form(ack):
        await ack(response_action="clear")

    @app.command("/work")
    async def work(ack, body, client):
        await ack("opened")
        await client.views_open(trigger_id=body["trigger_id"], view=kit.modal(kit.text_input()))

    async with connect(app):
        posted = await client.chat_postMessage(channel="reports", text="x", blocks=[kit.actions(kit.button())])
        await maya.press("go", message_ts=posted["ts"])
        await heard.until(1)
        await maya.command("reports", "/work")
        view = await maya.open_view()
        await maya.fill(view["id"], {"topic": {"value": "Iowa"}})
    lines = journal()
    written = {line["method"] for line in lines}
    assert {
        "apps.connections.open",
        "auth.test",
        "chat.postMessage",
        "views.open",
        "@in:event",
        "@in:block_actions",
        "@response_url",
        "@in:slash",
        "@ack:command",
        "@in:view_submission",
        "@ack:view",
    } <= written
    assert all(set(line) == {"method", "args", "response", "t"} for line in lines)
    assert next(line for line in lines if line["method"] == "@ack:view")["args"] == {"response_action": "clear"}
    assert (
        next(line for line in lines if line["method"] == "chat.postMessage")["args"]["blocks"][0]["type"] == "actions"
    )


async def test_tokens_and_addresses_are_not_written(sandbox, client, maya, journal_path):
    await client.api_call("auth.test", params={"token": sandbox.bot_token})
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    await client.chat_postMessage(channel="reports", text=f"my token is {sandbox.bot_token}")
    await AsyncWebClient(base_url=sandbox.api_url).apps_connections_open(app_token=sandbox.app_token)
    text = journal_path.read_text(encoding="utf-8")
    for secret in (sandbox.bot_token, sandbox.app_token, ticket["upload_url"], sandbox.token):
        assert secret not in text
    assert "***" in text


def test_redaction_reaches_into_everything():
    value = {"a": [{"token": "x"}, "see xoxb-1-a and xapp-2_b"], "upload_url": "u", "response_url": "", "n": 1}
    assert redacted(value) == {
        "a": [{"token": "***"}, "see *** and ***"],
        "upload_url": "***",
        "response_url": "",
        "n": 1,
    }


async def test_the_sandbox_alone_prints_what_a_bot_needs_and_its_journal_survives_a_kill(tmp_path):
    path = tmp_path / "calls.jsonl"
    command = [sys.executable, "-m", "bot.sandbox", "--journal", str(path), "--bot-token", "xoxb-given"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(5)]
        settings = dict(line.split("=", 1) for line in [*lines[:3], lines[4]])
        assert settings["SLACK_SIGNING_SECRET"]
        assert settings["SLACK_BOT_TOKEN"] == "xoxb-given"
        assert settings["SLACK_APP_TOKEN"].startswith("xapp-")
        client = AsyncWebClient("xoxb-given", base_url=settings["SLACK_API_URL"])
        await client.chat_postMessage(channel="reports", text="hello")
        async with Person(lines[3].removeprefix("# page: "), "Maya") as maya:
            assert [one["text"] for one in await maya.messages("reports")] == ["hello"]
    finally:
        process.kill()
        await process.wait()
    first, *_ = path.read_text().splitlines()
    assert json.loads(first)["method"] == "chat.postMessage"
