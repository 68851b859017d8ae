"""Raises of caps: those that are offered, and those that were taken, by whom and when."""

from typing import Final

from sqlalchemy import select

from recipes.cap_raise import CapRaise, CapRaiseNotFound
from storage.repositories.rows import TeamConnection
from storage.tables import cap_raises

_ONE_A_STOP: Final = ("team_id", "ticket_id", "segment")


class CapRaiseRepository:
    """Raises of caps of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def get(self, raise_id: str) -> CapRaise:
        """Give a raise, locked until the unit of work ends.

        Raises:
            CapRaiseNotFound: there is none.
        """
        found = await self._team.find(cap_raises, CapRaise, cap_raises.c.id == raise_id, lock=True)
        if found is None:
            raise CapRaiseNotFound(raise_id)
        return found

    async def add(self, offered: CapRaise) -> CapRaise:
        """Keep an offer, unless this stop has one; give the one that is kept."""
        await self._team.add_new(cap_raises, offered, *_ONE_A_STOP)
        kept = await self._team.find(
            cap_raises,
            CapRaise,
            cap_raises.c.ticket_id == offered.ticket_id,
            cap_raises.c.segment == offered.segment,
        )
        return kept or offered

    async def save(self, raised: CapRaise) -> None:
        """Keep a changed raise."""
        await self._team.save(cap_raises, raised)

    async def list_taken(self, ticket_id: str) -> tuple[CapRaise, ...]:
        """Give the raises of a ticket that were taken, in order."""
        query = (
            select(cap_raises)
            .where(
                self._team.mine(cap_raises, cap_raises.c.ticket_id == ticket_id, cap_raises.c.raised_at.is_not(None))
            )
            .order_by(cap_raises.c.segment)
        )
        return tuple(await self._team.list(query, CapRaise))
