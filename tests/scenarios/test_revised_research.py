"""Maya has a brief changed that stands on pages of the web: what it cites is still there, and still checked."""

import io
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from docx import Document

from bot.sandbox.screen import words_of
from tests.claude.readings import reply_with
from tests.claude.replies import NO_READING, calling, ending
from tests.claude.research import SENTENCE, TITLE, URL, ResearchWork
from tests.claude.revising import list_built, read_part, read_revision
from tests.claude.server import ClaudeServer
from tests.scenarios.outside import SEARCH, research
from tests.scenarios.threads import list_files
from tests.scenarios.ways import ALL_WAYS
from tests.scenarios.workplace import serving

WAYS = ALL_WAYS[:1]

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]


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


def get_child(rows, thread):
    return max(rows.select("work_tickets", thread_ts=thread.ts), key=lambda each: each["id"])


async def check_sources(maya, rows, thread, summary):
    """Look at what the newest version stands on: the page is there, and its figure was found in it."""
    child = get_child(rows, thread)
    assert child["parent"] is not None
    [output] = rows.select("work_outputs", ticket_id=child["id"])
    entries = [json.loads(each["entry"]) for each in rows.select("annex_entries", ticket_id=child["id"])]
    found = [each for entry in entries for each in entry["passages"]]
    assert SENTENCE in {each["text"] for each in found}
    assert output["provenance"]["standing"]["S2"] >= 1
    assert output["annex_digest"] == rows.select("annex_entries", ticket_id=child["id"])[-1]["digest"]
    await thread.press("output.sources", summary)
    view = await maya.open_view()
    assert TITLE in words_of(view)
    assert URL in words_of(view)
    await maya.close_view(view["id"])


async def test_a_brief_with_findings_of_the_web_becomes_a_pdf_by_rule(maya, rows, claude):
    thread, _ = await research(maya, claude, ResearchWork(), SEARCH)
    said = await thread.say("as PDF")
    summary = await thread.words("version 2", after=said)
    assert "It is a PDF now." in words_of(summary)
    await thread.wait_for(lambda each: bool(list_files(each, "pdf")), "the PDF", after=said)
    await check_sources(maya, rows, thread, summary)


async def test_a_brief_with_findings_of_the_web_is_reworded_with_what_was_found(maya, rows, claude):
    thread, _ = await research(maya, claude, ResearchWork(), SEARCH)
    told = []

    def reword(body):
        told.append(read_revision(body))
        built = list_built(body)
        if not built:
            section = {**read_part(body, 1), "heading": "In short"}
            content = {"changed": [{"number": 1, "entries": [section]}]}
            return calling(1, ("Skill", {"skill": "docx", "content": content}))
        output = {"output_type": "research_brief", "title": TITLE, "body": "Its heading is shorter."}
        if len(body["messages"]) > 3:
            return ending()
        return calling(2, ("emit_work_output", output | {"file_id": built[0], "file_format": "docx", "claims": []}))

    claude.plays(reword)
    claude.reads(
        lambda _: reply_with(
            {
                "concerns": "change",
                "changes": [
                    {"kind": "reword", "places": [1], "number": None, "name": "", "quote": "a crisper heading"}
                ],
            }
        )
    )
    said = await thread.say("a crisper heading on top would be nice")
    await thread.press("brief.approve", await thread.brief(after=said))
    summary = await thread.words("version 2", after=said)
    assert f"[S2.2] {SENTENCE}" in told[0]
    message = await thread.wait_for(lambda each: bool(list_files(each, "docx")), "the document", after=said)
    document = Document(io.BytesIO(await maya.download(list_files(message, "docx")[0]["id"])))
    assert "In short" in {each.text for each in document.paragraphs}
    await check_sources(maya, rows, thread, summary)
