"""Fences: whose doing something is, so that who was left behind does nothing any more."""

from dataclasses import dataclass

from recipes.ids import TicketId


@dataclass(frozen=True, kw_only=True)
class Fence:
    """A segment of a ticket: what its ticket has left behind does nothing outside any more."""

    ticket_id: TicketId
    segment: int
