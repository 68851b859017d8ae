"""The contract of `ModelPort`, on the model without a key, on Claude over the wire, and on the models of the tests."""

import asyncio
import json

import pytest

from orchestration.agents.tools import ToolInputRefused, read_tool_input
from orchestration.models.metering import MeteredModel
from orchestration.models.port import ToolCall, ToolResult, TurnDelta
from recipes.errors import DefectError, ThreadworkError, TransientError, UserFixableError
from recipes.spend import MoneyUsedUp
from recipes.usage import Usage
from tests.contracts.models import THINKING, WORLDS
from tests.fakes.claims import make_payer
from tests.fakes.spend import FakeSpend
from tests.fakes.waiting import until

# Long beyond what letting go takes, short beside what a model may think.
LET_GO_WITHIN_S = 30
MOST_TURNS = 30
FAMILIES = (UserFixableError, TransientError, DefectError)
OWNER = make_payer()


@pytest.fixture(params=WORLDS)
async def world(request):
    async with WORLDS[request.param]() as opened:
        yield opened


@pytest.fixture(params=THINKING)
async def thinker(request):
    async with THINKING[request.param]() as opened:
        opened.think()
        yield opened


def _answered(turn, answer="{}", *, is_error=False):
    results = tuple(ToolResult(tool_use_id=each.id, content=answer, is_error=is_error) for each in turn.tool_calls())
    return turn.model_copy(update={"results": results})


def _misfit(name, given):
    """Give a turn with a call that could not run, and what the loop answered."""
    call = ToolCall(id="toolu_misfit", name=name, input=given)
    with pytest.raises(ToolInputRefused) as refused:
        read_tool_input(name, given)
    result = ToolResult(tool_use_id=call.id, content=str(refused.value), is_error=True, is_misfit=True)
    return TurnDelta(blocks=(call,), stop_reason="tool_use", usage=Usage(input_tokens=1), results=(result,))


def _dump(*values):
    return [value.model_dump_json() for value in values]


async def test_the_same_turn_asked_for_twice_is_the_same_request(world):
    turns = [await world.port.turn(world.prompt, ()) for _ in range(2)]
    one, other = world.asked()[-2:] or turns
    assert one == other
    assert turns[0].blocks == turns[1].blocks


async def test_a_turn_is_bare_what_its_tools_answer_is_the_loops(world):
    turn = await world.port.turn(world.prompt, ())
    assert (turn.results, turn.remarks) == ((), ())


async def test_a_turn_that_was_kept_is_the_turn_that_was_given(world):
    turn = await world.port.turn(world.prompt, ())
    assert TurnDelta.model_validate_json(turn.model_dump_json()) == turn


async def test_what_it_was_given_is_as_it_was(world):
    history = (_answered(await world.port.turn(world.prompt, ())),)
    before = _dump(world.prompt, *history)
    await world.port.turn(world.prompt, history)
    assert _dump(world.prompt, *history) == before


async def test_each_call_has_an_id_of_its_own_and_is_of_a_tool_that_was_given(world):
    history = ()
    for _ in range(2):
        history = (*history, _answered(await world.port.turn(world.prompt, history)))
    calls = [call for turn in history for call in turn.tool_calls()]
    assert len({call.id for call in calls}) == len(calls)
    assert {call.name for call in calls} <= {tool.name for tool in world.prompt.tools}
    for call in calls:
        read_tool_input(call.name, call.input)


async def test_a_turn_without_calls_has_ended_and_one_with_calls_has_not(world):
    turn = await world.port.turn(world.prompt, ())
    assert bool(turn.tool_calls()) == (turn.stop_reason == "tool_use")


async def test_what_a_turn_took_is_recorded_by_kind(world):
    turn = await world.port.turn(world.prompt, ())
    assert all(taken >= 0 for taken in turn.usage.model_dump().values())
    assert (turn.usage.output_tokens > 0, turn.usage.prompt_tokens > 0) == (world.is_billed, world.is_billed)


@pytest.mark.parametrize(
    ("name", "given"), [("Bash", {"command": "ls"}), ("read_source", {"offset": -1}), ("TodoWrite", {"todos": []})]
)
async def test_a_call_that_could_not_run_is_answered_and_the_next_turn_hears_of_it(world, name, given):
    misfit = _misfit(name, given)
    turn = await world.port.turn(world.prompt, (misfit,))
    assert turn.blocks
    for sent in world.asked():
        if isinstance(sent, dict):
            told = sent["messages"][-1]["content"]
            assert misfit.results[0].content in json.dumps(told, ensure_ascii=False)
            assert told[0]["is_error"]


async def test_work_in_which_every_tool_refuses_comes_to_an_end(world):
    history = ()
    while len(history) < MOST_TURNS and (not history or history[-1].tool_calls()):
        if world.history and len(history) == len(world.history):
            return  # from here on the script thinks
        turn = await world.port.turn(world.prompt, history)
        history = (*history, _answered(turn, "No.", is_error=True))
    assert len(history) < MOST_TURNS


async def test_two_pieces_of_work_at_once_are_told_apart(world):
    other = world.prompt.model_copy(update={"system": "Somebody else's."})
    alone = [await world.port.turn(each, ()) for each in (world.prompt, other)]
    together = await asyncio.gather(*(world.port.turn(each, ()) for each in (world.prompt, other)))
    assert [each.blocks for each in together] == [each.blocks for each in alone]


async def test_no_call_leaves_before_its_row_and_the_row_says_what_it_took(world):
    spend = FakeSpend()
    turn = await MeteredModel(world.port, spend, OWNER).turn(world.prompt, ())
    assert len(spend.reserved) == int(world.is_billed)
    assert list(spend.settled.values()) == ([turn.usage] if world.is_billed else [])


async def test_no_call_leaves_at_all_where_the_account_is_used_up(world):
    if not world.is_billed:
        return
    with pytest.raises(MoneyUsedUp):
        await MeteredModel(world.port, FakeSpend(refuses=MoneyUsedUp("ticket", "$5.00", "$5.00")), OWNER).turn(
            world.prompt, ()
        )
    assert world.asked() == []


async def test_trouble_comes_as_one_of_three_families_in_a_sentence(world):
    for name, bring_about in world.troubles:
        port = bring_about()
        with pytest.raises(ThreadworkError) as met:
            await port.turn(world.prompt, ())
        assert sum(isinstance(met.value, family) for family in FAMILIES) == 1, name
        assert met.value.advice().endswith("."), name
        assert type(met.value).from_fields(met.value.to_fields()).advice() == met.value.advice(), name


async def test_work_that_is_stopped_lets_go_and_leaves_nothing_open(thinker):
    around = asyncio.all_tasks()
    turn = asyncio.create_task(thinker.port.turn(thinker.prompt, thinker.history))
    if thinker.is_billed:
        await thinker.is_thinking.wait()
    else:
        await asyncio.sleep(0)  # it is at work in a thread of its own
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(turn, LET_GO_WITHIN_S)
    assert [task for task in asyncio.all_tasks() - around if task.get_coro().__name__ == "turn"] == []

    async def is_closed():
        return thinker.count_open() == 0

    await until(is_closed)


async def test_after_a_stop_the_same_model_works_on_something_else(thinker):
    turn = asyncio.create_task(thinker.port.turn(thinker.prompt, thinker.history))
    if thinker.is_billed:
        await thinker.is_thinking.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    thinker.calm()
    assert (await thinker.port.turn(thinker.prompt, ())).blocks
