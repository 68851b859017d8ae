"""What the loop does where a model does not do what it should."""

import pytest

from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from orchestration.agents.supervision import CUT_OFF, FINISH, NOTHING_HANDED_IN
from orchestration.models.port import TurnDelta
from recipes.bundle import BundleAgent
from recipes.ending import Ending
from recipes.usage import Usage
from tests.fakes.journal import FakeJournal, Killed
from tests.fakes.models import ScriptedModel, calling, ending
from tests.fakes.nouns import TOOLS, make_bundle
from tests.orchestration.agents.hosts import FakeHost

READ = ("read_source", {"source_id": "S1"})
EMIT = ("emit_work_output", {"output_type": "report_draft", "title": "Churn", "body": "It fell."})
WRONG = ("read_source", {"source": "S1"})


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


def _agent(model: ScriptedModel, host: FakeHost, *, tokens: int = 10_000, max_turns: int = 20) -> Agent:
    agent = BundleAgent(type="reporting", model="claude-x", effort="low", tools=TOOLS, caps={"tokens": tokens})
    return Agent(model=model, prompt=make_prompt(make_bundle(agent=agent)), host=host, log=host, max_turns=max_turns)


async def _work(script, host, **limits) -> Ending:
    return await _agent(ScriptedModel(script), host, **limits).work(FakeJournal())


def _calls(*calls, count: int) -> list[TurnDelta]:
    return [calling(*calls, turn=number) for number in range(1, count + 1)]


def _taking(turn: TurnDelta, tokens: int, *, read: int = 0) -> TurnDelta:
    return turn.model_copy(update={"usage": Usage(output_tokens=tokens, cache_read_tokens=read)})


async def test_work_is_done_when_something_was_handed_in_and_the_model_ends(host):
    assert await _work([calling(EMIT), ending()], host) is Ending.DONE


async def test_a_model_that_ends_empty_handed_is_told_so_and_goes_on(host):
    assert await _work([calling(READ), ending(), calling(EMIT, turn=3), ending()], host) is Ending.DONE
    assert [turn.remarks for turn in host.turns] == [(), (NOTHING_HANDED_IN,), (), ()]


async def test_after_being_told_three_times_it_is_over(host):
    assert await _work([ending()] * 9, host) is Ending.SILENT
    assert len(host.turns) == 4


async def test_work_in_between_lets_the_telling_begin_anew(host):
    script = [ending(), ending(), ending(), calling(READ, turn=4), ending(), calling(EMIT, turn=6), ending()]
    assert await _work(script, host) is Ending.DONE


async def test_what_was_refused_is_not_handed_in(host):
    host.refusal = "The contract asks for something else."
    assert await _work([calling(EMIT), *[ending()] * 9], host) is Ending.SILENT


@pytest.mark.parametrize("wrong", [WRONG, ("Bash", {"command": "ls"})])
async def test_three_wrong_calls_in_a_row_end_the_work(host, wrong):
    assert await _work(_calls(wrong, count=9), host) is Ending.MISFITS
    assert len(host.turns) == 3


async def test_three_wrong_calls_in_one_turn_end_the_work(host):
    assert await _work(_calls(WRONG, WRONG, WRONG, READ, count=2), host) is Ending.MISFITS
    assert host.called == []


async def test_names_that_there_are_not_count_together(host):
    script = [calling((name, {}), turn=number) for number, name in enumerate(("Bash", "Grep", "Task"), 1)]
    assert await _work([*script, ending()], host) is Ending.MISFITS


async def test_a_right_call_in_between_forgives_the_wrong_ones(host):
    script = [
        *_calls(WRONG, WRONG, READ, WRONG, count=1),
        calling(WRONG, turn=2),
        calling(READ, EMIT, turn=3),
        ending(),
    ]
    assert await _work(script, host) is Ending.DONE


async def test_another_tool_in_between_forgives_nothing(host):
    assert await _work(_calls(WRONG, ("read_source", READ[1]), count=2) + [ending()] * 4, host) is Ending.SILENT
    assert await _work(_calls(WRONG, ("TodoWrite", {"todos": [_todo()]}), count=9), FakeHost()) is Ending.MISFITS


async def test_what_a_tool_itself_refuses_is_no_strike(host):
    host.refusal = "There is no source S1."
    assert await _work([*_calls(READ, count=6), *[ending()] * 4], host) is Ending.SILENT
    assert len(host.turns) == 10


async def test_near_the_limit_of_tokens_the_agent_is_told_once_to_finish(host):
    script = [_taking(turn, 2_500) for turn in _calls(READ, count=3)]
    script += [_taking(calling(READ, turn=4), 1_000), _taking(calling(EMIT, turn=5), 100), ending()]
    assert await _work(script, host) is Ending.DONE
    assert [FINISH in turn.remarks for turn in host.turns] == [False, False, False, True, False, False]


async def test_at_the_limit_of_tokens_the_last_calls_still_run_and_the_work_ends(host):
    script = [_taking(turn, 4_000) for turn in _calls(READ, count=9)]
    assert await _work(script, host) is Ending.TOKENS
    assert (len(host.turns), len(host.results)) == (3, 3)


async def test_what_the_provider_had_kept_counts_once(host):
    script = [_taking(turn, 100, read=1_000_000) for turn in _calls(READ, count=3)]
    assert await _work([*script, calling(EMIT, turn=4), ending()], host) is Ending.DONE


async def test_work_that_is_handed_in_is_done_whatever_it_took(host):
    assert await _work([calling(EMIT), _taking(ending(), 99_999)], host) is Ending.DONE


async def test_near_the_last_turn_the_agent_is_told_to_finish(host):
    assert await _work(_calls(READ, count=10), host, max_turns=10) is Ending.TURNS
    assert [FINISH in turn.remarks for turn in host.turns].index(True) == 7


@pytest.mark.parametrize(
    ("stop_reason", "ending_"), [("refusal", Ending.DECLINED), ("model_context_window_exceeded", Ending.FULL)]
)
async def test_where_the_model_cannot_go_on_the_work_ends(host, stop_reason, ending_):
    assert await _work([calling(READ), _stopping(ending(), stop_reason)], host) is ending_


async def test_a_reply_that_was_cut_off_is_told_to_go_on_in_smaller_steps(host):
    script = [_stopping(ending(), "max_tokens"), _stopping(calling(READ, turn=2), "max_tokens"), calling(EMIT, turn=3)]
    assert await _work([*script, ending()], host) is Ending.DONE
    assert [turn.remarks for turn in host.turns[:2]] == [(CUT_OFF,), (CUT_OFF,)]


async def test_after_a_pause_the_model_goes_on_untold(host):
    assert await _work([_stopping(ending(), "pause_turn"), calling(EMIT, turn=2), ending()], host) is Ending.DONE
    assert host.turns[0].remarks == ()


@pytest.mark.parametrize("step", ["turn:1", "turn:2", "tool:2:read_source", "turn:3", "tool:4:read_source"])
async def test_after_a_crash_the_work_ends_as_it_would_have(host, step):
    script = [ending(), *(calling(WRONG, turn=number) for number in range(2, 9))]
    model, journal = ScriptedModel(script), FakeJournal(dies_after=step)
    with pytest.raises(Killed):
        await _agent(model, host).work(journal)
    assert await _agent(model, host).work(FakeJournal(journal.kept)) is Ending.MISFITS
    assert [len(history) for history in model.histories] == [0, 1, 2, 3]


def _stopping(turn: TurnDelta, stop_reason: str) -> TurnDelta:
    return turn.model_copy(update={"stop_reason": stop_reason})


def _todo() -> dict[str, str]:
    return {"content": "Read", "status": "in_progress", "activeForm": "Reading"}
