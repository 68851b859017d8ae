"""The ledger of outward effects, one row a key."""

from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from recipes.effect import Effect, EffectStatus
from recipes.fence import Fence
from storage.repositories.rows import TeamConnection, is_own
from storage.tables import effects

_CHANGE: Final = update(effects).where(is_own(effects, "key"))


class EffectRepository:
    """Outward effects of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def find(self, key: str) -> Effect | None:
        """Find what is known about an effect."""
        return await self._team.find_own(effects, Effect, key=key)

    async def find_key(self, ref: str, *, prefix: str) -> str | None:
        """Find the key of the effect of this kind that is called so outside."""
        query = select(effects.c.key).where(
            self._team.mine(effects, effects.c.ref == ref, effects.c.key.startswith(prefix, autoescape=True))
        )
        return (await self._team.connection.execute(query.limit(1))).scalar_one_or_none()

    async def add_intended(
        self, key: str, *, now: datetime, fence: Fence | None = None, process: str | None = None
    ) -> bool:
        """Note that the effect is about to happen, unless something is known about it; tell whether it was noted.

        Args:
            key: Its name.
            now: When it is noted.
            fence: The segment whose effect it is; where its ticket has left it behind, nothing is noted.
            process: The process that has it; where it was buried, nothing is noted.
        """
        values = {"key": key, "status": EffectStatus.INTENDED, "ref": None, "created_at": now}
        return await self._team.add_new_row(effects, values, "team_id", "key", fence=fence, process=process)

    async def save_done(self, key: str, ref: str, *, status: EffectStatus = EffectStatus.DONE) -> None:
        """Note that the effect happened, and what it is called outside."""
        values = {"status": status, "ref": ref, **self._team.own(key=key)}
        await self._team.connection.execute(_CHANGE, values)
