"""The agent loop: a turn, its tools, the next turn, until the agent is done or may not go on (`supervision.py`).

Each turn and each tool call is a durable step, so the loop goes on where it was after a crash. It knows no engine, no
database and no Slack.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NotRequired, Protocol, TypedDict, TypeVar

from orchestration.agents.findings import list_notes
from orchestration.agents.host import AnswerAwaited, ToolHost, ToolRefused, TurnLog
from orchestration.agents.supervision import has_struck_out, judge, read_limits
from orchestration.agents.tools import (
    AskUser,
    EmitWorkOutput,
    ReadSource,
    Skill,
    TodoWrite,
    ToolInput,
    ToolInputRefused,
    read_tool_input,
)
from orchestration.models.port import ModelPort, Prompt, ToolCall, ToolResult, TurnDelta
from recipes.ending import Ending
from recipes.outside import Outside

Result = TypeVar("Result")

# What the journal keeps of a tool call.
DONE: Final = "done"
REFUSED: Final = "refused"
WAITING: Final = "waiting"
STRUCK_OUT: Final = "struck out"
ENDINGS: Final = {WAITING: Ending.ASKED, STRUCK_OUT: Ending.MISFITS}


class Steps(Protocol):
    """Where the loop's steps are kept."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:
        """Give the kept result of a step, or do it now and keep its result."""
        ...


class CalledTool(TypedDict):
    """One tool call of a turn."""

    id: str
    name: str


class TurnGist(TypedDict):
    """What the journal keeps of a turn: enough to take the same path again, none of its contents."""

    calls: list[CalledTool]
    ending: str | None
    """Why the work ends once these calls are answered; None: it goes on."""
    left_files: NotRequired[bool]
    """Its code left files with the provider."""


class Agent:
    """One agent at work on one bundle."""

    def __init__(self, *, model: ModelPort, prompt: Prompt, host: ToolHost, log: TurnLog, max_turns: int) -> None:
        self._model = model
        self._prompt = prompt
        self._host = host
        self._log = log
        self._max_turns = max_turns
        self._limits = read_limits(prompt.bundle, turns=max_turns)

    async def work(self, steps: Steps) -> Ending:
        """Work until the agent is done, has to wait, or may not go on; tell which."""
        for number in range(1, self._max_turns + 1):
            gist = await self._step_turn(steps, number)
            if gist.get("left_files"):
                await self._step_files(steps, number)
            for call in gist["calls"]:
                ending = ENDINGS.get(await self._step_tool(steps, number, call))
                if ending is not None:
                    return ending
            if gist["ending"] is not None:
                return Ending(gist["ending"])
        return Ending.TURNS

    async def _step_turn(self, steps: Steps, number: int) -> TurnGist:
        async def take() -> TurnGist:
            return await self._take_turn(number)

        return await steps.step(f"turn:{number}", take, preemptible=True)

    async def _step_files(self, steps: Steps, number: int) -> None:
        async def fetch() -> None:
            turn = (await self._log.history())[number - 1]
            await self._host.fetch_files(number, turn.left_files)

        await steps.step(f"files:{number}", fetch, preemptible=True)

    async def _step_tool(self, steps: Steps, number: int, call: CalledTool) -> str:
        async def run() -> str:
            return await self._run_tool(number, call["id"])

        return await steps.step(f"tool:{number}:{call['name']}", run, preemptible=True)

    async def _take_turn(self, number: int) -> TurnGist:
        history = await self._log.history()
        if len(history) < number:
            await self._keep(number, await self._model.turn(self._prompt, history), history)
            history = await self._log.history()
        return self._make_gist(history, number)

    async def _keep(self, number: int, turn: TurnDelta, history: Sequence[TurnDelta]) -> None:
        """Keep a new turn with what it found outside, and with what the model is told of both."""
        entry = None
        if not turn.outside.is_empty():
            entry = (await self._log.annex()).make_entry(self._prompt.bundle, number, turn.outside)
            changes = {"notes": list_notes(entry), "left_files": turn.outside.list_file_ids()}
            turn = turn.model_copy(update={**changes, "outside": Outside()})
        remarks = judge(history, turn, self._limits).remarks
        await self._log.save_turn(number, turn.model_copy(update={"remarks": remarks}), entry)

    def _make_gist(self, history: Sequence[TurnDelta], number: int) -> TurnGist:
        turn = history[number - 1]
        calls = [CalledTool(id=call.id, name=call.name) for call in turn.tool_calls()]
        gist = TurnGist(calls=calls, ending=judge(history[: number - 1], turn, self._limits).ending)
        return {**gist, "left_files": True} if turn.left_files else gist

    async def _run_tool(self, number: int, call_id: str) -> str:
        """Run one call unless it is answered already; tell how it went."""
        answered = await self._find_result(number, call_id)
        if answered is None:
            turn = (await self._log.history())[number - 1]
            call = next(call for call in turn.tool_calls() if call.id == call_id)
            try:
                made = await self._answer(call)
            except AnswerAwaited:
                return WAITING
            await self._log.save_result(made)
            answered = await self._find_result(number, call_id) or made
        if answered.is_misfit and has_struck_out(await self._log.history(), call_id):
            return STRUCK_OUT
        return REFUSED if answered.is_error else DONE

    async def _find_result(self, number: int, call_id: str) -> ToolResult | None:
        turn = (await self._log.history())[number - 1]
        return next((result for result in turn.results if result.tool_use_id == call_id), None)

    async def _answer(self, call: ToolCall) -> ToolResult:
        try:
            answer = await self._dispatch(read_tool_input(call.name, call.input), call.id)
        except ToolInputRefused as misfit:
            return ToolResult(tool_use_id=call.id, content=str(misfit), is_error=True, is_misfit=True)
        except ToolRefused as refused:
            return ToolResult(tool_use_id=call.id, content=str(refused), is_error=True)
        return ToolResult(tool_use_id=call.id, content=json.dumps(answer, ensure_ascii=False))

    async def _dispatch(self, call: ToolInput, call_id: str) -> dict[str, Any]:
        match call:
            case TodoWrite():
                return await self._host.write_todos(call)
            case Skill():
                return await self._host.build_file(call)
            case EmitWorkOutput():
                return await self._host.emit(call)
            case ReadSource():
                return await self._host.read_source(call)
            case AskUser():
                return await self._host.ask(call, call_id)
