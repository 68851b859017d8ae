import asyncio
import re
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.person import Refused


class RawLine:
    """A connection that acknowledges only what a test tells it to."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.session = aiohttp.ClientSession()
        self.socket = None
        self.hello = None

    async def open(self):
        client = AsyncWebClient(base_url=self.sandbox.api_url)
        url = (await client.apps_connections_open(app_token=self.sandbox.app_token))["url"]
        self.socket = await self.session.ws_connect(url)
        self.hello = await self.next()
        return self

    async def next(self):
        async with asyncio.timeout(5):
            return await self.socket.receive_json()

    async def acknowledge(self, envelope, **more):
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **more})

    async def close(self):
        await self.session.close()


@pytest.fixture
async def lines(sandbox):
    opened = []

    async def open_line():
        line = RawLine(sandbox)
        opened.append(line)
        return await line.open()

    yield open_line
    for line in opened:
        await line.close()


async def test_a_connection_is_greeted(lines):
    line = await lines()
    assert (line.hello["type"], line.hello["num_connections"]) == ("hello", 1)
    assert line.hello["connection_info"] == {"app_id": "A0THREADWORK"}
    assert (await lines()).hello["num_connections"] == 2


async def test_the_eleventh_connection_is_sent_away(lines):
    for _ in range(10):
        await lines()
    assert (await lines()).hello["reason"] == "too_many_websockets"


async def test_a_message_becomes_an_event_as_slack_sends_it(lines, maya):
    line = await lines()
    ts = await maya.say("reports", "hello <world>")
    envelope = await line.next()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    wrapper = envelope["payload"]
    assert (wrapper["type"], wrapper["team_id"], wrapper["api_app_id"]) == (
        "event_callback",
        "T0SANDBOX",
        "A0THREADWORK",
    )
    assert wrapper["authorizations"][0]["user_id"] == "U0THREADWORK"
    event = wrapper["event"]
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", "C0REPORTS", "channel")
    assert (event["user"], event["text"], event["ts"]) == ("U0MAYA", "hello &lt;world&gt;", ts)
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hello <world>"}]


@pytest.mark.parametrize(("channel", "kind"), [("board", "group"), ("@Threadwork", "im")])
async def test_private_channels_and_direct_messages_have_their_own_type(lines, maya, channel, kind):
    line = await lines()
    await maya.say(channel, "hello")
    assert (await line.next())["payload"]["event"]["channel_type"] == kind


async def test_a_mention_is_two_events_with_one_timestamp(lines, maya):
    line = await lines()
    ts = await maya.say("reports", "@Threadwork please", files=[("a.csv", b"1")])
    first, second = (await line.next())["payload"], (await line.next())["payload"]
    assert [one["event"]["type"] for one in (first, second)] == ["message", "app_mention"]
    assert [one["event"]["ts"] for one in (first, second)] == [ts, ts]
    assert first["event_id"] != second["event_id"]
    assert first["event"]["subtype"] == "file_share"
    assert "subtype" not in second["event"]
    assert second["event"]["files"][0]["name"] == "a.csv"
    assert second["event"]["text"] == "<@U0THREADWORK> please"


async def test_a_mention_in_direct_messages_is_one_event(lines, maya):
    line = await lines()
    await maya.say("@Threadwork", "@Threadwork please")
    await maya.say("@Threadwork", "next")
    assert [(await line.next())["payload"]["event"]["text"] for _ in range(2)] == ["<@U0THREADWORK> please", "next"]


async def test_what_happens_where_the_bot_is_not_stays_there(lines, maya):
    line = await lines()
    await maya.say("lobby", "@Threadwork are you here")
    await maya.say("secret", "no")
    await maya.say("reports", "yes")
    assert (await line.next())["payload"]["event"]["text"] == "yes"


async def test_edits_and_deletions_are_hidden_messages(lines, maya):
    line = await lines()
    ts = await maya.say("reports", "first")
    await maya.edit("reports", ts, "second")
    await maya.delete("reports", ts)
    _, changed, deleted = [(await line.next())["payload"]["event"] for _ in range(3)]
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("first", "second")
    assert changed["message"]["edited"]["user"] == "U0MAYA"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)


async def test_the_bots_own_messages_come_back_with_its_bot_id(lines, client):
    line = await lines()
    await client.chat_postMessage(channel="reports", text="me")
    assert (await line.next())["payload"]["event"]["bot_id"] == "B0THREADWORK"


async def test_joining_and_opening_the_home_are_events(lines, client, maya, kit):
    line = await lines()
    await client.conversations_join(channel="C0LOBBY")
    joined = (await line.next())["payload"]["event"]
    assert (joined["type"], joined["user"], joined["channel"]) == ("member_joined_channel", "U0THREADWORK", "C0LOBBY")
    await maya.open_home()
    opened = (await line.next())["payload"]["event"]
    assert (opened["type"], opened["tab"], opened["channel"]) == ("app_home_opened", "home", "D0MAYA")
    assert "view" not in opened
    await client.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [kit.section()]})
    await maya.open_home()
    assert (await line.next())["payload"]["event"]["view"]["type"] == "home"


async def test_events_wait_for_the_first_connection(lines, maya):
    await maya.say("reports", "early")
    envelope = await (await lines()).next()
    assert (envelope["payload"]["event"]["text"], envelope["retry_attempt"]) == ("early", 0)


async def test_each_event_goes_to_one_connection(lines, maya):
    both = [await lines(), await lines()]
    for number in range(4):
        await maya.say("reports", str(number))
    received = [[(await line.next()) for _ in range(2)] for line in both]
    texts = sorted(envelope["payload"]["event"]["text"] for part in received for envelope in part)
    assert texts == ["0", "1", "2", "3"]


async def test_words_that_are_no_acknowledgement_do_no_harm(lines, maya):
    line = await lines()
    for nonsense in ("hello", "[]", '{"envelope_id": "x"}', '{"payload": 1}'):
        await line.socket.send_str(nonsense)
    await maya.say("reports", "still here")
    assert (await line.next())["payload"]["event"]["text"] == "still here"


async def test_a_refresh_moves_a_real_client_to_a_new_connection(sandbox, maya, app, heard, connect):
    @app.event("message")
    async def listen(event):
        await heard.add(event["text"])

    async with connect(app), aclosing(maya.changes(0)) as changes:
        await maya.disturb_connection("disconnect")
        counts = []
        async for change in changes:
            counts += [change["connections"]] if change["kind"] == "socket_changed" else []
            if len(counts) == 3:
                break
        assert (counts[0], counts[-1]) == (1, 1)
        await maya.say("reports", "after")
        assert await heard.until(1) == ["after"]


async def test_a_cut_connection_is_noticed(lines, maya):
    line = await lines()
    await maya.disturb_connection("close")
    async with asyncio.timeout(5):
        assert (await line.socket.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await maya.wait_for(lambda screen: screen.connections == 0, what="the loss to be noticed")
    with pytest.raises(Refused, match="disconnect or close"):
        await maya.disturb_connection("sulk")


async def test_an_interaction_is_not_sent_again(lines, maya):
    line = await lines()
    pressing = asyncio.create_task(maya.command("reports", "/work"))
    envelope = await line.next()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    await maya.say("reports", "next")
    assert (await line.next())["type"] == "events_api"
    await line.acknowledge(envelope, payload={"text": "hi"})
    assert await pressing == {"text": "hi"}


async def test_without_a_connection_the_person_sees_an_error(maya):
    with pytest.raises(Refused) as caught:
        await maya.command("reports", "/work")
    assert (caught.value.status, caught.value.code) == (504, "operation_timeout")
    assert "/work failed with the error “operation_timeout”." in caught.value.sentence


async def test_real_bolt_apps_hear_mentions_once_each(sandbox, maya, client, connect, heard):
    app = AsyncApp(client=client)

    @app.event("app_mention")
    async def mention(event, say):
        await say(text="yes?", thread_ts=event["ts"])

    @app.event("message")
    async def message(event):
        await heard.add(event["ts"])

    async with connect(app):
        ts = await maya.say("reports", "@Threadwork hello")
        [answer] = await maya.wait_for(lambda screen: screen.thread("reports", ts)[1:], what="an answer")
        assert (answer["text"], answer["thread_ts"]) == ("yes?", ts)
        assert await heard.until(1) == [ts]
    assert re.fullmatch(r"\d{10}\.\d{6}", ts)


class TestUnacknowledgedEvents:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, retry_after=timedelta(milliseconds=300))

    async def test_an_event_that_is_not_acknowledged_comes_again_three_times(self, lines, maya):
        line = await lines()
        await maya.say("reports", "hello")
        copies = [await line.next() for _ in range(4)]
        assert [one["retry_attempt"] for one in copies] == [0, 1, 2, 3]
        assert [one["retry_reason"] for one in copies] == ["", "timeout", "timeout", "timeout"]
        assert len({one["payload"]["event_id"] for one in copies}) == 1
        await maya.wait_for(lambda screen: screen.troubles, what="Slack giving up")

    async def test_an_acknowledged_event_does_not_come_again(self, lines, maya):
        line = await lines()
        await maya.say("reports", "first")
        await line.acknowledge(await line.next())
        await maya.say("reports", "second")
        copies = [await line.next() for _ in range(2)]
        assert [one["payload"]["event"]["text"] for one in copies] == ["second", "second"]

    async def test_what_a_lost_connection_had_not_acknowledged_goes_to_the_next_one(self, lines, maya):
        first = await lines()
        await maya.say("reports", "hello")
        envelope = await first.next()
        await first.close()
        await maya.wait_for(lambda screen: screen.connections == 0, what="the loss to be noticed")
        again = await (await lines()).next()
        assert again["payload"]["event_id"] == envelope["payload"]["event_id"]
        assert again["retry_attempt"] >= 1
