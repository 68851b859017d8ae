import asyncio

import pytest
from aiohttp import ClientError

from bot.sandbox.person import Person, Refused
from bot.sandbox.screen import buttons_of, words_of


async def test_a_person_knows_who_they_and_the_app_are(maya):
    assert (maya.user_id, maya.app_user_id) == ("U0MAYA", "U0THREADWORK")


async def test_a_stranger_or_a_wrong_token_does_not_get_in(sandbox):
    with pytest.raises(Refused, match="user_not_found"):
        async with Person(sandbox.page_url, "Nobody"):
            pass
    with pytest.raises(Refused, match="wrong_token"):
        async with Person(sandbox.page_url + "x", "Maya"):
            pass


async def test_a_wait_finds_what_is_already_there(maya):
    ts = await maya.say("reports", "hello")
    assert await maya.wait_for(lambda screen: screen.thread("#reports", ts), 1)


async def test_a_wait_ends_with_what_comes(maya, client):
    waiting = asyncio.create_task(maya.wait_for(lambda screen: screen.channel("general"), what="a greeting"))
    await client.chat_postMessage(channel="general", text="hello")
    [message] = await waiting
    assert message["text"] == "hello"


async def test_two_waits_of_one_person_do_not_disturb_each_other(maya, client):
    waits = [
        maya.wait_for(lambda screen, name=name: screen.channel(name), what=name) for name in ("general", "reports")
    ]
    both = asyncio.gather(*waits)
    await client.chat_postMessage(channel="reports", text="r")
    await client.chat_postMessage(channel="general", text="g")
    assert [[message["text"] for message in found] for found in await both] == [["g"], ["r"]]


async def test_a_wait_in_vain_shows_the_screen(maya, client, kit, sandbox):
    root = await maya.say("reports", "@Threadwork a < b, see https://x.org/a", files=[("a.csv", b"1")])
    blocks = [kit.section("*Brief*"), kit.actions(kit.button(text="Approve"))]
    await client.chat_postMessage(channel="reports", text="Ready", blocks=blocks, thread_ts=root)
    trigger_id = sandbox.workspace.triggers.give("U0MAYA")
    await client.views_open(trigger_id=trigger_id, view=kit.modal(kit.text_input()))
    with pytest.raises(TimeoutError) as caught:
        await maya.wait_for(lambda _: None, 0.05, "a deck")
    assert str(caught.value).splitlines() == [
        "Maya waited 0.05 s for a deck. On the screen:",
        "# reports",
        "Maya: @Threadwork a < b, see https://x.org/a (a.csv)",
        "    Threadwork: Ready",
        "      *Brief* [Approve]",
        "[form Report: Topic]",
    ]


async def test_an_empty_screen_says_so(maya):
    with pytest.raises(TimeoutError, match=r"\(nothing\)"):
        await maya.wait_for(lambda _: None, 0.05)


async def test_a_wait_ends_when_the_workspace_closes(sandbox, maya):
    waiting = asyncio.create_task(maya.wait_for(lambda _: None, what="nothing"))
    await maya.say("reports", "x")
    await sandbox.stop()
    with pytest.raises((ConnectionError, ClientError)):
        await waiting


async def test_a_deleted_message_leaves_the_screen(maya, client):
    ts = (await client.chat_postMessage(channel="reports", text="x"))["ts"]
    waiting = asyncio.create_task(maya.wait_for(lambda screen: screen.channel("reports") == [] or None, what="its end"))
    await client.chat_delete(channel="C0REPORTS", ts=ts)
    assert await waiting


async def test_words_and_buttons_of_a_message_are_read_for_tests(maya, client, kit):
    blocks = [kit.section("one", accessory=kit.button("open", "Open")), kit.actions(kit.button())]
    message = (await client.chat_postMessage(channel="reports", text="zero", blocks=blocks))["message"]
    assert words_of(message) == "zero\none"
    assert buttons_of(message) == {"open": "Open", "go": "Go"}


async def test_the_home_is_on_the_screen(maya, client, kit):
    waiting = asyncio.create_task(maya.wait_for(lambda screen: screen.home, what="a home"))
    await client.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [kit.section("Welcome")]})
    assert words_of(await waiting) == "Welcome"
