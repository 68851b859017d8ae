"""The inbox: what came in, stored before it was acknowledged."""

from enum import StrEnum

from sqlalchemy import select, tuple_, update

from recipes.conversation import InboxItem
from recipes.ids import InboxId
from storage.repositories.rows import TeamConnection
from storage.tables import inbox


class InboxStatus(StrEnum):
    """How far an item is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class InboxRepository:
    """What came in for one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(self, item: InboxItem) -> bool:
        """Keep an item, unless its key is kept already; tell whether it was new."""
        return await self._team.add_new(inbox, item, "team_id", "key", status=InboxStatus.WAITING)

    async def has(self, key: str) -> bool:
        """Tell whether an item of this key was ever kept."""
        known = await self._team.connection.execute(
            select(inbox.c.id).where(self._team.mine(inbox, inbox.c.key == key))
        )
        return known.first() is not None

    async def forget(self, key: str) -> None:
        """Drop what an item said, where its message was deleted; that it came is kept."""
        await self._team.connection.execute(
            update(inbox).where(self._team.mine(inbox, inbox.c.key == key)).values(payload={})
        )

    async def find_next(self, *, upto: InboxItem) -> InboxItem | None:
        """Find the first item of this item's lane that waits, if it happened no later than this one."""
        place = tuple_(inbox.c.happened_ts, inbox.c.id)
        query = (
            select(inbox)
            .where(self._team.mine(inbox, inbox.c.lane == upto.lane, inbox.c.status == InboxStatus.WAITING))
            .where(place <= tuple_(upto.happened_ts, upto.id))
            .order_by(inbox.c.happened_ts, inbox.c.id)
            .limit(1)
        )
        found = await self._team.list(query, InboxItem)
        return found[0] if found else None

    async def save_attempt(self, item: InboxItem) -> bool:
        """Count one more try; tell whether the item still waits, or another process has worked it."""
        found = await self._team.connection.execute(
            update(inbox)
            .where(self._team.mine(inbox, inbox.c.id == item.id, inbox.c.status == InboxStatus.WAITING))
            .values(attempts=item.attempts + 1)
        )
        return found.rowcount == 1

    async def close(self, item_id: InboxId, *, failed: bool = False) -> None:
        """Mark an item as worked."""
        await self._set(item_id, status=InboxStatus.FAILED if failed else InboxStatus.DONE)

    async def _set(self, item_id: InboxId, **values: str | int) -> None:
        await self._team.connection.execute(
            update(inbox).where(self._team.mine(inbox, inbox.c.id == item_id)).values(**values)
        )
