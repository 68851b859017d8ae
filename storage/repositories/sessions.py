"""What Slack itself shows of the work in threads."""

from sqlalchemy import ColumnElement, delete

from recipes.conversation import Thread
from recipes.session import SessionStatus, ShownSession
from storage.repositories.rows import TeamConnection
from storage.tables import thread_sessions


class SessionRepository:
    """Threads of one workspace that may show something."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def save(self, thread: Thread, status: SessionStatus | None) -> None:
        """Keep what a thread shows; None while that is being changed."""
        await self.remove(thread)
        await self._team.add(thread_sessions, ShownSession.of(thread, status))

    async def remove(self, thread: Thread) -> None:
        """Forget a thread that shows nothing."""
        await self._team.connection.execute(delete(thread_sessions).where(self._is_in(thread)))

    def _is_in(self, thread: Thread) -> ColumnElement[bool]:
        return self._team.mine(
            thread_sessions,
            thread_sessions.c.channel_id == thread.channel_id,
            thread_sessions.c.thread_ts == thread.thread_ts,
        )
