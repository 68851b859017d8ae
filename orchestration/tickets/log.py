"""A ticket's log: what its segments did so far, kept step by step. What a tool makes is kept with the tool's answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Protocol, Self, TypedDict

from orchestration.agents.findings import list_file_notes
from orchestration.agents.host import AnswerAwaited, TurnLog
from orchestration.bell import Bell
from orchestration.models.port import ToolResult, TurnDelta
from orchestration.ports import Clock, Ids
from recipes.annex import Annex, AnnexEntry
from recipes.fence import Fence
from recipes.ids import QuestionId, TurnId
from recipes.output import WorkOutput
from recipes.question import Question, QuestionStatus
from recipes.ticket import WorkTicket
from recipes.todo import Todo, TrackedTodo, track
from recipes.usage import Usage
from storage.unit_of_work import Store, UnitOfWork

# A working day to answer before the one reminder, and a week in all.
REMIND_AFTER: Final = timedelta(hours=8)
WAIT_AT_MOST: Final = timedelta(days=7)


class Answer(TypedDict):
    """What a person answered, as the tool that asked gives it."""

    answer: str | None
    answered_by: str | None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a ticket's work."""

    annex: Annex
    turns: tuple[TurnDelta, ...] = ()
    todos: tuple[TrackedTodo, ...] = ()
    outputs: tuple[WorkOutput, ...] = ()

    def sum_usage(self) -> Usage:
        """Give what all turns used."""
        return sum((turn.usage for turn in self.turns), start=Usage())

    def list_turns(self) -> tuple[TurnDelta, ...]:
        """Give the turns, with what became of the files that their code left."""
        return tuple(
            turn.model_copy(update={"notes": (*turn.notes, *list_file_notes(self.annex.list_files(of_turn=number)))})
            if turn.left_files
            else turn
            for number, turn in enumerate(self.turns, start=1)
        )

    def with_output(self, output: WorkOutput) -> Self:
        """Give it with one output more."""
        return replace(self, outputs=(*self.outputs, output))

    def with_turn(self, delta: TurnDelta, entry: AnnexEntry | None) -> Self:
        """Give it with one turn more, and what that found outside."""
        annex = self.annex if entry is None else self.annex.with_entry(entry)
        return replace(self, turns=(*self.turns, delta), annex=annex)

    def with_result(
        self, result: ToolResult, *, todos: tuple[TrackedTodo, ...] | None, output: WorkOutput | None
    ) -> Self:
        """Give it with what a tool answered and made."""
        answer = {result.tool_use_id: result.model_dump(mode="json")}
        return replace(
            self,
            turns=tuple(_with_results(turn, answer) for turn in self.turns),
            todos=self.todos if todos is None else todos,
            outputs=self.outputs if output is None else (*self.outputs, output),
        )


def begin_kept(ticket: WorkTicket) -> Kept:
    """Give what is kept of work that has not begun."""
    return Kept(annex=Annex(bundle=ticket.bundle_id, ticket=ticket.id))


async def read_kept(work: UnitOfWork, ticket: WorkTicket) -> Kept:
    """Give what is kept of a ticket's work, within a transaction.

    Raises:
        AnnexTampered: what it found outside is not what was recorded.
    """
    ticket_id = ticket.id
    deltas = await work.turns.list(ticket_id)
    results = await work.turns.list_results(ticket_id)
    return Kept(
        annex=await work.annexes.get(ticket_id, ticket.bundle_id),
        turns=tuple(_with_results(TurnDelta.model_validate_json(each), results) for each in deltas),
        todos=await work.tickets.list_todos(ticket_id),
        outputs=await work.outputs.list(ticket_id),
    )


class WorkLog(TurnLog, Protocol):
    """What a workbench keeps of its ticket beside the turns."""

    async def get(self) -> Kept:
        """Give what is kept."""
        ...

    def note_todos(self, written: Sequence[Todo]) -> None:
        """Note a todo list, to be kept with the result of the call that wrote it."""
        ...

    def note_output(self, output: WorkOutput) -> None:
        """Note a finished output, to be kept with the result of the call that handed it in."""
        ...

    async def save_output(self, output: WorkOutput) -> None:
        """Keep an output that no call handed in."""
        ...

    async def save_entry(self, entry: AnnexEntry) -> None:
        """Keep what was found outside after its turn was kept."""
        ...

    async def ask(self, text: str, options: tuple[str, ...], tool_use_id: str) -> Answer:
        """Give the answer to a question; what nobody asked yet is asked.

        Raises:
            AnswerAwaited: nobody has answered yet.
        """
        ...


class TicketLog:
    """The log of one ticket in the hands of one of its segments; fits `WorkLog`."""

    def __init__(
        self, *, ticket: WorkTicket, store: Store, bell: Bell, clock: Clock, ids: Ids, kept: Kept | None = None
    ) -> None:
        """Take whose log it is.

        Args:
            ticket: In the hands of the segment that writes here.
            store: Where the log is kept.
            bell: Rung when there is progress to show.
            clock: For the times of todos and turns.
            ids: For turns and questions.
            kept: What is kept, where that was just read; else it is read at the first need.
        """
        self._ticket = ticket
        self._store = store.for_team(ticket.team_id)
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._kept = kept
        """As far as this knows for certain. A process that lost the ticket may wake and add what it was just doing:
        what is kept first stands, and who comes second reads it."""
        self._written: Sequence[Todo] | None = None
        self._handed_in: WorkOutput | None = None

    async def get(self) -> Kept:
        """See `WorkLog.get`."""
        if self._kept is None:
            async with self._store.read() as work:
                self._kept = await read_kept(work, self._ticket)
        return self._kept

    async def history(self) -> tuple[TurnDelta, ...]:
        """See `TurnLog.history`."""
        return (await self.get()).list_turns()

    async def annex(self) -> Annex:
        """See `TurnLog.annex`."""
        return (await self.get()).annex

    async def save_turn(self, number: int, delta: TurnDelta, entry: AnnexEntry | None = None) -> None:
        """See `TurnLog.save_turn`."""
        turn_id, now = TurnId(self._ids.make("trn")), self._clock.now()
        text = delta.model_dump_json()
        found = None if entry is None or entry.is_empty() else entry.stamped(now)
        kept = (await self._forget()).with_turn(delta, found)

        async def keep(work: UnitOfWork) -> bool:
            await work.tickets.save_usage(self._ticket.id, kept.sum_usage(), segment=self._ticket.segment)
            is_new = await work.turns.add(self._ticket.id, number, text, turn_id=turn_id, now=now)
            if is_new and found is not None:
                await work.annexes.add_newest(kept.annex)
            return is_new

        self._kept = kept if await self._store.run(keep) else None

    def note_todos(self, written: Sequence[Todo]) -> None:
        """See `WorkLog.note_todos`."""
        self._written = written

    def note_output(self, output: WorkOutput) -> None:
        """See `WorkLog.note_output`."""
        self._handed_in = output

    async def save_result(self, result: ToolResult) -> None:
        """See `TurnLog.save_result`."""
        written, self._written = self._written, None
        output, self._handed_in = self._handed_in, None
        kept, now = await self._forget(), self._clock.now()
        todos = None if written is None else track(kept.todos, written, now=now)
        fence = Fence(ticket_id=self._ticket.id, segment=self._ticket.segment)

        async def keep(work: UnitOfWork) -> bool:
            plain = result.model_dump(mode="json")
            if not await work.turns.add_result(self._ticket.id, result.tool_use_id, plain, now=now, fence=fence):
                await self._claim(work)
                return False
            if todos is not None:
                await work.tickets.bump(self._ticket.id, segment=self._ticket.segment)
                await work.tickets.save_todos(self._ticket.id, todos, before=kept.todos)
            if output is not None:
                await work.outputs.add(output)
            return True

        is_new = await self._store.run(keep)
        self._kept = kept.with_result(result, todos=todos, output=output) if is_new else None
        if todos is not None:
            self._bell.ring()

    async def save_output(self, output: WorkOutput) -> None:
        """See `WorkLog.save_output`."""
        kept = await self._forget()
        async with self._store.begin() as work:
            await self._claim(work)
            await work.outputs.add(output)
        self._kept = kept.with_output(output)

    async def save_entry(self, entry: AnnexEntry) -> None:
        """See `WorkLog.save_entry`."""
        kept = await self._forget()
        annex = kept.annex.with_entry(entry.stamped(self._clock.now()))
        async with self._store.begin() as work:
            await self._claim(work)
            is_new = await work.annexes.add_newest(annex)
        self._kept = replace(kept, annex=annex) if is_new else None

    async def ask(self, text: str, options: tuple[str, ...], tool_use_id: str) -> Answer:
        """See `WorkLog.ask`."""
        async with self._store.begin() as work:
            await self._claim(work)
            earlier = await work.questions.find_newest(self._ticket.id, tool_use_id)
            if earlier is not None and earlier.status is QuestionStatus.ANSWERED:
                return Answer(answer=earlier.answer, answered_by=earlier.answered_by)
            if earlier is None or earlier.status is QuestionStatus.CLOSED:
                await work.questions.add(self._make_question(text, options, tool_use_id))
        raise AnswerAwaited

    async def _forget(self) -> Kept:
        """Give what is kept, and trust it no more: whether what follows was kept is known when it went well."""
        kept = await self.get()
        self._kept = None
        return kept

    async def _claim(self, work: UnitOfWork) -> None:
        """Refuse what a segment does that is not the ticket's any more."""
        await work.tickets.check_segment(self._ticket.id, self._ticket.segment)

    def _make_question(self, text: str, options: tuple[str, ...], tool_use_id: str) -> Question:
        now = self._clock.now()
        return Question(
            id=QuestionId(self._ids.make("qst")),
            team_id=self._ticket.team_id,
            ticket_id=self._ticket.id,
            tool_use_id=tool_use_id,
            segment=self._ticket.segment,
            text=text,
            options=options,
            asked_at=now,
            remind_at=now + REMIND_AFTER,
            expires_at=now + WAIT_AT_MOST,
        )


def _with_results(turn: TurnDelta, results: Mapping[str, Any]) -> TurnDelta:
    """Give the turn with these results too, in the order of its calls."""
    known = {result.tool_use_id: result for result in turn.results}
    known |= {call.id: ToolResult.model_validate(results[call.id]) for call in turn.tool_calls() if call.id in results}
    answered = tuple(known[call.id] for call in turn.tool_calls() if call.id in known)
    return turn.model_copy(update={"results": answered})
