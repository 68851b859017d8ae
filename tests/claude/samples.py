"""A bundle that Claude works on, and turns as the loop keeps them."""

from typing import Any

from orchestration.agents.roster import make_prompt
from orchestration.models.port import Prompt, ToolResult, TurnDelta
from recipes.bundle import BundleAgent
from tests.fakes.nouns import TOOLS, make_bundle

MODEL = "claude-sonnet-5-5"


def make_claude_prompt(*, model: str = MODEL, **more: Any) -> Prompt:
    """Give the prompt of a bundle that was approved for Claude."""
    agent = BundleAgent(type="reporting", model=model, effort="medium", tools=TOOLS, caps={"turns": 30})
    return make_prompt(make_bundle(agent=agent, **more))


def answered(turn: TurnDelta, *remarks: str, content: str = "{}") -> TurnDelta:
    """Give a turn whose calls are all answered."""
    results = tuple(ToolResult(tool_use_id=each.id, content=content) for each in turn.tool_calls())
    return turn.model_copy(update={"results": results, "remarks": remarks})
