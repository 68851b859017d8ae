"""What is missing is asked in the thread; what does not fit is said in one sentence and asked again."""

import pytest

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


async def test_a_missing_topic_is_asked_in_the_thread_and_answered_there(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork please make a presentation")
    question = await thread.button("draft.form")
    assert "What should the presentation be about?" in words_of(question)
    await thread.say("the rise of wind power")
    assert "about the rise of wind power, in the Slate style" in words_of(await thread.brief())


async def test_defaults_are_not_asked_and_the_brief_says_they_are_defaults(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a slide deck about wind power please")
    said = words_of(await thread.brief())
    assert "Number of slides: 5 _(default)_" in said
    assert "_(from your message)_" in said
    assert len(await thread.read_answers()) == 1


async def test_a_number_out_of_range_is_said_in_one_sentence_and_asked_again(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation of 99 slides about wind power")
    question = await thread.button("draft.form")
    assert "Number of slides is a whole number from 3 to 30; 99 is outside." in words_of(question)
    assert "How many slides should it have (3 to 30)?" in words_of(question)
    assert rows.get("drafts", thread_ts=thread.ts)["brief_no"] == 0
    await thread.say("8")
    assert "A presentation of 8 slides about wind power" in words_of(await thread.brief())


async def test_a_number_that_is_out_of_range_twice_is_asked_for_twice(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation of 99 slides about wind power")
    first = await thread.button("draft.form")
    await thread.say("two")
    second = await thread.button("draft.form", after=first["ts"])
    assert "Number of slides is a whole number from 3 to 30; 2 is outside." in words_of(second)
    await thread.say("3")
    assert "A presentation of 3 slides" in words_of(await thread.brief())


async def test_a_style_that_does_not_exist_is_said_and_asked_again(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power in the purple style")
    question = await thread.button("draft.form")
    assert "Style is one of: Slate, Ember, Forest, Mono." in words_of(question)
    await thread.say("ember")
    assert "about wind power, in the Ember style" in words_of(await thread.brief())


async def test_a_style_is_known_by_its_colour_too(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about green energy in the orange style")
    assert "about green energy, in the Ember style" in words_of(await thread.brief())


async def test_an_unknown_wish_is_answered_with_what_the_bot_can_make(maya, rows):
    thread = await open_thread(maya, "@Threadwork bake me a cake")
    offer = await thread.button("recipe.pick")
    assert "PowerPoint report" in words_of(offer)
    assert rows.select("work_tickets", thread_ts=thread.ts) == []


async def test_the_offered_recipe_opens_its_form(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork what can you do for me")
    offer = await thread.button("recipe.pick")
    draft_id = rows.get("drafts", thread_ts=thread.ts)["id"]
    await maya.press("recipe.pick", message_ts=offer["ts"], value=f"{draft_id}.powerpoint-report")
    form = await maya.open_view()
    assert form["callback_id"] == "recipe_form"
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}})
    assert "about wind power" in words_of(await thread.brief())


async def test_a_changed_mind_before_approval_gives_a_new_brief_and_takes_the_buttons_off_the_old_one(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    first = await thread.brief()
    await thread.say("make it 9 slides")
    second = await thread.brief(after=first["ts"])
    assert "A presentation of 9 slides about wind power" in words_of(second)
    replaced = await thread.wait_for(lambda each: each["ts"] == first["ts"] and not buttons_of(each), "the old brief")
    assert "Replaced by the newer brief below" in words_of(replaced)


@pytest.mark.parametrize(("command", "answer"), [("help", "Tell me what you need"), ("status", "waits for your")])
async def test_a_word_that_is_a_command_is_obeyed_in_the_thread(maya, command, answer):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    await thread.brief()
    await thread.say(command)
    assert await thread.words(answer)


async def test_stop_before_approval_withdraws(maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    brief = await thread.brief()
    await thread.say("stop")
    await thread.words("Nothing was started", after=brief["ts"])
    await thread.wait_for(lambda each: each["ts"] == brief["ts"] and not buttons_of(each), "the brief to close")
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "withdrawn"
    assert rows.select("work_tickets", thread_ts=thread.ts) == []


async def test_a_very_long_topic_is_refused_in_one_sentence(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    question = await thread.button("draft.form")
    await thread.say("wind " * 100)
    refused = await thread.button("draft.form", after=question["ts"])
    assert "Topic takes at most 300 characters; you gave 499." in words_of(refused)


async def test_a_topic_in_braces_and_brackets_stays_text(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    await thread.button("draft.form")
    await thread.say("{slides_count} & <wind> *bold*")
    brief = await thread.brief()
    assert "{slides_count} &amp; &lt;wind&gt; *bold*" in words_of(brief)
