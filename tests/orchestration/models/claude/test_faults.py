"""Whatever the provider does becomes one of our errors, and never a turn."""

import asyncio
from datetime import timedelta

import pytest

from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.errors import ModelBusy, ModelUnreachable, ReplyBroken
from orchestration.models.claude.model import ClaudeModel
from orchestration.retries import trying_again
from recipes.errors import DefectError, TransientError, UserFixableError
from tests.claude.faults import FAULTS, WHOLE
from tests.claude.handling import SLIPS, find_mishandled, find_slipped
from tests.claude.replies import Broken, Refusal, ending
from tests.claude.samples import make_claude_prompt
from tests.fakes.ports import find_free_port


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_fault_is_an_error_of_ours_and_no_turn(claude, provider, fault):
    provider.plays([fault.answer])
    with pytest.raises(fault.becomes) as met:
        await claude.turn(make_claude_prompt(), ())
    assert isinstance(met.value, TransientError | UserFixableError | DefectError)
    assert "Wind" not in f"{met.value} {met.value.advice()}"
    assert len(provider.bodies) == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_work_goes_on_after_what_passes_and_ends_at_what_does_not(provider, fault):
    assert await find_mishandled(provider, fault) is None


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
async def test_work_ends_as_it_should_whatever_the_model_does(provider, slip):
    assert await find_slipped(provider, slip) is None


async def test_nobody_there_is_an_error_of_ours():
    async with ClaudeDoor(key="k", base_url=f"http://127.0.0.1:{find_free_port()}") as door:
        with pytest.raises(ModelUnreachable):
            await ClaudeModel(door, name="x").turn(make_claude_prompt(), ())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"retry-after": "86400"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
async def test_how_long_to_wait_is_heard_where_it_makes_sense(claude, provider, headers, seconds):
    provider.plays([Refusal(429, "rate_limit_error", headers)])
    with pytest.raises(ModelBusy) as met:
        await claude.turn(make_claude_prompt(), ())
    assert met.value.pause() == (None if seconds is None else timedelta(seconds=seconds))


async def _turn_after_turn(claude, **more):
    async def take():
        return await claude.turn(make_claude_prompt(), ())

    return await trying_again(take, **more)


async def test_a_step_waits_as_long_as_it_was_told_and_asks_again(claude, provider):
    provider.plays([Refusal(429, "rate_limit_error", {"retry-after-ms": "1"}), Broken(WHOLE, 9, "end"), ending()])
    turn = await _turn_after_turn(claude, for_long=timedelta(seconds=30))
    assert turn.stop_reason == "end_turn"
    assert len(provider.bodies) == 3


async def test_replies_that_break_again_and_again_are_not_paid_for_without_end(claude, provider, monkeypatch):
    monkeypatch.setattr("orchestration.retries.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("orchestration.retries.LONGEST_PAUSE_S", 0.001)
    provider.plays([Broken(WHOLE, 9, "end")] * 9)
    with pytest.raises(ReplyBroken):
        await _turn_after_turn(claude)
    assert len(provider.bodies) == 5


async def test_a_provider_that_takes_the_request_and_says_nothing_is_given_up(claude, provider):
    silent = asyncio.Event()

    async def wait(_):
        await silent.wait()
        return ending()

    provider.plays(wait)
    with pytest.raises(ModelUnreachable):
        await claude.turn(make_claude_prompt(), ())
    silent.set()


async def test_work_that_is_stopped_lets_go_of_the_provider_at_once(claude, provider):
    asked = asyncio.Event()

    def stall(_):
        asked.set()
        return Broken(WHOLE, 9, "stall")

    provider.plays(stall)
    turn = asyncio.create_task(claude.turn(make_claude_prompt(), ()))
    await asked.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
