"""Maya wants a slide in other words, which costs something: a brief comes first, and only that slide is another."""

import asyncio
import copy
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from orchestration.models.extractive.model import find_turn
from orchestration.models.port import Prompt, TurnDelta
from tests.fakes.models import calling, ending
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.workplace import serving

pytestmark = [pytest.mark.asyncio(loop_scope="module")]

REQUEST = "@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind"


class Meddler:
    """A model that was asked to change one slide and changes all of them."""

    name = "meddler"

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        if prompt.revision is None:
            return await asyncio.to_thread(find_turn, prompt, history)
        content = copy.deepcopy(prompt.revision.earlier.content)
        for slide in content["slides"][1:-1]:
            slide["title"] = f"In short: {slide['title']}"[:120]
        built = [each for turn in history for each in turn.results if not each.is_error]
        match len(history), built:
            case 0 | 1, []:
                return calling(("Skill", {"skill": "pptx", "content": content}), turn=len(history) + 1)
            case 2, [file]:
                files = {"file_id": json.loads(file.content)["file_id"], "file_format": "pptx"}
                handed_in = {"output_type": "report_draft", "title": "Wind", "body": "The headline is shorter."}
                return calling(("emit_work_output", handed_in | files), turn=3)
            case _:
                return ending()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url) -> AsyncIterator[None]:
    async with serving(workspace, home, bind=bind, over_http=way.over_http, database_url=database_url, model=Meddler()):
        yield


@pytest_asyncio.fixture(loop_scope="module")
async def thread(bot, maya, electricity) -> WorkThread:
    opened = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await opened.say(REQUEST)
    await opened.approve()
    await opened.ending()
    return opened


def list_contents(rows, thread):
    tickets = sorted(rows.select("work_tickets", thread_ts=thread.ts), key=lambda each: each["id"])
    turns = [each for one in tickets for each in rows.select("turns", ticket_id=one["id"])]
    calls = [call for turn in turns for call in json.loads(turn["delta"])["blocks"]]
    return tickets, [call["input"]["content"] for call in calls if call.get("name") == "Skill"]


async def test_other_words_for_a_slide_are_briefed_first_and_leave_the_other_slides_alone(thread, rows):
    said = await thread.say("make slide 2 shorter")
    brief = await thread.brief(after=said)
    assert "“make slide 2 shorter”" in words_of(brief)
    assert len(rows.select("work_tickets", thread_ts=thread.ts)) == 1
    await thread.press("brief.approve", brief)
    summary = await thread.words("version 2", after=said)
    assert "The other 5 of 6 slides say what they said" in words_of(summary)
    (parent, child), (before, meddled, again) = list_contents(rows, thread)
    assert meddled == again
    assert (child["parent"], child["bundle_id"]) == (parent["id"], parent["bundle_id"])
    assert len([no for no, each in enumerate(before["slides"]) if each != meddled["slides"][no]]) == 4
    revision = rows.get("revisions", id=child["id"])
    assert revision["earlier"]["content"] == before


async def test_the_next_change_starts_from_what_was_put_back(thread, rows):
    said = await thread.say("make slide 2 shorter")
    await thread.press("brief.approve", await thread.brief(after=said))
    await thread.words("version 2", after=said)
    said = await thread.say("use the green theme")
    await thread.words("version 3", after=said)
    _, contents = list_contents(rows, thread)
    assert len([no for no, each in enumerate(contents[0]["slides"]) if each != contents[-1]["slides"][no]]) == 1


async def test_a_wish_that_is_withdrawn_costs_nothing(thread, rows):
    said = await thread.say("make it friendlier")
    await thread.brief(after=said)
    await thread.say("stop")
    await thread.words("Nothing was started", after=said)
    assert len(rows.select("work_tickets", thread_ts=thread.ts)) == 1
