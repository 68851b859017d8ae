"""The form beside the chat: both fill the same draft."""

import asyncio

import pytest

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


def shown(form, parameter):
    """Give what an input of a form shows."""
    [block] = [each for each in form["blocks"] if each["block_id"] == f"param:{parameter}"]
    element = block["element"]
    return element.get("initial_value") or (element.get("initial_option") or {}).get("value")


async def open_form(thread):
    """Press the button under the bot's question and give the form."""
    await thread.press("draft.form", await thread.button("draft.form"))
    return await thread.person.open_view()


async def edit_brief(thread, brief):
    """Press Edit under a brief and give the form."""
    await thread.press("brief.edit", brief)
    return await thread.person.open_view()


async def ask(maya, words="@Threadwork please make a presentation"):
    thread = await open_thread(maya, NOTE)
    await thread.say(words)
    return thread


async def test_the_form_shows_what_the_chat_said(maya):
    thread = await ask(maya, "@Threadwork make a presentation of 12 slides in the mono style")
    form = await open_form(thread)
    assert (shown(form, "topic"), shown(form, "slides_count"), shown(form, "template_style")) == (None, "12", "mono")
    await maya.close_view(form["id"])


async def test_the_brief_shows_what_the_form_said(maya):
    thread = await ask(maya)
    form = await open_form(thread)
    values = {
        "param:topic": {"value": "wind power"},
        "param:slides_count": {"value": "7"},
        "param:template_style": {"value": "ember"},
    }
    assert (await maya.fill(form["id"], values))["response_action"] is None
    said = words_of(await thread.brief())
    assert "A presentation of 7 slides about wind power, in the Ember style." in said
    assert "wind power _(from the form)_" in said
    asked = await thread.words("What should the presentation be about?")
    await thread.wait_for(lambda each: each["ts"] == asked["ts"] and not buttons_of(each), "the question to close")


async def test_a_withdrawn_request_leaves_nothing_to_press(maya):
    thread = await ask(maya)
    question = await thread.button("draft.withdraw")
    await thread.press("draft.withdraw", question)
    await thread.wait_for(lambda each: each["ts"] == question["ts"] and not buttons_of(each), "the question to close")


async def test_what_the_chat_says_after_the_form_stands_in_the_form(maya):
    thread = await ask(maya)
    form = await open_form(thread)
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}, "param:slides_count": {"value": "7"}})
    first = await thread.brief()
    await thread.say("rather 11 slides")
    second = await thread.brief(after=first["ts"])
    form = await edit_brief(thread, second)
    assert (shown(form, "topic"), shown(form, "slides_count")) == ("wind power", "11")
    await maya.close_view(form["id"])


async def test_slack_itself_refuses_a_number_out_of_range_at_its_field(maya):
    thread = await ask(maya)
    form = await open_form(thread)
    refused = await maya.fill(form["id"], {"param:topic": {"value": "x"}, "param:slides_count": {"value": "99"}})
    assert (refused["code"], list(refused["errors"])) == ("client_validation", ["param:slides_count"])
    await maya.close_view(form["id"])


async def test_the_bot_refuses_what_slack_lets_through_at_its_field_and_takes_it_when_it_is_right(maya, rows):
    thread = await ask(maya)
    form = await open_form(thread)
    refused = await maya.fill(form["id"], {"param:topic": {"value": "   "}})
    assert (refused["response_action"], refused["errors"]) == ("errors", {"param:topic": "Topic is needed."})
    assert rows.get("drafts", thread_ts=thread.ts)["answers"] == {}
    assert (await maya.fill(form["id"], {"param:topic": {"value": "wind power"}}))["response_action"] is None
    assert "about wind power" in words_of(await thread.brief())


async def test_a_form_sent_twice_makes_one_brief(maya, journal, rows):
    thread = await ask(maya)
    form = await open_form(thread)
    values = {"param:topic": {"value": "wind power"}}
    await asyncio.gather(maya.fill(form["id"], values), maya.fill(form["id"], values))
    await thread.brief()
    await thread.settle()
    draft = rows.get("drafts", thread_ts=thread.ts)
    assert draft["brief_no"] == 1
    assert len(journal.list_posts(f"brief:{draft['id']}")) == 1


async def test_a_form_sent_without_a_change_keeps_the_brief_that_stands(maya, rows):
    thread = await ask(maya, "@Threadwork make a presentation about wind power")
    brief = await thread.brief()
    form = await edit_brief(thread, brief)
    await maya.fill(form["id"], {})
    await thread.settle()
    assert rows.get("drafts", thread_ts=thread.ts)["brief_no"] == 1
    assert await thread.brief()


async def test_a_field_that_is_emptied_goes_back_to_its_default(maya):
    thread = await ask(maya, "@Threadwork make a presentation of 12 slides about wind power")
    brief = await thread.brief()
    form = await edit_brief(thread, brief)
    await maya.fill(form["id"], {"param:slides_count": {"value": ""}})
    assert "A presentation of 5 slides" in words_of(await thread.brief(after=brief["ts"]))


async def test_what_the_chat_said_while_the_form_was_open_stands_and_is_said_in_a_line(maya, rows):
    thread = await ask(maya, "@Threadwork make a presentation about wind power")
    first = await thread.brief()
    form = await edit_brief(thread, first)
    await thread.say("make it 11 slides")
    second = await thread.brief(after=first["ts"])
    await maya.fill(form["id"], {"param:template_style": {"value": "ember"}})
    said = words_of(await thread.brief(after=second["ts"]))
    assert "A presentation of 11 slides about wind power, in the Ember style." in said
    assert "Number of slides: as you said in the thread while the form was open." in said


async def test_a_form_of_a_recipe_that_the_chat_gave_up_turns_into_the_new_ones(maya):
    thread = await ask(maya, "@Threadwork make a presentation about wind power")
    first = await thread.brief()
    form = await edit_brief(thread, first)
    await thread.say("rather a content draft please")
    await thread.brief(after=first["ts"])
    answer = await maya.fill(form["id"], {"param:topic": {"value": "storms"}, "param:slides_count": {"value": "9"}})
    assert answer["response_action"] == "update"
    form = await maya.open_view()
    assert form["title"]["text"] == "Content draft"
    assert "Meanwhile this became a Content draft in the thread." in words_of(form)
    assert shown(form, "topic") == "storms"
    await maya.close_view(form["id"])


async def test_the_form_of_a_withdrawn_request_says_so_in_its_place(maya):
    thread = await ask(maya)
    question = await thread.button("draft.form")
    form = await open_form(thread)
    await thread.press("draft.withdraw", question)
    answer = await maya.fill(form["id"], {"param:topic": {"value": "wind power"}})
    assert answer["response_action"] == "update"
    view = await maya.open_view()
    assert "This request was withdrawn." in words_of(view)
    await maya.close_view(view["id"])


async def test_nobody_else_opens_the_form(maya, jonas):
    thread = await ask(maya)
    question = await thread.button("draft.form")
    await thread.press("draft.form", question, by=jonas)
    private = await jonas.wait_for(
        lambda screen: [each for each in screen.thread("reports", thread.ts) if each["is_ephemeral"]],
        what="a private sentence",
    )
    assert "Only <@U0MAYA>, who asked for this, can do that." in words_of(private[0])
    assert (await jonas.state())["views"] == []
