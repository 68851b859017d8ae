"""The extractive model at work on a text: todos that move, no file, an honest end, quick turns."""

import re
import time

import pytest

from orchestration.agents.loop import Agent
from orchestration.agents.tools import EmitWorkOutput, read_tool_input
from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.text.work import NOTHING_FOUND
from orchestration.models.port import TextBlock
from recipes.usage import Usage
from tests.fakes.benches import make_bench
from tests.fakes.stores import add_ticket
from tests.orchestration.models.bundles import ScriptedHost, list_calls, make_prompt, make_text_bundle, run_to_end
from tests.orchestration.models.transcripts import ENERGY, INCIDENT


def energy(**answers):
    return make_text_bundle(topic="Iowa's electricity", messages=ENERGY.messages, files=ENERGY.files, **answers)


def statuses(history):
    return [[todo["status"] for todo in call["todos"]] for call in list_calls(history, "TodoWrite")]


async def test_the_todos_say_what_this_work_is():
    history = await run_to_end(ExtractiveModel(), energy())
    assert [todo["content"] for todo in list_calls(history, "TodoWrite")[0]["todos"]] == [
        "Read 7 messages and iowa-electricity.csv",
        "Pick the findings on Iowa's electricity",
        "Tabulate net generation by year and source",
        "Order 6 sentences under 3 headings",
        "Hand in the text with its claims",
    ]


async def test_the_todos_count_the_points_that_were_asked_for():
    history = await run_to_end(ExtractiveModel(), energy(points=("Wind", "Nuclear energy")))
    todos = [todo["content"] for todo in list_calls(history, "TodoWrite")[0]["todos"]]
    assert todos[1] == "Pick what the sources say on 2 points"


async def test_each_turn_moves_the_todos_by_one_and_the_last_hands_in():
    history = await run_to_end(ExtractiveModel(), energy())
    moved = statuses(history)
    assert moved[0] == ["in_progress", "pending", "pending", "pending", "pending"]
    assert [states.count("completed") for states in moved] == [0, 1, 2, 3, 4, 5]
    assert all(turn.tool_calls()[0].name == "TodoWrite" for turn in history[:-1])
    assert [call.name for call in history[-2].tool_calls()] == ["TodoWrite", "emit_work_output"]
    assert (history[-1].stop_reason, history[-1].blocks) == ("end_turn", (TextBlock(text="The work is handed in."),))


async def test_every_call_passes_the_tools_own_checks_and_costs_nothing():
    history = await run_to_end(ExtractiveModel(), energy())
    for turn in history:
        assert turn.usage == Usage()
        for call in turn.tool_calls():
            read_tool_input(call.name, call.input)
    ids = [call.id for turn in history for call in turn.tool_calls()]
    assert len(set(ids)) == len(ids)


async def test_a_text_is_handed_in_without_a_file_and_files_are_read_through_the_tool():
    history = await run_to_end(ExtractiveModel(), energy())
    assert list_calls(history, "Skill") == []
    assert list_calls(history, "read_source") == [{"source_id": "S8"}]
    output = read_tool_input("emit_work_output", list_calls(history, "emit_work_output")[0])
    assert isinstance(output, EmitWorkOutput)
    assert (output.output_type, output.title) == ("content_draft", "Iowa's electricity")
    assert (output.file_id, output.file_format) == (None, None)


async def test_a_turn_depends_on_nothing_but_its_history():
    history = await run_to_end(ExtractiveModel(), energy())
    for place, turn in enumerate(history):
        again = await ExtractiveModel().turn(make_prompt(energy()), tuple(history[:place]))
        assert again == turn.model_copy(update={"results": ()})


async def test_a_refused_text_opens_its_todo_again_and_ends_with_the_reason():
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(emit=["a claim cites no passage"]))
    assert statuses(history)[-1][-1] == "in_progress"
    assert history[-1].blocks == (TextBlock(text="The output was not accepted: a claim cites no passage"),)


@pytest.mark.parametrize("messages", [[], [("Maya", "hi all"), ("Jonas", "lol"), ("Maya", "please write a summary")]])
@pytest.mark.parametrize("points", [(), ("Costs",)])
async def test_without_material_nothing_is_written(messages, points):
    history = await run_to_end(ExtractiveModel(), make_text_bundle(topic="Anything", messages=messages, points=points))
    assert history[-1].blocks == (TextBlock(text=NOTHING_FOUND),)
    assert list_calls(history, "emit_work_output") == []


async def test_a_day_that_leaves_nothing_ends_with_that():
    history = await run_to_end(
        ExtractiveModel(), make_text_bundle(topic="Outage", messages=INCIDENT.messages, since="2027-01-01")
    )
    assert history[-1].blocks == (TextBlock(text=NOTHING_FOUND),)


async def test_without_its_tools_it_says_so():
    prompt = make_prompt(energy())
    turn = await ExtractiveModel().turn(prompt.model_copy(update={"tools": prompt.tools[:1]}), ())
    assert turn.blocks == (TextBlock(text="I cannot do this work without the tool emit_work_output."),)


async def time_turn(bundle):
    """Give the processor time of the first turn; the text is planned anew in each, so all take as long."""
    started = time.process_time()
    await ExtractiveModel().turn(make_prompt(bundle), ())
    return time.process_time() - started


async def test_turns_are_quick_also_with_a_long_thread_large_files_and_many_points():
    rows = "".join(
        f"2024-{1 + n % 12:02d}-{1 + n % 28:02d},shop {n % 40},product {n % 25},{n % 997}.5,{n * 7 % 1013}\n"
        for n in range(5_000)
    )
    letters = "abcdefghijklmnopqrstuvwxyz"
    notes = "".join(
        f"Area {letters[n % 26] * 3}{letters[n // 26 % 26] * 2} cost {n} euros because of part{letters[n % 23]}x.\n\n"
        for n in range(3_000)
    )
    files = {"sales.csv": f"day,shop,product,revenue,units\n{rows}".encode(), "notes.md": notes.encode()}
    messages = [INCIDENT.messages[n % len(INCIDENT.messages)] for n in range(300)]
    points = tuple(f"Costs of area {letters[n] * 3} and the sales of shop {n}" for n in range(10))
    large = make_text_bundle(topic="Shop sales", messages=messages, files=files, words=2_000, points=points)
    # measured: 0.01 and 1.5 seconds of processor time, most of it for ranking 600 sentences that are all alike
    assert await time_turn(energy()) < 0.3
    assert await time_turn(large) < 5


class PlainSteps:
    """Steps that are done at once and kept nowhere."""

    async def step(self, name, work, *, preemptible=False):
        return await work()


@pytest.mark.parametrize("words", [300, 2_000])
async def test_the_loop_and_the_workbench_turn_it_into_an_output_with_linked_sources(
    store, team, vault, bell, clock, ids, words
):
    bundle = make_text_bundle(
        topic="Outage", messages=INCIDENT.messages, files=ENERGY.files, words=words, points=("Costs", "Mars")
    )
    host, log = make_bench(
        await add_ticket(store), bundle, {"S2": "https://chat.example/p2"},
        store=store, vault=vault, bell=bell, clock=clock, ids=ids,
    )  # fmt: skip
    agent = Agent(model=ExtractiveModel(), prompt=make_prompt(bundle), host=host, log=log, max_turns=20)
    await agent.work(PlainSteps())
    async with team.begin() as work:
        (output,) = await work.outputs.list("tkt_1")
        todos = await work.tickets.list_todos("tkt_1")
    assert {each.todo.status for each in todos} == {"completed"}
    assert (output.output_type, output.generation_method, output.title) == ("content_draft", "text", "Outage")
    assert re.search(r"orders failed .* \[\\\[\d+\\\]\]\(https://chat\.example/p2\)", output.body)
    assert "## Mars\n\nThe sources say nothing on this." in output.body
    assert "\n## Sources\n" in output.body
    assert output.claims
