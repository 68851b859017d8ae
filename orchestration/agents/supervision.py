"""What the loop makes of a turn: whether the work ends with it, and what to tell the model.

All of it follows from the kept turns, so it comes out the same however often it is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from orchestration.agents.tools import TOOLS
from orchestration.models.port import ToolResult, TurnDelta
from recipes.bundle import WorkBundle
from recipes.ending import Ending
from recipes.ticket import NO_LANGUAGE_MODEL
from recipes.usage import Usage

STRIKES: Final = 3
TIMES_TOLD: Final = 3
# From here on the agent is told to finish.
NEARLY: Final = 0.8

NOTHING_HANDED_IN: Final = (
    "You ended your turn, and nothing is handed in yet, so nobody gets anything. Go on with the tools that are still "
    "needed, and hand in with emit_work_output. Where the sources do not carry the task, hand in what they do carry "
    "and say in it what is missing."
)
HAND_IN: Final = "Go on with the tools, and hand in with emit_work_output when the work is done."
CUT_OFF: Final = (
    "Your reply was longer than one turn may be and was cut off; a call that was not complete did not run. Go on from "
    "there in smaller steps: shorter texts, fewer words before a call."
)
FINISH: Final = (
    "Most of what this work may take is used up. Finish now: build the file if there is none that will do, and hand in "
    "what you have with emit_work_output."
)


@dataclass(frozen=True)
class Limits:
    """How far a ticket may go."""

    turns: int
    tokens: int | None
    """Of a language model; None: it takes none, or nobody set a limit."""
    listens: bool
    """Whether the model can be told anything."""


@dataclass(frozen=True)
class Verdict:
    """What a turn leads to."""

    ending: Ending | None = None
    remarks: tuple[str, ...] = ()


def read_limits(bundle: WorkBundle, *, turns: int) -> Limits:
    """Give how far work on this bundle may go."""
    listens = bundle.agent.model != NO_LANGUAGE_MODEL
    return Limits(turns=turns, tokens=bundle.agent.caps.get("tokens") if listens else None, listens=listens)


def judge(earlier: Sequence[TurnDelta], turn: TurnDelta, limits: Limits) -> Verdict:
    """Give what a turn leads to, before its tools have run.

    Args:
        earlier: The turns before it, with the results of their tools.
        turn: The new one.
        limits: How far the work may go.
    """
    if not turn.tool_calls() and has_handed_in(earlier):
        return Verdict(Ending.DONE)
    if turn.stop_reason == "refusal":
        return Verdict(Ending.DECLINED)
    if turn.stop_reason == "model_context_window_exceeded":
        return Verdict(Ending.FULL)
    if limits.tokens is not None and _count_new([*earlier, turn]) >= limits.tokens:
        return Verdict(Ending.TOKENS)
    if not turn.tool_calls() and not turn.is_open():
        return _judge_silence(earlier, turn, limits)
    return Verdict(remarks=_remark(earlier, turn, limits))


def has_struck_out(history: Sequence[TurnDelta], call_id: str) -> bool:
    """Tell whether this call was, of its tool, the third in a row that could not even run."""
    of_tool: list[ToolResult] = []
    answered = [(call, _find_result(turn, call.id)) for turn in history for call in turn.tool_calls()]
    name = next(_name_tool(call.name) for call, _ in answered if call.id == call_id)
    for call, result in answered:
        if result is not None and _name_tool(call.name) == name:
            of_tool.append(result)
        if call.id == call_id:
            break
    return len(of_tool) >= STRIKES and all(each.is_misfit for each in of_tool[-STRIKES:])


def has_handed_in(history: Iterable[TurnDelta]) -> bool:
    """Tell whether an output was handed in and taken."""
    return any(
        call.name == "emit_work_output" and (result := _find_result(turn, call.id)) is not None and not result.is_error
        for turn in history
        for call in turn.tool_calls()
    )


def _judge_silence(earlier: Sequence[TurnDelta], turn: TurnDelta, limits: Limits) -> Verdict:
    """Give what comes of a turn without a call: where the model can hear it, it is told what is missing."""
    if not limits.listens:
        return Verdict(Ending.DONE)
    if turn.went_outside():
        return Verdict(remarks=(HAND_IN, *_remark(earlier, turn, limits)))
    told = 0
    for each in reversed(earlier):
        if each.tool_calls() or each.went_outside():
            break
        told += bool(each.remarks)
    if told >= TIMES_TOLD:
        return Verdict(Ending.SILENT)
    return Verdict(remarks=(CUT_OFF if turn.stop_reason == "max_tokens" else NOTHING_HANDED_IN,))


def _remark(earlier: Sequence[TurnDelta], turn: TurnDelta, limits: Limits) -> tuple[str, ...]:
    remarks = [CUT_OFF] if turn.stop_reason == "max_tokens" else []
    if (
        limits.listens
        and not any(FINISH in each.remarks for each in earlier)
        and _is_nearly_over(earlier, turn, limits)
    ):
        remarks.append(FINISH)
    return tuple(remarks)


def _is_nearly_over(earlier: Sequence[TurnDelta], turn: TurnDelta, limits: Limits) -> bool:
    if len(earlier) + 1 >= ceil(limits.turns * NEARLY):
        return True
    return limits.tokens is not None and _count_new([*earlier, turn]) >= limits.tokens * NEARLY


def _count_new(turns: Iterable[TurnDelta]) -> int:
    return sum((turn.usage for turn in turns), start=Usage()).count_new()


def _find_result(turn: TurnDelta, call_id: str) -> ToolResult | None:
    return next((result for result in turn.results if result.tool_use_id == call_id), None)


def _name_tool(name: str) -> str:
    """Give the tool's name; all that there are not count as one."""
    return name if name in TOOLS else ""
