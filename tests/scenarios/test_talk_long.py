"""A long talk: through chat and form, over restarts, and with events that come twice, late, or for what was changed."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.person import Person
from bot.sandbox.screen import buttons_of, words_of
from bot.sandbox.seed import SlackRules
from tests.scenarios.kills import RESTART_S
from tests.scenarios.processes import Bot, running
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
# What Maya says, and what the bot's answer holds.
TURNS = (
    ("@Threadwork a deck or a summary, please", "Which of these do you mean?"),
    ("the first one", "What should the presentation be about?"),
    ("skip", "Topic is needed"),
    ("wind power, 99 slides", "99 is outside"),
    ("12", "A presentation of 12 slides about wind power, in the Slate style."),
    ("no, 9 slides", "Number of slides: 9, not 12."),
)


@pytest.fixture(scope="module")
def rules(way) -> SlackRules:
    """A Slack that counts no calls: so much is said in no workspace within a minute."""
    return way.rules(enforces_tiers=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def killable(way, workspace, home, bind, database_url, provider) -> AsyncIterator[Bot]:
    more = provider.environment if provider else None
    async with running(workspace, home, way=way, bind=bind, database_url=database_url, more=more) as started:
        yield started


async def take_turn(thread: WorkThread, said: str, answer: str) -> dict:
    ts = await thread.say(said)
    return await thread.wait_for(lambda each: answer in words_of(each), f"“{answer}”", after=ts, patience_s=RESTART_S)


async def restart(bot: Bot, maya: Person) -> None:
    """End the process as a power cut does, and start another one."""
    await bot.kill()
    if not bot.way.over_http:
        await maya.wait_for(lambda screen: screen.connections == 0, RESTART_S, "the bot to be gone")
    await bot.start()


@pytest.mark.parametrize("restarted_after", range(len(TURNS)))
async def test_a_restart_between_two_turns_changes_nothing(killable, maya, rows, restarted_after):
    thread = await open_thread(maya, NOTE)
    for number, (said, answer) in enumerate(TURNS):
        message = await take_turn(thread, said, answer)
        if number == restarted_after:
            await thread.settle_until(lambda: not rows.select("inbox", status="waiting"))
            await restart(killable, maya)
    assert "A presentation of 9 slides about wind power" in words_of(message)
    assert len(await thread.read_answers()) == len(TURNS)


async def test_five_turns_lead_to_a_brief(killable, maya):
    thread = await open_thread(maya, NOTE)
    for said, answer in (
        ("@Threadwork I need something written", "Content draft"),
        ("a summary", "What should the text be about?"),
        ("who can see this?", "Still open: What should the text be about?"),
        ("how wind power rose, in 155 words", "155"),
        ("200 words then", "A text of about 200 words on how wind power rose."),
    ):
        await take_turn(thread, said, answer)
    assert "brief.approve" in buttons_of(await thread.brief())


async def test_chat_form_and_chat_fill_one_draft(killable, maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation in the ember style")
    question = await thread.button("draft.form")
    await thread.press("draft.form", question)
    form = await maya.open_view()
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}, "param:slides_count": {"value": "7"}})
    first = words_of(brief := await thread.brief())
    assert "From the form: Topic: “wind power”; Number of slides: 7, not 5." in first
    assert "A presentation of 7 slides about wind power, in the Ember style." in first
    await thread.say("make it 9 slides")
    assert "Number of slides: 9, not 7." in words_of(await thread.brief(after=brief["ts"]))


async def test_a_form_that_is_opened_and_closed_in_the_middle_loses_nothing(killable, maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork a presentation in the ember style")
    await thread.press("draft.form", await thread.button("draft.form"))
    form = await maya.open_view()
    await maya.close_view(form["id"])
    await thread.say("wind power")
    assert "about wind power, in the Ember style" in words_of(await thread.brief())


async def test_an_edited_answer_is_the_answer(killable, maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    await thread.button("draft.form")
    ts = await thread.say("win power")
    first = await thread.brief()
    await maya.edit("reports", ts, "wind power")
    second = words_of(await thread.brief(after=first["ts"]))
    assert "Topic: “wind power”, not “win power”." in second
    assert "A presentation of 5 slides about wind power" in second
    await thread.settle()
    assert len(await thread.read_answers()) == len(("question", "brief", "brief"))


async def test_a_deleted_answer_is_asked_for_again(killable, maya, rows):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork make a presentation")
    await thread.button("draft.form")
    ts = await thread.say("wind power")
    first = await thread.brief()
    await maya.delete("reports", ts)
    again = await thread.button("draft.form", after=first["ts"])
    assert "What should the presentation be about?" in words_of(again)
    await thread.wait_for(lambda each: each["ts"] == first["ts"] and not buttons_of(each), "the brief to close")


@pytest.mark.parametrize("fault", ["duplicated_events", "reordered_events"])
async def test_events_that_come_twice_or_in_another_order_make_the_same_talk(killable, maya, fault):
    await maya.cause(fault, method="message", ms=400, times=4)
    try:
        thread = await open_thread(maya, NOTE)
        await thread.say("@Threadwork make a presentation")
        question = await thread.button("draft.form")
        await thread.say("wind power")
        brief = await thread.brief(after=question["ts"])
        await thread.say("make it 9, not 5")
        assert "A presentation of 9 slides about wind power" in words_of(await thread.brief(after=brief["ts"]))
        assert len(await thread.read_answers()) == len(("question", "brief", "brief"))
    finally:
        await maya.mend()
