"""The staging boundary in the whole bot: from Approve to the summary no statement of the process looks behind it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.fakes.statements import STAGING_TABLES, Statements, beyond_the_wall, recording_statements, tables_of
from tests.scenarios.threads import WorkThread, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


@dataclass(frozen=True)
class Story:
    """All that the bot's process said to its database in one story, and where in it the approval was committed."""

    thread: WorkThread
    statements: Statements
    approval: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(bot, maya, electricity) -> AsyncIterator[Story]:
    with recording_statements() as statements:
        await maya.command("reports", "/work", "note The board meets in May.")
        thread = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
        await thread.say("@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind")
        await thread.approve()
        await thread.ending()
    yield Story(thread, statements, statements.find_commit_after("INSERT INTO work_tickets"))


async def test_staging_reads_what_people_said_and_put_into_baskets(story):
    before = story.statements.list_since(0)[: story.approval]
    read = [each for each in before if each.lstrip().upper().startswith("SELECT")]
    assert tables_of(read) >= STAGING_TABLES


async def test_from_the_approval_to_the_end_no_statement_of_the_whole_process_does(story):
    since = story.statements.list_since(story.approval)
    assert {"work_bundles", "turns", "todos", "work_outputs", "effects", "inbox"} <= tables_of(since)
    assert beyond_the_wall(since) == []


async def test_the_bundle_held_the_note_the_message_and_the_file(story, rows):
    ticket = rows.get("work_tickets", thread_ts=story.thread.ts)
    bundle = rows.get("work_bundles", id=ticket["bundle_id"])["canonical"].decode()
    assert ticket["status"] == "completed"
    assert all(words in bundle for words in ("The board meets in May.", "The figures for the board.", "iowa.csv"))
