"""The same story in four ways: over a socket and over signed HTTP, with Slack's agent features and without."""

import pytest

from tests.scenarios.threads import open_thread

IN_EVERY_RUN = True

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]


async def test_a_question_a_form_a_brief_and_a_deck(maya, electricity):
    thread = await open_thread(maya, "The published figures.", files=[("iowa-electricity.csv", electricity)])
    await thread.say("@Threadwork make a presentation of 5 slides")
    await thread.press("draft.form", await thread.button("draft.form"))
    form = await maya.open_view()
    refused = await maya.fill(form["id"], {"param:topic": {"value": "  "}})
    assert refused["response_action"] == "errors"
    taken = await maya.fill(form["id"], {"param:topic": {"value": "electricity in Iowa"}})
    assert taken["response_action"] is None
    await thread.approve()
    assert (await thread.deck())["name"] == "Electricity-in-Iowa.pptx"
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end")


async def test_sessions_are_asked_for_once_where_there_are_none(maya, way, journal):
    thread = await open_thread(maya, "Wind produced 21,933 thousand megawatthours in 2017.")
    await thread.say("@Threadwork a presentation of 5 slides about wind")
    await thread.approve()
    await thread.ending()
    # Two runs, this one and the one before.
    asked = [call["response"]["ok"] for call in journal.list_calls("agents.sessions.setStatus")]
    assert asked == [False] if not way.agent_features else len(asked) > 1 and all(asked)


async def test_the_gallery_answers_the_command(maya):
    await maya.command("general", "/work")
    gallery = await maya.open_view()
    assert gallery["callback_id"] == "gallery"
    await maya.close_view(gallery["id"])


async def test_the_home_is_published(maya):
    await maya.open_home()
    home = await maya.wait_for(lambda screen: screen.home, what="the home")
    assert "What I can make" in str(home["blocks"])
