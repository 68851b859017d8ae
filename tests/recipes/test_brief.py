from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.brief import show_duration
from tests.fakes.nouns import make_brief


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "under 10 seconds"),
        (9.9, "under 10 seconds"),
        (10, "about 10 seconds"),
        (44, "about 40 seconds"),
        (89, "about 90 seconds"),
        (90, "about 2 minutes"),
        (180, "about 3 minutes"),
        (3_600, "about 60 minutes"),
    ],
)
def test_a_duration_is_said_as_people_say_it(seconds, said):
    assert show_duration(timedelta(seconds=seconds)) == said


@given(st.timedeltas(timedelta(), timedelta(hours=5)))
def test_what_is_said_is_near_what_it_takes(duration):
    number = int("".join(filter(str.isdigit, show_duration(duration))))
    seconds = number * 60 if "minute" in show_duration(duration) else number
    assert abs(seconds - duration.total_seconds()) <= max(10, 0.35 * duration.total_seconds())


def test_the_approve_button_carries_the_draft_and_the_brief():
    assert make_brief(brief_no=3).value == "dra_1.3"
