"""The workbench: a ticket's tools and its turns, on the store and the vault."""

import asyncio
import re
import time
import unicodedata
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

from orchestration.agents.host import AnswerAwaited, ToolRefused
from orchestration.agents.tools import SOURCE_PAGE_CHARS, AskUser, EmitWorkOutput, ReadSource, Skill, TodoWrite
from orchestration.bell import Bell
from orchestration.models.port import ToolResult, TurnDelta
from orchestration.ports import Clock, Ids
from orchestration.provenance.expressions import ExpressionUnclear, check_expression
from orchestration.provenance.report import report_on_deck, report_on_text
from orchestration.skills.builder import BuildRefused, build_pptx
from orchestration.skills.text import TextSource, list_marks, list_urls, write_text
from recipes.bundle import WorkBundle, find_digest
from recipes.ids import OutputId, QuestionId, TurnId
from recipes.output import BuiltFile, Claim, GenerationMethod, WorkOutput
from recipes.question import Question, QuestionStatus
from recipes.recipe import OutputFormat
from recipes.source import Passage, Source
from recipes.ticket import WorkTicket
from recipes.todo import Todo, track
from storage.unit_of_work import Store, UnitOfWork
from storage.vault import Vault

FILENAME_CHARS: Final = 80
# docs.slack.dev, markdown block: 12,000 characters a message; slackapi/bolt-js#2509: some 13,000 in all its blocks.
# A longer text is a file too.
MESSAGE_CHARS: Final = 8_000
# A working day to answer before the one reminder, and a week in all.
REMIND_AFTER: Final = timedelta(hours=8)
WAIT_AT_MOST: Final = timedelta(days=7)
TITLE_CHARS: Final = 200
CITED_SHOWN: Final = 5
UNFINISHED: Final = "The work was stopped before this was finished: it is the newest file that was built."


class Workbench:
    """The tools of one ticket, and the log of its turns; fits `ToolHost` and `TurnLog`."""

    def __init__(
        self,
        *,
        ticket: WorkTicket,
        bundle: WorkBundle,
        permalinks: Mapping[str, str],
        store: Store,
        vault: Vault,
        bell: Bell,
        clock: Clock,
        ids: Ids,
    ) -> None:
        """Take a ticket's frozen inputs.

        Args:
            ticket: Whose tools these are.
            bundle: All that can be read.
            permalinks: Where each source can be opened, by source id.
            store: Where turns, todos and outputs are kept.
            vault: Where files are kept.
            bell: Rung when there is progress to show.
            clock: For the times of todos.
            ids: For turns and outputs.
        """
        self._ticket = ticket
        self._bundle = bundle
        self._permalinks = permalinks
        self._store = store.for_team(ticket.team_id)
        self._vault = vault
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._turns: tuple[TurnDelta, ...] | None = None
        """What is kept, as far as this knows for certain: nobody else adds to it while the ticket is in our hands."""
        self._written: Sequence[Todo] | None = None
        """A todo list that is kept with the result of the call that wrote it, in one transaction."""

    async def history(self) -> tuple[TurnDelta, ...]:
        """See `TurnLog.history`."""
        if self._turns is None:
            self._turns = await self._read_turns()
        return self._turns

    async def _read_turns(self) -> tuple[TurnDelta, ...]:
        async with self._store.read() as work:
            kept = await work.turns.list(self._ticket.id)
            results = await work.turns.list_results(self._ticket.id)
        return tuple(_with_results(TurnDelta.model_validate_json(each), results) for each in kept)

    async def save_turn(self, number: int, delta: TurnDelta) -> None:
        """See `TurnLog.save_turn`."""
        turn_id = TurnId(self._ids.make("trn"))
        text = delta.model_dump_json()
        turns, self._turns = self._turns, None
        async with self._mine() as (work, ticket):
            await work.turns.add(self._ticket.id, number, text, turn_id=turn_id, now=self._clock.now())
            await work.tickets.save(ticket.model_copy(update={"usage": ticket.usage + delta.usage}))
        self._turns = None if turns is None else (*turns, delta)

    async def save_result(self, result: ToolResult) -> None:
        """See `TurnLog.save_result`."""
        kept = {result.tool_use_id: result.model_dump(mode="json")}
        turns, self._turns = self._turns, None
        written, self._written = self._written, None
        async with self._mine() as (work, ticket):
            await work.turns.add_result(
                self._ticket.id, result.tool_use_id, kept[result.tool_use_id], now=self._clock.now()
            )
            if written is not None:
                await self._keep_todos(work, ticket, written)
        self._turns = None if turns is None else tuple(_with_results(turn, kept) for turn in turns)
        if written is not None:
            self._bell.ring()

    async def write_todos(self, call: TodoWrite) -> dict[str, Any]:
        """See `ToolHost.write_todos`."""
        self._written = call.todos
        return {"todos": len(call.todos)}

    async def _keep_todos(self, work: UnitOfWork, ticket: WorkTicket, written: Sequence[Todo]) -> None:
        earlier = await work.tickets.list_todos(ticket.id)
        await work.tickets.save_todos(ticket.id, track(earlier, written, now=self._clock.now()))
        await work.tickets.save(ticket.bumped())

    async def build_file(self, call: Skill) -> dict[str, Any]:
        """See `ToolHost.build_file`."""
        started = time.monotonic()
        try:
            made = await asyncio.to_thread(
                build_pptx, call.content, permalinks=self._permalinks, slides=self._count_wanted()
            )
        except BuildRefused as refused:
            raise ToolRefused(str(refused)) from refused
        self._check_cited("The content", made.cited)
        built = BuiltFile(
            file_id=await self._vault.save(made.content),
            file_format=call.skill,
            size_bytes=len(made.content),
            generation_time_ms=round((time.monotonic() - started) * 1000),
            checks=made.checks,
        )
        return built.model_dump(mode="json")

    async def emit(self, call: EmitWorkOutput) -> dict[str, Any]:
        """See `ToolHost.emit`."""
        for claim in call.claims:
            self._check_claim(claim)
        contract = self._bundle.recipe.contract
        if call.output_type != contract.output_type:
            raise ToolRefused(f"The contract asks for a {contract.output_type}.")
        is_text = contract.format is OutputFormat.MARKDOWN
        output = await (self._make_text(call) if is_text else self._make_file(call))
        async with self._mine() as (work, _):
            kept = await self._keep(work, output)
        return {"output_id": kept.id}

    def _check_claim(self, claim: Claim) -> None:
        """Refuse a claim that nobody can check."""
        named = f"The claim “{claim.text[:80]}”"
        known = {passage.id for passage in self._bundle.list_passages()}
        if unknown := [each for each in claim.passages if each not in known]:
            raise ToolRefused(f"{named} cites {unknown[0]}, which is not in the bundle.")
        if claim.kind == "computed":
            try:
                check_expression(claim.expression or "", claim.passages)
            except ExpressionUnclear as unclear:
                raise ToolRefused(f"{named} has an expression that cannot be worked out: {unclear}.") from unclear

    def _check_cited(self, what: str, cited: Iterable[str]) -> None:
        """Refuse marks that lead nowhere."""
        known = {each.id for each in self._bundle.sources} | {each.id for each in self._bundle.list_passages()}
        if unknown := [each for each in cited if each not in known]:
            raise ToolRefused(f"{what} cites {', '.join(unknown[:CITED_SHOWN])}, which the bundle does not have.")

    async def _keep(self, work: UnitOfWork, output: WorkOutput) -> WorkOutput:
        """Keep an output unless an earlier try of the step did; the same file under other words is not shared again."""
        earlier = [each for each in await work.outputs.list(self._ticket.id) if each.digest == output.digest]
        same = next((each for each in earlier if (each.title, each.body) == (output.title, output.body)), None)
        if same is not None:
            return same
        if earlier:
            newest = earlier[-1]
            known = {"slack_file_id": newest.slack_file_id, "supersedes": newest.id, "version": newest.version + 1}
            output = output.model_copy(update=known)
        await work.outputs.add(output)
        return output

    async def ask(self, call: AskUser, tool_use_id: str) -> dict[str, Any]:
        """See `ToolHost.ask`."""
        async with self._mine() as (work, _):
            earlier = await work.questions.find_newest(self._ticket.id, tool_use_id)
            if earlier is not None and earlier.status is QuestionStatus.ANSWERED:
                return {"answer": earlier.answer, "answered_by": earlier.answered_by}
            if earlier is None or earlier.status is QuestionStatus.CLOSED:
                await work.questions.add(self._make_question(call, tool_use_id))
        raise AnswerAwaited

    @asynccontextmanager
    async def _mine(self) -> AsyncGenerator[tuple[UnitOfWork, WorkTicket]]:
        """Open a unit of work that only the ticket's own segment may do, with the ticket as it stands now."""
        async with self._store.begin() as work:
            ticket = await work.tickets.get(self._ticket.id)
            ticket.check_segment(self._ticket.segment)
            yield work, ticket

    def _make_question(self, call: AskUser, tool_use_id: str) -> Question:
        now = self._clock.now()
        return Question(
            id=QuestionId(self._ids.make("qst")),
            team_id=self._ticket.team_id,
            ticket_id=self._ticket.id,
            tool_use_id=tool_use_id,
            segment=self._ticket.segment,
            text=call.question,
            options=call.options,
            asked_at=now,
            remind_at=now + REMIND_AFTER,
            expires_at=now + WAIT_AT_MOST,
        )

    async def _make_file(self, call: EmitWorkOutput) -> WorkOutput:
        built = await self._find_built(call.file_id)
        if built.file_format != self._bundle.recipe.contract.format:
            raise ToolRefused(f"The contract asks for a file as {self._bundle.recipe.contract.format}.")
        content = await self._vault.open(built.file_id)
        return WorkOutput(
            id=OutputId(self._ids.make("out")),
            ticket_id=self._ticket.id,
            output_type=call.output_type,
            title=call.title,
            body=call.body,
            file_id=built.file_id,
            file_format=built.file_format,
            filename=make_filename(call.title, built.file_format),
            generation_method=GenerationMethod.SKILL,
            digest=built.file_id,
            claims=call.claims,
            checks=built.checks,
            provenance=await asyncio.to_thread(report_on_deck, content, bundle=self._bundle, claims=call.claims),
            created_at=self._clock.now(),
        )

    async def _make_text(self, call: EmitWorkOutput) -> WorkOutput:
        """Write the text; one that is too long for a message is a file too."""
        if call.file_id is not None:
            raise ToolRefused("The contract asks for a text: give it as body, without a file.")
        self._check_cited("The text", list_marks(call.body))
        texts = (passage.text for passage in self._bundle.list_passages() if passage.text is not None)
        sources = [
            TextSource(id=source.id, title=_name_source(source), url=self._permalinks.get(source.id))
            for source in self._bundle.sources
        ]
        written = write_text(call.body, sources=sources, known_urls=list_urls(texts))
        text = written.text
        whole = f"# {call.title}\n\n{text}".encode()
        is_long = len(text) > MESSAGE_CHARS
        return WorkOutput(
            id=OutputId(self._ids.make("out")),
            ticket_id=self._ticket.id,
            output_type=call.output_type,
            title=call.title,
            body=text,
            file_id=await self._vault.save(whole) if is_long else None,
            file_format=OutputFormat.MARKDOWN if is_long else None,
            filename=make_filename(call.title, OutputFormat.MARKDOWN) if is_long else None,
            generation_method=GenerationMethod.TEXT,
            digest=find_digest(whole),
            claims=call.claims,
            provenance=await asyncio.to_thread(
                report_on_text, call.title, written, bundle=self._bundle, claims=call.claims
            ),
            created_at=self._clock.now(),
        )

    async def read_source(self, call: ReadSource) -> dict[str, Any]:
        """See `ToolHost.read_source`."""
        source = self._bundle.find_source(call.source_id)
        if source is None:
            known = ", ".join(source.id for source in self._bundle.sources)
            raise ToolRefused(f"There is no source {call.source_id}; the bundle has {known}.")
        text = "\n\n".join(f"[{each.id}]\n{_show(each)}" for each in source.passages)
        page = text[call.offset : call.offset + SOURCE_PAGE_CHARS]
        end = call.offset + len(page)
        return {"text": page, "next_offset": end if end < len(text) else None, "total_chars": len(text)}

    async def salvage(self) -> None:
        """Hand in the newest file that was built, where the work was stopped before anything was handed in."""
        async with self._store.read() as work:
            if await work.outputs.list(self._ticket.id):
                return
        built = await self._list_built()
        if built:
            call = EmitWorkOutput(
                output_type=self._bundle.recipe.contract.output_type,
                title=self._ticket.task_description[:TITLE_CHARS],
                body=UNFINISHED,
                file_id=built[-1].file_id,
            )
            await self.emit(call)

    async def _find_built(self, file_id: str | None) -> BuiltFile:
        """Give the file of this id that this ticket built."""
        found = next((built for built in await self._list_built() if built.file_id == file_id), None)
        if found is None:
            raise ToolRefused(
                f"No file {file_id} was built here. Build it with Skill and give the file_id that it answers."
            )
        return found

    async def _list_built(self) -> list[BuiltFile]:
        """Give the files that this ticket built, oldest first."""
        built: list[BuiltFile] = []
        for turn in await self.history():
            skills = {call.id for call in turn.tool_calls() if call.name == "Skill"}
            good = (result for result in turn.results if result.tool_use_id in skills and not result.is_error)
            built.extend(BuiltFile.model_validate_json(result.content) for result in good)
        return built

    def _count_wanted(self) -> int | None:
        counted = self._bundle.recipe.contract.slides_from
        value = self._bundle.parameters.get(counted) if counted else None
        return value if isinstance(value, int) else None


def make_filename(title: str, file_format: str) -> str:
    """Give a file name that every system takes: the title's letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title)
    words = re.findall(r"\w+", plain)
    stem = "-".join(words)[:FILENAME_CHARS].strip("-") or "report"
    return f"{stem}.{file_format}"


def _with_results(turn: TurnDelta, results: Mapping[str, Any]) -> TurnDelta:
    """Give the turn with these results too, in the order of its calls."""
    known = {result.tool_use_id: result for result in turn.results}
    known |= {call.id: ToolResult.model_validate(results[call.id]) for call in turn.tool_calls() if call.id in results}
    answered = tuple(known[call.id] for call in turn.tool_calls() if call.id in known)
    return turn.model_copy(update={"results": answered})


def _name_source(source: Source) -> str:
    return f"{source.locator} by {source.author}" if source.author else source.locator


def _show(passage: Passage) -> str:
    if passage.table is None:
        return passage.text or ""
    header = " | ".join(column.name for column in passage.table.columns)
    rows = (" | ".join("" if cell is None else str(cell) for cell in row) for row in passage.table.rows)
    return "\n".join([f"{passage.table.name}: {len(passage.table.rows)} rows", header, *rows])
