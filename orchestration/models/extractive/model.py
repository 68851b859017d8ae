"""The model without a key: turn by turn through the same tools as any other, all it knows is the history."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.models.extractive.excerpts import unescape_marks
from orchestration.models.extractive.handover import list_claims, list_steps, write_body
from orchestration.models.extractive.material import read_material
from orchestration.models.extractive.plan import Attempt, Plan, plan_deck
from orchestration.models.extractive.slides import CLOSE
from orchestration.models.port import Prompt, TextBlock, ToolCall, ToolResult, TurnDelta
from recipes.output import Check

NEEDED_TOOLS: Final = ("TodoWrite", "Skill", "emit_work_output")
# files are read through the tool as well, so that the record shows it; the bundle holds them anyway
READ_SOURCES: Final = 3
ATTEMPTS: Final = 2
NOTHING_FOUND: Final = "The sources hold no finding and no table that I could quote, so there is nothing to build."
_COUNT: Final = re.compile(r"\b(\d+) slides")
_SLIDE_NO: Final = re.compile(r"\bslide (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Build:
    """One call of the skill and what came of it."""

    content: dict[str, Any]
    result: ToolResult

    def list_failed(self) -> list[Check]:
        """Give the checks that the file did not pass."""
        if self.result.is_error:
            return []
        answer: dict[str, Any] = json.loads(self.result.content)
        return [check for each in answer.get("checks", ()) if not (check := Check.model_validate(each)).passed]

    def list_mendable(self) -> list[Check]:
        """Give those of them that another attempt may mend: slides that the sources do not fill are not among them."""
        return [check for check in self.list_failed() if not _is_count(check) or self.count_surplus()]

    def needs_mending(self) -> bool:
        """Tell whether the content was refused or the file is not what was asked for."""
        return self.result.is_error or bool(self.list_mendable())

    def list_named(self) -> frozenset[str]:
        """Give the headlines of the slides that the refusal or the failed checks name."""
        slides: list[dict[str, Any]] = self.content["slides"]
        said = self.result.content if self.result.is_error else " ".join(check.said for check in self.list_failed())
        places = {int(number) - 1 for number in _SLIDE_NO.findall(said)}
        return frozenset(str(slides[at].get("title")) for at in places if 0 < at < len(slides) - 1)

    def count_surplus(self) -> int:
        """Give how many slides the file has beyond those of its content, as far as a check says so."""
        planned = len(self.content["slides"])
        found = [
            int(number) for check in self.list_failed() if _is_count(check) for number in _COUNT.findall(check.said)
        ]
        return max([0, *(number - planned for number in found[:1])])


def _is_count(check: Check) -> bool:
    return "count" in check.name


class ExtractiveModel:
    """Makes a deck of what the sources say: quoted, tabulated, charted. Deterministic, free, never online."""

    name: str = "extractive"

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """Give the next turn after this history: the same one each time it is asked for."""
        return await asyncio.to_thread(find_turn, prompt, history)


def find_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: plan aloud, step through the todos, build, mend once, hand in, end."""
    missing = [name for name in NEEDED_TOOLS if name not in {tool.name for tool in prompt.tools}]
    if missing:
        return _end(f"I cannot do this work without the tool {missing[0]}.")
    at = len(history)
    if handed_in := _find_results(history, "emit_work_output"):
        return _close(at, handed_in[-1][1], _find_todos(history))
    material = read_material(prompt.bundle)
    builds = [_Build(call.input["content"], result) for call, result in _find_results(history, "Skill")]
    if not builds or (len(builds) < ATTEMPTS and builds[-1].needs_mending()):
        plan = plan_deck(material, _find_attempt(builds))
        return _step(at, prompt, plan, _find_todos(history)) if plan.slides else _end(NOTHING_FOUND)
    usable = [place for place, build in enumerate(builds) if not build.result.is_error]
    if not usable:
        return _end(f"The file could not be built: {builds[-1].result.content}")
    plan = plan_deck(material, _find_attempt(builds[: usable[-1]]))
    return _hand_in(at, prompt, plan, builds[usable[-1]], _find_todos(history))


def _find_results(history: Sequence[TurnDelta], name: str) -> list[tuple[ToolCall, ToolResult]]:
    """Give the calls of a tool with their answers, in order."""
    results = {result.tool_use_id: result for turn in history for result in turn.results}
    calls = [call for turn in history for call in turn.tool_calls() if call.name == name]
    return [(call, results[call.id]) for call in calls if call.id in results]


def _find_todos(history: Sequence[TurnDelta]) -> list[dict[str, Any]]:
    """Give the todo list as it was last written."""
    written = _find_results(history, "TodoWrite")
    return written[-1][0].input["todos"] if written else []


def _find_attempt(earlier: Sequence[_Build]) -> Attempt:
    """Give how the next deck is to be made, from what came of the earlier ones."""
    if not earlier:
        return Attempt()
    last = earlier[-1]
    return Attempt(room=CLOSE, banned=last.list_named(), fewer_slides=last.count_surplus())


def _step(at: int, prompt: Prompt, plan: Plan, before: Sequence[dict[str, Any]]) -> TurnDelta:
    """Give the turn of the next todo; the one before the last builds the file."""
    steps = list_steps(plan)
    build_at = len(steps) - 2
    now = min(_find_current(before) + 1, build_at)
    calls: list[tuple[str, dict[str, Any]]] = [("TodoWrite", {"todos": _list_todos(steps, now)})]
    if now == 0 and "read_source" in {tool.name for tool in prompt.tools}:
        calls += [("read_source", {"source_id": each.id}) for each in plan.material.list_files()[:READ_SOURCES]]
    if now == build_at:
        calls.append(("Skill", {"skill": prompt.bundle.recipe.contract.format.value, "content": plan.to_json()}))
    return _call(at, calls)


def _hand_in(at: int, prompt: Prompt, plan: Plan, build: _Build, before: Sequence[dict[str, Any]]) -> TurnDelta:
    """Give the turn in which the check is shown, then the one that hands in."""
    steps = list_steps(plan)
    if _find_current(before) < len(steps) - 1:
        return _call(at, [("TodoWrite", {"todos": _list_todos(steps, len(steps) - 1)})])
    answer: dict[str, Any] = json.loads(build.result.content)
    output = {
        "output_type": prompt.bundle.recipe.contract.output_type,
        "title": unescape_marks(plan.title),
        "body": write_body(plan, build.list_mendable()),
        "file_id": answer["file_id"],
        "file_format": answer["file_format"],
        "claims": list_claims(plan),
    }
    return _call(at, [("TodoWrite", {"todos": _list_todos(steps, len(steps))}), ("emit_work_output", output)])


def _close(at: int, result: ToolResult, before: Sequence[dict[str, Any]]) -> TurnDelta:
    """Give the end; where the output was refused, the todo that claimed it done is opened again first."""
    if not result.is_error:
        return _end("The draft is handed in.")
    if before and before[-1]["status"] == "completed":
        reopened = [*before[:-1], {**before[-1], "status": "in_progress"}]
        return _call(at, [("TodoWrite", {"todos": reopened})])
    return _end(f"The output was not accepted: {result.content}")


def _find_current(todos: Sequence[dict[str, Any]]) -> int:
    """Give the place of the todo in progress; -1 before the list was written."""
    return next((place for place, todo in enumerate(todos) if todo["status"] == "in_progress"), len(todos) - 1)


def _list_todos(steps: Sequence[tuple[str, str]], now: int) -> list[dict[str, str]]:
    return [
        {
            "content": do,
            "status": "completed" if place < now else "in_progress" if place == now else "pending",
            "activeForm": doing,
        }
        for place, (do, doing) in enumerate(steps)
    ]


def _call(at: int, calls: Sequence[tuple[str, dict[str, Any]]]) -> TurnDelta:
    blocks = (ToolCall(id=f"call_{at}_{no}", name=name, input=given) for no, (name, given) in enumerate(calls))
    return TurnDelta(blocks=tuple(blocks), stop_reason="tool_use")


def _end(said: str) -> TurnDelta:
    return TurnDelta(blocks=(TextBlock(text=said),), stop_reason="end_turn")
