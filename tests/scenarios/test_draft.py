"""A text instead of a file: asked for in the form with each kind of field, delivered in the thread."""

import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NEW = "Wind produced 21,933 thousand megawatthours in 2017. The turbines in Adair stand since May."


async def ask_for_draft(maya):
    thread = await open_thread(maya, NEW)
    await thread.say("@Threadwork write a summary please")
    await thread.press("draft.form", await thread.button("draft.form"))
    return thread, await maya.open_view()


async def test_every_kind_of_field_is_asked_and_kept(maya, jonas, rows):
    thread, form = await ask_for_draft(maya)
    values = {
        "topic": "wind power",
        "words": "150",
        "points": "output of wind\nturbines",
        "since": "2020-01-31",
        "names": "no",
        "reader": jonas.user_id,
        "destination": "C0GENERAL",
    }
    answer = await maya.fill(form["id"], {f"param:{name}": {"value": value} for name, value in values.items()})
    assert answer["response_action"] is None
    brief = words_of(await thread.brief())
    assert "A text of about 150 words on wind power." in brief
    kept = {name: each["value"] for name, each in rows.get("drafts", thread_ts=thread.ts)["answers"].items()}
    assert kept == {**values, "words": 150, "points": ["output of wind", "turbines"], "names": False}


async def test_wrong_answers_are_said_at_their_fields(maya):
    _, form = await ask_for_draft(maya)
    values = {"topic": "wind", "words": "155", "points": "x" * 201}
    answer = await maya.fill(form["id"], {f"param:{name}": {"value": value} for name, value in values.items()})
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"param:words", "param:points"}
    assert "in steps of 50" in answer["errors"]["param:words"]


async def test_the_text_arrives_in_the_thread_with_its_sources(way, maya, rows):
    thread = await open_thread(maya, NEW)
    await thread.say("@Threadwork write a summary about wind power")
    await thread.approve()
    summary = await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the text")
    assert "21,933 thousand megawatthours in 2017" in words_of(summary)
    assert "Sources" in words_of(summary)
    output = rows.get("work_outputs", ticket_id=rows.get("work_tickets", thread_ts=thread.ts)["id"])
    assert (output["generation_method"], output["file_id"]) == ("text", None)
    assert "## Sources" in output["body"]
    texts = [block["text"].strip() for block in summary["blocks"] if block["type"] == "markdown"]
    assert texts == ([output["body"].strip()] if way.agent_features else [])
