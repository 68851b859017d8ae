"""Trying again: one policy for everything that may pass, by tenacity; what the outside says about waiting is heard."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_delay, stop_any
from tenacity.stop import stop_base
from tenacity.wait import wait_base, wait_exponential_jitter

from recipes.errors import TransientError

log = structlog.get_logger()

Result = TypeVar("Result")

# As long as an outage of somebody else's usually takes.
TRY_FOR: Final = timedelta(minutes=10)
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0


class _WaitAsTold(wait_base):
    """As long as the error says, else longer each time."""

    def __init__(self) -> None:
        self._growing = wait_exponential_jitter(multiplier=FIRST_PAUSE_S, max=LONGEST_PAUSE_S, jitter=FIRST_PAUSE_S)

    def __call__(self, retry_state: RetryCallState) -> float:
        """Give the seconds until the next try."""
        error = retry_state.outcome.exception() if retry_state.outcome else None
        told = error.pause() if isinstance(error, TransientError) else None
        return told.total_seconds() if told is not None else self._growing(retry_state)


class _StopAsTold(stop_base):
    """After as many tries as the error allows."""

    def __call__(self, retry_state: RetryCallState) -> bool:
        """Tell whether that was the last try."""
        error = retry_state.outcome.exception() if retry_state.outcome else None
        most = error.most_tries() if isinstance(error, TransientError) else None
        return most is not None and retry_state.attempt_number >= most


async def trying_again(
    work: Callable[[], Awaitable[Result]],
    *,
    on: type[TransientError] = TransientError,
    for_long: timedelta | None = None,
) -> Result:
    """Do the work, and again while what goes wrong may pass; in the end raise the last error.

    Args:
        work: What may run several times.
        on: The trouble to sit out; where a call that was taken must not be made again, what was refused for certain.
        for_long: How long to go on; ten minutes, if it does not say.
    """
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(on),
        wait=_WaitAsTold(),
        stop=stop_any(stop_after_delay(for_long or TRY_FOR), _StopAsTold()),
        before_sleep=_log_pause,
        reraise=True,
    )
    return await retrying(work)


def _log_pause(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    log.warning("trying_again", attempts=state.attempt_number, error=str(error))
