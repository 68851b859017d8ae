"""From a reply to a turn: the provider's blocks become ours, and what was cut off is no call."""

from collections.abc import Sequence
from typing import Any, Final, cast, get_args

from orchestration.models.claude.door import Reply
from orchestration.models.claude.errors import ReplyBroken
from orchestration.models.claude.outside import list_unanswered, read_outside
from orchestration.models.port import ModelBlock, OpaqueBlock, StopReason, TextBlock, ToolCall, TurnDelta

# After these the last block may have been cut in the middle.
_CUT: Final = frozenset({"max_tokens", "model_context_window_exceeded"})
_REASONS: Final = frozenset(get_args(StopReason))


def read_turn(reply: Reply, *, model: str, history: Sequence[TurnDelta] = ()) -> TurnDelta:
    """Give the turn that a reply makes, after these turns.

    Raises:
        ReplyBroken: it stopped for a reason that nobody has heard of.
    """
    # We ask for no stop sequence: whoever stops at one has ended.
    reason = "end_turn" if reply.stop_reason == "stop_sequence" else reply.stop_reason
    if reason not in _REASONS:
        raise ReplyBroken(model, f"stopped by {reason[:60]}")
    unanswered = list_unanswered(reply.blocks)
    # The provider goes on with its own tools after a pause, and after ours; otherwise what has no answer gets none.
    is_pending = bool(unanswered) and reason in {"pause_turn", "tool_use"}
    raw = [each for each in reply.blocks if is_pending or each.get("id") not in unanswered]
    blocks = [_read_block(each) for each in raw]
    if reason == "refusal":
        blocks = [each for each in blocks if not isinstance(each, ToolCall)]
    elif reason in _CUT and blocks and isinstance(blocks[-1], ToolCall):
        # Its input was completed by the library to something that parses, and is half of what was meant.
        blocks.pop()
    earlier = [block.content for turn in history for block in turn.blocks if isinstance(block, OpaqueBlock)]
    return TurnDelta(
        blocks=tuple(blocks),
        stop_reason=cast("StopReason", reason),
        usage=reply.usage,
        outside=read_outside(raw, earlier),
        is_pending=is_pending,
        container=reply.container,
    )


def write_block(block: ModelBlock) -> dict[str, Any]:
    """Give a block as it came."""
    match block:
        case TextBlock():
            return {"type": "text", "text": block.text, **block.rest}
        case ToolCall():
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": block.input, **block.rest}
        case OpaqueBlock():
            return block.content


def _read_block(raw: dict[str, Any]) -> ModelBlock:
    match raw:
        case {"type": "text", "text": str(text), **rest}:
            return TextBlock(text=text, rest=rest)
        case {"type": "tool_use", "id": str(call_id), "name": str(name), "input": given, **rest}:
            return ToolCall(id=call_id, name=name, input=given, rest=rest)
        case _:
            return OpaqueBlock(content=raw)
