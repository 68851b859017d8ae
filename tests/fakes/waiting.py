"""Waiting for what another task or another process does: by looking, with an end to patience."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

PATIENCE_S = 30.0
LOOK_S = 0.02


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as this holds.

    Raises:
        TimeoutError: it does not within half a minute.
    """
    async with asyncio.timeout(PATIENCE_S):
        while not await holds():  # noqa: ASYNC110 (what is waited for lies in a database, a file, or behind a wire)
            await asyncio.sleep(0)


def wait_for_lines(path: Path, wanted: Collection[str]) -> None:
    """Return when another process has written all these lines.

    Raises:
        TimeoutError: it has not within half a minute.
    """
    deadline = time.monotonic() + PATIENCE_S
    lines: set[str] = set()
    while time.monotonic() < deadline:
        lines = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
        if lines >= set(wanted):
            return
        time.sleep(LOOK_S)
    raise TimeoutError(f"missing: {sorted(set(wanted) - lines)}")
