"""A model that follows a script: fits `ModelPort`."""

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
