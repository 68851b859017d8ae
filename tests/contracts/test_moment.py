"""The contracts of `Clock` and `Ids`, on the fakes and on the real ones."""

from datetime import timedelta

import pytest

from orchestration.moment import SystemClock, UlidIds
from tests.fakes.moment import FakeClock, FakeIds


@pytest.mark.parametrize("clock", [FakeClock(), SystemClock()], ids=["fake", "real"])
def test_the_time_is_aware_utc_and_does_not_run_backwards(clock):
    times = [clock.now() for _ in range(50)]
    assert times == sorted(times)
    assert {time.utcoffset() for time in times} == {timedelta()}


@pytest.mark.parametrize("ids", [FakeIds(), UlidIds()], ids=["fake", "real"])
def test_ids_are_prefixed_unique_and_sort_by_the_order_in_which_they_were_made(ids):
    made = [ids.make("inb") for _ in range(5_000)]
    assert len(set(made)) == len(made)
    assert made == sorted(made)
    assert all(each.startswith("inb_") for each in made)
    assert max(map(len, made)) <= 64


def test_the_time_of_the_fake_moves_only_when_told():
    clock = FakeClock()
    before = clock.now()
    assert clock.now() == before
    clock.advance(minutes=2)
    assert clock.now() - before == timedelta(minutes=2)
