"""What is said beside the request: who can see this, what are you, thanks, and other people's chatter."""

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import DIRECT, WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("reports", "Everybody in this workspace who opens <#C0REPORTS> can read this thread"),
        ("board", "The 3 members of <#C0BOARD> can read this thread"),
    ],
)
async def test_who_can_see_this_is_answered_for_this_thread_and_the_question_stays_open(maya, channel, words):
    thread = await open_thread(maya, "@Threadwork make a presentation", channel=channel)
    await thread.button("draft.form")
    await thread.say("who can see this?")
    said = words_of(await thread.words(words))
    assert "Still open: What should the presentation be about?" in said
    await thread.say("wind power")
    await thread.say(NOTE)
    assert "about wind power" in words_of(await thread.brief())


async def test_in_direct_messages_nobody_else_sees_it(maya):
    ts = await maya.say(DIRECT, "who can see this?")
    assert await WorkThread(maya, DIRECT, ts).words("Only you: this is between the two of us.")


async def test_what_we_are_is_said_with_what_we_make_and_how_to_stop_us(maya):
    thread = await open_thread(maya, "@Threadwork what can you do?")
    said = words_of(await thread.button("recipe.pick"))
    assert "PowerPoint report" in said.partition("I ask for")[0]
    assert "`stop` ends it at any time" in said


async def test_thanks_are_answered_with_no_form_and_only_where_they_are_to_us(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    brief = await thread.brief()
    await thread.say("thanks")
    await thread.settle()
    await thread.say("@Threadwork thanks")
    answer = await thread.words("You're welcome.", after=brief["ts"])
    assert "form" not in words_of(answer)
    assert len(await thread.read_answers()) == 2


async def test_the_requester_needs_no_mention_and_the_chatter_of_others_is_left_alone(maya, jonas, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    await thread.button("draft.form")
    await jonas.say("reports", "make it 20 slides about cats", thread_ts=thread.ts)
    await jonas.say("reports", "lunch at 12?", thread_ts=thread.ts)
    await thread.settle()
    assert rows.get("drafts", thread_ts=thread.ts, user_id=maya.user_id)["answers"] == {}
    await thread.say("wind power")
    brief = words_of(await thread.brief())
    assert "A presentation of 5 slides about wind power" in brief
    assert len(await thread.read_answers()) == 2


async def test_what_somebody_else_said_counts_once_the_requester_adopts_it(maya, jonas):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    first = await thread.brief()
    await jonas.say("reports", "I would make it 11 slides", thread_ts=thread.ts)
    await thread.settle()
    await thread.say("let's do what @Jonas says")
    assert "A presentation of 11 slides" in words_of(await thread.brief(after=first["ts"]))


async def test_two_people_ask_in_one_thread_and_each_has_a_request_of_their_own(maya, jonas, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation about wind power")
    first = await thread.brief()
    await jonas.say("reports", "@Threadwork a presentation of 12 slides about turbines", thread_ts=thread.ts)
    second = await thread.brief(after=first["ts"])
    assert "A presentation of 12 slides about turbines" in words_of(second)
    await thread.say("make it 9 slides")
    assert "A presentation of 9 slides about wind power" in words_of(await thread.brief(after=second["ts"]))
    assert {row["user_id"] for row in rows.select("drafts", thread_ts=thread.ts)} == {maya.user_id, jonas.user_id}


async def test_the_mention_and_the_message_of_one_post_are_one(maya, rows):
    thread = await open_thread(maya, "@Threadwork make a presentation")
    await thread.button("draft.form")
    await thread.settle()
    assert len(await thread.read_answers()) == 1
    assert len(rows.select("drafts", thread_ts=thread.ts)) == 1
