"""Calls that are refused because somebody asked for that fault."""

from typing import Any

from bot.sandbox.blocks import AGENT_BLOCKS
from bot.sandbox.faults import FaultBook
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.wire import RateLimited, SlackError, is_object, objects_in


def check_faults(faults: FaultBook, method: str, args: Arguments) -> None:
    """Let the call through unless a fault is to happen to it.

    Raises:
        SlackError: `ratelimited` (429), `internal_error` (500) or `invalid_blocks`.
    """
    limited = faults.take("rate_limited", method)
    if limited is not None:
        raise RateLimited(round(limited.retry_after.total_seconds()))
    if faults.take("server_error", method):
        raise SlackError("internal_error", status=500)
    newer = _find_newer_block(args)
    if newer is not None and faults.take("refused_blocks", method):
        raise SlackError("invalid_blocks", [f"unsupported type: {newer}"])


def _find_newer_block(args: Arguments) -> str | None:
    view: Any = args.value("view")
    blocks = objects_in(args.value("blocks")) + objects_in(view.get("blocks") if is_object(view) else None)
    return next((block["type"] for block in blocks if block.get("type") in AGENT_BLOCKS), None)
