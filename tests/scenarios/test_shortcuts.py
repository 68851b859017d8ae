"""Work that starts from Slack's own menus: at a message, or anywhere."""

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


async def choose(person, slug):
    """Press the recipe's button in the open gallery and give the form that takes its place."""
    gallery = await person.open_view()
    buttons = [block["accessory"]["value"] for block in gallery["blocks"] if "accessory" in block]
    value = next(value for value in buttons if value.endswith(slug))
    await person.press("recipe.pick", view_id=gallery["id"], value=value)
    return await person.wait_for(
        lambda screen: next((view for view in screen.views if view["callback_id"] == "recipe_form"), None),
        what="the form in the gallery's place",
    )


async def test_a_message_can_be_where_work_starts_though_nobody_mentioned_the_bot(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("The board meets on Friday, and wants to see how far we have come.")
    await maya.shortcut("start_from_message", message_ts=thread.ts)
    form = await choose(maya, "powerpoint-report")
    await maya.fill(form["id"], {"param:topic": {"value": "the rise of wind power"}})
    brief = await thread.approve()
    assert "about the rise of wind power" in words_of(brief)
    await thread.ending()
    said = {row["said"]["text"] for row in rows.select("transcript", thread_ts=thread.ts)}
    assert said == {NOTE, "The board meets on Friday, and wants to see how far we have come."}


async def test_at_work_that_is_under_way_the_shortcut_opens_its_form(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation of 9 slides")
    await thread.button("draft.form")
    await maya.shortcut("start_from_message", message_ts=thread.ts)
    form = await maya.open_view()
    assert form["callback_id"] == "recipe_form"
    assert '"initial_value": "9"' in str(form["blocks"]).replace("'", '"')
    await maya.close_view(form["id"])
    assert len(rows.select("drafts", thread_ts=thread.ts)) == 1


async def test_work_from_the_global_shortcut_lands_in_direct_messages(maya):
    await maya.say("Threadwork", "note to self")
    await maya.shortcut("start_work")
    form = await choose(maya, "powerpoint-report")
    await maya.fill(form["id"], {"param:topic": {"value": "the global story"}})

    def find(screen):
        roots = (each for each in screen.channel("Threadwork") if "the global story" in words_of(each))
        return next((each for each in roots if each["user"] == maya.app_user_id), None)

    root = await maya.wait_for(find, what="the message that starts the thread")
    thread = WorkThread(maya, "Threadwork", root["ts"])
    assert "nothing to work from" in words_of(await thread.words("nothing to work from"))


async def test_where_the_bot_is_not_the_shortcut_says_so_and_starts_nothing(maya, rows):
    before = len(rows.select("drafts"))
    ts = await maya.say("lobby", NOTE)
    await maya.shortcut("start_from_message", message_ts=ts)
    private = await maya.wait_for(lambda screen: list_private(screen.channel("lobby")), what="a private sentence")
    assert "Invite me here" in private[0]
    assert len(rows.select("drafts")) == before
