"""The log of a replay: in memory only, begun with the turns that the ticket's own log kept."""

import json
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from orchestration.agents.host import AnswerAwaited
from orchestration.models.port import ToolResult, TurnDelta
from orchestration.tickets.log import Answer, Kept
from recipes.annex import Annex, AnnexEntry
from recipes.output import BuiltFile, WorkOutput
from recipes.todo import Todo


class ReplayLog:
    """What a replay keeps: turns as they were, what their tools answer today; fits `WorkLog`.

    The loop finds the kept turns where it finds them after a crash, so it asks no model for them. It finds no results,
    so it lets every tool run again; only what a person answered is what they answered then.
    """

    def __init__(self, turns: Sequence[TurnDelta], annex: Annex) -> None:
        """Take the ticket's finished turns with their results, and all that they found outside."""
        self._then = turns
        self._now = Kept(annex=annex, turns=tuple(turn.model_copy(update={"results": ()}) for turn in turns))
        self._handed_in: WorkOutput | None = None

    async def get(self) -> Kept:
        """See `WorkLog.get`."""
        return self._now

    async def history(self) -> tuple[TurnDelta, ...]:
        """See `TurnLog.history`."""
        return self._now.turns

    async def annex(self) -> Annex:
        """See `TurnLog.annex`: what was found until the turn whose tools run now, nothing of later ones."""
        under_way = (
            number for number, turn in enumerate(self._now.turns, start=1) if len(turn.results) < len(turn.tool_calls())
        )
        return self._now.annex.until(next(under_way, len(self._now.turns)))

    async def save_turn(self, number: int, delta: TurnDelta, entry: AnnexEntry | None = None) -> None:  # noqa: ARG002 (the port's signature)
        """See `TurnLog.save_turn`."""
        self._now = self._now.with_turn(delta, entry)

    async def save_result(self, result: ToolResult) -> None:
        """See `TurnLog.save_result`."""
        output, self._handed_in = self._handed_in, None
        self._now = self._now.with_result(result, todos=None, output=output)

    def note_todos(self, written: Sequence[Todo]) -> None:
        """See `WorkLog.note_todos`; nobody watches."""

    def note_output(self, output: WorkOutput) -> None:
        """See `WorkLog.note_output`."""
        self._handed_in = output

    async def save_output(self, output: WorkOutput) -> None:
        """See `WorkLog.save_output`."""
        self._now = self._now.with_output(output)

    async def save_entry(self, entry: AnnexEntry) -> None:
        """See `WorkLog.save_entry`."""
        self._now = replace(self._now, annex=self._now.annex.with_entry(entry))

    async def ask(self, text: str, options: tuple[str, ...], tool_use_id: str) -> Answer:  # noqa: ARG002 (the port's signature)
        """See `WorkLog.ask`."""
        then = _find_result(self._then, tool_use_id)
        if then is None or then.is_error:
            raise AnswerAwaited
        answer: Answer = json.loads(then.content)
        return answer

    def find_rebuilt(self, file_id: str) -> str | None:
        """Find the file that is, today, what a call built then as the file of this id."""
        for then in (each for turn in self._then for each in turn.results if not each.is_error):
            if _file_of(then) == file_id and (now := _find_result(self._now.turns, then.tool_use_id)) is not None:
                return None if now.is_error else _file_of(now)
        return None

    def list_refusals(self) -> tuple[str, ...]:
        """Give what a tool refuses today that it did when the ticket ran."""
        return tuple(
            f"turn {number}, {call.name}: {now.content}"
            for number, turn in enumerate(self._now.turns, start=1)
            for call in turn.tool_calls()
            if (now := _find_result([turn], call.id)) is not None and now.is_error
            if (then := _find_result(self._then, call.id)) is not None and not then.is_error
        )


def _find_result(turns: Sequence[TurnDelta], tool_use_id: str) -> ToolResult | None:
    return next((each for turn in turns for each in turn.results if each.tool_use_id == tool_use_id), None)


def _file_of(result: ToolResult) -> str | None:
    try:
        return BuiltFile.model_validate_json(result.content).file_id
    except ValidationError:
        # The answer of another tool, which built nothing.
        return None
