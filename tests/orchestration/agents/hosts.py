"""Tools and a log of turns in memory."""

from orchestration.agents.host import ToolRefused
from orchestration.models.port import ToolResult, TurnDelta
from recipes.annex import Annex
from recipes.ids import BundleId, TicketId


class FakeHost:
    """Tools that answer with their names, and a log of turns in memory; fits `ToolHost` and `TurnLog`."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.turns: list[TurnDelta] = []
        self.results: dict[str, ToolResult] = {}
        self.refusal: str | None = None
        self.found = Annex(bundle=BundleId("bun_1"), ticket=TicketId("tkt_1"))

    async def write_todos(self, call):
        return self._answer("write_todos", call)

    async def build_file(self, call):
        return self._answer("build_file", call)

    async def emit(self, call):
        return self._answer("emit", call)

    async def fetch_files(self, turn, file_ids):
        self.called.append(f"fetch_files {turn} {' '.join(file_ids)}")

    async def read_source(self, call):
        return self._answer(f"read_source {call.source_id}", call)

    async def history(self):
        return tuple(turn.model_copy(update={"results": self._results_of(turn)}) for turn in self.turns)

    async def annex(self):
        return self.found

    async def save_turn(self, number, delta, entry=None):
        assert number == len(self.turns) + 1
        self.turns.append(delta)
        if entry is not None:
            self.found = self.found.with_entry(entry)

    async def save_result(self, result):
        assert result.tool_use_id not in self.results
        self.results[result.tool_use_id] = result

    def _answer(self, name, call):
        self.called.append(name)
        if self.refusal:
            raise ToolRefused(self.refusal)
        return {"answer": name}

    def _results_of(self, turn):
        return tuple(self.results[call.id] for call in turn.tool_calls() if call.id in self.results)
