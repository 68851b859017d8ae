"""A person steers the talk: skips, leaves it to us, corrects, starts over, wants something else."""

import pytest

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


async def ask(maya, words):
    thread = await open_thread(maya, NOTE)
    await thread.say(f"@Threadwork {words}")
    return thread


async def test_a_request_in_one_sentence_is_understood_at_once(maya):
    thread = await ask(maya, "I need 8 slides about the rise of wind power, ember style please")
    said = words_of(await thread.brief())
    assert "A presentation of 8 slides about the rise of wind power, in the Ember style." in said
    assert len(await thread.read_answers()) == 1


async def test_two_recipes_that_may_be_meant_are_offered_with_reasons_and_the_second_one_is_taken(maya):
    thread = await ask(maya, "a deck or a summary about wind power")
    offer = await thread.words("Which of these do you mean?")
    assert "*1. PowerPoint report*: you said “deck”" in words_of(offer)
    assert "*2. Content draft*: you said “summary”" in words_of(offer)
    await thread.say("the second one")
    await thread.wait_for(lambda each: each["ts"] == offer["ts"] and not buttons_of(each), "the offer to close")
    assert "A text of about 300 words on wind power." in words_of(await thread.brief())


async def test_pressing_an_offered_recipe_is_as_good_as_saying_it(maya):
    thread = await ask(maya, "a deck or a summary about wind power")
    offer = await thread.words("Which of these do you mean?")
    await maya.press(
        "draft.choice", message_ts=offer["ts"], channel=offer["channel"], value=pick_of(offer, "PowerPoint")
    )
    assert "A presentation of 5 slides about wind power" in words_of(await thread.brief())


def pick_of(message, label):
    """Give the value of the button with this label."""
    buttons = [
        button
        for block in message["blocks"]
        for button in [*block.get("elements", []), block.get("accessory", {})]
        if button.get("type") == "button"
    ]
    return next(button["value"] for button in buttons if label in button["text"]["text"])


async def test_what_is_in_doubt_is_suggested_as_buttons_and_one_is_pressed(maya):
    thread = await ask(maya, "a presentation about wind power in the purple style")
    question = await thread.button("draft.choice")
    assert {"draft.choice", "draft.choice.2", "draft.choice.3", "draft.choice.4"} <= set(buttons_of(question))
    await thread.press("draft.choice.2", question)
    brief = words_of(await thread.brief())
    await thread.wait_for(lambda each: each["ts"] == question["ts"] and not buttons_of(each), "the question to close")
    assert "Style: Ember." in brief
    assert "Style: Ember _(as you chose)_" in brief


async def test_an_optional_question_is_skipped_and_what_stands_is_said(maya):
    thread = await ask(maya, "a presentation of 99 slides about wind power")
    await thread.words("99 is outside")
    await thread.say("skip")
    assert "Number of slides stays 5." in words_of(await thread.brief())


async def test_what_is_needed_cannot_be_skipped_and_it_is_said_why(maya):
    thread = await ask(maya, "make a presentation")
    first = await thread.button("draft.form")
    await thread.say("skip")
    again = await thread.button("draft.form", after=first["ts"])
    assert "Topic is needed: without it I would have to guess what the PowerPoint report is for." in words_of(again)


async def test_you_decide_takes_the_defaults_says_which_and_asks_only_what_has_none(maya):
    thread = await ask(maya, "make a presentation")
    await thread.button("draft.form")
    await thread.say("you decide")
    said = words_of(await thread.words("I take the usual: Number of slides 5, Style Slate."))
    assert "Topic is the one thing that I cannot choose for you." in said
    await thread.say("wind power")
    brief = words_of(await thread.brief())
    assert "Number of slides: 5 _(default)_ · Style: Slate _(default)_" in brief


async def test_a_correction_is_acknowledged(maya):
    thread = await ask(maya, "a presentation about wind power, 7 slides")
    first = await thread.brief()
    await thread.say("make it 9, not 7")
    assert "Number of slides: 9, not 7." in words_of(await thread.brief(after=first["ts"]))


async def test_two_values_in_one_message_lead_to_a_question_that_names_both(maya):
    thread = await ask(maya, "a presentation about wind power with 8 slides, or 12 slides")
    question = words_of(await thread.button("draft.form"))
    assert "“8 slides” and “12 slides”, which of the two?" in question
    await thread.say("12")
    assert "A presentation of 12 slides" in words_of(await thread.brief())


async def test_one_question_comes_at_a_time_what_is_needed_first(maya):
    thread = await ask(maya, "a presentation of 99 slides")
    first = await thread.button("draft.form")
    assert "What should the presentation be about?" in words_of(first)
    await thread.say("wind power")
    second = await thread.button("draft.form", after=first["ts"])
    assert "99 is outside" in words_of(second)
    assert len(await thread.read_answers()) == 2


async def test_start_over_drops_what_was_said_and_says_so(maya, rows):
    thread = await ask(maya, "a presentation about wind power")
    first = await thread.brief()
    await thread.say("start over")
    await thread.words("We start over: what you had said is dropped.")
    await thread.wait_for(lambda each: each["ts"] == first["ts"] and not buttons_of(each), "the brief to close")
    draft = rows.get("drafts", thread_ts=thread.ts)
    assert (draft["recipe_slug"], draft["answers"], draft["status"]) == (None, {}, "open")


async def test_something_else_gives_the_recipe_up_and_offers_the_others_first(maya):
    thread = await ask(maya, "make a content draft")
    await thread.button("draft.form")
    await thread.say("something else please")
    offer = words_of(await thread.button("recipe.pick"))
    assert offer.index("*PowerPoint report*") < offer.index("*Content draft*")


async def test_the_recipe_changes_in_the_middle_and_what_fits_is_kept(maya):
    thread = await ask(maya, "make a deck about wind power")
    first = await thread.brief()
    await thread.say("no, make it a summary instead")
    brief = words_of(await thread.brief(after=first["ts"]))
    assert "Content draft instead of PowerPoint report. Kept: Topic “wind power”." in brief
    assert "A text of about 300 words on wind power." in brief
    # What was said about the work is nothing to quote.
    assert "2 messages to me" in brief
