import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.person import Refused
from bot.sandbox.request_url import NotLoopback, check_loopback
from bot.sandbox.server import Sandbox


@asynccontextmanager
async def listening(handler: Callable) -> AsyncIterator[str]:
    """An app's own HTTP server on a free port of this machine."""
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@dataclass
class Hook:
    """A server that takes down what it gets and answers what a test says, one answer after the other."""

    heard: object
    answers: list = field(default_factory=list)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        await self.heard.add((request.headers, body))
        if "url_verification" in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        answer = self.answers.pop(0) if self.answers else web.Response()
        return await answer(request) if callable(answer) else answer

    async def events(self, count: int) -> list:
        """The events that came, the challenge left out."""
        return [(headers, json.loads(body)) for headers, body in (await self.heard.until(count + 1))[1:]]


async def hang(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def hang_up(request: web.Request) -> web.Response:
    request.transport.abort()
    return web.Response()


@pytest.fixture
def clock(clock):
    """The app checks that a signature is fresh, on its own clock."""
    clock.now = time.time()
    return clock


@pytest.fixture
def rules(rules):
    pauses = (timedelta(0), timedelta(milliseconds=5), timedelta(milliseconds=5))
    return replace(rules, http_retries=pauses)


@pytest.fixture
async def hook(heard, maya) -> AsyncIterator[Hook]:
    hook = Hook(heard)
    async with listening(hook.take) as url:
        await maya.deliver_to(url)
        yield hook


@pytest.fixture
async def bolt(sandbox, client, maya) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with listening(answer) as url:
        await maya.deliver_to(url)
        yield app


async def test_a_real_app_answers_the_challenge_and_hears_events(bolt, maya, heard):
    @bolt.event("message")
    async def listen(event):
        await heard.add(event["text"])

    await maya.say("reports", "hello")
    assert await heard.until(1) == ["hello"]
    delivery = (await maya.state())["delivery"]
    assert (delivery["mode"], delivery["connections"]) == ("http", 1)


async def test_an_event_is_signed_json(hook, maya, sandbox):
    await maya.say("reports", "hello")
    [(headers, body)] = await hook.events(1)
    raw = hook.heard.items[1][1]
    assert body["type"] == "event_callback"
    assert body["event"]["text"] == "hello"
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert verifier.is_valid(raw, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
    assert headers["Content-Type"] == "application/json"
    assert "x-slack-retry-num" not in headers


async def test_an_interaction_is_a_signed_form(hook, maya, sandbox, client, kit):
    ts = (await client.chat_postMessage(channel="reports", text="x", blocks=[kit.actions(kit.button())]))["ts"]
    await hook.events(1)
    await maya.press("go", message_ts=ts)
    headers, body = hook.heard.items[2]
    assert json.loads(parse_qs(body)["payload"][0])["type"] == "block_actions"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert verifier.is_valid(body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web.Response(status=500), "http_error"),
        (web.Response(status=302, headers={"Location": "/"}), "http_error"),
        (hang_up, "connection_failed"),
    ],
)
async def test_an_event_that_did_not_arrive_comes_again_with_the_reason(hook, maya, answer, reason):
    hook.answers = [answer]
    await maya.say("reports", "hello")
    (_, first), (headers, second) = await hook.events(2)
    assert (headers["x-slack-retry-num"], headers["x-slack-retry-reason"]) == ("1", reason)
    assert first["event_id"] == second["event_id"]


async def test_after_three_retries_slack_gives_up(hook, maya):
    hook.answers = [web.Response(status=404) for _ in range(4)]
    await maya.say("reports", "hello")
    copies = await hook.events(4)
    assert [headers.get("x-slack-retry-num") for headers, _ in copies] == [None, "1", "2", "3"]
    await maya.wait_for(lambda screen: screen.troubles, what="Slack giving up")


async def test_an_app_may_say_that_it_wants_no_retry(hook, maya):
    hook.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]
    await maya.say("reports", "hello")
    await maya.wait_for(lambda screen: screen.troubles, what="Slack giving up")
    assert len(await hook.events(1)) == 1


class TestAcknowledgements:
    async def test_a_command_is_acknowledged_with_words_or_blocks(self, bolt, maya, kit):
        @bolt.command("/work")
        async def work(ack, body):
            await ack(body["text"]) if body["text"] == "words" else await ack(blocks=[kit.section("blocks")], text="b")

        assert await maya.command("reports", "/work", "words") == {"text": "words"}
        assert (await maya.command("reports", "/work", "more"))["blocks"][0]["text"]["text"] == "blocks"

    async def test_a_form_is_refused_and_taken(self, bolt, maya, kit):
        @bolt.command("/work")
        async def work(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=kit.modal(kit.text_input()))

        @bolt.view("form")
        async def form(ack, view):
            topic = view["state"]["values"]["topic"]["value"]["value"]
            await ack(response_action="errors", errors={"topic": "Too short."}) if topic == "x" else await ack()

        await maya.command("reports", "/work")
        view = await maya.open_view()
        refused = await maya.fill(view["id"], {"topic": {"value": "x"}})
        assert refused["errors"] == {"topic": "Too short."}
        assert (await maya.fill(view["id"], {"topic": {"value": "Iowa"}}))["response_action"] is None

    async def test_options_come_from_the_app(self, bolt, maya, client):
        @bolt.options("recipe")
        async def options(ack, body):
            await ack(options=[{"text": {"type": "plain_text", "text": body["value"]}, "value": "r1"}])

        select = {"type": "external_select", "action_id": "recipe", "min_query_length": 0}
        section = {"type": "section", "text": {"type": "mrkdwn", "text": "Which?"}, "accessory": select}
        ts = (await client.chat_postMessage(channel="reports", text="x", blocks=[section]))["ts"]
        [option] = await maya.suggestions("recipe", "deck", message_ts=ts)
        assert option["text"]["text"] == "deck"

    async def test_a_shortcut_reaches_the_app(self, bolt, maya, heard):
        @bolt.shortcut("start_work")
        async def start(ack):
            await ack()
            await heard.add("started")

        await maya.shortcut("start_work")
        assert await heard.until(1) == ["started"]

    async def test_they_stand_in_the_journal_as_over_a_connection(self, bolt, maya, journal):
        @bolt.command("/work")
        async def work(ack):
            await ack("hi")

        await maya.command("reports", "/work")
        lines = [line for line in journal() if line["method"].startswith("@")]
        assert [line["method"] for line in lines] == ["@in:slash", "@ack:command"]
        assert lines[1]["args"] == {"text": "hi"}

    @pytest.mark.parametrize("answer", [web.Response(status=404), hang_up])
    async def test_without_one_the_person_sees_an_error(self, hook, maya, answer):
        hook.answers = [answer]
        with pytest.raises(Refused, match="operation_timeout"):
            await maya.command("reports", "/work")
        assert len(hook.heard.items) == 2

    @pytest.mark.parametrize(("text", "content_type"), [("{", "application/json"), ("hi", "text/plain")])
    async def test_a_body_that_is_no_json_counts_as_words(self, hook, maya, text, content_type):
        hook.answers = [web.Response(text=text, content_type=content_type)]
        assert await maya.command("reports", "/work") == {"text": text}


class TestTheWay:
    async def test_what_was_not_acknowledged_over_a_connection_comes_over_http(self, maya, heard):
        await maya.say("reports", "early")
        hook = Hook(heard)
        async with listening(hook.take) as url:
            await maya.deliver_to(url)
            [(_, body)] = await hook.events(1)
        assert body["event"]["text"] == "early"

    async def test_it_can_go_back_to_a_connection(self, hook, maya, app, heard, connect):
        @app.event("message")
        async def listen(event):
            await heard.add(event["text"])

        await maya.deliver_to(None)
        async with connect(app):
            await maya.say("reports", "again")
            assert (await heard.until(2))[1:] == ["again"]
        assert (await maya.state())["delivery"]["mode"] == "socket"

    async def test_what_did_not_arrive_over_http_comes_over_a_connection(self, hook, maya, app, heard, connect):
        @app.event("message")
        async def listen(event):
            await heard.add(event["text"])

        hook.answers = [hang]
        await maya.say("reports", "late")
        await hook.events(1)
        await maya.deliver_to(None)
        async with connect(app):
            assert (await heard.until(3))[2] == "late"

    @pytest.mark.parametrize("status", [200, 404])
    async def test_an_address_that_fails_the_challenge_is_not_used(self, maya, status):
        async def take(request):
            return web.Response(status=status)

        async with listening(take) as url:
            with pytest.raises(Refused, match="url_not_verified"):
                await maya.deliver_to(url)
        delivery = (await maya.state())["delivery"]
        assert (delivery["mode"], delivery["request_url"], delivery["connections"]) == ("socket", None, 0)

    async def test_only_this_machine_is_reached(self, maya):
        elsewhere = ("https://example.com/", "http://10.0.0.1/", "ftp://127.0.0.1/", "nonsense", "http://localhost.de/")
        for url in elsewhere:
            with pytest.raises(Refused, match="not_loopback"):
                await maya.deliver_to(url)
        with pytest.raises(NotLoopback):
            Sandbox(request_url="http://example.com/")
        for url in ("http://localhost:1/x", "http://127.0.0.9:1/", "https://[::1]:1/"):
            assert check_loopback(url) == url

    async def test_an_unknown_mode_is_refused(self, maya):
        with pytest.raises(Refused, match="invalid_argument"):
            await maya._post("delivery", {"mode": "pigeon"})

    async def test_an_address_given_at_the_start_needs_no_challenge(self, heard, clock):
        hook = Hook(heard)
        async with listening(hook.take) as url, Sandbox(request_url=url, now=clock) as sandbox:
            sandbox.workspace.post(sandbox.workspace.places.find("reports"), "U0MAYA", "hello")
            [(_, body)] = await heard.until(1)
        assert json.loads(body)["event"]["text"] == "hello"


class TestWithLittlePatience:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, ack_timeout=timedelta(milliseconds=50))

    async def test_an_event_that_nobody_answers_comes_again(self, hook, maya):
        hook.answers = [hang]
        await maya.say("reports", "hello")
        _, (headers, _) = await hook.events(2)
        assert (headers["x-slack-retry-num"], headers["x-slack-retry-reason"]) == ("1", "http_timeout")

    async def test_a_command_that_nobody_answers_is_an_error_for_the_person(self, hook, maya):
        hook.answers = [hang]
        with pytest.raises(Refused, match="operation_timeout"):
            await maya.command("reports", "/work")

    async def test_an_address_that_does_not_answer_the_challenge_is_not_used(self, maya):
        async with listening(hang) as url:
            with pytest.raises(Refused, match="url_not_verified"):
                await maya.deliver_to(url)
