"""The bell, access to baskets, and sentences for errors."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from orchestration.baskets.access import check_fresh, open_basket
from orchestration.bell import Bell
from orchestration.engine.port import StepBroken
from orchestration.incidents import explain
from recipes.audience import BasketClosed
from recipes.draft import DraftNotFound
from tests.fakes.nouns import CHANNEL, MAYA, TEAM

LONG = timedelta(seconds=30)


async def test_a_ring_wakes_every_ear_once():
    bell = Bell()
    ears = [bell.listen(), bell.listen()]
    bell.ring()
    async with asyncio.timeout(5):
        for ear in ears:
            await ear.wait(at_most=LONG)
    await ears[0].wait(at_most=timedelta())
    assert not ears[0]._heard.is_set()


async def test_a_ring_before_the_wait_is_not_lost():
    bell = Bell()
    ear = bell.listen()
    for _ in range(3):
        bell.ring()
    async with asyncio.timeout(5):
        await ear.wait(at_most=LONG)


async def test_without_a_ring_the_wait_ends_by_itself():
    async with asyncio.timeout(5):
        await Bell().listen().wait(at_most=timedelta(milliseconds=1))


async def test_access_is_proof_of_who_was_where_and_when(threads, clock):
    access = await open_basket(threads, clock, team_id=TEAM, channel_id=CHANNEL, user_id=MAYA)
    assert (access.channel_id, access.user_id, access.checked_at) == (CHANNEL, MAYA, clock.now())
    clock.advance(minutes=5)
    check_fresh(access, clock)
    clock.advance(seconds=1)
    with pytest.raises(BasketClosed):
        check_fresh(access, clock)


def test_a_defect_is_logged_once_and_named_by_its_incident(ids):
    with capture_logs() as logs:
        said = explain(StepBroken(step="share", kind="KeyError", detail="secret"), ids=ids)
    assert said == (
        "Something broke on our side while I was working on this. What was staged is kept. "
        "If you report it, name the incident `inc_000001`."
    )
    assert [(log["event"], log["incident"]) for log in logs] == [("defect_met", "inc_000001")]


def test_an_error_of_nobody_is_a_defect_whose_words_stay_inside(ids):
    with capture_logs():
        said = explain(ValueError("secret"), ids=ids)
    assert "secret" not in said
    assert said.endswith("`inc_000001`.")


def test_what_the_person_can_mend_is_not_logged(ids):
    with capture_logs() as logs:
        said = explain(DraftNotFound("dra_9"), ids=ids)
    assert said == DraftNotFound("dra_9").advice()
    assert (logs, ids.made) == ([], [])
