"""A model that follows a script: fits `ModelPort`."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from orchestration.models.port import Prompt, TextBlock, ToolCall, TurnDelta
from recipes.usage import Usage

# The smallest deck that the skill builds.
DECK = {
    "title": "Churn fell",
    "sources": [{"id": "S1", "title": "Thread", "kind": "message"}],
    "slides": [
        {"kind": "title", "notes": "Opening."},
        {"kind": "bullets", "title": "Churn fell", "notes": "x", "bullets": [{"text": "Churn fell to 3 % [@S1.1]"}]},
        {"kind": "sources", "notes": "Sources."},
    ],
}


class ScriptedModel:
    """Gives the turns of its script, one for each length of the history, and remembers what it was asked."""

    name = "scripted"

    def __init__(self, script: Sequence[TurnDelta]) -> None:
        self._script = script
        self.histories: list[tuple[TurnDelta, ...]] = []

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        self.histories.append(history)
        return self._script[len(history)]


def calling(*calls: tuple[str, dict[str, Any]], turn: int = 1) -> TurnDelta:
    """Give a turn that calls these tools."""
    blocks = tuple(ToolCall(id=f"call_{turn}_{n}", name=name, input=raw) for n, (name, raw) in enumerate(calls, 1))
    return TurnDelta(blocks=blocks, stop_reason="tool_use", usage=Usage(input_tokens=10, output_tokens=1))


def ending(text: str = "Done.") -> TurnDelta:
    """Give a last turn."""
    return TurnDelta(blocks=(TextBlock(text=text),), stop_reason="end_turn", usage=Usage(output_tokens=1))


class PacedModel:
    """Takes the turns of `take_turn`, and thinks about the third for as long as a test wants."""

    name = "scripted"

    def __init__(self, *, question: dict[str, Any] | None = None) -> None:
        self.question = question
        self.may_think_on = asyncio.Event()
        self.is_thinking = asyncio.Event()
        self.was_interrupted = asyncio.Event()
        self.asked_for: list[int] = []
        """The turns that were asked for, by number."""

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        number = len(history) + 1
        self.asked_for.append(number)
        if number == 3 and self.question is None:
            await self._think()
        return take_turn(history, question=self.question)

    async def _think(self) -> None:
        self.is_thinking.set()
        try:
            await self.may_think_on.wait()
        except asyncio.CancelledError:
            self.was_interrupted.set()
            raise


def take_turn(history: tuple[TurnDelta, ...], *, question: dict[str, Any] | None = None) -> TurnDelta:
    """Give the next turn of work that plans, builds a deck, asks (if there is a question), hands in, and ends."""
    match len(history) + 1:
        case 1:
            return calling(("TodoWrite", _todos(0)))
        case 2:
            return calling(("Skill", {"skill": "pptx", "content": DECK}), turn=2)
        case 3:
            asking = [("ask_user", question)] if question is not None else []
            return calling(("TodoWrite", _todos(1)), *asking, turn=3)
        case 4:
            return calling(("TodoWrite", _todos(3)), ("emit_work_output", _hand_in(history)), turn=4)
        case _:
            return ending()


def _hand_in(history: tuple[TurnDelta, ...]) -> dict[str, Any]:
    (built,) = history[1].results
    said = json.loads(history[2].results[-1].content).get("answer", "nobody was asked")
    return {
        "output_type": "report_draft",
        "title": "Churn fell",
        "body": f"The deck, as wanted: {said}.",
        "file_id": json.loads(built.content)["file_id"],
        "file_format": "pptx",
    }


def _todos(done: int) -> dict[str, Any]:
    contents = ("Plan the deck", "Build the deck", "Hand it in")
    statuses = ["completed"] * done + ["in_progress"] + ["pending"] * 3
    todos = [
        {"content": content, "status": status, "activeForm": f"{content} now"}
        for content, status in zip(contents, statuses, strict=False)
    ]
    return {"todos": todos}
