"""Two pieces of work by Claude from end to end: a deck on a table, and a text on what a thread says."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from pptx import Presentation

from bot.sandbox.screen import words_of
from tests.claude.counting import list_blocks, without_marks
from tests.claude.replies import NO_READING, Refusal
from tests.claude.scripts import DeckWork, DraftWork, read_bundle_text
from tests.claude.server import ClaudeServer
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.workplace import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUEST = "@Threadwork make a presentation of 3 slides about wind in Iowa in the forest style"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def claude() -> AsyncIterator[ClaudeServer]:
    async with ClaudeServer() as server:
        server.reads(lambda _: NO_READING)
        yield server
        assert server.problems == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(way, workspace, home, bind, database_url, claude) -> AsyncIterator[None]:
    over = {"bind": bind, "over_http": way.over_http, "database_url": database_url}
    async with serving(workspace, home, claude=claude, **over):
        yield


@dataclass(frozen=True)
class Worked:
    """A piece of work, told to its end."""

    thread: WorkThread
    brief: dict[str, Any]
    summary: dict[str, Any]
    bodies: list[dict[str, Any]]
    script: Any
    rows: Any

    @property
    def ticket(self) -> dict[str, Any]:
        return self.rows.get("work_tickets", thread_ts=self.thread.ts)


async def _work(maya, rows, claude, script, text, request, files=()) -> Worked:
    claude.plays(script)
    before = len(claude.list_turns())
    thread = await open_thread(maya, text, files=files)
    await thread.say(request)
    brief = await thread.approve()
    await thread.ending()
    summary = await thread.words("is in this thread")
    return Worked(thread, brief, summary, claude.list_turns()[before:], script, rows)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deck(bot, maya, rows, claude, electricity) -> Worked:
    files = [("iowa.csv", electricity)]
    return await _work(maya, rows, claude, DeckWork(), "The figures for the board.", REQUEST, files)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def draft(deck, maya, rows, claude) -> Worked:
    request = "@Threadwork a content draft about churn"
    return await _work(maya, rows, claude, DraftWork(), "Churn fell to 3 % in June.", request)


async def test_the_deck_arrives_as_claude_made_it(deck, maya):
    file = await deck.thread.deck()
    slides = Presentation(io.BytesIO(await maya.download(file["id"]))).slides
    assert len(slides) == 3
    assert "Wind leads in Iowa" in words_of(deck.summary)


async def test_nothing_says_that_no_language_model_was_used(deck, draft):
    said = " ".join(words_of(each) for each in (deck.brief, deck.summary, draft.brief, draft.summary))
    assert "no language model" not in said


async def test_the_ticket_keeps_which_model_worked_and_what_it_took(deck, claude):
    ticket = deck.ticket
    assert (ticket["status"], ticket["model"], ticket["partial"]) == ("completed", "claude-sonnet-5-5", 0)
    usage = ticket["usage"]
    assert usage["cache_read_tokens"] > usage["cache_write_tokens"] > 0
    assert usage["output_tokens"] > 0


async def test_the_agent_was_told_the_task_the_choices_the_contract_and_the_table(deck):
    told = read_bundle_text(deck.bodies[0])
    for part in ("A presentation of 3 slides about wind in Iowa", "template_style: forest", "The file has 3 slides"):
        assert part in told
    assert "2001-01-01 | Fossil Fuels | 35361" in told


async def test_each_turn_was_asked_for_once_in_order(deck):
    assert deck.script.turns == list(range(1, 13))


async def test_each_request_is_the_one_before_and_what_is_new(deck, draft):
    for worked in (deck, draft):
        sent = [[json.dumps(without_marks(block)) for block in list_blocks(body)] for body in worked.bodies]
        for earlier, later in pairwise(sent):
            assert later[: len(earlier)] == earlier


async def test_the_part_that_never_changes_is_the_same_byte_for_byte(deck):
    assert len({json.dumps([each["tools"], each["system"], each["messages"][0]]) for each in deck.bodies}) == 1


async def test_what_claude_thought_goes_back_signed_as_it_came(deck):
    last = [block for message in deck.bodies[-1]["messages"] for block in message["content"]]
    signatures = [block["signature"] for block in last if block["type"] == "thinking"]
    assert signatures == [f"c2lnbmF0dXJl{turn:04}+/=" for turn in range(1, 12)]


async def test_the_text_arrives_with_its_source(draft):
    said = words_of(draft.summary)
    assert "Churn fell to 3 % in June" in said
    assert "Nobody said why." in said
    [output] = draft.rows.select("work_outputs", ticket_id=draft.ticket["id"])
    assert output["generation_method"] == "text"


async def test_an_agent_that_ended_empty_handed_was_told_so_and_went_on(draft):
    told = draft.bodies[2]["messages"][-1]["content"]
    assert draft.script.turns == [1, 2, 3, 4]
    assert [each["type"] for each in told] == ["text"]
    assert "nothing is handed in yet" in told[0]["text"]


async def test_a_revoked_key_is_said_in_the_thread_in_a_sentence_and_the_work_goes_on_later(draft, maya, rows, claude):
    script = DraftWork()
    claude.plays(lambda _: Refusal(401, "authentication_error"))
    thread = await open_thread(maya, "Churn fell to 3 % in June.")
    await thread.say("@Threadwork a content draft about churn")
    await thread.approve()
    failed = await thread.words("does not take our key")
    claude.plays(script)
    await thread.press("ticket.retry", failed)
    await thread.words("is in this thread")
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] in {"running", "completed"}


async def test_a_model_that_the_provider_does_not_know_is_said_in_the_thread_in_a_sentence(draft, maya, rows, claude):
    claude.plays(lambda _: Refusal(404, "not_found_error"))
    thread = await open_thread(maya, "Churn fell to 3 % in June.")
    await thread.say("@Threadwork a content draft about churn")
    await thread.approve()
    await thread.words("The provider knows no model `claude-sonnet-5-5`.")
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "failed"
