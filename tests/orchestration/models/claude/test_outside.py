"""What the provider's own tools did, read from its replies: searches, quotations, runs of code, and their errors."""

import pytest

from orchestration.agents.roster import make_prompt
from orchestration.models.port import TurnDelta
from recipes.bundle import BundleAgent
from recipes.outside import CodeRun, WebPage, WebQuote, WebSearch
from tests.claude.replies import (
    Reply,
    call,
    citing,
    ending,
    found,
    not_found,
    ran,
    running,
    saying,
    searching,
    thinking,
)
from tests.claude.samples import MODEL, answered
from tests.fakes.nouns import TOOLS, make_bundle

URL, TITLE = "https://energy.example/wind", "Wind power"
ASKED = searching("wind", call_id="srvtoolu_1")
FOUND = found((URL, TITLE), call_id="srvtoolu_1")
TODOS = {"todos": [{"content": "Read", "status": "in_progress", "activeForm": "Reading"}]}
WRITE = call("TodoWrite", TODOS, call_id="toolu_1")


def make_research(*tools: str, kind: str = "research"):
    caps = {"turns": 30}
    return make_prompt(
        make_bundle(agent=BundleAgent(type=kind, model=MODEL, effort="medium", tools=(*TOOLS, *tools), caps=caps))
    )


PROMPT = make_research("web_search", "code_execution")


async def test_a_search_and_what_was_quoted_of_it_are_read(claude, provider):
    cited = citing("It covers half.", url=URL, title=TITLE, cited_text="Wind covered 53.9 percent.")
    provider.plays([Reply((thinking(), ASKED, FOUND, cited), "end_turn")])
    turn = await claude.turn(PROMPT, ())
    assert turn.outside.searches == (
        WebSearch(query="wind", pages=(WebPage(url=URL, title=TITLE, age="2 weeks ago"),)),
    )
    assert turn.outside.quotes == (WebQuote(url=URL, title=TITLE, text="Wind covered 53.9 percent."),)
    assert turn.usage.web_searches == 1
    assert not turn.is_open()


@pytest.mark.parametrize("code", ["unavailable", "max_uses_exceeded", "too_many_requests", "query_too_long"])
async def test_a_search_that_does_not_work_is_read_with_its_reason(claude, provider, code):
    provider.plays([Reply((ASKED, not_found(code, call_id="srvtoolu_1"), WRITE), "tool_use")])
    turn = await claude.turn(PROMPT, ())
    assert turn.outside.searches == (WebSearch(query="wind", problem=code),)


async def test_a_run_of_code_its_files_and_its_container_are_read(claude, provider):
    blocks = (running("print(42)", call_id="srvtoolu_1"), ran("42\n", "file_1", call_id="srvtoolu_1"), WRITE)
    provider.plays([Reply(blocks, "tool_use", container="container_1"), ending()])
    turn = await claude.turn(PROMPT, ())
    assert turn.outside.runs == (CodeRun(code="print(42)", printed="42\n", return_code=0, file_ids=("file_1",)),)
    await claude.turn(PROMPT, (answered(turn),))
    assert [each.get("container") for each in provider.bodies] == [None, "container_1"]


@pytest.mark.parametrize("kind", ["code_execution", "bash_code_execution", "text_editor_code_execution"])
async def test_code_that_cannot_run_is_read_with_its_reason(claude, provider, kind):
    error = {"type": f"{kind}_tool_result_error", "error_code": "unavailable"}
    if kind == "text_editor_code_execution":
        error["error_message"] = None
    asked = {"type": "server_tool_use", "id": "srvtoolu_1", "name": kind, "input": {"command": "ls"}}
    result = {"type": f"{kind}_tool_result", "tool_use_id": "srvtoolu_1", "content": error}
    provider.plays([Reply((asked, result, WRITE), "tool_use")])
    assert (await claude.turn(PROMPT, ())).outside.runs == (CodeRun(code="ls", problem="unavailable"),)


async def test_what_was_searched_for_before_a_pause_is_known_after_it(claude, provider):
    provider.plays([Reply((thinking(), ASKED), "pause_turn"), Reply((FOUND, WRITE), "tool_use"), ending()])
    paused = await claude.turn(PROMPT, ())
    kept = TurnDelta.model_validate_json(paused.model_dump_json())
    resumed = await claude.turn(PROMPT, (kept,))
    assert [each.query for each in resumed.outside.searches] == ["wind"]
    await claude.turn(PROMPT, (kept, answered(resumed)))
    assert [each["role"] for each in provider.bodies[2]["messages"]] == ["user", "assistant", "user"]
    assert provider.bodies[2]["messages"][1]["content"][1:] == [ASKED, FOUND, WRITE]


async def test_while_the_provider_is_at_something_it_is_told_results_alone(claude, provider):
    later = (ran("42\n", call_id="srvtoolu_1"), saying("So."))
    provider.plays(
        [Reply((running("slow()", call_id="srvtoolu_1"), WRITE), "tool_use"), Reply(later, "end_turn"), ending()]
    )
    pending = await claude.turn(PROMPT, ())
    assert pending.is_open()
    first = answered(pending, "Finish now.")
    second = await claude.turn(PROMPT, (first,))
    assert [each["type"] for each in provider.bodies[1]["messages"][2]["content"]] == ["tool_result"]
    await claude.turn(PROMPT, (first, second))
    assert provider.bodies[2]["messages"][-1]["content"][-1]["text"] == "Finish now."
    assert provider.problems == []


@pytest.mark.parametrize("reason", ["max_tokens", "end_turn", "refusal"])
async def test_a_search_that_never_ran_is_not_sent_back(claude, provider, reason):
    provider.plays([Reply((saying("Let me look."), ASKED), reason), ending()])
    turn = await claude.turn(PROMPT, ())
    await claude.turn(PROMPT, (answered(turn, "Go on."),))
    assert provider.bodies[1]["messages"][1]["content"] == [saying("Let me look.")]


async def test_only_what_was_ticked_is_offered_and_to_research_alone(claude, provider):
    provider.plays([ending()] * 4)
    prompts = [make_research(), make_research("web_search"), PROMPT, make_research("web_search", kind="content")]
    for prompt in prompts:
        await claude.turn(prompt, ())
    offered = [[each["name"] for each in body["tools"][len(TOOLS) :]] for body in provider.bodies]
    assert offered == [[], ["web_search"], ["web_search", "code_execution"], []]
    types = [each["type"] for each in provider.bodies[2]["tools"][len(TOOLS) :]]
    assert types == ["web_search_20260318", "code_execution_20260521"]
