import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recipes.answers import AnswerRefused, list_defaults, list_missing, read_answer, show_value
from recipes.parameters import (
    TEXT_ANSWER_CHARS,
    Choice,
    NumberParameter,
    Parameter,
    SelectParameter,
    TextParameter,
    Value,
)
from recipes.templates import NOT_GIVEN, interpolate, list_placeholders

WORDS = {"label": "Topic", "question": "What?"}
TOPIC = TextParameter(name="topic", required=True, min_chars=2, max_chars=10, **WORDS)
COUNT = NumberParameter(name="count", label="Slides", question="How many?", minimum=3, maximum=30, default=5)
STYLE = SelectParameter(
    name="style",
    label="Style",
    question="Which?",
    choices=(Choice(value="slate", label="Slate", synonyms=("blue",)), Choice(value="mono", label="Mono")),
    default="slate",
)


@given(st.text())
def test_no_text_crashes_a_parameter(said):
    for parameter in (TOPIC, COUNT, STYLE):
        answer = _read_or_refuse(parameter, said)
        if isinstance(answer, AnswerRefused):
            assert answer.advice().endswith(".")
            assert answer.parameter == parameter.name
        else:
            assert read_answer(parameter, str(answer)) == answer


def _read_or_refuse(parameter: Parameter, said: str) -> Value | AnswerRefused:
    try:
        return read_answer(parameter, said)
    except AnswerRefused as refused:
        return refused


@given(st.integers(min_value=3, max_value=30), st.sampled_from(["", " ", "\n"]))
def test_a_number_within_bounds_is_always_read(number, space):
    assert read_answer(COUNT, f"{space}{number}{space}") == number
    assert read_answer(COUNT, f"+{number}") == number


@given(st.integers().filter(lambda number: not 3 <= number <= 30))
def test_a_number_outside_its_bounds_is_never_read(number):
    with pytest.raises(AnswerRefused, match="from 3 to 30"):
        read_answer(COUNT, str(number))


@pytest.mark.parametrize("said", ["", "five", "3.5", "1e1", "٣", "0x5", "5 slides", "1,000", "--4", "5\n6"])
def test_what_is_no_whole_number_is_refused_by_name(said):
    with pytest.raises(AnswerRefused) as caught:
        read_answer(COUNT, said)
    assert caught.value.advice() == f"Slides is a whole number from 3 to 30; “{said}” is not."


def test_a_number_outside_says_which_one():
    with pytest.raises(AnswerRefused) as caught:
        read_answer(COUNT, "40")
    assert caught.value.advice() == "Slides is a whole number from 3 to 30; 40 is outside."


@given(st.text(min_size=2, max_size=10).filter(lambda said: len(said.strip()) >= 2))
def test_a_text_within_its_lengths_is_kept_without_its_margins(said):
    assert read_answer(TOPIC, f"  {said}\n") == said.strip()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("x", "Topic needs at least 2 characters; you gave 1."),
        ("   ", "Topic needs at least 2 characters; you gave 0."),
        ("x" * 11, "Topic takes at most 10 characters; you gave 11."),
    ],
)
def test_a_text_outside_its_lengths_says_both_lengths(said, sentence):
    with pytest.raises(AnswerRefused) as caught:
        read_answer(TOPIC, said)
    assert caught.value.advice() == sentence


@pytest.mark.parametrize(
    ("said", "value"), [("slate", "slate"), ("SLATE", "slate"), (" Blue ", "slate"), ("mono", "mono")]
)
def test_a_choice_is_taken_by_value_label_or_synonym_in_any_case(said, value):
    assert read_answer(STYLE, said) == value


def test_an_unknown_choice_is_refused_with_all_labels():
    with pytest.raises(AnswerRefused) as caught:
        read_answer(STYLE, "pink")
    assert caught.value.advice() == "Style is one of: Slate, Mono."


def test_defaults_are_answers_that_nobody_gave():
    assert list_defaults([TOPIC, COUNT, STYLE]) == {"count": 5, "style": "slate"}


def test_only_a_required_parameter_without_answer_and_default_is_missing():
    assert list_missing([TOPIC, COUNT, STYLE], {}) == (TOPIC,)
    assert list_missing([TOPIC, COUNT], {"topic": "churn"}) == ()


def test_a_choice_is_shown_by_its_label_and_all_else_as_it_is():
    assert show_value(STYLE, "slate") == "Slate"
    assert show_value(STYLE, "gone") == "gone"
    assert show_value(COUNT, 7) == "7"


@given(st.text(), st.text())
def test_interpolation_is_one_pass_so_braces_in_values_stay(topic, style):
    shown = interpolate("About {topic}, as {style}.", {"topic": topic, "style": style})
    assert shown == f"About {topic}, as {style}."


def test_a_value_that_names_another_parameter_is_not_filled_again():
    assert interpolate("{topic}", {"topic": "{style} {0} {topic!r}", "style": "x"}) == "{style} {0} {topic!r}"


def test_a_placeholder_without_an_answer_says_so_and_doubled_braces_are_one():
    assert interpolate("{{raw}} {topic}", {}) == f"{{raw}} {NOT_GIVEN}"


def test_placeholders_come_in_their_order():
    assert list_placeholders("{b} and {a}, {{not}} and {b}") == ("b", "a", "b")


@pytest.mark.parametrize("template", ["{}", "{0}", "{topic!r}", "{topic:>5}", "{topic.x}", "{topic[0]}", "{Topic}"])
def test_a_placeholder_is_a_plain_name(template):
    with pytest.raises(ValueError, match="plain parameter name"):
        list_placeholders(template)


@pytest.mark.parametrize("template", ["{", "}", "{topic", "a } b"])
def test_an_open_brace_is_an_error(template):
    with pytest.raises(ValueError, match=re.compile("brace|expected|Single", re.IGNORECASE)):
        list_placeholders(template)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: NumberParameter(name="n", minimum=5, maximum=4, **WORDS),
        lambda: NumberParameter(name="n", minimum=1, maximum=4, default=9, **WORDS),
        lambda: SelectParameter(name="s", choices=(Choice(value="a", label="A"),), default="b", **WORDS),
        lambda: SelectParameter(name="s", choices=(), **WORDS),
        lambda: TextParameter(name="t", max_chars=TEXT_ANSWER_CHARS + 1, **WORDS),
        lambda: TextParameter(name="T", **WORDS),
        lambda: TextParameter(name="t", surprise=1, **WORDS),
    ],
)
def test_a_parameter_that_cannot_work_is_refused_when_it_is_made(wrong):
    with pytest.raises(ValidationError):
        wrong()
