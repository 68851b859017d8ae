from datetime import timedelta
from decimal import Decimal

import pytest

from orchestration.staging.estimates import RUNS_NEEDED, estimate
from recipes.estimate import Estimate, PastRun
from recipes.spend import Spent
from recipes.ticket import NO_LANGUAGE_MODEL
from storage.prices import load_prices
from tests.fakes.nouns import make_bundle, make_frozen, make_source

SONNET = "claude-sonnet-5-5"


def _estimate(runs: list[PastRun], *, model: str = NO_LANGUAGE_MODEL, **bundle: object) -> Estimate:
    made = make_bundle(**bundle)
    made = made.model_copy(update={"agent": made.agent.model_copy(update={"model": model})})
    return estimate(make_frozen(**bundle), made, runs, load_prices())


def _runs(*seconds: float, spent: Spent | None = None) -> list[PastRun]:
    return [PastRun(duration=timedelta(seconds=each), spent=spent) for each in seconds]


def test_the_recipes_own_history_counts_once_there_is_one():
    made = _estimate(_runs(10, 20, 30, 40, 900))
    assert (made.duration, made.basis, made.runs) == (timedelta(seconds=30), "history", 5)


@pytest.mark.parametrize("runs", range(RUNS_NEEDED))
def test_too_few_runs_say_nothing(runs):
    made = _estimate(_runs(*[900] * runs))
    assert (made.basis, made.runs) == ("sizes", 0)


def test_more_to_read_takes_longer():
    small = _estimate([])
    large = _estimate([], sources=(make_source(text="x" * 1_000_000),))
    assert small.duration < large.duration
    assert large.duration - small.duration == pytest.approx(timedelta(seconds=10), abs=timedelta(seconds=0.1))


@pytest.mark.parametrize("runs", [0, RUNS_NEEDED])
def test_no_tokens_are_promised_where_no_language_model_is_called(runs):
    made = _estimate(_runs(*[10] * runs))
    assert (made.tokens, made.cost_usd) == (0, None)


def test_a_language_model_takes_tokens_and_money_by_the_size_of_what_it_reads():
    small = _estimate([], model=SONNET)
    large = _estimate([], model=SONNET, sources=(make_source(text="x" * 100_000),))
    assert (small.basis, large.basis) == ("sizes", "sizes")
    assert large.tokens - small.tokens == pytest.approx(33_000, rel=0.02)
    assert Decimal("0.10") < small.cost_usd < large.cost_usd < Decimal(1)
    assert small.duration > timedelta(minutes=1)


def test_a_model_without_a_price_takes_tokens_and_no_money():
    made = _estimate([], model="claude-next")
    assert made.tokens > 1_000
    assert made.cost_usd is None


def test_what_earlier_runs_took_is_what_the_next_one_takes():
    runs = [
        PastRun(duration=timedelta(seconds=60), spent=Spent(tokens=tokens, cost_usd=Decimal(tokens) / 100_000))
        for tokens in (40_000, 50_000, 90_000, 45_000, 60_000)
    ]
    made = _estimate(runs, model=SONNET)
    assert (made.basis, made.runs, made.tokens, made.cost_usd) == ("history", 5, 50_000, Decimal("0.5"))


def test_where_one_of_them_had_no_price_no_money_is_promised():
    runs = [
        *_runs(1, 2, 3, 4, spent=Spent(tokens=9_000, cost_usd=Decimal(1))),
        *_runs(5, spent=Spent(tokens=9_000, cost_usd=None)),
    ]
    made = _estimate(runs, model=SONNET)
    assert (made.tokens, made.cost_usd) == (9_000, None)


def test_runs_of_which_nothing_is_known_but_their_time_leave_the_rest_to_sizes():
    made = _estimate(_runs(10, 20, 30, 40, 50), model=SONNET)
    assert (made.basis, made.duration.total_seconds()) == ("history", 30)
    assert made.tokens == _estimate([], model=SONNET).tokens
