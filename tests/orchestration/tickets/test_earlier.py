"""What a revision starts from knows which words were asked for, as far as they still hold."""

import pytest

from orchestration.tickets.earlier import read_earlier
from recipes.ids import OutputId, TicketId
from recipes.revision import Drop, EarlierWork, Revision, Reword
from tests.fakes.nouns import make_output
from tests.fakes.stores import add_ticket

SHORTER = Reword(places=(2,), words="make slide 2 shorter")


@pytest.fixture
def read_after(store, team):
    """Give a function that reads the work that came of a revision with these changes."""

    async def go(words, *changes):
        await add_ticket(store)
        earlier = EarlierWork(
            output_id=OutputId("out_0"),
            version=1,
            title="Wind",
            body="It grew.",
            output_type="report_draft",
            file_format=None,
            content=None,
            asked=("sound calmer",),
        )
        revision = Revision(id=TicketId("tkt_1"), words=words, changes=changes, earlier=earlier)
        output = make_output(generation_method="text", file_id=None, version=2)
        async with team.begin() as work:
            await work.revisions.add(revision)
        async with team.read() as work:
            return await read_earlier(work, output, output)

    return go


async def test_what_was_written_for_a_wish_is_to_hold_on(read_after):
    assert (await read_after(SHORTER.words, SHORTER)).asked == ("sound calmer", "make slide 2 shorter")


async def test_what_a_rule_did_is_not_said_again_since_its_numbers_are_of_an_older_version(read_after):
    assert (await read_after("drop slide 3", Drop(places=(3,)))).asked == ("sound calmer",)
