"""A form is kept to be worked in its thread's turn, unless a brief waits there."""

import pytest

from orchestration.tickets.revision_forms import BRIEF_WAITS, RevisionForms
from orchestration.tickets.revisions import Revisions
from recipes.draft import DraftStatus
from recipes.revision_form import RevisionEntries
from recipes.ticket import TicketStatus
from tests.fakes.nouns import MAYA, TEAM, make_output
from tests.fakes.stores import add_ticket

SLATE = RevisionEntries(output_id="out_1", theme="slate")


@pytest.fixture
def forms(store, vault, bell, clock, ids) -> RevisionForms:
    revisions = Revisions(store=store, vault=vault, bell=bell, clock=clock, ids=ids)
    return RevisionForms(revisions=revisions, store=store, bell=bell, clock=clock, ids=ids, reads_words=False)


@pytest.fixture
async def delivered(store, team):
    ticket = await add_ticket(store, status=TicketStatus.COMPLETED)
    async with team.begin() as work:
        await work.outputs.add(make_output())
    return ticket


async def was_kept(team, submission="V1"):
    async with team.read() as work:
        return await work.inbox.has(f"revision:{submission}")


async def test_who_is_still_being_asked_something_can_send_a_form(forms, delivered, get_draft, team):
    assert (await get_draft()).status is DraftStatus.OPEN
    assert await forms.send(TEAM, SLATE, MAYA, submission="V1") == {}
    assert await was_kept(team)


async def test_who_has_a_brief_to_approve_is_told_so(forms, delivered, add_briefed, team):
    await add_briefed("dra_2")
    assert await forms.send(TEAM, SLATE, MAYA, submission="V1") == {"words": BRIEF_WAITS}
    assert not await was_kept(team)
