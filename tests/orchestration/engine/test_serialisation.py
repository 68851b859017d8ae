import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.engine.port import StepBroken
from orchestration.engine.serialisation import TaggedJson
from recipes.draft import AnswersMissing

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple),
    max_leaves=12,
)


@given(plain)
def test_plain_data_comes_back_as_it_was(value):
    assert TaggedJson().deserialize(TaggedJson().serialize(value)) == value


def test_an_error_within_data_keeps_its_class():
    (error,) = TaggedJson().deserialize(TaggedJson().serialize([AnswersMissing(["Topic"])]))
    assert type(error) is AnswersMissing
    assert error.labels == ["Topic"]


def test_an_error_that_is_not_ours_becomes_a_defect():
    error = TaggedJson().deserialize(TaggedJson().serialize(KeyError("gone")))
    assert isinstance(error, StepBroken)
    assert (error.kind, error.detail) == ("KeyError", "'gone'")


def test_an_error_of_another_release_is_named():
    text = json.dumps({"$threadwork": "error", "class": "Vanished", "fields": {}})
    with pytest.raises(LookupError, match="Vanished"):
        TaggedJson().deserialize(text)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", float("nan")])
def test_what_is_no_plain_data_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        TaggedJson().serialize(value)
