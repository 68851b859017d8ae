"""Records: values of which there are thousands."""

import pytest
from pydantic import BaseModel, ValidationError

from recipes.record import Record


class Line(Record, frozen=True, kw_only=True):
    text: str
    number: int = 1

    def __post_init__(self):
        if not self.text:
            raise ValueError("a line says something")


class Page(BaseModel):
    lines: tuple[Line, ...]


def test_a_model_takes_a_record_as_it_is():
    line = Line(text="Wind rose.")
    assert Page(lines=(line,)).lines[0] is line


def test_a_model_makes_a_record_of_an_object_with_its_members():
    page = Page(lines=(Line(text="a", number=1),))
    assert Page.model_validate_json('{"lines": [{"text": "a"}]}') == page
    assert Page.model_validate({"lines": [{"number": 1, "text": "a"}]}) == page


def test_a_model_writes_its_records_as_objects():
    assert Page(lines=(Line(text="a"),)).model_dump(mode="json") == {"lines": [{"text": "a", "number": 1}]}


@pytest.mark.parametrize("members", [{}, {"text": 1}, {"text": "a", "colour": "red"}, {"text": ""}, ["a", 1], "a"])
def test_a_model_makes_no_record_of_anything_else(members):
    with pytest.raises(ValidationError):
        Page.model_validate({"lines": [members]})


def test_a_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        Line(text="a").text = "b"


def test_equal_records_are_equal_and_have_one_place_in_a_set():
    assert {Line(text="a"), Line(text="a"), Line(text="b")} == {Line(text="a"), Line(text="b")}
