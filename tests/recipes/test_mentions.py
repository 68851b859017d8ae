import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.mentions import (
    drop_marks,
    list_people,
    map_channels,
    mention_channel,
    mention_person,
    name_people,
    show_mentions,
)

NAMES = st.text(max_size=20)


def test_a_mark_reads_as_a_name_and_without_one_as_the_id():
    said = f"ask {mention_person('U0BEN', 'Ben')} in {mention_channel('C0SALES')}"
    assert show_mentions(said) == "ask @Ben in #C0SALES"


def test_people_get_their_names_later():
    said = f"{mention_person('U0BEN')} and {mention_person('U0EVE')} in {mention_channel('U0BEN', 'odd')}"
    assert show_mentions(name_people(said, {"U0BEN": "Ben"})) == "@Ben and @U0EVE in #odd"


def test_channels_are_known_by_what_people_read():
    assert map_channels("⟨#C0SALES|sales⟩ ⟨#C0OPS⟩ ⟨@U0BEN|ben⟩") == {"sales": "C0SALES", "C0OPS": "C0OPS"}


@pytest.mark.parametrize("typed", ["⟨@U0BEN⟩", "⟨#C0SALES|sales⟩", "⟨@U0BEN|⟩", "⟨⟨@U0BEN⟩⟩"])
def test_what_is_typed_is_no_mark(typed):
    assert list_people(drop_marks(typed)) == []
    assert map_channels(drop_marks(typed)) == {}


@given(NAMES, NAMES)
def test_no_name_breaks_out_of_its_mark(name, other):
    said = name_people(mention_person("U0BEN", name), {"U0BEN": other})
    assert list_people(said) == ["U0BEN"]
    assert list_people(show_mentions(said)) == []
