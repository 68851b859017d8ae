"""A form is kept to be worked in its thread's turn, unless a brief waits there."""

import pytest

from orchestration.tickets.revision_forms import BRIEF_WAITS, RevisionForms
from orchestration.tickets.revisions import NEEDS_MODEL, Revisions
from recipes.draft import DraftStatus
from recipes.entitlement import NotTheRequester
from recipes.revision_form import RevisionEntries
from recipes.ticket import TicketStatus
from tests.fakes.nouns import JONAS, MAYA, TEAM, make_output
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


async def test_a_form_is_kept_without_a_look_at_what_it_changes(forms, delivered, team):
    entries = RevisionEntries(output_id="out_1", count="5", version=7)
    assert await forms.send(TEAM, entries, MAYA, submission="V1") == {}
    assert await was_kept(team)


async def test_words_that_no_model_can_write_are_said_at_their_field(forms, delivered, team):
    entries = RevisionEntries(output_id="out_1", words="make it friendlier")
    assert await forms.send(TEAM, entries, MAYA, submission="V1") == {"words": NEEDS_MODEL}
    assert await forms.send(TEAM, entries.model_copy(update={"may_write": True}), MAYA, submission="V2") == {}


async def test_only_who_asked_for_the_work_sends_a_form(forms, delivered, team):
    with pytest.raises(NotTheRequester):
        await forms.send(TEAM, SLATE, JONAS, submission="V1")
    assert not await was_kept(team)


async def test_who_has_a_brief_to_approve_is_told_so(forms, delivered, add_briefed, team):
    await add_briefed("dra_2")
    assert await forms.send(TEAM, SLATE, MAYA, submission="V1") == {"words": BRIEF_WAITS}
    assert not await was_kept(team)
