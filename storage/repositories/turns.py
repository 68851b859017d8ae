"""Turns and tool results: what the agent did, kept so that nothing finished is asked for twice.

The values are the caller's own, as JSON: this room knows no models and no tools.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from recipes.bundle import find_digest
from recipes.fence import Fence
from recipes.ids import TicketId, TurnId
from storage.repositories.rows import TeamConnection
from storage.tables import tool_results, turns


class TurnRepository:
    """Turns of the tickets of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(self, ticket_id: TicketId, number: int, delta: str, *, turn_id: TurnId, now: datetime) -> bool:
        """Keep a finished turn, as JSON text with its digest, unless one of this number is; tell whether none was."""
        values = {
            "id": turn_id,
            "ticket_id": ticket_id,
            "number": number,
            "delta": delta,
            "digest": find_digest(delta.encode()),
            "created_at": now,
        }
        return await self._team.add_new_row(turns, values, "team_id", "ticket_id", "number")

    async def list(self, ticket_id: TicketId) -> tuple[str, ...]:
        """Give the finished turns of a ticket, in order."""
        rows = await self._team.connection.execute(
            select(turns.c.delta).where(self._team.mine(turns, turns.c.ticket_id == ticket_id)).order_by(turns.c.number)
        )
        return tuple(row.delta for row in rows)

    async def add_result(
        self,
        ticket_id: TicketId,
        tool_use_id: str,
        result: Any,  # noqa: ANN401 (JSON)
        *,
        now: datetime,
        fence: Fence | None = None,
    ) -> bool:
        """Keep what a tool answered, unless an answer to this call is; tell whether it was kept.

        Args:
            ticket_id: Whose tool it is.
            tool_use_id: The call.
            result: The answer, as JSON.
            now: When it is kept.
            fence: The segment that keeps it; where the ticket has left it behind, nothing is kept.
        """
        values = {"ticket_id": ticket_id, "tool_use_id": tool_use_id, "result": result, "created_at": now}
        return await self._team.add_new_row(tool_results, values, "team_id", "ticket_id", "tool_use_id", fence=fence)

    async def list_results(self, ticket_id: TicketId) -> dict[str, Any]:
        """Give what the tools of a ticket answered, by the call's id."""
        rows = await self._team.connection.execute(
            select(tool_results.c.tool_use_id, tool_results.c.result).where(
                self._team.mine(tool_results, tool_results.c.ticket_id == ticket_id)
            )
        )
        return {row.tool_use_id: row.result for row in rows}
