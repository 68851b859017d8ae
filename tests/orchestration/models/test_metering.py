"""Metered models: no call leaves before its row, and its row says in the end what it took."""

import asyncio
from datetime import timedelta

import pytest

from orchestration.agents.roster import make_prompt
from orchestration.models.claude.errors import KeyRefused, ModelBusy, ReplyBroken
from orchestration.models.claude.rendering import render_turn
from orchestration.models.metering import MeteredModel, MeteredReader
from orchestration.models.port import ReadingRefused
from orchestration.models.sizes import TURN_OUTPUT_TOKENS, measure_bundle, measure_opening, measure_prompt
from orchestration.partner.model.reply import Reply
from recipes.errors import TransientError
from recipes.spend import DraftCallsUsedUp
from recipes.ticket import NO_LANGUAGE_MODEL
from recipes.usage import Usage
from tests.fakes.claims import EMPTY, TOOK, ScriptedReader, make_payer
from tests.fakes.models import ScriptedModel, calling
from tests.fakes.nouns import make_bundle, make_source
from tests.fakes.spend import FakeSpend

OWNER = make_payer()
ASKING = {"instructions": "i" * 300, "text": "t" * 30, "most_output_tokens": 50}


class Away(TransientError):
    def advice(self):
        return "Away."


async def _read(script, spend):
    reader = ScriptedReader(script)
    try:
        return await MeteredReader(reader, spend, OWNER).read(Reply, **ASKING)
    finally:
        assert len(reader.asked) == len(spend.reserved)


async def test_a_reading_is_reserved_and_settled():
    spend = FakeSpend()
    read = await _read([EMPTY], spend)
    ((owner, model, most),) = spend.reserved
    assert (owner, model, most.output_tokens) == (OWNER, "claude-haiku-5-5", 50)
    assert most.input_tokens > 110
    assert spend.settled == {"cal_1": TOOK}
    assert read.usage == TOOK


async def test_no_call_leaves_where_the_account_is_used_up():
    spend = FakeSpend(refuses=DraftCallsUsedUp(8, 8))
    with pytest.raises(DraftCallsUsedUp):
        await _read([EMPTY], spend)


@pytest.mark.parametrize(
    ("trouble", "settled"),
    [
        (ReadingRefused(reason="cut", input_tokens=5, output_tokens=50), Usage(input_tokens=5, output_tokens=50)),
        (Away(), Usage()),
        (KeyRefused(), Usage()),
    ],
)
async def test_a_call_that_failed_took_what_it_says(trouble, settled):
    spend = FakeSpend()
    with pytest.raises(type(trouble)):
        await _read([trouble], spend)
    assert spend.settled == {"cal_1": settled}


async def test_a_model_that_asks_for_patience_is_left_alone_by_all():
    spend = FakeSpend()
    with pytest.raises(ModelBusy):
        await _read([ModelBusy("claude-haiku-5-5", "429", 12.0)], spend)
    assert spend.rests == [("claude-haiku-5-5", timedelta(seconds=12))]
    assert spend.settled == {"cal_1": Usage()}


async def test_of_an_answer_that_broke_off_the_prompt_was_paid_for():
    spend = FakeSpend()
    with pytest.raises(ReplyBroken):
        await _read([ReplyBroken("claude-haiku-5-5", "cut")], spend)
    ((_, _, most),) = spend.reserved
    assert spend.settled == {"cal_1": Usage(input_tokens=most.input_tokens)}


@pytest.mark.parametrize("end", [asyncio.CancelledError(), RuntimeError()])
async def test_of_a_call_that_nobody_heard_the_end_of_the_reservation_stays(end):
    class Cut(ScriptedReader):
        async def read(self, schema, **given):
            raise end

    spend = FakeSpend()
    with pytest.raises(type(end)):
        await MeteredReader(Cut([]), spend, OWNER).read(Reply, **ASKING)
    assert (len(spend.reserved), spend.settled) == (1, {})


async def test_what_was_paid_for_is_not_thrown_away_where_it_cannot_be_noted():
    read = await _read([EMPTY], FakeSpend(settling_fails=Away()))
    assert read.usage == TOOK


async def test_a_turn_is_reserved_with_all_that_it_can_say_and_settled():
    spend, prompt = FakeSpend(), make_prompt(make_bundle())
    first, second = calling(), calling()
    model = MeteredModel(ScriptedModel([first, second]), spend, OWNER)
    await model.turn(prompt, ())
    await model.turn(prompt, (first,))
    assert [most.output_tokens for _, _, most in spend.reserved] == [TURN_OUTPUT_TOKENS] * 2
    assert {name for _, name, _ in spend.reserved} == {prompt.bundle.agent.model}
    assert spend.settled == {"cal_1": first.usage, "cal_2": second.usage}


async def test_work_without_a_language_model_is_on_nobodys_account():
    spend, bundle = FakeSpend(), make_bundle()
    agent = bundle.agent.model_copy(update={"model": NO_LANGUAGE_MODEL})
    prompt = make_prompt(bundle.model_copy(update={"agent": agent}))
    await MeteredModel(ScriptedModel([calling()]), spend, OWNER).turn(prompt, ())
    assert spend.reserved == []


def test_a_turn_says_no_more_than_was_reserved_for_it():
    assert render_turn(make_prompt(make_bundle()), ())["max_tokens"] <= TURN_OUTPUT_TOKENS


def test_a_prompt_is_as_large_as_the_last_turn_and_what_came_since():
    prompt = make_prompt(make_bundle())
    usage = Usage(input_tokens=10, cache_read_tokens=900, output_tokens=90)
    turn = calling().model_copy(update={"usage": usage})
    assert measure_prompt(prompt, ()) == measure_opening(prompt)
    assert measure_prompt(prompt, (turn,)) == 1_000


def test_of_large_sources_only_what_stands_in_a_prompt_counts():
    large = measure_bundle(make_bundle(sources=(make_source(text="x" * 1_000_000),)))
    assert 53_000 < large < 55_000
