"""The loop with a journal in a dictionary and a model that follows a script."""

import pytest

from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from recipes.bundle import BundleAgent
from recipes.errors import TransientError
from recipes.ticket import NO_LANGUAGE_MODEL
from tests.fakes.journal import FakeJournal, Killed
from tests.fakes.models import ScriptedModel, calling, ending
from tests.fakes.nouns import TOOLS, make_bundle
from tests.orchestration.agents.hosts import FakeHost

TODOS = {"todos": [{"content": "read", "status": "in_progress", "activeForm": "reading"}]}
READ = {"source_id": "S1"}


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


def _agent(model: ScriptedModel, host: FakeHost, *, max_turns: int = 9) -> Agent:
    agent = BundleAgent(type="reporting", model=NO_LANGUAGE_MODEL, effort="medium", tools=TOOLS, caps={})
    return Agent(model=model, prompt=make_prompt(make_bundle(agent=agent)), host=host, log=host, max_turns=max_turns)


async def _work(script, host, *, max_turns: int = 9) -> FakeJournal:
    journal = FakeJournal()
    await _agent(ScriptedModel(script), host, max_turns=max_turns).work(journal)
    return journal


async def test_the_loop_takes_turns_and_runs_tools_until_the_model_ends(host):
    journal = await _work([calling(("TodoWrite", TODOS), ("read_source", READ)), ending()], host)
    assert journal.ran == ["turn:1", "tool:1:TodoWrite", "tool:1:read_source", "turn:2"]
    assert host.called == ["write_todos", "read_source S1"]
    assert [turn.stop_reason for turn in host.turns] == ["tool_use", "end_turn"]


async def test_the_model_sees_the_results_of_its_tools_in_the_order_of_its_calls(host):
    model = ScriptedModel([calling(("read_source", {"source_id": "S2"}), ("read_source", READ)), ending()])
    await _agent(model, host).work(FakeJournal())
    (first,) = model.histories[1]
    assert [result.tool_use_id for result in first.results] == ["call_1_1", "call_1_2"]
    assert [result.content for result in first.results] == [
        '{"answer": "read_source S2"}',
        '{"answer": "read_source S1"}',
    ]


@pytest.mark.parametrize("step", ["turn:1", "tool:1:TodoWrite", "turn:2", "tool:2:read_source", "turn:3"])
async def test_after_a_crash_nothing_finished_is_asked_or_done_again(host, step):
    script = [calling(("TodoWrite", TODOS)), calling(("read_source", READ), turn=2), ending()]
    model, journal = ScriptedModel(script), FakeJournal(dies_after=step)
    with pytest.raises(Killed):
        await _agent(model, host).work(journal)
    again = FakeJournal(journal.kept)
    await _agent(model, host).work(again)
    # Each turn was asked for once, in order: its history was longer each time.
    assert [len(history) for history in model.histories] == [0, 1, 2]
    assert host.called == ["write_todos", "read_source S1"]
    assert again.ran[0] == step


async def test_the_journal_keeps_none_of_the_contents(host):
    journal = await _work([calling(("read_source", {"source_id": "SECRET"})), ending("Secret words.")], host)
    assert not any("secret" in kept.lower() for kept in journal.kept.values())


async def test_a_tool_that_refuses_answers_the_model_with_its_reason(host):
    host.refusal = "There is no source S1."
    model = ScriptedModel([calling(("read_source", READ)), ending()])
    await _agent(model, host).work(FakeJournal())
    ((result,),) = (turn.results for turn in model.histories[1])
    assert (result.is_error, result.content) == (True, "There is no source S1.")


async def test_an_unknown_tool_answers_with_those_that_there_are(host):
    await _work([calling(("Bash", {"command": "ls"})), ending()], host)
    result = host.results["call_1_1"]
    assert result.is_error
    known = "TodoWrite, Skill, emit_work_output, read_source, ask_user"
    assert result.content == f"There is no tool Bash. The tools are: {known}."
    assert host.called == []


@pytest.mark.parametrize(
    ("tool", "raw", "sentence"),
    [
        ("TodoWrite", {"todos": []}, "todos: Tuple should have at least 1 item"),
        ("TodoWrite", {"todos": TODOS["todos"] * 2}, "at most one todo is in_progress"),
        ("TodoWrite", {"todos": TODOS["todos"], "note": 1}, "note: Extra inputs are not permitted"),
        ("Skill", {"skill": "mp3", "content": {}}, "skill: Input should be 'pptx'"),
        ("read_source", {"source_id": "S1", "offset": -1}, "offset: Input should be greater than or equal to 0"),
        ("emit_work_output", {"title": "x"}, "output_type: Field required"),
    ],
)
async def test_a_wrong_input_is_told_by_field_and_the_tool_does_not_run(host, tool, raw, sentence):
    await _work([calling((tool, raw)), ending()], host)
    result = host.results["call_1_1"]
    assert result.is_error
    assert result.content.startswith(f"{tool} did not run: ")
    assert sentence in result.content
    assert host.called == []


async def test_the_loop_ends_when_its_turns_are_used_up(host):
    script = [calling(("TodoWrite", TODOS), turn=number) for number in range(1, 6)]
    await _work(script, host, max_turns=3)
    assert len(host.turns) == 3
    assert len(host.results) == 3


async def test_a_turn_without_a_tool_call_is_the_last(host):
    model = ScriptedModel([ending("Nothing to do."), ending()])
    await _agent(model, host).work(FakeJournal())
    assert len(model.histories) == 1


async def test_trouble_that_may_pass_is_the_engines_to_retry(host):
    class Down(ScriptedModel):
        async def turn(self, prompt, history):
            raise TransientError

    with pytest.raises(TransientError):
        await _agent(Down([]), host).work(FakeJournal())
    assert host.turns == []
