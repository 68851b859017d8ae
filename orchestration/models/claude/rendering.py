"""From a prompt and its history to a request: the unchanging part first, then turn by turn, only ever longer.

The provider keeps what requests have in common from their beginning, up to a mark; what it has kept costs a tenth or
less. So the order is fixed, nothing in it depends on the moment, and marks stand where the next request will agree.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from orchestration.models.claude.bundle_text import write_bundle
from orchestration.models.claude.door import make_strict
from orchestration.models.claude.models import takes_effort
from orchestration.models.claude.replies import write_block
from orchestration.models.port import OpaqueBlock, Prompt, TextBlock, ToolSpec, TurnDelta
from orchestration.models.sizes import TURN_OUTPUT_TOKENS

MARK: Final = {"cache_control": {"type": "ephemeral"}}
# The provider looks back twenty blocks from a mark; with one at the end of the turn before, it need not.
MARKED_TURNS: Final = 2
GO_ON: Final = "Go on."

Json = dict[str, Any]


def render_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> Json:
    """Give the request for the next turn."""
    agent = prompt.bundle.agent
    return {
        "model": agent.model,
        "max_tokens": TURN_OUTPUT_TOKENS,
        "tools": [_render_tool(each) for each in prompt.tools],
        "system": [{"type": "text", "text": prompt.system}],
        "messages": _mark([_render_bundle(prompt), *_render_history(history)]),
        **render_effort(agent.model, agent.effort),
    }


def render_effort(model: str, effort: str, *, output: Json | None = None) -> Json:
    """Give how hard the model shall try, and what form its answer has, if it has to have one."""
    if takes_effort(model):
        return {"thinking": {"type": "adaptive"}, "output_config": {"effort": effort, **(output or {})}}
    return {"output_config": output} if output else {}


def _render_tool(tool: ToolSpec) -> Json:
    if not tool.is_strict:
        return {"name": tool.name, "description": tool.description, "input_schema": tool.input_schema}
    schema = make_strict(tool.input_schema)
    return {"name": tool.name, "description": tool.description, "input_schema": schema, "strict": True}


def _render_bundle(prompt: Prompt) -> Json:
    return {"role": "user", "content": [{"type": "text", "text": write_bundle(prompt.bundle), **MARK}]}


def _render_history(history: Sequence[TurnDelta]) -> Iterator[Json]:
    for place, turn in enumerate(history):
        if said := _render_said(turn):
            yield {"role": "assistant", "content": said}
        told = _render_told(turn)
        # No model that we ask goes on in words of its own but after a pause.
        if not told and place == len(history) - 1 and turn.stop_reason != "pause_turn":
            told = [{"type": "text", "text": GO_ON}]
        if told:
            yield {"role": "user", "content": told}


def _render_said(turn: TurnDelta) -> list[Json]:
    """Give the model's blocks as they came, but for what the provider gives and does not take.

    That is words without a letter, and thinking with nothing after it (a reply that was cut off there).
    """
    blocks = [each for each in turn.blocks if not isinstance(each, TextBlock) or each.text.strip()]
    while blocks and isinstance(blocks[-1], OpaqueBlock) and "thinking" in str(blocks[-1].content.get("type")):
        blocks.pop()
    return [write_block(each) for each in blocks]


def _render_told(turn: TurnDelta) -> list[Json]:
    results = [
        {
            "type": "tool_result",
            "tool_use_id": each.tool_use_id,
            "content": each.content,
            **({"is_error": True} if each.is_error else {}),
        }
        for each in turn.results
    ]
    return [*results, *({"type": "text", "text": each} for each in turn.remarks)]


def _mark(messages: list[Json]) -> list[Json]:
    """Mark the end of the newest turns."""
    told = [each for each in messages[1:] if each["role"] == "user"]
    for message in told[-MARKED_TURNS:]:
        message["content"][-1].update(MARK)
    return messages
