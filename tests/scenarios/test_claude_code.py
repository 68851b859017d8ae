"""Research in which code runs at the provider: what it leaves is fetched, and delivered only if it may be."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.claude.code import CONTAINER, DOCUMENT, PICTURE, PICTURE_BYTES, CodeWork, write_document
from tests.claude.replies import NO_READING
from tests.claude.research import list_told
from tests.claude.server import ClaudeServer
from tests.scenarios.outside import CODE, SEARCH, ask_for_research, entries_of, names_of, research, ticket_of
from tests.scenarios.threads import list_files
from tests.scenarios.ways import ALL_WAYS
from tests.scenarios.workplace import serving

# What is told here happens between the bot and its provider.
WAYS = ALL_WAYS[:1]

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

WORDS = "We buy wind power from Denmark."


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


async def test_a_file_that_keeps_the_contract_is_delivered_and_the_other_one_is_named(maya, rows, claude):
    made = write_document(WORDS)
    claude.files = {DOCUMENT: ("../brief.docx", made), PICTURE: ("chart.png", PICTURE_BYTES)}
    thread, bodies = await research(maya, claude, CodeWork(), CODE)
    assert names_of(bodies[0])[-1] == CODE
    assert SEARCH not in names_of(bodies[0])
    message = await thread.wait_for(lambda each: bool(list_files(each, "docx")), "the document")
    assert await maya.download(list_files(message, "docx")[0]["id"]) == made
    summary = words_of(await thread.words("is in this thread"))
    assert "left aside, made by code: chart.png" in summary
    [output] = rows.select("work_outputs", ticket_id=ticket_of(rows, thread)["id"])
    assert output["generation_method"] == CODE


async def test_what_ran_and_what_it_left_is_recorded_and_what_it_printed_is_no_source(maya, rows, claude):
    claude.files = {DOCUMENT: ("brief.docx", write_document(WORDS)), PICTURE: ("chart.png", PICTURE_BYTES)}
    thread, bodies = await research(maya, claude, CodeWork(), CODE)
    [ran, left] = entries_of(rows, thread)
    assert [(run["code"], run["printed"], run["return_code"]) for run in ran["runs"]] == [("print(6 * 7)", "42\n", 0)]
    assert (ran["sources"], ran["passages"]) == ([], [])
    assert [(each["name"], each["file_format"]) for each in left["files"]] == [
        ("brief.docx", "docx"),
        ("chart.png", None),
    ]
    assert left["files"][1]["problem"] == "is not the DOCX file that the recipe asks for"
    assert "it cannot be cited" in list_told(bodies[1])[0]
    assert [each.get("container") for each in bodies] == [None, CONTAINER, CONTAINER]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "is no longer with the provider"),
        ({DOCUMENT: ("brief.docx", b"PK nothing"), PICTURE: ("a.png", PICTURE_BYTES)}, "is not a Word document"),
        ({DOCUMENT: ("brief.docx", write_document(WORDS, link="https://evil.example/?q=42"))}, "leads to addresses"),
    ],
)
async def test_a_file_that_may_not_be_delivered_is_told_to_the_agent_and_nobody_gets_it(
    maya, rows, claude, files, problem
):
    claude.files = files
    claude.plays(CodeWork())
    before = len(claude.list_turns())
    thread = await ask_for_research(maya, CODE)
    await thread.words("without handing anything in")
    assert problem in " ".join(list_told(claude.list_turns()[before + 1]))
    assert rows.select("work_outputs", ticket_id=ticket_of(rows, thread)["id"]) == []
