"""Work outputs: what was delivered."""

from sqlalchemy import select

from recipes.conversation import Thread
from recipes.ids import TicketId
from recipes.output import OutputNotFound, WorkOutput
from recipes.ticket import TicketStatus
from storage.repositories.rows import TeamConnection
from storage.tables import work_outputs, work_tickets


class OutputRepository:
    """Work outputs of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def add(self, output: WorkOutput) -> None:
        """Keep a finished output."""
        await self._team.add(work_outputs, output)

    async def save(self, output: WorkOutput) -> None:
        """Keep a changed output."""
        await self._team.save(work_outputs, output)

    async def get(self, output_id: str) -> WorkOutput:
        """Give an output.

        Raises:
            OutputNotFound: this workspace has none of this id.
        """
        found = await self._team.find(work_outputs, WorkOutput, work_outputs.c.id == output_id)
        if found is None:
            raise OutputNotFound(output_id)
        return found

    async def list_newest_in(self, thread: Thread, *, most: int) -> tuple[WorkOutput, ...]:
        """Give what was delivered in a thread by work that is over, newest first."""
        over = (TicketStatus.COMPLETED, TicketStatus.CANCELLED, TicketStatus.FAILED)
        query = (
            select(work_outputs)
            .join(work_tickets, work_tickets.c.id == work_outputs.c.ticket_id)
            .where(
                self._team.mine(
                    work_outputs,
                    work_tickets.c.team_id == work_outputs.c.team_id,
                    work_tickets.c.channel_id == thread.channel_id,
                    work_tickets.c.thread_ts == thread.thread_ts,
                    work_tickets.c.status.in_(over),
                )
            )
            .order_by(work_outputs.c.id.desc())
            .limit(most)
        )
        return tuple(await self._team.list(query, WorkOutput))

    async def list(self, ticket_id: TicketId) -> tuple[WorkOutput, ...]:
        """Give the outputs of a ticket, oldest first."""
        query = (
            select(work_outputs)
            .where(self._team.mine(work_outputs, work_outputs.c.ticket_id == ticket_id))
            .order_by(work_outputs.c.id)
        )
        return tuple(await self._team.list(query, WorkOutput))
