"""The workspace's own news: every change as a small record, for the page and for people who wait.

A change is `{"id", "kind", ...}`. Kinds: `message_posted message_changed message_deleted` (with `channel`, `ts`,
`thread_ts`, `message`), `view_opened view_updated view_closed view_errors` (with `view_id`, `view`, `errors`),
`home_published` (`view`), `file_changed` (`file`), `conversation_changed` (`channel`, `conversation`), `status_changed`
(`channel`, `thread_ts`, `status`), `prompts_changed` (`channel`, `prompts`), `trouble` (`sentence`), `socket_changed`
(`connections`) and `faults_changed` (`faults`). Where only one person may see it, `user` names that person.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import islice
from typing import Final

from bot.sandbox.wire import Json

# Enough for a reader to reconnect after minutes of live edits; older changes are answered with `reset`.
KEPT_CHANGES: Final = 5_000


class ChangeLog:
    """The latest changes in order, and a way to wait for more."""

    def __init__(self) -> None:
        self._kept: deque[Json] = deque(maxlen=KEPT_CHANGES)
        self._last_id = 0
        self._news = asyncio.Event()
        self._is_closed = False

    @property
    def last_id(self) -> int:
        """The id of the newest change; 0 before the first."""
        return self._last_id

    def add(self, kind: str, *, user: str | None = None, **body: object) -> None:
        """Record a change and wake everybody who waits."""
        self._last_id += 1
        change: Json = {"id": self._last_id, "kind": kind, **body}
        if user is not None:
            change["user"] = user
        self._kept.append(change)
        self._wake()

    def close(self) -> None:
        """End every stream: nothing more will come."""
        self._is_closed = True
        self._wake()

    def after(self, seen_id: int) -> list[Json] | None:
        """Give the changes after this id, or None if some of them are no longer kept."""
        oldest_id = self._last_id - len(self._kept) + 1
        if seen_id > self._last_id or seen_id < oldest_id - 1:
            return None
        return list(islice(self._kept, seen_id - oldest_id + 1, None))

    async def follow(self, seen_id: int, *, idle: timedelta) -> AsyncIterator[list[Json] | None]:
        """Yield batches of changes after this id as they come.

        Args:
            seen_id: the last change the reader knows.
            idle: after so long without news an empty batch is yielded.

        Yields:
            The changes, in order; None says that some were missed and the reader must look anew.
        """
        while not self._is_closed:
            news = self._news
            batch = self.after(seen_id)
            if batch is None or batch:
                seen_id = self._last_id
                yield batch
                continue
            try:
                async with asyncio.timeout(idle.total_seconds()):
                    await news.wait()
            except TimeoutError:
                yield []

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
