"""Maya asks for a presentation in one sentence, approves the brief, and gets the file."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
import pytest_asyncio
from pptx import Presentation

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.journal import key_of
from tests.scenarios.threads import WorkThread, list_decks, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

TOPIC = "how electricity in Iowa moved to wind"
REQUEST = f"@Threadwork make a presentation of 6 slides about {TOPIC} in the forest style"
PARAMETERS = {"topic": TOPIC, "slides_count": 6, "template_style": "forest"}


KINDS = {"brief", "progress", "summary"}


def _kind(message: dict[str, Any]) -> str:
    return key_of(message).partition(":")[0]


@dataclass(frozen=True)
class Delivered:
    """The story, told to its end."""

    thread: WorkThread
    brief: dict[str, Any]
    messages: list[dict[str, Any]]
    file: bytes
    records: Any

    @property
    def ticket(self) -> dict[str, Any]:
        return self.records.get("work_tickets", thread_ts=self.thread.ts)

    @property
    def output(self) -> dict[str, Any]:
        return self.records.get("work_outputs", ticket_id=self.ticket["id"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def delivered(bot, maya, electricity, rows) -> AsyncIterator[Delivered]:
    thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await thread.say(REQUEST)
    brief = await thread.approve()
    deck = await thread.deck()
    await thread.ending()
    yield Delivered(thread, brief, await thread.read(), await maya.download(deck["id"]), rows)


async def test_one_sentence_is_enough_for_a_brief(delivered):
    said = words_of(delivered.brief)
    assert f"A presentation of 6 slides about {TOPIC}, in the Forest style." in said
    assert "iowa.csv" in said
    assert "51 rows × 3 columns" in said


async def test_the_brief_says_the_truths_before_anything_runs(delivered):
    said = words_of(delivered.brief)
    for truth in ("What I will read", "What it costs", "When it is done", "Who can see it"):
        assert truth in said


async def test_the_approved_brief_has_lost_its_buttons(delivered):
    [card] = [each for each in delivered.messages if each["ts"] == delivered.brief["ts"]]
    assert buttons_of(card) == {}
    assert "Approved by <@U0MAYA>" in words_of(card)


async def test_the_request_says_who_wants_what(delivered, rows):
    request = rows.get("work_requests", thread_ts=delivered.thread.ts)
    assert (request["requester"], request["recipe_slug"], request["entry_point"]) == (
        "U0MAYA",
        "powerpoint-report",
        "thread",
    )
    assert {name: answer["value"] for name, answer in request["answers"].items()} == PARAMETERS
    assert {answer["origin"]["door"] for answer in request["answers"].values()} == {"message"}


async def test_the_ticket_is_completed_and_keeps_what_it_was_asked(delivered):
    ticket = delivered.ticket
    assert (ticket["status"], ticket["problem"], ticket["partial"]) == ("completed", None, 0)
    assert (ticket["recipe_slug"], ticket["output_format"]) == ("powerpoint-report", "pptx")
    assert ticket["recipe_parameters"] == PARAMETERS
    assert TOPIC in ticket["task_description"]


async def test_the_ticket_keeps_how_long_it_took(delivered):
    assert delivered.ticket["execution_time_ms"] > 0


async def test_the_ticket_keeps_its_todos_all_done(delivered, rows):
    todos = delivered.ticket["final_todos"]
    assert len(todos) > 1
    assert {todo["status"] for todo in todos} == {"completed"}
    assert {"content", "status", "activeForm"} == set(todos[0])
    kept = [row["todo"]["content"] for row in rows.select("todos", ticket_id=delivered.ticket["id"])]
    assert kept == [todo["content"] for todo in todos]


async def test_the_ticket_works_on_the_bundle_that_was_shown(delivered, rows):
    bundle = rows.get("work_bundles", id=delivered.ticket["bundle_id"])
    assert sha256(bundle["canonical"]).hexdigest() == bundle["digest"]
    assert bundle["digest"][:12] in words_of(delivered.brief)


async def test_the_output_is_a_file_that_a_skill_made(delivered):
    output = delivered.output
    assert (output["output_type"], output["file_format"], output["generation_method"]) == (
        "report_draft",
        "pptx",
        "skill",
    )
    assert output["file_id"]
    assert output["title"]


async def test_the_claims_of_the_output_cite_passages_of_the_bundle(delivered, rows):
    bundle = rows.get("work_bundles", id=delivered.ticket["bundle_id"])
    cited = {passage for claim in delivered.output["claims"] for passage in claim["passages"]}
    assert cited
    assert all(f'"{passage}"'.encode() in bundle["canonical"] for passage in cited)


async def test_the_file_in_the_thread_is_the_file_in_the_vault(delivered, rows):
    digest = sha256(delivered.file).hexdigest()
    assert delivered.output["digest"] == digest
    assert rows.open_file(digest) == delivered.file


async def test_the_file_is_a_presentation_of_as_many_slides_as_asked(delivered):
    assert len(Presentation(io.BytesIO(delivered.file)).slides) == 6


async def test_exactly_one_file_one_progress_message_and_one_summary_arrive(delivered):
    bot = delivered.thread.person.app_user_id
    answers = [each for each in delivered.messages if each["user"] == bot]
    [file, progress, summary] = [
        [each for each in answers if list_decks(each)],
        [each for each in answers if each["ts"] == delivered.ticket["progress_ts"]],
        [each for each in answers if "is in this thread" in words_of(each)],
    ]
    assert (len(file), len(progress), len(summary)) == (1, 1, 1)
    noise = [words_of(each) for each in answers if not list_decks(each) and _kind(each) not in KINDS]
    assert noise == []


async def test_the_todos_move_in_one_message_that_is_edited_in_place(delivered, journal):
    shown = [call["args"]["ts"] for call in journal.list_calls("chat.update")]
    states = [
        words_of(call["args"])
        for call in journal.list_calls("chat.update")
        if call["args"]["ts"] == delivered.ticket["progress_ts"]
    ]
    assert shown.count(delivered.ticket["progress_ts"]) > 1
    assert any("Working · " in state for state in states)
    assert all(todo["content"][:40] in states[-1] for todo in delivered.ticket["final_todos"])
    assert len(journal.list_posts("progress:")) == 1


async def test_the_summary_comes_after_the_file_and_names_the_requester(delivered):
    bot = delivered.thread.person.app_user_id
    file, summary = [
        each
        for each in delivered.messages
        if each["user"] == bot and (list_decks(each) or "is in this thread" in words_of(each))
    ]
    assert list_decks(file)
    assert "<@U0MAYA>" in words_of(summary)


async def test_what_the_bot_says_unfurls_nothing(delivered, journal):
    posts = journal.list_calls("chat.postMessage")
    assert posts
    assert {(str(call["args"]["unfurl_links"]), str(call["args"]["unfurl_media"])) for call in posts} == {
        ("False", "False")
    }


async def test_slack_refused_nothing(delivered, journal, expected_refusals):
    refused = journal.list_refused(since=0)
    assert set(refused) <= expected_refusals
    codes = [each.partition(": ")[2] for each in refused]
    assert len(codes) == len(set(codes)), "what a workspace does not know is tried once"
