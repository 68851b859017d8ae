"""The run of a replay: the ticket's own agent with its own tools on its own bundle, and nothing else in reach."""

import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.agents.loop import Agent, Result
from orchestration.agents.roster import make_prompt
from orchestration.agents.tools import EmitWorkOutput
from orchestration.models.port import ModelPort, Prompt, TurnDelta
from orchestration.models.reviser import Reviser
from orchestration.moment import SystemClock, UlidIds
from orchestration.replay.log import ReplayLog
from orchestration.replay.records import TicketRecords
from orchestration.skills.deck.brand import NO_BRAND, Brand
from orchestration.tickets.output_maker import OutputMaker, write_whole
from orchestration.tickets.workbench import Workbench
from recipes.bundle import WorkBundle
from recipes.ending import Ending
from recipes.ids import Digest
from recipes.output import WorkOutput
from recipes.replay import TurnsNotKept
from recipes.ticket import TicketStatus
from storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What a bundle names by digest or not at all: files of sources, and the look that is set."""

    open_source: Callable[[Digest], Awaitable[bytes]]
    brand: Brand = NO_BRAND


@dataclass(frozen=True, kw_only=True)
class Run:
    """What came of it."""

    outputs: Sequence[tuple[WorkOutput, bytes]]
    """Each with its bytes: of its file, or of the text that it is."""
    is_waiting: bool
    refusals: tuple[str, ...]


async def run_again(
    records: TicketRecords, bundle: WorkBundle, *, model: ModelPort, shelf: Shelf, files: Sequence[bytes] = ()
) -> Run:
    """Run a ticket again in memory, from its kept turns; a ticket that has none yet asks this model.

    Args:
        records: The ticket's.
        bundle: Its own, checked.
        model: One that answers without a network.
        files: What code left then: it is not run again.
        shelf: The look of presentations, and where the files of sources lie.

    Raises:
        TurnsNotKept: it has none, and ran with another model.
    """
    turns = records.kept.turns
    if not turns and records.revision is not None and not records.revision.needs_model:
        model = Reviser()
    elif not turns and bundle.agent.model != model.name:
        raise TurnsNotKept(records.ticket.id, bundle.agent.model)
    with tempfile.TemporaryDirectory(prefix="threadwork-replay-") as folder:
        vault, log = Vault(Path(folder)), ReplayLog(turns, records.kept.annex)
        for each in files:
            await vault.save(each)
        agent, bench = _lay_out(records, bundle, vault=vault, log=log, model=model, shelf=shelf)
        ending = await agent.work(_Steps())
        if records.ticket.partial or records.ticket.status is TicketStatus.CANCELLED:
            await bench.salvage()
        outputs = [(each, await _read_bytes(vault, each)) for each in (await log.get()).outputs]
    return Run(outputs=outputs, is_waiting=ending is Ending.ASKED, refusals=log.list_refusals())


class ReplayBench(Workbench):
    """The ticket's workbench, on which a kept turn may name a file by the digest that it had then."""

    def __init__(self, *, log: ReplayLog, **parts: Any) -> None:  # noqa: ANN401 (those of the workbench)
        """Take the log, and the other parts of a workbench."""
        super().__init__(log=log, **parts)
        self._then = log

    async def emit(self, call: EmitWorkOutput) -> dict[str, Any]:
        """See `ToolHost.emit`."""
        rebuilt = self._then.find_rebuilt(call.file_id) if call.file_id is not None else None
        return await super().emit(call.model_copy(update={"file_id": rebuilt or call.file_id}))


def _lay_out(
    records: TicketRecords, bundle: WorkBundle, *, vault: Vault, log: ReplayLog, model: ModelPort, shelf: Shelf
) -> tuple[Agent, ReplayBench]:
    """Give the agent and its tools, as the ticket's own segment lays them out."""
    ticket, permalinks, turns = records.ticket, records.permalinks, records.kept.turns
    maker = OutputMaker(
        ticket_id=ticket.id,
        bundle=bundle,
        permalinks=permalinks,
        vault=vault,
        clock=SystemClock(),
        ids=UlidIds(),
        revision=records.revision,
    )
    bench = ReplayBench(
        ticket=ticket,
        bundle=bundle,
        permalinks=permalinks,
        log=log,
        maker=maker,
        vault=vault,
        revision=records.revision,
        brand=shelf.brand,
        open_source=shelf.open_source,
    )
    agent = Agent(
        model=_NoModel(bundle.agent.model) if turns else model,
        prompt=make_prompt(bundle, records.revision),
        host=bench,
        log=log,
        max_turns=len(turns) or bundle.agent.caps["turns"],
    )
    return agent, bench


class _Steps:
    """Steps that are done at once and kept nowhere; fits `Steps`."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:  # noqa: ARG002 (the port's signature)
        """See `Steps.step`."""
        return await work()


class _NoModel:
    """Stands where kept turns make a model needless; fits `ModelPort`."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:  # noqa: ARG002 (the port's signature)
        """See `ModelPort.turn`."""
        raise RuntimeError(f"turn {len(history) + 1} was asked of {self.name}, and a replay asks no model")


async def _read_bytes(vault: Vault, output: WorkOutput) -> bytes:
    return write_whole(output.title, output.body) if output.file_id is None else await vault.open(output.file_id)
