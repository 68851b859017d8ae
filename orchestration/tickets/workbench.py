"""The workbench: a ticket's tools, on its bundle, its log and the vault."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from orchestration.agents.host import ToolRefused
from orchestration.agents.tools import SOURCE_PAGE_CHARS, AskUser, EmitWorkOutput, ReadSource, Skill, TodoWrite
from orchestration.models.port import ProducedFiles
from orchestration.models.source_text import show_source
from orchestration.revising.difference import say_same
from orchestration.revising.origin import find_base
from orchestration.revising.settling import look_through
from orchestration.revising.standing import list_standing
from orchestration.skills.builder import BuildRefused, Kit, MadeFile, build_file, build_xlsx, list_images
from orchestration.skills.deck.brand import NO_BRAND, Brand, TemplateFile
from orchestration.skills.paper.checks import Wanted
from orchestration.skills.problems import PROBLEMS_SHOWN, ContentRefused
from orchestration.skills.text import list_urls, unlink
from orchestration.tickets.code_files import CodeFiles
from orchestration.tickets.earlier import find_content
from orchestration.tickets.log import WorkLog
from orchestration.tickets.output_maker import OutputMaker
from recipes.annex import Annex, AnnexEntry
from recipes.bundle import WorkBundle
from recipes.ids import Digest
from recipes.output import BuiltFile, Check, GenerationMethod, WorkOutput
from recipes.revision import Revision
from recipes.source import Source, SourceKind, is_picture_name
from recipes.ticket import WorkTicket
from storage.vault import Vault

TITLE_CHARS: Final = 200
KEEPS_CONTRACT: Final = Check(
    name="contract", passed=True, said="code made the file, which opens and keeps the contract"
)
TRESPASSED: Final = "Not built: this changes more or less than was asked for."
HAND_IN_CHANGES: Final = (
    "Hand in again what the request asks for, and nothing else: what it does not name stays as it was, whatever you "
    "hand in."
)
UNFINISHED: Final = "The work was stopped before this was finished: it is the newest file that was built."


class Workbench:
    """The tools of one ticket; fits `ToolHost`."""

    def __init__(
        self,
        *,
        ticket: WorkTicket,
        bundle: WorkBundle,
        permalinks: Mapping[str, str],
        log: WorkLog,
        maker: OutputMaker,
        vault: Vault,
        files: ProducedFiles | None = None,
        revision: Revision | None = None,
        brand: Brand = NO_BRAND,
        open_source: Callable[[Digest], Awaitable[bytes]] | None = None,
    ) -> None:
        """Take a ticket's frozen inputs.

        Args:
            ticket: Whose tools these are.
            bundle: All that can be read.
            permalinks: Where each source can be opened, by source id.
            log: Where what the tools make is kept.
            maker: Makes outputs of what is handed in.
            vault: Where files are kept.
            files: What runs of code left with the provider.
            revision: What the ticket changes of earlier work, if it does.
            brand: The look of presentations that name no template of their own.
            open_source: Gives the bytes of a source's file; from the vault, where nothing else is said.
        """
        self._ticket = ticket
        self._bundle = bundle
        self._permalinks = permalinks
        self._log = log
        self._maker = maker
        self._vault = vault
        self._revision = revision
        self._code_files = CodeFiles(
            files, vault, wanted_format=bundle.recipe.contract.format, wanted=self._find_wanted()
        )
        self._brand = brand
        self._open_source = open_source or vault.open

    async def write_todos(self, call: TodoWrite) -> dict[str, Any]:
        """See `ToolHost.write_todos`."""
        self._log.note_todos(call.todos)
        return {"todos": len(call.todos)}

    async def build_file(self, call: Skill) -> dict[str, Any]:
        """See `ToolHost.build_file`."""
        started = time.monotonic()
        try:
            annex = await self._log.annex()
            settled = await self._settle(call)
            made = await asyncio.to_thread(self._build, settled, annex, await self._find_kit(settled))
        except BuildRefused as refused:
            raise ToolRefused(str(refused)) from refused
        self._maker.standing_on(annex).check_cited("The content", made.cited)
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
        files = [*await self._list_built(), *await self._list_left()]
        output = await self._make(await self._with_changes(call), files)
        earlier = [each for each in (await self._log.get()).outputs if each.digest == output.digest]
        same = next((each for each in earlier if (each.title, each.body) == (output.title, output.body)), None)
        if same is not None:
            return {"output_id": same.id}
        self._log.note_output(_succeeding(earlier[-1], output) if earlier else output)
        return {"output_id": output.id}

    async def _settle(self, call: Skill) -> Skill:
        """Give the call with the whole content; of a revision what it may not change is told once, then left as it was.

        Raises:
            ToolRefused: it changes more than was asked for, or it is no content.
        """
        try:
            found = await asyncio.to_thread(look_through, self._revision, call.skill, call.content)
        except ContentRefused as refused:
            raise ToolRefused(
                f"{call.skill} was not built. {'. '.join(refused.problems[:PROBLEMS_SHOWN])}."
            ) from refused
        told = [each.content for turn in await self._log.history() for each in turn.results if each.is_error]
        if found.trespasses and not any(each.startswith(TRESPASSED) for each in told):
            raise ToolRefused(f"{TRESPASSED} {'. '.join(found.trespasses)}. {HAND_IN_CHANGES}")
        return call.model_copy(update={"content": found.content})

    async def _with_changes(self, call: EmitWorkOutput) -> EmitWorkOutput:
        """Give what is handed in; of a revision by a language model, with what stayed as it was, found by digest."""
        base = find_base(self._revision)
        content = find_content((await self._log.get()).turns, call.file_id, self._revision) if base else None
        if base is None or content is None or self._revision is None:
            return call
        earlier = self._revision.earlier
        said = [*base.said, say_same(base.file_format, earlier.content or {}, content)]
        standing = await asyncio.to_thread(list_standing, earlier, content)
        kept = [each for each in standing if each not in call.claims]
        lines = "\n".join(f"• {each}" for each in said)
        return call.model_copy(update={"body": f"{call.body}\n{lines}", "claims": (*kept, *call.claims)})

    async def ask(self, call: AskUser, tool_use_id: str) -> dict[str, Any]:
        """See `ToolHost.ask`."""
        return {**await self._log.ask(call.question, call.options, tool_use_id)}

    async def fetch_files(self, turn: int, file_ids: Sequence[str]) -> None:
        """See `ToolHost.fetch_files`."""
        annex = await self._log.annex()
        if annex.list_files(of_turn=turn):
            return
        known_urls = self._list_known_urls(annex)
        files = [await self._code_files.fetch(each, known_urls=known_urls) for each in file_ids]
        await self._log.save_entry(AnnexEntry(turn=turn, files=tuple(files)))

    async def read_source(self, call: ReadSource) -> dict[str, Any]:
        """See `ToolHost.read_source`."""
        readable = (await self._log.annex()).extend(self._bundle)
        source = readable.find_source(call.source_id)
        if source is None:
            known = ", ".join(source.id for source in readable.sources)
            raise ToolRefused(f"There is no source {call.source_id}; the bundle has {known}.")
        text = show_source(source)
        page = text[call.offset : call.offset + SOURCE_PAGE_CHARS]
        end = call.offset + len(page)
        return {"text": page, "next_offset": end if end < len(text) else None, "total_chars": len(text)}

    async def salvage(self) -> None:
        """Hand in the newest file that was built, where the work was stopped before anything was handed in."""
        built = await self._list_built()
        if (await self._log.get()).outputs or not built:
            return
        call = EmitWorkOutput(
            output_type=self._bundle.recipe.contract.output_type,
            title=self._ticket.task_description[:TITLE_CHARS],
            body=UNFINISHED,
            file_id=built[-1].file_id,
        )
        await self._log.save_output(await self._make(call, built))

    async def _make(self, call: EmitWorkOutput, built: Sequence[BuiltFile]) -> WorkOutput:
        return await self._maker.standing_on(await self._log.annex()).make(call, built)

    async def _find_kit(self, call: Skill) -> Kit:
        """Give the look of a presentation, and the files of the sources that it or a document shows."""
        shown = [self._bundle.find_source(each) for each in list_images(call.content)]
        files = {str(each.id): await self._open_source(each.digest) for each in shown if each and _is_picture(each)}
        if call.skill != "pptx":
            return Kit(files=files)
        name = self._bundle.recipe.contract.find_template(self._bundle.parameters)
        template = next((each for each in self._bundle.sources if name and each.locator == name), None)
        brand = self._brand
        if template is not None:
            brand = Brand(template=TemplateFile(template.locator, await self._open_source(template.digest)))
        return Kit(brand=brand, files=files)

    def _build(self, call: Skill, annex: Annex, kit: Kit) -> MadeFile:
        """Build a file. Blocking."""
        permalinks = {**self._permalinks, **annex.list_urls()}
        content = unlink(call.content, self._list_known_urls(annex))
        if call.skill == "xlsx":
            tables = {str(each.id): each.table for each in self._bundle.list_passages() if each.table is not None}
            return build_xlsx(content, permalinks=permalinks, tables=tables)
        return build_file(call.skill, content, permalinks=permalinks, kit=kit, wanted=self._find_wanted())

    async def _list_built(self) -> list[BuiltFile]:
        """Give the files that this ticket built, oldest first."""
        built: list[BuiltFile] = []
        for turn in await self._log.history():
            skills = {call.id for call in turn.tool_calls() if call.name == "Skill"}
            good = (result for result in turn.results if result.tool_use_id in skills and not result.is_error)
            built.extend(BuiltFile.model_validate_json(result.content) for result in good)
        return built

    def _list_known_urls(self, annex: Annex) -> frozenset[str]:
        """Give the addresses that a file may lead to: of sources, and in the bundle's words, not in the web's."""
        said = list_urls(each.text for each in self._bundle.list_passages() if each.text)
        return said | {*self._permalinks.values(), *annex.list_urls().values()}

    async def _list_left(self) -> list[BuiltFile]:
        """Give the files that runs of code left and that keep the contract."""
        return [
            BuiltFile(
                file_id=each.digest,
                file_format=each.file_format or "",
                size_bytes=each.size_bytes,
                generation_time_ms=0,
                checks=(KEEPS_CONTRACT,),
                method=GenerationMethod.CODE_EXECUTION,
            )
            for each in (await self._log.annex()).list_files()
            if each.digest is not None
        ]

    def _find_wanted(self) -> Wanted:
        if self._revision is not None:
            # What was asked for at first does not hold any more.
            return Wanted(slides=self._revision.count)
        contract, parameters = self._bundle.recipe.contract, self._bundle.parameters
        slides = parameters.get(contract.slides_from) if contract.slides_from else None
        return Wanted(
            slides=slides if isinstance(slides, int) else None,
            pages=contract.find_pages(parameters),
            sections=contract.list_sections(parameters),
        )


def _is_picture(source: Source) -> bool:
    """Tell whether a source is a picture, which its name says: its bytes are looked at when it is shown."""
    return source.kind is SourceKind.ASSET and is_picture_name(source.locator)


def _succeeding(earlier: WorkOutput, output: WorkOutput) -> WorkOutput:
    """Give an output that says the same file in other words: the file is not shared again."""
    return output.model_copy(
        update={"slack_file_id": earlier.slack_file_id, "supersedes": earlier.id, "version": earlier.version + 1}
    )
