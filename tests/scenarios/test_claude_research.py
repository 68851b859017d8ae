"""Research by Claude from end to end: what may be looked up outside, what is recorded of it, and what stands on it."""

import io
import json
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
import pytest_asyncio
from docx import Document

from bot.sandbox.screen import words_of
from tests.claude.counting import list_blocks, without_marks
from tests.claude.replies import NO_READING
from tests.claude.research import OTHER_URL, QUERY, SENTENCE, TITLE, URL, ResearchWork, list_told
from tests.claude.server import ClaudeServer
from tests.scenarios.outside import (
    CODE,
    KNOWN,
    REQUEST,
    SEARCH,
    entries_of,
    names_of,
    research,
    tick,
    ticket_of,
)
from tests.scenarios.threads import list_files, open_thread
from tests.scenarios.ways import ALL_WAYS
from tests.scenarios.workplace import serving

# What is told here happens between the bot and its provider.
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


async def test_the_brief_offers_a_search_that_is_off_and_says_what_leaves_and_what_it_costs(maya, rows):
    thread = await open_thread(maya, KNOWN)
    await thread.say(REQUEST)
    brief = await thread.brief()
    said = words_of(brief)
    assert "Beyond these sources  nothing, unless you tick it" in said.replace("*", "")
    assert "the words that are searched for leave this workspace" in said
    assert "$0.01 a search (price of 22 May 2026)" in said
    bundle = rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])
    assert b"web_search" not in bundle["canonical"]
    ticked = await tick(thread, brief, SEARCH)
    assert "You allowed what goes beyond the sources: web search." in words_of(ticked)
    bundle = rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])
    assert json.loads(bundle["canonical"])["agent"]["tools"][-1] == SEARCH
    off = await tick(thread, ticked)
    bundle = rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])
    assert b"web_search" not in bundle["canonical"]
    assert "nothing, unless you tick it" in words_of(off)


async def test_what_a_search_found_is_recorded_cited_and_checked(maya, rows, claude):
    script = ResearchWork()
    thread, bodies = await research(maya, claude, script, SEARCH)
    assert script.asked == ["search", "say", "build", "hand in", "end"]
    assert names_of(bodies[0])[-1] == SEARCH
    assert CODE not in names_of(bodies[0])
    [searched, quoted] = entries_of(rows, thread)
    assert [each["query"] for each in searched["searches"]] == [QUERY]
    assert [each["url"] for each in searched["sources"]] == [URL, OTHER_URL]
    assert quoted["passages"] == [{"id": "S2.2", "text": SENTENCE}]
    [output] = rows.select("work_outputs", ticket_id=ticket_of(rows, thread)["id"])
    report = output["provenance"]
    assert report["standing"] == {"S2": report["figures"]["found"]}
    assert report["figures"]["found"] >= 1
    assert output["annex_digest"] == rows.select("annex_entries", ticket_id=output["ticket_id"])[-1]["digest"]
    usage = ticket_of(rows, thread)["usage"]
    assert usage["web_searches"] == 1


async def test_the_file_and_the_list_of_sources_lead_to_the_page(maya, rows, claude):
    thread, _ = await research(maya, claude, ResearchWork(), SEARCH)
    message = await thread.wait_for(lambda each: bool(list_files(each, "docx")), "the document")
    document = Document(io.BytesIO(await maya.download(list_files(message, "docx")[0]["id"])))
    assert URL in {each.target_ref for each in document.part.rels.values() if each.is_external}
    summary = await thread.words("is in this thread")
    await thread.press("output.sources", summary)
    said = words_of(await maya.open_view())
    assert TITLE in said
    assert URL in said
    assert OTHER_URL not in said


async def test_the_bundle_stays_as_it_was_approved(maya, rows, claude):
    thread, _ = await research(maya, claude, ResearchWork(), SEARCH)
    bundle = rows.get("work_bundles", id=ticket_of(rows, thread)["bundle_id"])
    assert URL.encode() not in bundle["canonical"]
    assert SENTENCE.encode() not in bundle["canonical"]


async def test_each_request_is_the_one_before_and_what_is_new_and_blocks_go_back_untouched(maya, claude):
    for script in (ResearchWork(), ResearchWork(pauses=True)):
        _, bodies = await research(maya, claude, script, SEARCH)
        sent = [[json.dumps(without_marks(block)) for block in list_blocks(body)] for body in bodies]
        for earlier, later in pairwise(sent):
            assert later[: len(earlier)] == earlier
        said = [block for message in bodies[-1]["messages"] for block in message["content"]]
        assert script.find() in said
        assert [each["citations"] for each in said if each.get("citations")] == [
            script.say_found().blocks[-1]["citations"]
        ]
        assert len({json.dumps([each["tools"], each["system"], each["messages"][0]]) for each in bodies}) == 1


async def test_after_a_pause_the_provider_goes_on_and_nothing_is_said_in_between(maya, rows, claude):
    script = ResearchWork(pauses=True)
    thread, bodies = await research(maya, claude, script, SEARCH)
    assert script.asked == ["search", "resume", "say", "build", "hand in", "end"]
    assert [each["role"] for each in bodies[1]["messages"]] == ["user", "assistant"]
    [searched, _] = entries_of(rows, thread)
    assert [each["query"] for each in searched["searches"]] == [QUERY]
    assert searched["turn"] == 2


async def test_a_search_that_fails_is_told_to_the_agent_which_delivers_what_there_is(maya, rows, claude):
    thread, bodies = await research(maya, claude, ResearchWork(problem="unavailable"), SEARCH)
    assert "A search did not work (unavailable)." in list_told(bodies[1])[0]
    [entry] = entries_of(rows, thread)
    assert entry["searches"] == [{"query": QUERY, "sources": [], "problem": "unavailable"}]
    assert "The web could not be searched." in words_of(await thread.words("is in this thread"))


async def test_without_a_tick_the_agent_has_no_search(maya, rows, claude):
    _, bodies = await research(maya, claude, ResearchWork())
    assert not {SEARCH, CODE} & set(names_of(bodies[0]))
    assert "Searching the web" not in bodies[0]["system"][0]["text"]
