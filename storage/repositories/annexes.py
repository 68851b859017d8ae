"""Annexes: what tickets found outside their bundles, entry by entry, each with the digest of all up to it."""

from sqlalchemy import select

from recipes.annex import Annex, AnnexEntry, AnnexTampered
from recipes.ids import BundleId, TicketId
from storage.repositories.rows import TeamConnection
from storage.tables import annex_entries


class AnnexRepository:
    """Annexes of one workspace: added to, never changed."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add_newest(self, annex: Annex) -> bool:
        """Keep the newest entry of an annex, unless one of its number is kept; tell whether none was."""
        values = {
            "ticket_id": annex.ticket,
            "number": len(annex.entries),
            "entry": annex.entries[-1].model_dump_json(),
            "digest": annex.find_digest(),
        }
        return await self._team.add_new_row(annex_entries, values, "team_id", "ticket_id", "number")

    async def get(self, ticket_id: TicketId, bundle_id: BundleId) -> Annex:
        """Give a ticket's annex; most are empty.

        Raises:
            AnnexTampered: it is not what was recorded.
        """
        kept = await self._team.connection.execute(
            select(annex_entries.c.entry, annex_entries.c.digest)
            .where(self._team.mine(annex_entries, annex_entries.c.ticket_id == ticket_id))
            .order_by(annex_entries.c.number)
        )
        rows = kept.all()
        entries = tuple(AnnexEntry.model_validate_json(row.entry) for row in rows)
        annex = Annex(bundle=bundle_id, ticket=ticket_id, entries=entries)
        if rows and annex.find_digest() != rows[-1].digest:
            raise AnnexTampered(ticket_id)
        return annex
