"""A form or a home that Slack does not show, or shows without saying so: the person sees it, or reads one sentence."""

from collections.abc import Iterator

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "mended")]

CALL_S = 2
TOO_LATE_MS = 2_500
REFUSED = {"rate_limited": {"retry_after": 1}, "server_error": {}}
UNSURE = {"dropped_after": {}, "slow_answers": {"ms": TOO_LATE_MS}}
BUSY = "Slack is slow to answer me right now. Nothing is lost; please try again in a minute."
ASK_AGAIN = "If you do not see it, please ask for it again."


@pytest.fixture(scope="module", autouse=True)
def _hurried() -> Iterator[None]:
    """A bot that waits less where it chooses how long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.connection.CALL_TIMEOUT_S", CALL_S)
        patch.setattr("orchestration.retries.FIRST_PAUSE_S", 0.1)
        yield


async def ask(maya):
    thread = await open_thread(maya, "@Threadwork please make a presentation")
    return thread, await thread.button("draft.form")


async def told(thread, sentence):
    """Give what only this person reads in the thread, once this sentence is there."""
    await thread.wait_for(lambda each: each["is_ephemeral"] and sentence in words_of(each), f"“{sentence}”")
    return list_private(await thread.read())


@pytest.mark.parametrize("fault", REFUSED)
async def test_a_form_that_slack_refuses_is_told_in_one_sentence_and_opens_at_the_next_press(maya, fault):
    thread, question = await ask(maya)
    await maya.cause(fault, method="views.open", **REFUSED[fault])
    await thread.press("draft.form", question)
    assert await told(thread, BUSY) == [BUSY]
    assert (await maya.state())["views"] == []
    await thread.press("draft.form", question)
    await maya.close_view((await maya.open_view())["id"])


@pytest.mark.parametrize("fault", REFUSED)
async def test_the_sentence_is_said_although_slack_refuses_it_too(maya, fault):
    thread, question = await ask(maya)
    await maya.cause(fault, method="views.open", **REFUSED[fault])
    await maya.cause(fault, method="chat.postEphemeral", **REFUSED[fault])
    await thread.press("draft.form", question)
    assert await told(thread, BUSY) == [BUSY]


@pytest.mark.parametrize("fault", UNSURE)
async def test_a_form_that_opens_without_a_word_is_there_and_the_person_told_what_to_do_if_not(maya, fault):
    thread, question = await ask(maya)
    await maya.cause(fault, method="views.open", **UNSURE[fault])
    await thread.press("draft.form", question)
    form = await maya.open_view()
    [sentence] = await told(thread, ASK_AGAIN)
    assert sentence.startswith("Slack did not tell me whether the form opened.")
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}})
    assert await thread.words("There is nothing to work from yet.")


@pytest.mark.parametrize(
    ("fault", "sentence"), [("rate_limited", BUSY), ("server_error", BUSY), ("dropped_after", ASK_AGAIN)]
)
async def test_a_command_whose_gallery_does_not_come_is_answered_in_one_sentence(maya, fault, sentence):
    seen = {each["ts"] for each in await maya.messages("general")}
    await maya.cause(fault, method="views.open")
    await maya.command("general", "/work")
    answers = await maya.wait_for(
        lambda screen: [each for each in screen.channel("general") if each["ts"] not in seen], what="a sentence"
    )
    assert [sentence in words_of(each) and each["is_ephemeral"] for each in answers] == [True]
    await maya.mend()
    for view in (await maya.state())["views"]:
        await maya.close_view(view["id"])


@pytest.mark.parametrize("fault", {**REFUSED, **UNSURE})
async def test_the_home_is_published_in_the_end(maya, priya, fault):
    before = (await priya.state())["home"] or {"hash": None}
    await priya.cause(fault, method="views.publish", times=2, **{**REFUSED, **UNSURE}[fault])
    await priya.open_home()
    home = await priya.wait_for(lambda screen: screen.home and screen.home["hash"] != before["hash"] and screen.home)
    assert "What I can make" in str(home["blocks"])


async def test_a_form_that_does_not_open_from_the_home_is_told_in_direct_messages(jonas):
    await jonas.open_home()
    home = await jonas.wait_for(lambda screen: screen.home, what="the home")
    await jonas.cause("server_error", method="views.open")
    await jonas.press("recipe.pick", view_id=home["id"], value="powerpoint-report")
    said = await jonas.wait_for(lambda screen: screen.channel("Threadwork"), what="a sentence")
    assert [words_of(each) for each in said] == [BUSY]
