"""What is changed of something delivered takes its look from where its kind has it."""

import pytest

from orchestration.tickets.revisions import Delivered, Revisions
from recipes.ticket import TicketStatus
from tests.fakes.nouns import make_output
from tests.fakes.stores import add_ticket


@pytest.fixture
def branded(store, vault, bell, clock, ids) -> Revisions:
    """Revisions where all presentations take their look from one file."""
    return Revisions(store=store, vault=vault, bell=bell, clock=clock, ids=ids, template="acme.pptx")


@pytest.mark.parametrize(
    ("file_format", "template"), [("pptx", "acme.pptx"), ("docx", None), ("xlsx", None), ("pdf", None), (None, None)]
)
async def test_the_brand_is_of_presentations_only(store, branded, file_format, template):
    ticket = await add_ticket(store, status=TicketStatus.COMPLETED)
    assert await branded.find_template(Delivered(make_output(file_format=file_format), ticket)) == template
