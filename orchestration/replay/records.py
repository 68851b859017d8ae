"""What a replay reads of the records: one look through a window, before anything runs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orchestration.tickets.log import Kept, read_kept
from recipes.bundle import FrozenBundle
from recipes.replay import TICKET_PREFIX, NoTicketId, TicketUnknown
from recipes.revision import Revision
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store
from storage.window import looking_into

# Whoever asks sits before a terminal; what takes longer to open is as good as away.
PATIENCE: Final = timedelta(seconds=5)
NEWEST: Final = 3


@dataclass(frozen=True, kw_only=True)
class TicketRecords:
    """A ticket with all that it ran on and all that it made."""

    ticket: WorkTicket
    frozen: FrozenBundle
    permalinks: dict[str, str]
    kept: Kept
    revision: Revision | None = None


async def read_records(ticket_id: str, *, database_url: str) -> TicketRecords:
    """Give what is kept of a ticket.

    Raises:
        NoTicketId, TicketUnknown: there is no such ticket.
        DatabaseUnreachable, TablesNotOurs: there is no such database.
        BundleMissing: its bundle is not stored any more.
    """
    if not ticket_id.startswith(TICKET_PREFIX):
        raise NoTicketId(ticket_id)
    async with looking_into(database_url, patience=PATIENCE) as store:
        ticket = await _get_ticket(store, ticket_id)
        async with store.for_team(ticket.team_id).read() as work:
            frozen, permalinks = await work.bundles.get_with_permalinks(ticket.bundle_id)
            kept = await read_kept(work, ticket)
            revision = None if ticket.parent is None else await work.revisions.find(ticket.id)
            return TicketRecords(ticket=ticket, frozen=frozen, permalinks=permalinks, kept=kept, revision=revision)


async def _get_ticket(store: Store, ticket_id: str) -> WorkTicket:
    ticket = await store.find_ticket(ticket_id)
    if ticket is None:
        raise TicketUnknown(ticket_id, [each.id for each in await store.list_newest(most=NEWEST)])
    return ticket
