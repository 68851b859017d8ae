"""The verbs on what was delivered and is to be changed: each makes a child ticket that starts from its content."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.bell import Bell
from orchestration.models.port import TurnDelta
from orchestration.ports import Clock, Ids
from orchestration.revising.changes import PAPERS, revise
from orchestration.revising.numbers import count_pages
from orchestration.revising.parts import KEYS, name_unit
from orchestration.tickets.admission import admit
from orchestration.tickets.log import read_kept
from orchestration.tickets.tickets import name_event
from recipes.conversation import Said, Thread
from recipes.entitlement import check_requester
from recipes.ids import ChannelId, TeamId, TicketId, UserId
from recipes.output import BuiltFile, OutputNotFound, WorkOutput
from recipes.recipe import OutputFormat
from recipes.revision import (
    AnyChange,
    EarlierWork,
    MakeFormat,
    Restore,
    Revision,
    Reword,
    ShowAs,
    Version,
    Wish,
    WishRefused,
)
from recipes.ticket import NO_LANGUAGE_MODEL, TicketStatus, WorkTicket
from storage.unit_of_work import Store, UnitOfWork
from storage.vault import Vault

# What is looked through for the newest thing that a wish fits.
LOOKED_AT: Final = 10
VERSIONS: Final = 40
WORDS_CHARS: Final = 120
ONE_AT_A_TIME: Final = "The change before this one is still being made. Say it again when that is delivered."
BY_ITSELF: Final = "Other words need a language model: say that in a message of its own."
NEEDS_KEY: Final = (
    "For other words I need a language model, and none is set up here. What I can do without: leave out, move or swap "
    "slides, sections and sheets, show a slide as a table, a list or a chart, and change the theme."
)
NEEDS_ASKING: Final = (
    "Other words for what is delivered are new work for the language model, and that costs something: mention me and "
    "say what it should be like, and I show you a brief of it first. The version above stays."
)


@dataclass(frozen=True)
class Delivered:
    """Something that was delivered, and the work that it came of."""

    output: WorkOutput
    ticket: WorkTicket


class Revisions:
    """Find, change, restore, list."""

    def __init__(self, *, store: Store, vault: Vault, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._vault = vault
        self._bell = bell
        self._clock = clock
        self._ids = ids

    async def find_delivered(self, thread: Thread, wish: Wish) -> Delivered | None:
        """Find the newest thing delivered in a thread that a wish can be about."""
        async with self._store.for_team(thread.team_id).read() as work:
            for output in await work.outputs.list_newest_in(thread, most=LOOKED_AT):
                if _fits(wish, output):
                    return Delivered(output, await work.tickets.get(output.ticket_id))
        return None

    async def revise(
        self, delivered: Delivered, wish: Wish, user_id: UserId, *, words: str, said: Said | None = None
    ) -> WorkTicket:
        """Hand over the child ticket that does what is wished; a message that is worked again does it once.

        Args:
            delivered: The newest version.
            wish: What is to change.
            user_id: Who says so.
            words: How they said it.
            said: The message that says so, if one does.

        Raises:
            NotTheRequester: it is somebody else's.
            WishRefused: it cannot be done, or could mean several things.
        """
        check_requester(delivered.ticket.requester, user_id)
        team = self._store.for_team(delivered.ticket.team_id)
        async with team.read() as work:
            if said is not None and (known := await work.tickets.find_by_event(name_event(said))) is not None:
                return known
            earlier, restored = await _read_earlier(work, delivered, wish.changes)
        if restored is None:
            earlier = await self._count_pages(earlier, delivered.output)
            await asyncio.to_thread(_check, earlier, wish.changes)
        async with team.begin() as work:
            return await self._hand_over(work, delivered, wish.changes, earlier, restored, words=words, said=said)

    async def restore(self, team_id: TeamId, output_id: str, user_id: UserId, *, channel_id: ChannelId) -> WorkTicket:
        """Have an earlier version again; the rest as `revise` says.

        Raises:
            OutputNotFound: there is none, or it was delivered elsewhere.
        """
        async with self._store.for_team(team_id).read() as work:
            output = await work.outputs.get(output_id)
            ticket = await work.tickets.get(output.ticket_id)
            if ticket.channel_id != channel_id:
                raise OutputNotFound(output_id)
            newest = await _find_newest(work, ticket.thread, output)
            delivered = Delivered(newest, await work.tickets.get(newest.ticket_id))
        wish = Wish(changes=(Restore(version=output.version),))
        return await self.revise(delivered, wish, user_id, words=f"restore version {output.version}")

    async def list_versions(self, delivered: Delivered) -> tuple[Version, ...]:
        """Give the versions of what was delivered, newest first, each with what was asked for."""
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            lineage = await _list_lineage(work, delivered.output)
            return tuple([await _describe(work, each) for each in lineage])

    async def _count_pages(self, earlier: EarlierWork, output: WorkOutput) -> EarlierWork:
        """Give the work with the slides of its file counted: people name them by the numbers that they see."""
        if output.file_format != OutputFormat.PPTX or output.file_id is None or earlier.content is None:
            return earlier
        file = await self._vault.open(output.file_id)
        pages = await asyncio.to_thread(count_pages, file, len(earlier.content["slides"]))
        return earlier.model_copy(update={"pages": pages})

    async def _hand_over(
        self,
        work: UnitOfWork,
        delivered: Delivered,
        changes: Sequence[AnyChange],
        earlier: EarlierWork,
        restored: int | None,
        *,
        words: str,
        said: Said | None,
    ) -> WorkTicket:
        parent = await work.tickets.get(delivered.ticket.id)
        under_way = await work.tickets.list_under_way(parent.thread)
        if any(each.parent is not None for each in under_way):
            raise WishRefused(ONE_AT_A_TIME)
        child_id = TicketId(self._ids.make("tkt"))
        revision = Revision(id=child_id, words=words, changes=tuple(changes), earlier=earlier, restored=restored)
        child = self._make_child(parent, revision)
        await work.tickets.add(child)
        await work.revisions.add(revision)
        await work.tickets.add_event(
            child.id,
            "revised",
            event_id=self._ids.make("evt") if said is None else name_event(said),
            detail={"by": parent.requester, "output": earlier.output_id},
            now=self._clock.now(),
        )
        admitted = await admit(work, child)
        self._bell.ring()
        return admitted

    def _make_child(self, parent: WorkTicket, revision: Revision) -> WorkTicket:
        earlier = revision.earlier
        said = " ".join(revision.words.split())[:WORDS_CHARS]
        return WorkTicket(
            id=revision.id,
            team_id=parent.team_id,
            request_id=parent.request_id,
            bundle_id=parent.bundle_id,
            parent=parent.id,
            status=TicketStatus.PENDING,
            segment=1,
            channel_id=parent.channel_id,
            thread_ts=parent.thread_ts,
            requester=parent.requester,
            priority=parent.priority,
            recipe_slug=parent.recipe_slug,
            recipe_parameters=parent.recipe_parameters,
            task_description=f"Version {earlier.version + 1} of “{earlier.title}”: {said.rstrip('.')}.",
            output_format=revision.file_format or OutputFormat.MARKDOWN,
            model=NO_LANGUAGE_MODEL,
            progress_version=1,
            created_at=self._clock.now(),
        )


def _fits(wish: Wish, output: WorkOutput) -> bool:
    """Tell whether a wish can be about this."""
    is_paper = output.file_format in PAPERS
    if any(isinstance(each, MakeFormat) for each in wish.changes) and not is_paper:
        return False
    if any(isinstance(each, ShowAs) for each in wish.changes) and output.file_format != OutputFormat.PPTX:
        return False
    unit = name_unit(output.file_format) if output.file_format in KEYS else None
    return wish.unit is None or wish.unit == unit


def _check(earlier: EarlierWork, changes: Sequence[AnyChange]) -> None:
    """Refuse at once what the work would have to refuse. Blocking."""
    if any(isinstance(each, Reword) for each in changes):
        raise WishRefused(NEEDS_KEY)
    if earlier.content is None or earlier.file_format is None:
        raise WishRefused("A text has no parts that I could change by rule; an earlier version can be restored.")
    revise(earlier.file_format, earlier.content, changes, pages=earlier.pages)


async def _read_earlier(
    work: UnitOfWork, delivered: Delivered, changes: Sequence[AnyChange]
) -> tuple[EarlierWork, int | None]:
    """Give what to start from, and its version where that is not the newest."""
    newest = delivered.output
    asked = next((each for each in changes if isinstance(each, Restore)), None)
    if asked is None:
        return await _open_output(work, newest, newest), None
    if len(changes) > 1:
        raise WishRefused("Restoring goes by itself: say the rest when the earlier version is here.")
    lineage = await _list_lineage(work, newest)
    version = newest.version - 1 if asked.version is None else asked.version
    if version == newest.version:
        raise WishRefused(f"Version {version} is the newest already.")
    found = next((each for each in lineage if each.version == version), None)
    if found is None:
        known = ", ".join(str(each.version) for each in reversed(lineage))
        raise WishRefused(f"There is no version {max(version, 0)} of this: there is {known}.")
    return await _open_output(work, found, newest), version


async def _open_output(work: UnitOfWork, output: WorkOutput, newest: WorkOutput) -> EarlierWork:
    turns = (await read_kept(work, await work.tickets.get(output.ticket_id))).turns
    content = None if output.generation_method == "text" else find_content(turns, output.file_id)
    if output.generation_method != "text" and content is None:
        raise WishRefused("What this was made of is no longer kept, so it cannot be changed. Ask for it anew.")
    return EarlierWork(
        output_id=newest.id,
        version=newest.version,
        title=output.title,
        body=_find_body(turns, output) if content is None else output.body,
        output_type=output.output_type,
        file_format=None if content is None else output.file_format,
        content=content,
        claims=output.claims,
    )


def find_content(turns: Sequence[TurnDelta], file_id: str | None) -> dict[str, Any] | None:
    """Find what a file was built from, as its agent gave it."""
    built = {
        result.tool_use_id
        for turn in turns
        for result in turn.results
        if not result.is_error and result.content.startswith('{"file_id"')
        if BuiltFile.model_validate_json(result.content).file_id == file_id
    }
    calls = [call for turn in turns for call in turn.tool_calls() if call.id in built and call.name == "Skill"]
    return calls[-1].input["content"] if calls else None


def _find_body(turns: Sequence[TurnDelta], output: WorkOutput) -> str:
    """Give a text as its agent gave it: with the marks of what it cites."""
    calls = [call for turn in turns for call in turn.tool_calls() if call.name == "emit_work_output"]
    return str(calls[-1].input["body"]) if calls else output.body


async def _list_lineage(work: UnitOfWork, newest: WorkOutput) -> list[WorkOutput]:
    """Give an output and those before it whose place it took, newest first."""
    lineage = [newest]
    while lineage[-1].supersedes is not None and len(lineage) < VERSIONS:
        lineage.append(await work.outputs.get(lineage[-1].supersedes))
    return lineage


async def _find_newest(work: UnitOfWork, thread: Thread, output: WorkOutput) -> WorkOutput:
    """Give the newest version of what an output is a version of."""
    for each in await work.outputs.list_newest_in(thread, most=VERSIONS):
        if output.id in {one.id for one in await _list_lineage(work, each)}:
            return each
    return output


async def _describe(work: UnitOfWork, output: WorkOutput) -> Version:
    revision = await work.revisions.find(output.ticket_id)
    return Version(
        output_id=output.id,
        number=output.version,
        words=revision.words if revision else None,
        digest=output.digest,
        created_at=output.created_at,
    )
