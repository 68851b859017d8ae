import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient


@pytest.fixture
def addressed(maya, client, app, connect, heard, kit):
    """Press a button in a message of the bot; give the message's timestamp and the response address."""

    async def run(*, is_ephemeral=False):
        @app.action("go")
        async def go(ack, body):
            await ack()
            await heard.add(body["response_url"])

        blocks = [kit.actions(kit.button())]
        where = {"channel": "reports", "text": "press", "blocks": blocks}
        if is_ephemeral:
            ts = (await client.chat_postEphemeral(user="U0MAYA", **where))["message_ts"]
        else:
            ts = (await client.chat_postMessage(**where))["ts"]
        async with connect(app):
            await maya.press("go", message_ts=ts)
            return ts, (await heard.until(1))[0]

    return run


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(addressed, maya, jonas):
    _, url = await addressed()
    respond = AsyncWebhookClient(url)
    answer = await respond.send(text="for you")
    assert (answer.status_code, answer.body) == (200, "ok")
    await respond.send(text="for all", response_type="in_channel")
    assert [one["text"] for one in await maya.messages("reports")] == ["press", "for you", "for all"]
    assert [one["text"] for one in await jonas.messages("reports")] == ["press", "for all"]


@pytest.mark.parametrize("is_ephemeral", [False, True])
async def test_the_original_can_be_replaced_and_deleted(addressed, maya, is_ephemeral):
    ts, url = await addressed(is_ephemeral=is_ephemeral)
    await AsyncWebhookClient(url).send(text="done", replace_original=True)
    [shown] = await maya.messages("reports")
    assert (shown["ts"], shown["text"], "blocks" in shown) == (ts, "done", False)
    await AsyncWebhookClient(url).send(delete_original=True)
    assert await maya.messages("reports") == []


async def test_an_address_works_five_times(addressed):
    _, url = await addressed()
    answers = [await AsyncWebhookClient(url).send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body


async def test_an_address_works_for_thirty_minutes(addressed, clock):
    _, url = await addressed()
    clock.advance(30 * 60 + 1)
    answer = await AsyncWebhookClient(url).send(text="late")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


async def test_a_wrong_answer_is_refused_and_not_counted(addressed):
    _, url = await addressed()
    for wrong in ({}, {"text": "x", "blocks": [{"type": "sing"}]}):
        assert (await AsyncWebhookClient(url).send_dict(wrong)).status_code == 400
    async with aiohttp.ClientSession() as session, session.post(url, data="{") as response:
        assert (response.status, await response.text()) == (400, "invalid_payload")
    assert (await AsyncWebhookClient(url).send(text="x")).status_code == 200


async def test_a_command_can_be_answered_later(maya, app, connect, heard):
    @app.command("/work")
    async def work(ack, respond):
        await ack()
        await respond("later")
        await heard.add("done")

    async with connect(app):
        await maya.command("reports", "/work")
        await heard.until(1)
    assert [one["text"] for one in await maya.messages("reports")] == ["later"]
