"""`/work`: the gallery, the form, and the reserved words."""

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


def input_of(form, parameter):
    """Give the input element of a parameter."""
    return next(each["element"] for each in form["blocks"] if each["block_id"] == f"param:{parameter}")


async def ask(person, channel, words):
    """Type the command and give what only this person reads as its answer."""
    seen = {each["ts"] for each in await person.messages(channel)}
    await person.command(channel, "/work", words)
    answers = await person.wait_for(
        lambda screen: [each for each in screen.channel(channel) if each["is_ephemeral"] and each["ts"] not in seen],
        what=f"an answer to /work {words}",
    )
    return words_of(answers[0])


async def follow_root(maya, channel, phrase):
    """Give the thread under the message that the bot posts for work without a thread."""

    def find(screen):
        roots = [each for each in screen.channel(channel) if phrase in words_of(each) and "thread_ts" not in each]
        roots += [each for each in screen.channel(channel) if phrase in words_of(each) and each.get("reply_count")]
        return next((each for each in roots if each["user"] == maya.app_user_id), None)

    root = await maya.wait_for(find, what="the message that starts the thread")
    return WorkThread(maya, channel, root["ts"])


async def test_the_gallery_leads_to_a_form_and_the_form_to_a_brief_in_a_new_thread(maya, rows):
    await maya.command("general", "/work", f"note {NOTE}")
    assert await maya.command("general", "/work") == {}
    gallery = await maya.open_view()
    assert gallery["callback_id"] == "gallery"
    await maya.press("recipe.pick", view_id=gallery["id"], value="powerpoint-report")
    form = await maya.wait_for(
        lambda screen: next((view for view in screen.views if view["callback_id"] == "recipe_form"), None),
        what="the form in the gallery's place",
    )
    await maya.fill(form["id"], {"param:topic": {"value": "the gallery story"}})
    thread = await follow_root(maya, "general", "the gallery story")
    brief = await thread.brief()
    assert "about the gallery story" in words_of(brief)
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"


async def test_the_words_after_the_recipe_stand_in_the_form(maya):
    assert await maya.command("general", "/work", "powerpoint-report Iowa wind power") == {}
    form = await maya.open_view()
    assert form["callback_id"] == "recipe_form"
    assert input_of(form, "topic")["initial_value"] == "Iowa wind power"
    await maya.close_view(form["id"])


async def test_numbers_and_styles_in_the_words_stand_in_their_fields(maya):
    await maya.command("general", "/work", "powerpoint-report about wind power with 12 slides in the mono style")
    form = await maya.open_view()
    assert input_of(form, "slides_count")["initial_value"] == "12"
    assert input_of(form, "template_style")["initial_option"]["value"] == "mono"
    assert input_of(form, "topic")["initial_value"] == "wind power"
    await maya.close_view(form["id"])


async def test_work_from_a_form_runs_to_its_end_in_the_thread_that_the_bot_opened(maya, rows):
    await maya.command("general", "/work", f"note {NOTE}")
    await maya.command("general", "/work", "powerpoint-report the form story")
    form = await maya.open_view()
    await maya.fill(form["id"], {})
    thread = await follow_root(maya, "general", "the form story")
    assert "<@U0MAYA> asked for this" in words_of((await thread.read())[0])
    await thread.approve()
    await thread.deck()
    await thread.ending()
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "completed"
    assert rows.get("work_requests", thread_ts=thread.ts)["entry_point"] == "form"


async def test_words_of_a_form_call_nobody_and_link_nowhere(maya, journal):
    before = journal.count()
    await maya.command("general", "/work", f"note {NOTE}")
    await maya.command("general", "/work", "powerpoint-report x")
    form = await maya.open_view()
    await maya.fill(form["id"], {"param:topic": {"value": "<!channel> wind <https://evil.example|here>"}})
    thread = await follow_root(maya, "general", "evil.example")
    await thread.approve()
    await thread.ending()
    await thread.settle()
    said = [call["args"] for call in journal.list_calls(since=before) if call["method"].startswith("chat.")]
    assert said
    assert [args for args in said if "<!channel>" in str(args) or "<https://evil" in str(args)] == []


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("list", "`/work powerpoint-report`"),
        ("help", "Tell me what you need"),
        ("note", "Write the note after the word"),
        ("schedule", "`/work schedule`"),
        ("again", "`/work again`"),
    ],
)
async def test_a_reserved_word_is_answered_privately(maya, word, answer):
    assert answer in await ask(maya, "general", word)


async def test_status_without_any_work_says_so(priya):
    assert "You have not started anything" in await ask(priya, "general", "status")


async def test_status_tells_how_the_newest_work_stands(jonas):
    thread = await open_thread(jonas, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    await thread.approve()
    await thread.ending()
    assert "This work is completed." in await ask(jonas, "general", "status")


async def test_an_unknown_recipe_is_answered_in_one_sentence(maya, rows):
    before = len(rows.select("drafts"))
    assert "I don't know the recipe `nonsense`" in await ask(maya, "general", "nonsense")
    assert (await maya.state())["views"] == []
    assert len(rows.select("drafts")) == before


async def test_an_unknown_recipe_in_brackets_mentions_nobody(maya):
    assert "<!here" not in await ask(maya, "general", "<!here>")


async def test_a_note_is_read_by_work_that_starts_in_the_channel(maya):
    note = "The launch of the offshore park moved to May 2027."
    assert "Noted" in await ask(maya, "reports", f"note {note}")
    thread = await open_thread(maya, "@Threadwork a presentation about the launch")
    said = words_of(await thread.brief())
    assert "note in this channel" in said


async def test_a_note_of_one_channel_is_not_read_in_another(maya, rows):
    await maya.command("board", "/work", "note The secret budget is 12 million.")
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    await thread.brief()
    draft = rows.get("drafts", thread_ts=thread.ts)
    assert b"secret budget" not in rows.get("work_bundles", id=draft["bundle_id"])["canonical"]


async def test_where_the_bot_is_no_member_the_work_goes_to_direct_messages_and_the_channel_says_so(
    maya, expected_refusals
):
    expected_refusals.update({"conversations.history: not_in_channel", "chat.postMessage: not_in_channel"})
    await maya.command("lobby", "/work", f"note {NOTE}")
    await maya.command("lobby", "/work", "powerpoint-report the lobby story")
    form = await maya.open_view()
    await maya.fill(form["id"], {})
    thread = await follow_root(maya, "Threadwork", "the lobby story")
    assert "about the lobby story" in words_of(await thread.brief())
    private = await maya.wait_for(
        lambda screen: [each for each in screen.channel("lobby") if "direct message" in words_of(each)],
        what="a private sentence in the channel",
    )
    assert private[0]["is_ephemeral"]
