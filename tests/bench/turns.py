"""What a turn costs beside the model: a model step, a tool step and a todo write, kept durably, and in memory."""

import time
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, Final

from orchestration.agents.host import AnswerAwaited
from orchestration.agents.loop import Agent
from orchestration.agents.roster import make_prompt
from orchestration.agents.tools import AskUser, EmitWorkOutput, ReadSource, Skill, TodoWrite
from orchestration.models.port import Prompt, ToolResult, TurnDelta
from orchestration.tickets.workflow import make_workflow
from recipes.annex import Annex, AnnexEntry
from recipes.ids import BundleId, TicketId
from tests.bench.row import Row
from tests.bench.workshop import (
    TEXT,
    FreeModel,
    draw_tickets,
    keep_tickets,
    keeping_database,
    list_todos,
    opening_workshop,
)
from tests.fakes.journal import FakeJournal
from tests.fakes.models import calling, ending
from tests.fakes.nouns import TEAM, make_bundle

TURNS: Final = 20
TICKETS: Final = 10


class TimedModel(FreeModel):
    """Notes when each turn was asked for."""

    def __init__(self) -> None:
        turns = [calling(("read_source", {"source_id": "S1"}), ("TodoWrite", list_todos(n)), turn=n) for n in _NUMBERS]
        super().__init__([*turns, calling(("emit_work_output", TEXT), turn=TURNS + 1), ending()])
        self.asked_at: list[float] = []

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        self.asked_at.append(time.perf_counter())
        return await super().turn(prompt, history)

    def list_turns_ms(self) -> list[float]:
        """Give how long each of the turns took, from one to the next, and forget them."""
        asked, self.asked_at = self.asked_at[: TURNS + 1], []
        return [(later - earlier) * 1000 for earlier, later in pairwise(asked)]


class MemoryBench:
    """The tools and the log of turns, in memory: fits `ToolHost` and `TurnLog`."""

    def __init__(self) -> None:
        self._turns: list[TurnDelta] = []
        self.todos: tuple[Any, ...] = ()

    async def history(self) -> tuple[TurnDelta, ...]:
        return tuple(self._turns)

    async def annex(self) -> Annex:
        return Annex(bundle=BundleId("bun_1"), ticket=TicketId("tkt_1"))

    async def save_turn(self, number: int, delta: TurnDelta, entry: AnnexEntry | None = None) -> None:
        self._turns.append(delta)

    async def save_result(self, result: ToolResult) -> None:
        turn = self._turns[-1]
        self._turns[-1] = turn.model_copy(update={"results": (*turn.results, result)})

    async def write_todos(self, call: TodoWrite) -> dict[str, Any]:
        self.todos = call.todos
        return {"todos": len(call.todos)}

    async def build_file(self, call: Skill) -> dict[str, Any]:
        return {}

    async def emit(self, call: EmitWorkOutput) -> dict[str, Any]:
        return {"output_id": "out_1"}

    async def ask(self, call: AskUser, tool_use_id: str) -> dict[str, Any]:
        raise AnswerAwaited

    async def fetch_files(self, turn: int, file_ids: Sequence[str]) -> None:
        raise AssertionError(f"turn {turn} left {file_ids}")

    async def read_source(self, call: ReadSource) -> dict[str, Any]:
        return {"text": "Churn fell to 3 %.", "next_offset": None, "total_chars": 18}


async def measure_turn_on_sqlite(name: str) -> Row:
    """Give what a turn costs on SQLite, beyond the same turn in memory."""
    return await _measure(name, "sqlite")


async def measure_turn_on_postgresql(name: str) -> Row:
    """Give what a turn costs on PostgreSQL, beyond the same turn in memory."""
    return await _measure(name, "postgresql")


async def _measure(name: str, kind: str) -> Row:
    kept: list[float] = []
    in_memory: list[float] = []
    async with keeping_database(kind) as url, opening_workshop(url, model := TimedModel()) as shop:
        await shop.engine.start(make_workflow(shop.hands))
        for ticket in (tickets := draw_tickets([TEAM], TICKETS)):
            await keep_tickets(shop.store, [ticket])
            await shop.hand_over([ticket])
            await shop.wait_until_over([ticket])
            kept.extend(model.list_turns_ms())
            in_memory.extend(await _work_in_memory())
        assert len(kept) == len(in_memory) == len(tickets) * TURNS
    return Row(
        name=name,
        value=median(kept) - median(in_memory),
        unit="ms",
        baseline=median(in_memory),
        note=f"{len(kept)} turns on {kind}: the median {median(kept):,.1f} ms, the longest {max(kept):,.0f} ms",
    )


async def _work_in_memory() -> list[float]:
    model, bench = TimedModel(), MemoryBench()
    agent = Agent(model=model, prompt=make_prompt(make_bundle()), host=bench, log=bench, max_turns=TURNS + 2)
    await agent.work(FakeJournal())
    return model.list_turns_ms()


_NUMBERS: Final = range(1, TURNS + 1)
