"""The extractive model in the loop: todos that move, one repair, an honest end, quick turns."""

import time

import pytest

from orchestration.agents.tools import Skill, TodoWrite, read_tool_input
from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.deck.work import NOTHING_FOUND
from orchestration.models.port import TextBlock, ToolResult
from recipes.source import LeftOut
from recipes.usage import Usage
from tests.orchestration.models.bundles import (
    BUILT,
    ScriptedHost,
    list_calls,
    make_bundle,
    make_prompt,
    run_to_end,
)
from tests.orchestration.models.transcripts import ENERGY, INCIDENT


def energy(slides=6):
    return make_bundle(
        topic="Iowa's electricity", messages=ENERGY.messages, files=ENERGY.files, slides=slides, style="forest",
        left_out=[LeftOut(source="plan.pdf", reason="is a PDF")],
    )  # fmt: skip


def statuses(history):
    return [[todo["status"] for todo in call["todos"]] for call in list_calls(history, "TodoWrite")]


async def test_the_todos_say_what_this_work_is():
    history = await run_to_end(ExtractiveModel(), energy())
    assert [todo["content"] for todo in list_calls(history, "TodoWrite")[0]["todos"]] == [
        "Read 7 messages and iowa-electricity.csv",
        "Pick the findings on Iowa's electricity",
        "Chart net generation by year and source for 3 series",
        "Build 6 slides in the Forest style",
        "Check and hand in the file",
    ]


async def test_each_turn_moves_the_todos_by_one_and_the_last_closes_them():
    history = await run_to_end(ExtractiveModel(), energy())
    moved = statuses(history)
    assert moved[0] == ["in_progress", "pending", "pending", "pending", "pending"]
    assert [states.count("completed") for states in moved] == [0, 1, 2, 3, 4, 5]
    assert all(turn.tool_calls()[0].name == "TodoWrite" for turn in history[:-1])
    assert [call.name for call in history[-2].tool_calls()] == ["TodoWrite", "emit_work_output"]
    assert history[-1].stop_reason == "end_turn"


async def test_every_call_passes_the_tools_own_checks_and_costs_nothing():
    history = await run_to_end(ExtractiveModel(), energy())
    for turn in history:
        assert turn.usage == Usage()
        for call in turn.tool_calls():
            read_tool_input(call.name, call.input)
    ids = [call.id for turn in history for call in turn.tool_calls()]
    assert len(set(ids)) == len(ids)
    assert isinstance(read_tool_input("TodoWrite", list_calls(history, "TodoWrite")[0]), TodoWrite)
    assert isinstance(read_tool_input("Skill", list_calls(history, "Skill")[0]), Skill)


async def test_files_are_read_through_the_tool_and_the_file_that_was_built_is_handed_in():
    history = await run_to_end(ExtractiveModel(), energy())
    assert list_calls(history, "read_source") == [{"source_id": "S8"}]
    output = list_calls(history, "emit_work_output")[0]
    assert (output["file_id"], output["file_format"]) == (BUILT["file_id"], "pptx")
    assert output["output_type"] == "report_draft"
    assert output["title"] == "Iowa's electricity"
    assert "no language model was used" in output["body"]
    assert "Not read: plan.pdf: is a PDF" in output["body"]


async def test_a_turn_depends_on_nothing_but_its_history():
    history = await run_to_end(ExtractiveModel(), energy())
    for place in range(len(history)):
        again = await ExtractiveModel().turn(make_prompt(energy()), tuple(history[:place]))
        assert again.blocks == history[place].blocks


async def test_refused_content_is_mended_once_without_the_slide_that_was_named():
    refusal = ToolResult(tool_use_id="", content="slide 3 (bullets): the title does not fit 2 lines", is_error=True)
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(skill=[refusal]))
    first, second = [call["content"] for call in list_calls(history, "Skill")]
    assert first["slides"][2]["title"] not in [slide.get("title") for slide in second["slides"]]
    assert len(list_calls(history, "emit_work_output")) == 1


async def test_content_refused_twice_ends_with_the_reason():
    refusal = ToolResult(tool_use_id="", content="slide 2: too long", is_error=True)
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(skill=[refusal, refusal]))
    assert history[-1].blocks == (TextBlock(text="The file could not be built: slide 2: too long"),)
    assert list_calls(history, "emit_work_output") == []


async def test_a_file_with_too_many_slides_is_built_again_with_fewer():
    check = {"name": "slide count", "passed": False, "said": "the file has 7 slides, 6 were asked for"}
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(skill=[{**BUILT, "checks": [check]}]))
    assert [len(call["content"]["slides"]) for call in list_calls(history, "Skill")] == [6, 5]
    assert "Not as it should be" not in list_calls(history, "emit_work_output")[0]["body"]


async def test_a_file_is_not_built_again_for_slides_that_the_sources_do_not_fill():
    bundle = make_bundle(topic=INCIDENT.topic, messages=INCIDENT.messages, slides=30)
    check = {"name": "slide count", "passed": False, "said": "the file has 9 slides, 30 were asked for"}
    history = await run_to_end(ExtractiveModel(), bundle, ScriptedHost(skill=[{**BUILT, "checks": [check]}]))
    assert len(list_calls(history, "Skill")) == 1
    assert "The sources hold enough for" in list_calls(history, "emit_work_output")[0]["body"]


async def test_a_slide_that_a_check_names_does_not_come_again():
    check = {"name": "overflow", "passed": False, "said": "slide 3: 'body' overflows by 12 pt ('Renewables')"}
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(skill=[{**BUILT, "checks": [check]}]))
    first, second = [call["content"] for call in list_calls(history, "Skill")]
    assert first["slides"][2]["title"] not in [slide.get("title") for slide in second["slides"]]
    assert len(second["slides"]) == 6


async def test_a_file_that_stays_wrong_is_handed_in_and_says_so():
    check = {"name": "links", "passed": False, "said": "A link leads nowhere."}
    host = ScriptedHost(skill=[{**BUILT, "checks": [check]}] * 2)
    history = await run_to_end(ExtractiveModel(), energy(), host)
    assert len(list_calls(history, "Skill")) == 2
    assert "Not as it should be: A link leads nowhere." in list_calls(history, "emit_work_output")[0]["body"]


async def test_the_first_file_is_handed_in_when_mending_it_fails():
    check = {"name": "links", "passed": False, "said": "A link leads nowhere."}
    refusal = ToolResult(tool_use_id="", content="slide 2: too long", is_error=True)
    host = ScriptedHost(skill=[{**BUILT, "checks": [check]}, refusal])
    history = await run_to_end(ExtractiveModel(), energy(), host)
    assert list_calls(history, "emit_work_output")[0]["file_id"] == BUILT["file_id"]


async def test_a_refused_output_opens_its_todo_again_and_ends_with_the_reason():
    history = await run_to_end(ExtractiveModel(), energy(), ScriptedHost(emit=["a claim cites no passage"]))
    assert statuses(history)[-1][-1] == "in_progress"
    assert history[-1].blocks == (TextBlock(text="The output was not accepted: a claim cites no passage"),)


@pytest.mark.parametrize("messages", [[], [("Maya", "hi all"), ("Jonas", "lol"), ("Maya", "@bot make a deck")]])
async def test_without_material_nothing_is_built(messages):
    history = await run_to_end(ExtractiveModel(), make_bundle(topic="Anything", messages=messages))
    assert history[-1].blocks == (TextBlock(text=NOTHING_FOUND),)
    assert list_calls(history, "Skill") == []


async def test_without_its_tools_it_says_so():
    prompt = make_prompt(energy())
    turn = await ExtractiveModel().turn(prompt.model_copy(update={"tools": prompt.tools[:1]}), ())
    assert turn.blocks == (TextBlock(text="I cannot do this work without the tool Skill."),)


async def time_slowest_turn(bundle):
    history = await run_to_end(ExtractiveModel(), bundle)
    spent = []
    for place in range(len(history)):
        started = time.process_time()
        await ExtractiveModel().turn(make_prompt(bundle), tuple(history[:place]))
        spent.append(time.process_time() - started)
    return max(spent)


async def test_turns_are_quick_also_with_a_long_thread_and_a_large_table():
    rows = "".join(
        f"2024-{1 + n % 12:02d}-{1 + n % 28:02d},shop {n % 40},product {n % 25},{n % 997}.5,{n * 7 % 1013}\n"
        for n in range(5_000)
    )
    files = {"sales.csv": f"day,shop,product,revenue,units\n{rows}".encode()}
    said = [INCIDENT.messages[n % len(INCIDENT.messages)] for n in range(300)]
    messages = [
        (author, f"{text} Case {n} took {n * 3 % 71} minutes in area {n % 9}.") for n, (author, text) in enumerate(said)
    ]
    large = make_bundle(topic="Shop sales", messages=messages, slides=12, files=files)
    # measured: 0.01 and 0.25 seconds of processor time
    assert await time_slowest_turn(energy()) < 0.3
    assert await time_slowest_turn(large) < 1.5
