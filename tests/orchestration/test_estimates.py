from datetime import timedelta

import pytest

from orchestration.estimates import RUNS_NEEDED, estimate
from tests.fakes.nouns import make_frozen, make_source


def _seconds(*numbers: float) -> list[timedelta]:
    return [timedelta(seconds=number) for number in numbers]


def test_the_recipes_own_history_counts_once_there_is_one():
    made = estimate(make_frozen(), _seconds(10, 20, 30, 40, 900))
    assert (made.duration, made.basis, made.runs) == (timedelta(seconds=30), "history", 5)


@pytest.mark.parametrize("runs", range(RUNS_NEEDED))
def test_too_few_runs_say_nothing(runs):
    made = estimate(make_frozen(), _seconds(*[900] * runs))
    assert (made.basis, made.runs) == ("sizes", 0)


def test_more_to_read_takes_longer():
    small = estimate(make_frozen(), [])
    large = estimate(make_frozen(sources=(make_source(text="x" * 1_000_000),)), [])
    assert small.duration < large.duration
    assert large.duration - small.duration == pytest.approx(timedelta(seconds=10), abs=timedelta(seconds=0.1))


def test_no_tokens_are_promised_where_no_language_model_is_called():
    assert estimate(make_frozen(), []).input_tokens == 0
