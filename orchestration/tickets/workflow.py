"""One segment of a ticket as named durable steps: open, work, deliver, finish; or what is left after a stop.

The order and names of the steps are a file format. Nothing with an effect stands outside a step, no clock and no
chance; outside, only what is frozen is read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypedDict

import structlog

from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from orchestration.agents.supervision import has_handed_in
from orchestration.bell import Bell
from orchestration.engine.port import Journal, StepsChanged, Workflow
from orchestration.incidents import explain
from orchestration.leases import LeaseLost, LeasesPort, holding
from orchestration.models.metering import MeteredModel
from orchestration.models.port import ModelPort, ProducedFiles, Prompt
from orchestration.models.reviser import Reviser
from orchestration.ports import Clock, Ids, SpendPort
from orchestration.skills.deck.brand import NO_BRAND, Brand
from orchestration.spending import owner_of
from orchestration.tickets.cap_raises import CapRaises
from orchestration.tickets.delivery import Delivery
from orchestration.tickets.log import Kept, TicketLog, begin_kept, read_kept
from orchestration.tickets.moves import TicketMoves
from orchestration.tickets.output_maker import OutputMaker
from orchestration.tickets.preview import Previewing
from orchestration.tickets.workbench import Workbench
from recipes.bundle import FrozenBundle
from recipes.ending import Ending, WorkEndedEarly
from recipes.ids import OutputId, SlackFileId
from recipes.job import Job
from recipes.output import NothingDelivered, WorkOutput
from recipes.request import WorkRequest
from recipes.revision import Revision
from recipes.server_tool import ServerTool, ServerToolForbidden
from recipes.spend import AccountUsedUp
from recipes.ticket import SegmentSuperseded, TicketStatus, WorkTicket
from storage.unit_of_work import Store, UnitOfWork
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
    spend: SpendPort
    delivery: Delivery
    cap_raises: CapRaises
    bell: Bell
    leases: LeasesPort
    clock: Clock
    ids: Ids
    server_tools: frozenset[ServerTool]
    """Those that the settings allow, whatever was approved."""
    files: ProducedFiles | None = None
    """What runs of code left with the provider of the language model."""
    brand: Brand = NO_BRAND
    """The look of presentations that name no template of their own."""
    previewing: Previewing | None = None
    """Where nobody switched it off."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """What is kept of a ticket, and of what it stands on."""

    ticket: WorkTicket
    request: WorkRequest
    frozen: FrozenBundle
    permalinks: Mapping[str, str]
    kept: Kept
    revision: Revision | None
    """What it changes of earlier work, where that is the work."""


@dataclass(frozen=True, kw_only=True)
class Things:
    """A ticket as its segment took it up, what it asks for, and what it is worked with."""

    ticket: WorkTicket
    request: WorkRequest
    """What was asked for, and where: it may be worked in another thread."""
    prompt: Prompt
    log: TicketLog
    bench: Workbench


class OutputGist(TypedDict):
    """What the journal keeps of an output."""

    id: str
    title: str
    is_file: bool
    cut_short: str | None
    """How the work ended, where this is what there was when it had to."""


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
        self._moves = TicketMoves(
            job, store=hands.store, leases=hands.leases, bell=hands.bell, clock=hands.clock, ids=hands.ids
        )
        self._things: Things | None = None

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
            if isinstance(error, AccountUsedUp):
                await journal.step("offer_raise", self._offering(error))

    async def _work(self, journal: Journal) -> None:
        max_turns = await journal.step("open", self._open)
        # Set up outside a step: it only reads what is frozen, and a replay needs it as the first run did.
        things = await self._set_up()
        model = self._find_model(things)
        agent = Agent(model=model, prompt=things.prompt, host=things.bench, log=things.log, max_turns=max_turns)
        try:
            ending = await agent.work(journal)
        except AccountUsedUp:
            # It fails, so that it can go on once the account holds more; what exists comes first.
            await self._hand_over(journal, cut_short=Ending.SPENT)
            raise
        if ending is Ending.ASKED:
            await journal.step("wait", self._wait)
            await journal.step("ask", self._ask)
            return

        async def list_outputs() -> list[OutputGist]:
            return await self._list_outputs(ending)

        outputs = await journal.step("list_outputs", list_outputs)
        for output in outputs:
            await self._deliver(journal, output)

        async def finish() -> None:
            await self._moves.move(TicketStatus.COMPLETED, partial=any(each["cut_short"] for each in outputs))

        await journal.step("finish", finish)
        if self._hands.previewing is not None:
            await self._preview(journal, outputs, self._hands.previewing)

    def _find_model(self, things: Things) -> ModelPort:
        """Give the model that works: what follows rules needs none that costs something."""
        revision = things.prompt.revision
        if revision is not None and not revision.needs_model:
            return Reviser()
        return MeteredModel(self._hands.model, self._hands.spend, owner_of(things.ticket))

    async def _close(self, journal: Journal) -> None:
        """Deliver what exists of a ticket that was stopped, and end it."""
        outputs = await self._hand_over(journal, cut_short=None)

        async def end() -> None:
            await self._moves.move(TicketStatus.CANCELLED, partial=bool(outputs))

        await journal.step("end", end)

    async def _hand_over(self, journal: Journal, *, cut_short: Ending | None) -> list[OutputGist]:
        """Deliver what exists of work that ends before its end, if anything does."""

        async def salvage() -> list[OutputGist]:
            return await self._salvage(cut_short)

        outputs = await journal.step("salvage", salvage)
        for output in outputs:
            await self._deliver(journal, output)
        return outputs

    async def _open(self) -> int:
        """Start the ticket on its checked bundle; give how many turns it may take."""

        async def take_up(work: UnitOfWork) -> tuple[WorkTicket, Records]:
            ticket = await self._moves.get_own(work)
            moved = await self._moves.move_within(work, ticket, TicketStatus.RUNNING)
            # What was never started has nothing to go on with.
            is_bare = ticket.started_at is None and ticket.parent is None
            kept = begin_kept(ticket) if is_bare else await read_kept(work, ticket)
            return ticket, await _read_records(work, moved, kept)

        before, records = await self._team.run(take_up)
        self._moves.tell(before, records.ticket)
        self._things = self._lay_out(records)
        return self._things.prompt.bundle.agent.caps["turns"]

    async def _wait(self) -> None:
        await self._moves.move(TicketStatus.WAITING)

    async def _ask(self) -> None:
        async with self._team.read() as work:
            question = await work.questions.find_open(self._job.ticket_id)
        if question is not None:
            await self._hands.delivery.ask((await self._set_up()).ticket, question)

    async def _salvage(self, cut_short: Ending | None) -> list[OutputGist]:
        things = await self._set_up()
        await things.bench.salvage()
        return [_gist(each, cut_short=cut_short) for each in (await things.log.get()).outputs]

    async def _list_outputs(self, ending: Ending) -> list[OutputGist]:
        """Give what is to be delivered; where the agent had to stop before it handed anything in, what it had built."""
        things = await self._set_up()
        is_short = ending.is_early and not has_handed_in(await things.log.history())
        if is_short:
            await things.bench.salvage()
        outputs = (await things.log.get()).outputs
        if not outputs:
            ticket_id = self._job.ticket_id
            raise WorkEndedEarly(ticket_id, ending) if is_short else NothingDelivered(ticket_id)
        if things.ticket.progress_ts is None:
            await self._let_progress_come_first()
        return [_gist(each, cut_short=ending if is_short else None) for each in outputs]

    async def _let_progress_come_first(self) -> None:
        """Wait a little, where the work was quick: what is delivered stands below the message that announced it."""
        for _ in range(PROGRESS_LOOKS):
            async with self._team.read() as work:
                if (await work.tickets.get(self._job.ticket_id)).progress_ts is not None:
                    return
            await asyncio.sleep(PROGRESS_ROUND.total_seconds())

    async def _deliver(self, journal: Journal, gist: OutputGist) -> None:
        async def summarise() -> None:
            things = await self._set_up()
            outputs = (await things.log.get()).outputs
            output = next(output for output in outputs if output.id == gist["id"])
            ending = Ending(gist["cut_short"]) if gist["cut_short"] else None
            files = (await things.log.annex()).list_files()
            await self._hands.delivery.summarise(
                things.ticket, output, request=things.request, cut_short=ending, files=files
            )

        if gist["is_file"]:
            await self._share(journal, gist)
        await journal.step("summarise", summarise)

    async def _preview(self, journal: Journal, gists: Sequence[OutputGist], previewing: Previewing) -> None:
        """Show what was delivered in pictures: the work is done, and whatever goes wrong with them is only logged."""

        async def preview() -> None:
            things = await self._set_up()
            outputs = {output.id: output for output in (await things.log.get()).outputs}
            for gist in gists:
                await _show(previewing, things, outputs[OutputId(gist["id"])])

        if any(gist["is_file"] for gist in gists):
            await journal.step("preview", preview, preemptible=True)

    async def _share(self, journal: Journal, gist: OutputGist) -> None:
        async def upload() -> str:
            return await self._hands.delivery.upload((await self._set_up()).ticket, gist["id"])

        file_id = SlackFileId(await journal.step("upload", upload))

        async def share() -> None:
            await self._hands.delivery.share((await self._set_up()).ticket, file_id, title=gist["title"])

        await journal.step("share", share)

    def _failing(self, error: Exception) -> Callable[[], Awaitable[None]]:
        async def fail() -> None:
            await self._moves.move(TicketStatus.FAILED, problem=explain(error, ids=self._hands.ids))

        return fail

    def _offering(self, used_up: AccountUsedUp) -> Callable[[], Awaitable[None]]:
        async def offer() -> None:
            await self._hands.cap_raises.offer((await self._set_up()).ticket, used_up)

        return offer

    async def _set_up(self) -> Things:
        """Give what this segment works with, as `open` laid it out, or as it is kept.

        Raises:
            SegmentSuperseded: the ticket is another segment's by now.
        """

        async def find(work: UnitOfWork) -> Records:
            ticket = await self._moves.get_own(work)
            return await _read_records(work, ticket, await read_kept(work, ticket))

        if self._things is None:
            self._things = self._lay_out(await self._team.run(find, read_only=True))
        return self._things

    def _lay_out(self, records: Records) -> Things:
        """Give the ticket's prompt, from its bundle after checking the digest, its log and the tools on that bundle."""
        ticket, permalinks, kept = records.ticket, records.permalinks, records.kept
        bundle, hands = records.frozen.open(), self._hands
        prompt = make_prompt(bundle, records.revision)
        if forbidden := [each for each in prompt.server_tools if each not in hands.server_tools]:
            raise ServerToolForbidden(forbidden[0])
        log = TicketLog(ticket=ticket, store=hands.store, bell=hands.bell, clock=hands.clock, ids=hands.ids, kept=kept)
        maker = OutputMaker(
            ticket_id=ticket.id,
            bundle=bundle,
            permalinks=permalinks,
            vault=hands.vault,
            clock=hands.clock,
            ids=hands.ids,
            revision=records.revision,
        )
        bench = Workbench(
            ticket=ticket,
            bundle=bundle,
            permalinks=permalinks,
            log=log,
            maker=maker,
            vault=hands.vault,
            files=hands.files,
            revision=records.revision,
            brand=hands.brand,
        )
        return Things(ticket=ticket, request=records.request, prompt=prompt, log=log, bench=bench)


async def _read_records(work: UnitOfWork, ticket: WorkTicket, kept: Kept) -> Records:
    frozen, permalinks = await work.bundles.get_with_permalinks(ticket.bundle_id)
    request = await work.requests.get(ticket.request_id)
    revision = None if ticket.parent is None else await work.revisions.find(ticket.id)
    return Records(ticket=ticket, request=request, frozen=frozen, permalinks=permalinks, kept=kept, revision=revision)


async def _show(previewing: Previewing, things: Things, output: WorkOutput) -> None:
    try:
        await previewing.show(things.ticket, output, things.prompt.revision)
    except (SegmentSuperseded, LeaseLost):
        raise
    except Exception as error:  # noqa: BLE001 (what was delivered stays delivered)
        log.warning("preview_failed", ticket=things.ticket.id, error=type(error).__name__)


def _gist(output: WorkOutput, *, cut_short: Ending | None = None) -> OutputGist:
    return OutputGist(id=output.id, title=output.title, is_file=output.file_id is not None, cut_short=cut_short)
