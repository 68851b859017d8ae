from dataclasses import replace

import pytest

from bot.sandbox.seed import SHORTCUT_NAME_CHARS, ShortcutSeed

SHORTCUTS = (ShortcutSeed("Add to basket", "add", "message"), ShortcutSeed("Start work", "start", "global"))


@pytest.fixture
def seed(seed):
    return replace(seed, shortcuts=SHORTCUTS)


async def test_shortcuts_of_messages_stand_in_their_menu(browser, client, maya, words, line_of):
    ts = await maya.say("reports", "hello")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    [button] = line_of(page, ts).xpath(".//button[@aria-label='More actions']")
    menu = page.get_element_by_id(button.get("popovertarget"))
    assert [(words(one), one.get("data-shortcut")) for one in menu.xpath(".//button")] == [("Add to basket", "add")]


async def test_global_shortcuts_stand_beside_the_field_to_write_in(browser, words):
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    [button] = page.xpath("//form//button[@aria-label='Shortcuts']")
    menu = page.get_element_by_id(button.get("popovertarget"))
    assert [(words(one), one.get("data-shortcut")) for one in menu.xpath(".//button")] == [("Start work", "start")]


async def test_a_shortcut_the_app_does_not_have_is_refused_with_a_sentence(browser, maya):
    ts = await maya.say("reports", "hello")
    for body in ({"callback_id": "none"}, {"callback_id": "start", "message_ts": ts}, {"callback_id": "add"}):
        response = await browser.session.post(
            f"{browser.origin}/control/shortcuts", json={"user": "Maya", **body}, headers={"Origin": browser.origin}
        )
        assert response.status == 404
        assert "shortcut `" in (await response.json())["error"]


async def test_a_declared_shortcut_reaches_the_app(maya, app, connect, heard):
    @app.shortcut("add")
    async def on_add(ack, body):
        await ack()
        await heard.add(body)

    ts = await maya.say("reports", "hello")
    async with connect(app):
        await maya.shortcut("add", message_ts=ts)
        [body] = await heard.until(1)
    assert (body["type"], body["message"]["ts"]) == ("message_action", ts)


def test_a_shortcut_with_a_name_slack_refuses_is_refused():
    with pytest.raises(ValueError, match="1 to 24 characters"):
        ShortcutSeed("x" * (SHORTCUT_NAME_CHARS + 1), "long", "message")


async def test_reactions_are_buttons_that_say_who_gave_them(browser, maya, jonas, line_of):
    ts = await maya.say("reports", "hello")
    await jonas.react(ts, "eyes")
    await maya.react(ts, "eyes")
    await jonas.react(ts, "tada")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    given = line_of(page, ts).xpath(".//button[@data-react]")
    assert [(one.get("data-react"), one.get("aria-pressed"), one.get("title")) for one in given] == [
        ("eyes", "true", "Jonas, you"),
        ("tada", "false", "Jonas"),
    ]


async def test_the_picker_has_emoji_that_are_known(browser, maya):
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    buttons = page.xpath("//*[@id='picker']//button")
    assert len(buttons) % 8 == 0
    assert all(button.find_class("emoji") for button in buttons)


async def test_what_is_no_name_of_an_emoji_is_refused(browser, maya):
    body = {"user": "Maya", "message_ts": await maya.say("reports", "hello"), "name": "No Emoji"}
    response = await browser.session.post(
        f"{browser.origin}/control/reactions", json=body, headers={"Origin": browser.origin}
    )
    assert (response.status, (await response.json())["code"]) == (400, "invalid_name")


async def test_public_channels_can_be_joined_and_left(browser, maya, words):
    await maya.leave("general")
    page = await browser.open("/client/U0MAYA/channels")
    offers = {one.get("data-channel"): one for one in page.find_class("offer")}
    assert list(offers) == ["C0GENERAL", "C0LOBBY", "C0REPORTS"]
    deeds = {name: offer.xpath(".//@data-member") for name, offer in offers.items()}
    assert deeds == {"C0GENERAL": ["join"], "C0LOBBY": ["leave"], "C0REPORTS": ["leave"]}
    assert words(offers["C0GENERAL"].find_class("hint")[0]) == "3 members"


async def test_who_joins_sees_the_channel_at_once(browser, maya, sandbox):
    await maya.leave("general")
    since = sandbox.workspace.changes.last_id
    await maya.join("general")
    assert await browser.next_patches("U0MAYA", since) == [{"op": "refresh"}]
    assert (await browser.get("/client/U0MAYA/C0GENERAL")).status == 200
