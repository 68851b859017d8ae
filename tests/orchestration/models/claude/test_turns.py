"""Turns over the wire: what is sent, and what becomes of each way to stop."""

import json
from itertools import pairwise

import pytest

from orchestration.models.port import OpaqueBlock, TextBlock, ToolCall, TurnDelta
from tests.claude.counting import list_blocks, without_marks
from tests.claude.replies import Reply, call, calling, ending, saying, thinking
from tests.claude.samples import MODEL, answered, make_claude_prompt

TODOS = {"todos": [{"content": "Read", "status": "in_progress", "activeForm": "Reading"}]}
WRITE = ("TodoWrite", TODOS)


async def test_a_turn_gives_words_calls_and_what_it_took(claude, provider):
    provider.plays([Reply((saying("First the plan."), call("TodoWrite", TODOS, call_id="toolu_1")), "tool_use", 77)])
    turn = await claude.turn(make_claude_prompt(), ())
    assert turn.blocks == (TextBlock(text="First the plan."), ToolCall(id="toolu_1", name="TodoWrite", input=TODOS))
    assert (turn.stop_reason, turn.usage.output_tokens) == ("tool_use", 77)
    assert turn.usage.cache_write_tokens > 100


async def test_the_model_of_the_bundle_is_asked_with_its_effort_and_as_much_thinking_as_it_likes(claude, provider):
    provider.plays([ending()])
    await claude.turn(make_claude_prompt(model="claude-opus-5-5"), ())
    [body] = provider.bodies
    assert body["model"] == "claude-opus-5-5"
    assert (body["thinking"], body["output_config"]) == ({"type": "adaptive"}, {"effort": "medium"})
    assert body["stream"] is True


async def test_an_older_model_is_told_neither_to_think_nor_how_hard_to_try(claude, provider):
    provider.plays([ending()])
    await claude.turn(make_claude_prompt(model="claude-haiku-4-5"), ())
    assert not {"thinking", "output_config"} & provider.bodies[0].keys()


async def test_each_request_is_the_one_before_and_what_is_new(claude, provider):
    prompt, history = make_claude_prompt(), ()
    provider.plays([calling(turn, WRITE, WRITE, thought="Let me see. " * turn) for turn in range(1, 6)])
    for turn in range(1, 6):
        remarks = ("Please finish.",) if turn == 3 else ()
        history = (*history, answered(await claude.turn(prompt, history), *remarks))
    sent = [[json.dumps(without_marks(block)) for block in list_blocks(body)] for body in provider.bodies]
    for earlier, later in pairwise(sent):
        assert later[: len(earlier)] == earlier
        assert len(later) > len(earlier)


async def test_the_part_that_never_changes_is_the_same_byte_for_byte(claude, provider):
    prompt, history = make_claude_prompt(), ()
    provider.plays([calling(turn, WRITE) for turn in range(1, 4)])
    for _ in range(3):
        history = (*history, answered(await claude.turn(prompt, history)))
    prefixes = {json.dumps([body["tools"], body["system"], body["messages"][0]]) for body in provider.bodies}
    assert len(prefixes) == 1
    assert "cache_control" in provider.bodies[0]["messages"][0]["content"][-1]


async def test_only_what_a_turn_added_is_not_read_from_what_the_provider_kept(claude, provider):
    prompt, history = make_claude_prompt(), ()
    provider.plays([calling(turn, *[WRITE] * 12) for turn in range(1, 5)])
    for _ in range(4):
        history = (*history, answered(await claude.turn(prompt, history)))
    assert [each.fresh for each in provider.taken] == [0, 0, 0, 0]
    for before, after in pairwise(provider.taken):
        assert after.read == before.read + before.written


async def test_blocks_go_back_untouched_also_through_the_database(claude, provider):
    blocks = (
        thinking("Wind, then solar.", signature="RXFvQkNrZ0lCeEFCR0FJ+/8="),
        {"type": "redacted_thinking", "data": "RXFvQkNrZ0lDUkFCR0FJaVFK=="},
        {"type": "text", "text": "Wind leads.", "citations": None},
        {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "wind"}},
        {
            **call("TodoWrite", {"b": 1.0, "a": [1e20, "ü", {"z": None}]}, call_id="toolu_1"),
            "caller": {"type": "direct"},
        },
    )
    provider.plays([Reply(blocks, "tool_use"), ending(), ending()])
    turn = await claude.turn(make_claude_prompt(), ())
    kept = TurnDelta.model_validate_json(turn.model_dump_json())
    await claude.turn(make_claude_prompt(), (answered(turn),))
    await claude.turn(make_claude_prompt(), (answered(kept),))
    [at_once, kept_then] = [body["messages"][1]["content"] for body in provider.bodies[1:]]
    assert at_once == list(blocks)
    assert json.dumps(kept_then) == json.dumps(at_once)
    # What the model wrote is the same to the letter; the names of a block's own parts may stand in another order.
    assert json.dumps(kept_then[-1]["input"]) == json.dumps(blocks[-1]["input"])


async def test_several_calls_are_answered_in_their_order(claude, provider):
    provider.plays([calling(1, WRITE, ("read_source", {"source_id": "S1"})), ending()])
    turn = await claude.turn(make_claude_prompt(), ())
    results = answered(turn, "Nearly done.").model_copy(update={"results": answered(turn).results})
    await claude.turn(make_claude_prompt(), (results,))
    told = provider.bodies[1]["messages"][2]["content"]
    assert [each["type"] for each in told] == ["tool_result", "tool_result", "text"]
    assert [each["tool_use_id"] for each in told[:2]] == ["toolu_1_1", "toolu_1_2"]


async def test_a_call_that_was_cut_off_is_no_call(claude, provider):
    cut = {**call("Skill", {}, call_id="toolu_2"), "input": '{"skill": "pptx", "content": {"title": "Wi'}
    provider.plays(
        [Reply((thinking(), saying("Now the deck."), call("TodoWrite", TODOS, call_id="toolu_1"), cut), "max_tokens")]
    )
    turn = await claude.turn(make_claude_prompt(), ())
    assert turn.stop_reason == "max_tokens"
    assert [each.name for each in turn.tool_calls()] == ["TodoWrite"]


async def test_a_reply_of_which_only_thinking_is_left_is_not_sent_back(claude, provider):
    cut = {**call("Skill", {}, call_id="toolu_1"), "input": '{"skill": "pp'}
    provider.plays([Reply((thinking("Hm."), cut), "max_tokens"), ending()])
    turn = await claude.turn(make_claude_prompt(), ())
    await claude.turn(make_claude_prompt(), (answered(turn, "Your reply was cut off."),))
    assert [each["role"] for each in provider.bodies[1]["messages"]] == ["user", "user"]


async def test_after_a_pause_the_model_goes_on_from_its_own_words(claude, provider):
    search = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "wind"}}
    provider.plays([Reply((thinking(), search), "pause_turn"), ending()])
    turn = await claude.turn(make_claude_prompt(), ())
    assert (turn.stop_reason, turn.blocks[1]) == ("pause_turn", OpaqueBlock(content=search))
    await claude.turn(make_claude_prompt(), (turn,))
    assert provider.bodies[1]["messages"][-1]["role"] == "assistant"


async def test_a_refusal_runs_nothing(claude, provider):
    provider.plays([Reply((call("TodoWrite", TODOS, call_id="toolu_1"),), "refusal")])
    turn = await claude.turn(make_claude_prompt(), ())
    assert (turn.stop_reason, turn.tool_calls()) == ("refusal", ())


@pytest.mark.parametrize(
    ("said", "read"),
    [("stop_sequence", "end_turn"), ("model_context_window_exceeded", "model_context_window_exceeded")],
)
async def test_other_ways_to_stop_are_told_apart(claude, provider, said, read):
    provider.plays([Reply((saying("Done."),), said)])
    assert (await claude.turn(make_claude_prompt(), ())).stop_reason == read


async def test_an_empty_reply_is_not_sent_back(claude, provider):
    provider.plays([Reply((saying(" \n"),), "end_turn"), ending()])
    turn = await claude.turn(make_claude_prompt(), ())
    await claude.turn(make_claude_prompt(), (turn,))
    assert [each["role"] for each in provider.bodies[1]["messages"]] == ["user", "user"]


async def test_every_tool_is_strict_but_the_one_whose_content_is_free(claude, provider):
    provider.plays([ending()])
    await claude.turn(make_claude_prompt(), ())
    tools = {each["name"]: each.get("strict", False) for each in provider.bodies[0]["tools"]}
    assert tools["TodoWrite"] is tools["emit_work_output"] is True
    assert tools["Skill"] is False
    assert provider.bodies[0]["model"] == MODEL
