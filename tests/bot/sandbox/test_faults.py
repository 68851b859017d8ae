import asyncio
import sys
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import NAMES, BadFault, Fault
from bot.sandbox.person import Person, Refused
from bot.sandbox.server import Sandbox

PLAN = {"type": "plan", "title": "Plan", "tasks": []}


@pytest.fixture
def client(client):
    """Without retries: each fault is to be seen."""
    client.retry_handlers.clear()
    return client


@pytest.fixture
async def hear(app, heard, connect):
    @app.event("message")
    async def message(event, body):
        await heard.add((event["text"], body["event_id"]))

    @app.event("app_mention")
    async def mention(event, body):
        await heard.add(("mention", body["event_id"]))

    async with connect(app):
        yield heard.until


async def upload(client):
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=2)
    async with aiohttp.ClientSession() as session, session.post(ticket["upload_url"], data=b"hi"):
        pass
    file = {"id": ticket["file_id"], "title": "A"}
    return (await client.files_completeUploadExternal(files=[file], channel_id="C0REPORTS"))["files"][0]


def files_on(screen):
    return [message for message in screen.channel("reports") if message.get("files")]


# calls


async def test_a_rate_limited_call_says_when_to_come_back(maya, client):
    await maya.cause("rate_limited", method="chat.postMessage", retry_after=7)
    assert (await client.auth_test())["ok"]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="reports", text="x")
    answer = caught.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert (await client.chat_postMessage(channel="reports", text="x"))["ok"]
    assert len(await maya.messages("reports")) == 1


async def test_a_server_error_is_a_500(maya, client):
    await maya.cause("server_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="reports", text="x")
        assert (caught.value.response.status_code, caught.value.response["error"]) == (500, "internal_error")
    assert (await client.chat_postMessage(channel="reports", text="x"))["ok"]


async def test_a_dropped_call_was_carried_out(maya, client, journal):
    await maya.cause("dropped_after", method="chat.postMessage")
    with pytest.raises(ClientConnectionError):
        await client.chat_postMessage(channel="reports", text="once")
    assert [message["text"] for message in await maya.messages("reports")] == ["once"]
    assert journal()[-1]["response"]["ok"]


async def test_a_slow_answer_comes_after_the_call_was_carried_out(maya, client):
    await maya.cause("slow_answers", method="chat.postMessage", ms=60_000)
    posting = asyncio.create_task(client.chat_postMessage(channel="reports", text="x"))
    await maya.wait_for(lambda screen: screen.channel("reports"), what="the message")
    assert not posting.done()
    posting.cancel()


async def test_a_slow_answer_does_come(maya, client):
    await maya.cause("slow_answers", ms=1)
    assert (await client.chat_postMessage(channel="reports", text="x"))["ok"]


async def test_newer_blocks_are_refused_and_older_ones_are_not(maya, client, refusal, kit):
    await maya.cause("refused_blocks", times=None)
    for _ in range(2):
        answer = await refusal(client.chat_postMessage(channel="reports", text="x", blocks=[PLAN]))
        assert answer["error"] == "invalid_blocks"
    assert (await client.chat_postMessage(channel="reports", text="x", blocks=[kit.section()]))["ok"]
    await maya.mend()
    assert (await client.chat_postMessage(channel="reports", text="x", blocks=[PLAN]))["ok"]


# files


async def test_an_upload_can_succeed_and_never_be_shared(maya, client):
    await maya.cause("never_shared")
    lost = await upload(client)
    await upload(client)
    [shared] = await maya.wait_for(files_on, what="the second file")
    assert shared["files"][0]["id"] != lost["id"]
    assert (await client.files_info(file=lost["id"]))["file"]["shares"] == {}


async def test_a_share_can_lose_the_race_against_what_comes_later(maya, client):
    await maya.cause("lost_share_race", ms=60_000)
    late = await upload(client)
    await upload(client)
    [shared] = await maya.wait_for(files_on, what="the second file")
    assert shared["files"][0]["id"] != late["id"]


async def test_a_late_share_does_come(maya, client):
    await maya.cause("lost_share_race", ms=1)
    late = await upload(client)
    [shared] = await maya.wait_for(files_on, what="the file")
    assert shared["files"][0]["id"] == late["id"]


async def test_a_document_with_an_alternative_text_is_never_shared(maya, client):
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=2, alt_txt="words")
    async with aiohttp.ClientSession() as session, session.post(ticket["upload_url"], data=b"hi"):
        pass
    await client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "A"}], channel_id="C0REPORTS")
    await upload(client)
    [shared] = await maya.wait_for(files_on, what="the other file")
    assert shared["files"][0]["id"] != ticket["file_id"]


async def test_a_download_can_be_a_login_page(maya, sandbox):
    ts = await maya.say("reports", "x", files=[("a.txt", b"hi")])
    url = (await maya.thread("reports", ts))[0]["files"][0]["url_private_download"]
    await maya.cause("login_page")
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for content_type in ("text/html", "text/plain"):
            async with session.get(url) as response:
                assert (response.status, response.content_type) == (200, content_type)


# events


async def test_an_event_can_come_twice(maya, hear):
    await maya.cause("duplicated_events")
    await maya.say("reports", "once")
    await maya.say("reports", "again")
    first, second, third = await hear(3)
    assert first == second
    assert third[0] == "again"


async def test_a_fault_of_events_can_be_kept_to_one_type(maya, hear):
    await maya.cause("duplicated_events", method="app_mention")
    await maya.say("reports", "@Threadwork hi")
    assert sorted(text for text, _ in await hear(3)) == ["<@U0THREADWORK> hi", "mention", "mention"]


async def test_an_event_can_come_late(maya, hear):
    await maya.cause("delayed_events", ms=60_000)
    await maya.say("reports", "first")
    await maya.say("reports", "second")
    assert [text for text, _ in await hear(1)] == ["second"]


async def test_a_late_event_does_come(maya, hear):
    await maya.cause("delayed_events", ms=1)
    await maya.say("reports", "late")
    assert [text for text, _ in await hear(1)] == ["late"]


async def test_two_events_can_change_places(maya, hear):
    await maya.cause("reordered_events", ms=60_000)
    for text in ("first", "second", "third"):
        await maya.say("reports", text)
    assert [text for text, _ in await hear(3)] == ["second", "first", "third"]


async def test_an_event_that_nothing_follows_is_not_held_back_for_ever(maya, hear):
    await maya.cause("reordered_events", ms=5)
    await maya.say("reports", "alone")
    assert [text for text, _ in await hear(1)] == ["alone"]


class TestLostConnections:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, retry_after=timedelta(milliseconds=300))

    async def test_an_event_whose_connection_breaks_comes_over_another(self, maya, app, connect, hear):
        async with connect(app):
            await maya.wait_for(lambda screen: screen.connections == 2, what="the second connection")
            await maya.cause("socket_closed")
            await maya.say("reports", "hello")
            assert [text for text, _ in await hear(1)] == ["hello"]
            assert (await maya.state())["connections"] == 1

    async def test_a_deaf_connection_stays_open_and_the_other_one_carries_on(self, maya, app, connect, hear):
        async with connect(app):
            await maya.wait_for(lambda screen: screen.connections == 2, what="the second connection")
            await maya.cause("socket_deaf")
            await maya.say("reports", "hello")
            assert [text for text, _ in await hear(1)] == ["hello"]
            assert (await maya.state())["connections"] == 2


async def test_a_deaf_connection_sends_no_pong(maya, sandbox):
    client = AsyncWebClient(base_url=sandbox.api_url)
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as line:
        assert (await line.receive_json())["type"] == "hello"
        await line.ping(b"1")
        assert (await line.receive()).type is aiohttp.WSMsgType.PONG
        await maya.cause("socket_deaf")
        await maya.say("reports", "unheard")
        await line.ping(b"2")
        with pytest.raises(TimeoutError):
            await line.receive(timeout=0.05)


# the book of faults


async def test_what_is_still_to_happen_is_shown_and_counted_down(maya, client):
    await maya.cause("server_error", method="auth.test", times=3)
    await maya.cause("login_page", times=None)
    with pytest.raises(SlackApiError):
        await client.auth_test()
    shown = await maya._get("faults")
    assert [(one["fault"], one["times"]) for one in shown["faults"]] == [("server_error", 2), ("login_page", None)]
    assert shown["names"] == list(NAMES)
    await maya._send("DELETE", "faults", None, fault="login_page")
    assert len((await maya._get("faults"))["faults"]) == 1
    await maya.mend()
    assert (await client.auth_test())["ok"]


async def test_a_change_says_what_is_still_to_happen(maya):
    seen = (await maya.state())["change_id"]
    await maya.cause("login_page")
    async with asyncio.timeout(5), aclosing(maya.changes(seen)) as changes:
        change = await anext(changes)
    assert (change["kind"], change["faults"][0]["fault"]) == ("faults_changed", "login_page")


@pytest.mark.parametrize(
    "details",
    [
        {"fault": "earthquake"},
        {"fault": "rate_limited", "times": 0},
        {"fault": "rate_limited", "retry_after": "soon"},
        {"fault": "slow_answers", "ms": -1},
        {"fault": "login_page", "method": "chat.update"},
        {"fault": "rate_limited", "colour": "red"},
    ],
)
async def test_a_fault_that_does_not_exist_is_refused_in_a_sentence(maya, details):
    with pytest.raises(Refused, match="invalid_fault") as caught:
        await maya.cause(**details)
    assert caught.value.sentence.endswith(".")


async def test_faults_can_be_there_from_the_start(clock):
    async with Sandbox(faults=[Fault("server_error")], now=clock) as sandbox:
        client = AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url)
        async with Person(sandbox.page_url, "Maya"):
            with pytest.raises(SlackApiError, match="internal_error"):
                await client.auth_test()
            assert (await client.auth_test())["ok"]


def test_a_fault_is_read_from_a_command_line():
    fault = Fault.parse("rate_limited:method=chat.update,times=3,retry_after=2")
    assert fault == Fault("rate_limited", "chat.update", 3, retry_after=timedelta(seconds=2))
    assert Fault.parse("login_page") == Fault("login_page")
    for wrong in ("", "x", "login_page:times=many"):
        with pytest.raises(BadFault):
            Fault.parse(wrong)


async def test_a_command_line_with_an_unknown_fault_ends_with_a_sentence():
    command = [sys.executable, "-m", "bot.sandbox", "--fault", "earthquake"]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"There is no fault called earthquake" in said


def test_every_fault_stands_in_the_table():
    rows = {line.split("|")[1].strip() for line in (Fault.__doc__ or "").splitlines() if line.strip().startswith("|")}
    assert set(NAMES) == rows - {"name", "-" * 19}
