"""Drafts, and the transcript of the threads that they engage."""

from typing import Final

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from recipes.brief import Brief
from recipes.conversation import Said, Thread
from recipes.draft import Draft, DraftNotFound, DraftStatus
from recipes.estimate import Estimate
from recipes.ids import ChannelId, DraftId, MessageTs, UserId
from storage.repositories.rows import TeamConnection, is_own
from storage.tables import drafts, transcript

_SELECT_ESTIMATE: Final = select(drafts.c.brief["estimate"]).where(is_own(drafts, "id"))


class DraftRepository:
    """Drafts of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def get(self, draft_id: str) -> Draft:
        """Give a draft, locked until the unit of work ends.

        Raises:
            DraftNotFound: there is none.
        """
        found = await self._team.find(drafts, Draft, drafts.c.id == draft_id, lock=True)
        if found is None:
            raise DraftNotFound(draft_id)
        return found

    async def find_newest(self, thread: Thread, user_id: UserId) -> Draft | None:
        """Find this person's newest draft in the thread."""
        query = (
            select(drafts).where(self._here(thread), drafts.c.user_id == user_id).order_by(drafts.c.id.desc()).limit(1)
        )
        found = await self._team.list(self._team.locked(query), Draft)
        return found[0] if found else None

    async def list_briefed(self, thread: Thread) -> tuple[Draft, ...]:
        """Give the drafts of this thread whose brief waits for approval, oldest first."""
        query = select(drafts).where(self._here(thread), drafts.c.status == DraftStatus.BRIEFED).order_by(drafts.c.id)
        return tuple(await self._team.list(query, Draft))

    async def list_briefed_reading(self, channel_id: ChannelId) -> tuple[Draft, ...]:
        """Give the drafts whose brief waits for approval and may hold something of this conversation's basket."""
        query = select(drafts).where(
            self._team.mine(
                drafts,
                drafts.c.status == DraftStatus.BRIEFED,
                or_(drafts.c.channel_id == channel_id, drafts.c.also_from == channel_id),
            )
        )
        return tuple(await self._team.list(self._team.locked(query.order_by(drafts.c.id)), Draft))

    async def is_engaged(self, channel_id: ChannelId, thread_ts: MessageTs) -> bool:
        """Tell whether anybody has a draft in this thread."""
        query = select(drafts.c.id).where(
            self._team.mine(drafts, drafts.c.channel_id == channel_id, drafts.c.thread_ts == thread_ts)
        )
        return (await self._team.connection.execute(query.limit(1))).first() is not None

    async def add(self, draft: Draft) -> None:
        """Keep a new draft."""
        await self._team.add(drafts, draft)

    async def save(self, draft: Draft, *, brief: Brief | None = None) -> None:
        """Keep a changed draft, and with it its newest brief if there is one: a large one is written once."""
        await self._team.save(drafts, draft, **({} if brief is None else {"brief": brief}))

    async def save_brief(self, brief: Brief) -> None:
        """Keep the newest brief of its draft, so that its card can be drawn again."""
        await self._team.connection.execute(
            update(drafts).where(self._team.mine(drafts, drafts.c.id == brief.draft_id)).values(brief=brief)
        )

    async def find_brief(self, draft_id: DraftId) -> Brief | None:
        """Find the newest brief of a draft."""
        row = await self._team.connection.execute(
            select(drafts.c.brief).where(self._team.mine(drafts, drafts.c.id == draft_id))
        )
        kept = row.scalar_one_or_none()
        return None if kept is None else Brief.model_validate(kept)

    async def find_estimate(self, draft_id: DraftId) -> Estimate | None:
        """Find what the newest brief of a draft promised."""
        row = await self._team.connection.execute(_SELECT_ESTIMATE, self._team.own(id=draft_id))
        kept = row.scalar_one_or_none()
        return None if kept is None else Estimate.model_validate(kept)

    def _here(self, thread: Thread) -> ColumnElement[bool]:
        return self._team.mine(drafts, drafts.c.channel_id == thread.channel_id, drafts.c.thread_ts == thread.thread_ts)


class TranscriptRepository:
    """What people said in engaged threads of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def save(self, said: Said) -> None:
        """Keep a message; a newer wording of the same message replaces the older."""
        await self.delete(said.thread.channel_id, said.ts)
        await self._team.connection.execute(
            insert(transcript).values(
                team_id=self._team.team_id,
                channel_id=said.thread.channel_id,
                ts=said.ts,
                thread_ts=said.thread.thread_ts,
                said=said.model_dump(mode="json"),
            )
        )

    async def find(self, channel_id: ChannelId, ts: MessageTs) -> Said | None:
        """Find a message."""
        row = await self._team.connection.execute(
            select(transcript.c.said).where(
                self._team.mine(transcript, transcript.c.channel_id == channel_id, transcript.c.ts == ts)
            )
        )
        kept = row.scalar_one_or_none()
        return None if kept is None else Said.model_validate(kept)

    async def delete(self, channel_id: ChannelId, ts: MessageTs) -> None:
        """Forget a message that was deleted."""
        await self._team.connection.execute(
            delete(transcript).where(
                self._team.mine(transcript, transcript.c.channel_id == channel_id, transcript.c.ts == ts)
            )
        )

    async def has(self, thread: Thread) -> bool:
        """Tell whether any message of a thread is kept."""
        query = select(transcript.c.ts).where(self._here(thread)).limit(1)
        return (await self._team.connection.execute(query)).first() is not None

    async def list(self, thread: Thread) -> tuple[Said, ...]:
        """Give the messages of a thread, oldest first."""
        query = select(transcript.c.said).where(self._here(thread)).order_by(transcript.c.ts)
        rows = await self._team.connection.execute(query)
        return tuple(Said.model_validate(row.said) for row in rows)

    def _here(self, thread: Thread) -> ColumnElement[bool]:
        return self._team.mine(
            transcript, transcript.c.channel_id == thread.channel_id, transcript.c.thread_ts == thread.thread_ts
        )
