import pytest

from recipes.session import find_status
from tests.fakes.nouns import make_ticket


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [
        ((), "active"),
        (("pending",), "active"),
        (("running",), "processing"),
        (("waiting",), "suspended"),
        (("completed", "failed", "cancelled"), "active"),
        (("running", "waiting"), "processing"),
        (("completed", "waiting"), "suspended"),
        (("completed", "running"), "processing"),
    ],
)
def test_a_thread_shows_what_the_busiest_of_its_work_does(statuses, wanted):
    assert find_status([make_ticket(status=status) for status in statuses]) == wanted


@pytest.mark.parametrize("status", ["running", "waiting"])
def test_what_was_stopped_needs_no_stop(status):
    assert find_status([make_ticket(status=status, closing=True)]) == "active"
