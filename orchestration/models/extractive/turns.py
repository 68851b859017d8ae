"""Turns: what the model reads from its history and how it calls tools, whatever it makes."""

from collections.abc import Sequence
from typing import Any, Final

from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.material import Material
from orchestration.models.port import Prompt, TextBlock, ToolCall, ToolResult, TurnDelta

# files are read through the tool as well, so that the record shows it; the bundle holds them anyway
READ_SOURCES: Final = 3
# the todo's own limit is 200; people read the list in a narrow column
TODO_CHARS: Final = 120

Call = tuple[str, dict[str, Any]]


def find_missing(prompt: Prompt, needed: Sequence[str]) -> str | None:
    """Give the first tool that the work needs and was not given."""
    given = {tool.name for tool in prompt.tools}
    return next((name for name in needed if name not in given), None)


def list_results(history: Sequence[TurnDelta], name: str) -> list[tuple[ToolCall, ToolResult]]:
    """Give the calls of a tool with their answers, in order."""
    results = {result.tool_use_id: result for turn in history for result in turn.results}
    calls = [call for turn in history for call in turn.tool_calls() if call.name == name]
    return [(call, results[call.id]) for call in calls if call.id in results]


def list_todos(history: Sequence[TurnDelta]) -> list[dict[str, Any]]:
    """Give the todo list as it was last written."""
    written = list_results(history, "TodoWrite")
    return written[-1][0].input["todos"] if written else []


def find_current(todos: Sequence[dict[str, Any]]) -> int:
    """Give the place of the todo in progress; -1 before the list was written."""
    return next((place for place, todo in enumerate(todos) if todo["status"] == "in_progress"), len(todos) - 1)


def make_steps(steps: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Give todos, each also as it is being done, from what to do, its present form, and to what."""
    return [
        (clip_words(f"{do} {what}", TODO_CHARS), clip_words(f"{doing} {what}", TODO_CHARS)) for do, doing, what in steps
    ]


def write_todos(steps: Sequence[tuple[str, str]], now: int) -> Call:
    """Give the call that shows the todos with this one in progress, those before it completed."""
    todos = [
        {
            "content": do,
            "status": "completed" if place < now else "in_progress" if place == now else "pending",
            "activeForm": doing,
        }
        for place, (do, doing) in enumerate(steps)
    ]
    return ("TodoWrite", {"todos": todos})


def read_files(prompt: Prompt, material: Material) -> list[Call]:
    """Give the calls that read the first files, where there is a tool for it."""
    if find_missing(prompt, ["read_source"]):
        return []
    return [("read_source", {"source_id": each.id}) for each in material.list_files()[:READ_SOURCES]]


def call_tools(history: Sequence[TurnDelta], calls: Sequence[Call]) -> TurnDelta:
    """Give the turn that makes these calls, after this history."""
    at = len(history)
    blocks = (ToolCall(id=f"call_{at}_{no}", name=name, input=given) for no, (name, given) in enumerate(calls))
    return TurnDelta(blocks=tuple(blocks), stop_reason="tool_use")


def refuse_to_begin(prompt: Prompt, needed: Sequence[str]) -> TurnDelta | None:
    """Give the turn that ends work which was not given a tool that it needs."""
    missing = find_missing(prompt, needed)
    return end(f"I cannot do this work without the tool {missing}.") if missing else None


def close(history: Sequence[TurnDelta]) -> TurnDelta | None:
    """Give the turns after the output was handed in; where it was refused, its todo is opened again before the end."""
    handed_in = list_results(history, "emit_work_output")
    if not handed_in:
        return None
    result = handed_in[-1][1]
    if not result.is_error:
        return end("The work is handed in.")
    todos = list_todos(history)
    if todos and todos[-1]["status"] == "completed":
        reopened = [*todos[:-1], {**todos[-1], "status": "in_progress"}]
        return call_tools(history, [("TodoWrite", {"todos": reopened})])
    return end(f"The output was not accepted: {result.content}")


def end(said: str) -> TurnDelta:
    """Give the last turn."""
    return TurnDelta(blocks=(TextBlock(text=said),), stop_reason="end_turn")
