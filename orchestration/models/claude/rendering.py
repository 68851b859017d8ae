"""From a prompt and its history to a request: the unchanging part first, then turn by turn, only ever longer.

The provider keeps what requests have in common from their beginning, up to a mark; what it has kept costs a tenth or
less. So the order is fixed, nothing in it depends on the moment, and marks stand where the next request will agree.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orchestration.models.claude.bundle_text import write_bundle
from orchestration.models.claude.door import make_strict
from orchestration.models.claude.models import takes_effort
from orchestration.models.claude.replies import write_block
from orchestration.models.claude.revision_text import write_revision
from orchestration.models.port import OpaqueBlock, Prompt, TextBlock, ToolSpec, TurnDelta
from orchestration.models.sizes import TURN_OUTPUT_TOKENS
from recipes.server_tool import SEARCHES_A_TURN, ServerTool

MARK: Final = {"cache_control": {"type": "ephemeral"}}
# The provider looks back twenty blocks from a mark; with one at the end of the turn before, it need not.
MARKED_TURNS: Final = 2
GO_ON: Final = "Go on."
# Searched for directly: run within code, what was found would be encrypted, and nobody could say later what it was.
SERVER_TOOLS: Final[Mapping[ServerTool, Mapping[str, Any]]] = {
    ServerTool.WEB_SEARCH: {
        "type": "web_search_20260318",
        "name": "web_search",
        "max_uses": SEARCHES_A_TURN,
        "allowed_callers": ["direct"],
    },
    ServerTool.CODE_EXECUTION: {"type": "code_execution_20260521", "name": "code_execution"},
}

Json = dict[str, Any]


def render_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> Json:
    """Give the request for the next turn."""
    agent = prompt.bundle.agent
    return {
        "model": agent.model,
        "max_tokens": TURN_OUTPUT_TOKENS,
        "tools": [*map(_render_tool, prompt.tools), *(dict(SERVER_TOOLS[each]) for each in prompt.server_tools)],
        "system": [{"type": "text", "text": prompt.system}],
        "messages": _mark([_render_bundle(prompt), *_render_history(history)]),
        **render_effort(agent.model, agent.effort),
        **_render_container(prompt, history),
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
    told: list[Json] = [{"type": "text", "text": write_bundle(prompt.bundle), **MARK}]
    if prompt.revision is not None:
        told.append({"type": "text", "text": write_revision(prompt.revision)})
    return {"role": "user", "content": told}


def _render_container(prompt: Prompt, history: Sequence[TurnDelta]) -> Json:
    """Give where code ran before: its files and variables are still there."""
    used = [turn.container for turn in history if turn.container]
    return {"container": used[-1]} if used and ServerTool.CODE_EXECUTION in prompt.server_tools else {}


def _render_history(history: Sequence[TurnDelta]) -> list[Json]:
    messages: list[Json] = []
    held: list[str] = []
    for place, turn in enumerate(history):
        if said := _render_said(turn):
            _say(messages, said)
        held += [*turn.notes, *turn.remarks]
        told = _render_results(turn)
        if not turn.is_open():
            told += [{"type": "text", "text": each} for each in held]
            held = []
            # No model that we ask goes on in words of its own but after a pause.
            if not told and place == len(history) - 1:
                told = [{"type": "text", "text": GO_ON}]
        if told:
            messages.append({"role": "user", "content": told})
    return messages


def _say(messages: list[Json], said: list[Json]) -> None:
    """Add the model's blocks; what it says after a pause belongs to what it said before."""
    if messages and messages[-1]["role"] == "assistant":
        messages[-1]["content"] += said
    else:
        messages.append({"role": "assistant", "content": said})


def _render_said(turn: TurnDelta) -> list[Json]:
    """Give the model's blocks as they came, but for what the provider gives and does not take.

    That is words without a letter, and thinking with nothing after it (a reply that was cut off there).
    """
    blocks = [each for each in turn.blocks if not isinstance(each, TextBlock) or each.text.strip()]
    while blocks and isinstance(blocks[-1], OpaqueBlock) and "thinking" in str(blocks[-1].content.get("type")):
        blocks.pop()
    return [write_block(each) for each in blocks]


def _render_results(turn: TurnDelta) -> list[Json]:
    return [
        {
            "type": "tool_result",
            "tool_use_id": each.tool_use_id,
            "content": each.content,
            **({"is_error": True} if each.is_error else {}),
        }
        for each in turn.results
    ]


def _mark(messages: list[Json]) -> list[Json]:
    """Mark the end of the newest turns."""
    told = [each for each in messages[1:] if each["role"] == "user"]
    for message in told[-MARKED_TURNS:]:
        message["content"][-1].update(MARK)
    return messages
