"""Workbenches as a segment lays them out."""

from collections.abc import Mapping

from orchestration.bell import Bell
from orchestration.ports import Clock, Ids
from orchestration.tickets.log import TicketLog
from orchestration.tickets.output_maker import OutputMaker
from orchestration.tickets.workbench import Workbench
from recipes.bundle import WorkBundle
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store
from storage.vault import Vault


def make_bench(
    ticket: WorkTicket,
    bundle: WorkBundle,
    permalinks: Mapping[str, str],
    *,
    store: Store,
    vault: Vault,
    bell: Bell,
    clock: Clock,
    ids: Ids,
) -> tuple[Workbench, TicketLog]:
    """Give the tools of a ticket that is kept, and its log."""
    log = TicketLog(ticket=ticket, store=store, bell=bell, clock=clock, ids=ids)
    maker = OutputMaker(ticket_id=ticket.id, bundle=bundle, permalinks=permalinks, vault=vault, clock=clock, ids=ids)
    return Workbench(ticket=ticket, bundle=bundle, permalinks=permalinks, log=log, maker=maker, vault=vault), log
