"""One segment of a ticket as named durable steps: open, work, deliver, finish; or what is left after a stop.

The order and names of the steps are a file format. Nothing with an effect stands outside a step, no clock and no
chance; outside, only what is frozen is read.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypedDict

import structlog

from orchestration.admission import admit_next
from orchestration.agents.loop import Agent, Pause
from orchestration.agents.roster import make_prompt
from orchestration.bell import Bell
from orchestration.delivery import Delivery
from orchestration.engine.port import Journal, StepsChanged, Workflow
from orchestration.incidents import explain
from orchestration.leases import LeasesPort, holding
from orchestration.models.port import ModelPort, Prompt
from orchestration.ports import Clock, Ids
from orchestration.workbench import Workbench
from recipes.ids import SlackFileId
from recipes.job import Job
from recipes.output import NothingDelivered, WorkOutput
from recipes.ticket import SegmentSuperseded, TicketStatus, WorkTicket
from storage.unit_of_work import Store
from storage.vault import Vault

log = structlog.get_logger()

PROGRESS_ROUND: Final = timedelta(milliseconds=50)
PROGRESS_LOOKS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Hands:
    """What every segment works with."""

    store: Store
    vault: Vault
    model: ModelPort
    delivery: Delivery
    bell: Bell
    leases: LeasesPort
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
    """One job at work: a ticket until it is done, has to wait, or fails; or the end of one that was stopped."""

    def __init__(self, hands: Hands, job: Job) -> None:
        self._hands = hands
        self._job = job
        self._team = hands.store.for_team(job.team_id)
        self._things: tuple[Prompt, Workbench] | None = None

    async def run(self, journal: Journal) -> None:
        """Run the steps, alone on the ticket; whatever goes wrong ends in a ticket that says so."""
        async with holding(self._hands.leases, f"ticket:{self._job.ticket_id}"):
            try:
                await self._run_or_fail(journal)
            except SegmentSuperseded as superseded:
                log.info("segment_superseded", ticket=superseded.ticket_id, segment=superseded.segment)

    async def _run_or_fail(self, journal: Journal) -> None:
        try:
            await (self._close(journal) if self._job.workflow == "close_segment" else self._work(journal))
        except SegmentSuperseded:
            raise
        except StepsChanged as error:
            # No step can be kept where others stand already; failing twice is failing once.
            await self._failing(error)()
        except Exception as error:  # noqa: BLE001 (a boundary: a ticket never ends without saying so)
            await journal.step("fail", self._failing(error))

    async def _work(self, journal: Journal) -> None:
        max_turns = await journal.step("open", self._open)
        # Set up outside a step: it only reads what is frozen, and a replay needs it as the first run did.
        prompt, bench = await self._set_up()
        agent = Agent(model=self._hands.model, prompt=prompt, host=bench, log=bench, max_turns=max_turns)
        if await agent.work(journal) is Pause.ASKED:
            await journal.step("wait", self._wait)
            await journal.step("ask", self._ask)
            return
        for output in await journal.step("list_outputs", self._list_outputs):
            await self._deliver(journal, output)
        await journal.step("finish", self._finish)

    async def _close(self, journal: Journal) -> None:
        """Deliver what exists of a ticket that was stopped, and end it."""
        outputs = await journal.step("salvage", self._salvage)
        for output in outputs:
            await self._deliver(journal, output)

        async def end() -> None:
            await self._move(TicketStatus.CANCELLED, partial=bool(outputs))

        await journal.step("end", end)

    async def _open(self) -> int:
        """Start the ticket on its checked bundle; give how many turns it may take."""
        await self._move(TicketStatus.RUNNING)
        prompt, _ = await self._set_up()
        return prompt.bundle.agent.caps["turns"]

    async def _wait(self) -> None:
        await self._move(TicketStatus.WAITING)

    async def _ask(self) -> None:
        async with self._team.read() as work:
            question = await work.questions.find_open(self._job.ticket_id)
            ticket = await work.tickets.get(self._job.ticket_id)
        if question is not None:
            await self._hands.delivery.ask(ticket, question)

    async def _salvage(self) -> list[OutputGist]:
        _, bench = await self._set_up()
        await bench.salvage()
        return [_gist(each) for each in await self._read_outputs()]

    async def _list_outputs(self) -> list[OutputGist]:
        outputs = await self._read_outputs()
        if not outputs:
            raise NothingDelivered(self._job.ticket_id)
        await self._let_progress_come_first()
        return [_gist(each) for each in outputs]

    async def _let_progress_come_first(self) -> None:
        """Wait a little, where the work was quick: what is delivered stands below the message that announced it."""
        for _ in range(PROGRESS_LOOKS):
            if (await self._get_ticket()).progress_ts is not None:
                return
            await asyncio.sleep(PROGRESS_ROUND.total_seconds())

    async def _read_outputs(self) -> tuple[WorkOutput, ...]:
        async with self._team.read() as work:
            return await work.outputs.list(self._job.ticket_id)

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
        if self._things is None:
            self._things = await self._read_things()
        return self._things

    async def _read_things(self) -> tuple[Prompt, Workbench]:
        async with self._team.read() as work:
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
        async with self._team.read() as work:
            return await work.tickets.get(self._job.ticket_id)

    async def _move(self, status: TicketStatus, *, problem: str | None = None, partial: bool = False) -> None:
        """Move the ticket and note it in its timeline; a ticket that stands there already stays.

        Raises:
            SegmentSuperseded: the ticket is another segment's by now.
        """
        now = self._hands.clock.now()
        async with self._team.begin() as work:
            await self._hands.leases.check(work)
            ticket = await work.tickets.get(self._job.ticket_id)
            ticket.check_segment(self._job.segment)
            if ticket.status is status:
                return
            moved = ticket.moved_to(status, now=now, problem=problem or (ticket.problem if ticket.closing else None))
            if moved.is_over():
                todos = [each.todo.model_dump(mode="json") for each in await work.tickets.list_todos(ticket.id)]
                moved = moved.model_copy(update={"final_todos": tuple(todos), "closing": False, "partial": partial})
            await work.tickets.save(moved)
            event_id = self._hands.ids.make("evt")
            detail = {"segment": self._job.segment}
            await work.tickets.add_event(ticket.id, status, event_id=event_id, detail=detail, now=now)
            if status is not TicketStatus.RUNNING:
                await admit_next(work, ticket.requester)
        self._hands.bell.ring()
        log.info("ticket_moved", ticket=self._job.ticket_id, status=status)


def _gist(output: WorkOutput) -> OutputGist:
    return OutputGist(id=output.id, title=output.title, is_file=output.file_id is not None)
