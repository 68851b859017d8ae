"""Calls that are made again where Slack's trouble may pass."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeVar

import structlog

from recipes.errors import TransientError

log = structlog.get_logger()

Answer = TypeVar("Answer")

ATTEMPTS: Final = 5
# Where Slack does not say how long.
PAUSE: Final = timedelta(seconds=2)


async def insist(call: Callable[[], Awaitable[Answer]], *, on: type[TransientError] = TransientError) -> Answer:
    """Give what the call gives, made again after the pause that Slack asks for.

    Args:
        call: May run several times.
        on: The trouble to sit out. Where a call that was taken must not be made again: what Slack refused for certain.

    Raises:
        TransientError: it did not pass in all attempts.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return await call()
        except on as error:
            log.warning("call_waits", error=str(error))
            await asyncio.sleep((error.pause() or PAUSE).total_seconds())
    return await call()
