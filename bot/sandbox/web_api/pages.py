"""Cursor paging, as every list of the Web API has it."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final, TypeVar

from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.wire import Json, SlackError

# docs.slack.dev, pagination: "a limit over 1000 is not allowed"
PAGE_ITEMS: Final = 1_000
Item = TypeVar("Item")


def page(items: Sequence[Item], args: Arguments, *, default: int) -> tuple[Sequence[Item], Json]:
    """Give the items of one page, and the `response_metadata` that leads to the next.

    Raises:
        SlackError: `invalid_cursor` or `invalid_limit`.
    """
    limit = args.number("limit", default)
    if not 1 <= limit <= PAGE_ITEMS:
        raise SlackError("invalid_limit")
    start = _offset(args.text("cursor"))
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], {"next_cursor": cursor}


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError) as error:
        raise SlackError("invalid_cursor") from error
