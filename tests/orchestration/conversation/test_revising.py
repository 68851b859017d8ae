"""A form of changes is worked in its thread's turn: what came meanwhile is looked at again."""

import pytest

from orchestration.conversation.revising import QUESTION_WAITS
from orchestration.tickets.revision_forms import BRIEF_WAITS
from recipes.conversation import InboxKind
from recipes.reply import PlainReply
from recipes.revision_form import RevisionEntries
from recipes.ticket import TicketStatus
from tests.fakes.nouns import MAYA, THREAD, make_item, make_output
from tests.fakes.stores import add_ticket


@pytest.fixture
def work_form(store, team, talk, threads):
    """Work a form about something that was delivered; gives what was said in the thread."""

    async def run(**entered):
        await add_ticket(store, status=TicketStatus.COMPLETED)
        async with team.begin() as work:
            await work.outputs.add(make_output())
        entries = RevisionEntries(output_id="out_1", **entered)
        payload = {"entries": entries.model_dump(mode="json"), "user_id": MAYA, "thread": THREAD.model_dump()}
        await talk.work(make_item(kind=InboxKind.REVISION, payload=payload))
        return [each.text for each in threads.list_said(THREAD) if isinstance(each, PlainReply)]

    return run


async def test_a_brief_that_came_after_a_form_was_sent_gets_none_beside_it(add_briefed, work_form):
    await add_briefed("dra_2")
    assert await work_form(theme="ember") == [f"<@{MAYA}> {BRIEF_WAITS}"]


async def test_what_needs_a_brief_waits_for_the_answer_to_a_question(work_form):
    assert await work_form(words="make it friendlier") == [f"<@{MAYA}> {QUESTION_WAITS}"]


async def test_what_needs_no_brief_does_not_wait_for_an_answer(work_form):
    (said,) = await work_form(theme="ember")
    assert said.startswith("What this was made of is no longer kept")
