"""Revisions: what a child ticket does, and the content that it starts from."""

from recipes.ids import DraftId, TicketId
from recipes.revision import Revision
from storage.repositories.rows import TeamConnection
from storage.tables import revisions


class RevisionRepository:
    """Revisions of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(self, revision: Revision) -> None:
        """Keep what a new ticket is to do; it never changes."""
        await self._team.add(revisions, revision)

    async def find(self, owner: TicketId | DraftId) -> Revision | None:
        """Find what a ticket revises, or would once its draft is approved; None where it does work of its own."""
        return await self._team.find_own(revisions, Revision, id=owner)
