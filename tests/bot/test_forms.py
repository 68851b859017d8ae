import pytest

from bot.listeners.forms import read_priority


def _view(chosen):
    return {"state": {"values": {"priority": {"value": {"selected_option": chosen}}}}}


def test_a_chosen_priority_is_read():
    assert read_priority(_view({"value": "3"})) == 3


@pytest.mark.parametrize("chosen", [None, {"value": "0"}, {"value": "10"}, {"value": "soon"}, {}])
def test_what_is_no_priority_is_none(chosen):
    assert read_priority(_view(chosen)) is None


def test_a_form_without_the_field_says_nothing():
    assert read_priority({"state": {"values": {}}}) is None
