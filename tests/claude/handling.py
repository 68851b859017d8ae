"""A whole piece of work in which the provider fails once, or the model does what it should not: how it is handled."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.errors import ModelUnreachable
from orchestration.models.claude.model import ClaudeModel
from orchestration.models.port import TextBlock
from recipes.bundle import BundleAgent
from recipes.ending import Ending
from recipes.errors import ThreadworkError, TransientError
from tests.claude.faults import FAULTS, WORDS, Fault
from tests.claude.replies import Answer, Reply, call, calling, ending, saying, thinking
from tests.claude.samples import MODEL
from tests.claude.server import ClaudeServer
from tests.fakes.nouns import TOOLS, make_bundle
from tests.fakes.ports import find_free_port
from tests.orchestration.agents.hosts import FakeHost

STALLED_AFTER = timedelta(seconds=0.5)
EMIT = ("emit_work_output", {"output_type": "report_draft", "title": "Churn", "body": "It fell."})
CUT_CALL = {**call("Skill", {}, call_id="toolu_cut"), "input": '{"skill": "pptx", "content": {"title": "Ch'}
SEARCH = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "churn"}}


@dataclass(frozen=True)
class Slip:
    """What the model does that it should not, and how the work ends."""

    name: str
    answers: tuple[Answer, ...]
    ends: Ending
    runs: tuple[str, ...] = ("emit",)
    """The tools that ran."""


def _finishing(start: int) -> tuple[Answer, ...]:
    return (calling(start, EMIT), ending())


SLIPS = (
    Slip("call cut off", (Reply((thinking(), CUT_CALL), "max_tokens"), *_finishing(2)), Ending.DONE),
    Slip("call cut off after words", (Reply((saying("So."), CUT_CALL), "max_tokens"), *_finishing(2)), Ending.DONE),
    Slip("words cut off", (Reply((saying("So we"),), "max_tokens"), *_finishing(2)), Ending.DONE),
    Slip("pause", (Reply((thinking(), SEARCH), "pause_turn"), *_finishing(2)), Ending.DONE),
    Slip("stop sequence", (Reply((saying("So."),), "stop_sequence"), *_finishing(2)), Ending.DONE),
    Slip("refusal", (Reply((saying("I would rather not."),), "refusal"),), Ending.DECLINED, ()),
    Slip("refusal in a call", (Reply((CUT_CALL,), "refusal"),), Ending.DECLINED, ()),
    Slip("window full", (Reply((CUT_CALL,), "model_context_window_exceeded"),), Ending.FULL, ()),
    Slip("unknown tool, then mended", (calling(1, ("Bash", {})), *_finishing(2)), Ending.DONE),
    Slip("wrong input, then mended", (calling(1, ("read_source", {})), *_finishing(2)), Ending.DONE),
    Slip("unknown tool again and again", tuple(calling(n, ("Bash", {})) for n in (1, 2, 3)), Ending.MISFITS, ()),
    Slip("wrong input again and again", tuple(calling(n, ("Skill", {})) for n in (1, 2, 3)), Ending.MISFITS, ()),
    Slip("empty-handed, then mended", (ending(), *_finishing(2)), Ending.DONE),
    Slip("empty-handed again and again", (ending(),) * 4, Ending.SILENT, ()),
    Slip("nothing at all", (Reply((), "end_turn"), *_finishing(2)), Ending.DONE),
)


async def list_mishandled() -> list[str]:
    """Give the faults and slips that were not handled as they should be, each with what happened instead."""
    async with ClaudeServer() as provider:
        found = [await find_mishandled(provider, fault) for fault in FAULTS]
        found += [await find_slipped(provider, slip) for slip in SLIPS]
        problems = provider.problems
    return [*(each for each in [*found, await find_unreached()] if each is not None), *problems]


async def find_mishandled(provider: ClaudeServer, fault: Fault) -> str | None:
    """Say what went wrong with a fault: what may pass is asked again, the rest is told, and no half is ever kept."""
    provider.plays([fault.answer, *_finishing(1)])
    host, steps = FakeHost(), _Steps()
    met = await _work(provider.url, provider.key, host, steps)
    kept = [block.text for turn in host.turns for block in turn.blocks if isinstance(block, TextBlock)]
    expected: object = Ending.DONE if issubclass(fault.becomes, TransientError) else fault.becomes
    is_right = (met, steps.passed, WORDS in kept) == (
        expected,
        [fault.becomes] if expected is Ending.DONE else [],
        False,
    )
    return None if is_right else f"{fault.name}: {met}, {steps.passed}, {kept}"


async def find_slipped(provider: ClaudeServer, slip: Slip) -> str | None:
    """Say what went wrong with a slip."""
    provider.plays(slip.answers)
    host = FakeHost()
    met = await _work(provider.url, provider.key, host, _Steps())
    return None if (met, tuple(host.called)) == (slip.ends, slip.runs) else f"{slip.name}: {met}, {host.called}"


async def find_unreached() -> str | None:
    """Say what went wrong where nobody is there."""
    steps = _Steps()
    met = await _work(f"http://127.0.0.1:{find_free_port()}", "key", FakeHost(), steps)
    return None if met is ModelUnreachable and set(steps.passed) == {ModelUnreachable} else f"nobody there: {met}"


async def _work(url: str, key: str, host: FakeHost, steps: "_Steps") -> Ending | type[ThreadworkError]:
    agent = BundleAgent(type="reporting", model=MODEL, effort="low", tools=TOOLS, caps={"turns": 9})
    prompt = make_prompt(make_bundle(agent=agent))
    async with ClaudeDoor(key=key, base_url=url, stalled_after=STALLED_AFTER) as door:
        worker = Agent(model=ClaudeModel(door, name=MODEL), prompt=prompt, host=host, log=host, max_turns=9)
        try:
            return await worker.work(steps)
        except ThreadworkError as error:
            return type(error)


class _Steps:
    """Steps that try again at once, twice at most; fits `Steps`."""

    def __init__(self) -> None:
        self.passed: list[type[TransientError]] = []

    async def step(self, name: str, work: Callable[[], Awaitable[Any]], *, preemptible: bool = False) -> Any:
        for _ in range(2):
            try:
                return await work()
            except TransientError as error:
                self.passed.append(type(error))
        return await work()
