"""One segment of a ticket as named durable steps: open, work, deliver, finish.

The order and names of the steps are a file format. Nothing with an effect stands outside a step, no clock and no
chance; outside, only what is frozen is read.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypedDict

import structlog

from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from orchestration.bell import Bell
from orchestration.delivery import Delivery
from orchestration.engine.port import Journal, Workflow
from orchestration.incidents import explain
from orchestration.models.port import ModelPort, Prompt
from orchestration.ports import Clock, Ids
from orchestration.workbench import Workbench
from recipes.ids import SlackFileId
from recipes.job import Job
from recipes.output import NothingDelivered
from recipes.ticket import TicketStatus, WorkTicket
from storage.unit_of_work import Store
from storage.vault import Vault

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Hands:
    """What every segment works with."""

    store: Store
    vault: Vault
    model: ModelPort
    delivery: Delivery
    bell: Bell
    clock: Clock
    ids: Ids


class OutputGist(TypedDict):
    """What the journal keeps of an output."""

    id: str
    title: str
    is_file: bool


def make_workflow(hands: Hands) -> Workflow:
    """Give the body of every job."""

    async def run(journal: Journal, job: Job) -> None:
        await Segment(hands, job).run(journal)

    return run


class Segment:
    """One segment of one ticket."""

    def __init__(self, hands: Hands, job: Job) -> None:
        self._hands = hands
        self._job = job
        self._team = hands.store.for_team(job.team_id)

    async def run(self, journal: Journal) -> None:
        """Work the segment to its end; what goes wrong ends in a ticket that says so."""
        try:
            max_turns = await journal.step("open", self._open)
            await self._work(journal, max_turns)
            for output in await journal.step("list_outputs", self._list_outputs):
                await self._deliver(journal, output)
            await journal.step("finish", self._finish)
        except Exception as error:  # noqa: BLE001 (a boundary: a ticket never ends without saying so)
            await journal.step("fail", self._failing(error))

    async def _open(self) -> int:
        """Start the ticket on its checked bundle; give how many turns it may take."""
        await self._move(TicketStatus.RUNNING)
        prompt, _ = await self._set_up()
        return prompt.bundle.agent.caps["turns"]

    async def _work(self, journal: Journal, max_turns: int) -> None:
        # Set up outside a step: it only reads what is frozen, and a replay needs it as the first run did.
        prompt, bench = await self._set_up()
        agent = Agent(model=self._hands.model, prompt=prompt, host=bench, log=bench, max_turns=max_turns)
        await agent.work(journal)

    async def _list_outputs(self) -> list[OutputGist]:
        async with self._team.begin() as work:
            outputs = await work.outputs.list(self._job.ticket_id)
        if not outputs:
            raise NothingDelivered(self._job.ticket_id)
        return [OutputGist(id=each.id, title=each.title, is_file=each.file_id is not None) for each in outputs]

    async def _deliver(self, journal: Journal, gist: OutputGist) -> None:
        async def summarise() -> None:
            await self._hands.delivery.summarise(await self._get_ticket(), gist["id"])

        if gist["is_file"]:
            await self._share(journal, gist)
        await journal.step("summarise", summarise)

    async def _share(self, journal: Journal, gist: OutputGist) -> None:
        async def upload() -> str:
            return await self._hands.delivery.upload(await self._get_ticket(), gist["id"])

        file_id = SlackFileId(await journal.step("upload", upload))

        async def share() -> None:
            await self._hands.delivery.share(await self._get_ticket(), file_id, title=gist["title"])

        await journal.step("share", share)

    async def _finish(self) -> None:
        await self._move(TicketStatus.COMPLETED)

    def _failing(self, error: Exception) -> Callable[[], Awaitable[None]]:
        async def fail() -> None:
            await self._move(TicketStatus.FAILED, problem=explain(error, ids=self._hands.ids))

        return fail

    async def _set_up(self) -> tuple[Prompt, Workbench]:
        """Give the ticket's prompt, from its bundle after checking the digest, and the tools on that bundle."""
        async with self._team.begin() as work:
            ticket = await work.tickets.get(self._job.ticket_id)
            frozen = await work.bundles.get(ticket.bundle_id)
            permalinks = await work.bundles.get_permalinks(ticket.bundle_id)
        bundle = frozen.open()
        bench = Workbench(
            ticket=ticket,
            bundle=bundle,
            permalinks=permalinks,
            store=self._hands.store,
            vault=self._hands.vault,
            bell=self._hands.bell,
            clock=self._hands.clock,
            ids=self._hands.ids,
        )
        return make_prompt(bundle), bench

    async def _get_ticket(self) -> WorkTicket:
        async with self._team.begin() as work:
            return await work.tickets.get(self._job.ticket_id)

    async def _move(self, status: TicketStatus, *, problem: str | None = None) -> None:
        """Move the ticket and note it in its timeline; a ticket that stands there already stays."""
        now = self._hands.clock.now()
        async with self._team.begin() as work:
            ticket = await work.tickets.get(self._job.ticket_id)
            if ticket.status is status:
                return
            moved = ticket.moved_to(status, now=now, problem=problem)
            if moved.is_over():
                todos = [each.todo.model_dump(mode="json") for each in await work.tickets.list_todos(ticket.id)]
                moved = moved.model_copy(update={"final_todos": tuple(todos)})
            await work.tickets.save(moved)
            event_id = self._hands.ids.make("evt")
            detail = {"segment": self._job.segment}
            await work.tickets.add_event(ticket.id, status, event_id=event_id, detail=detail, now=now)
        self._hands.bell.ring()
        log.info("ticket_moved", ticket=self._job.ticket_id, status=status)
