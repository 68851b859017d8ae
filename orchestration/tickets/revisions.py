"""The verbs on what was delivered and is to be changed: each makes a child ticket that starts from its content."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.bell import Bell
from orchestration.partner.wishing import Outline
from orchestration.ports import Clock, Ids
from orchestration.revising.changes import PAPERS, revise
from orchestration.revising.numbers import count_pages
from orchestration.revising.origin import make_base
from orchestration.revising.parts import KEYS, list_parts, name_unit
from orchestration.tickets.admission import admit
from orchestration.tickets.earlier import (
    VERSIONS,
    describe_version,
    find_newest_version,
    find_source,
    keep_child,
    list_lineage,
    read_earlier,
)
from recipes.conversation import Thread
from recipes.entitlement import check_requester
from recipes.ids import ChannelId, TeamId, TicketId, UserId
from recipes.output import OutputNotFound, WorkOutput
from recipes.recipe import OutputFormat
from recipes.revision import (
    WRITTEN,
    AnyChange,
    EarlierWork,
    MakeFormat,
    Restore,
    Revision,
    SetTheme,
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
WORDS_CHARS: Final = 120
THEME: Final = "slate"
"""Of a presentation that names none."""
TEMPLATED: Final = (
    "It takes its look from the template {template}, so it has no theme that could be another. Ask for it anew with "
    "another template, or with none."
)
ONE_AT_A_TIME: Final = "The change before this one is still being made. Say it again when that is delivered."
NEEDS_MODEL: Final = (
    "For other words I need a language model, and this was made without one. What I can do without: leave out, move or "
    "swap slides, sections and sheets, show a slide as a table, a list or a chart, and change the theme."
)


class BriefNeeded(Exception):
    """A revision would cost something: a person approves its brief first."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.words)
        self.revision = revision


@dataclass(frozen=True)
class Delivered:
    """Something that was delivered, and the work that it came of."""

    output: WorkOutput
    ticket: WorkTicket


class Revisions:
    """Find, change, restore, list."""

    def __init__(
        self, *, store: Store, vault: Vault, bell: Bell, clock: Clock, ids: Ids, template: str | None = None
    ) -> None:
        """Take what revisions stand on.

        Args:
            store: Where work is kept.
            vault: Where files are kept.
            bell: Rung when there is work.
            clock: The time.
            ids: For tickets and events.
            template: The name of the file from which all presentations take their look, if there is one.
        """
        self._store = store
        self._vault = vault
        self._bell = bell
        self._template = template
        self._clock = clock
        self._ids = ids

    async def find_delivered(self, thread: Thread, wish: Wish) -> Delivered | None:
        """Find the newest thing delivered in a thread that a wish can be about."""
        async with self._store.for_team(thread.team_id).read() as work:
            for output in await work.outputs.list_newest_in(thread, most=LOOKED_AT):
                if _fits(wish, output):
                    return Delivered(output, await work.tickets.get(output.ticket_id))
        return None

    async def get(self, team_id: TeamId, output_id: str) -> Delivered:
        """Give what was delivered under this id.

        Raises:
            OutputNotFound: there is none.
        """
        async with self._store.for_team(team_id).read() as work:
            output = await work.outputs.get(output_id)
            return Delivered(output, await work.tickets.get(output.ticket_id))

    async def get_newest(self, team_id: TeamId, output_id: str) -> Delivered:
        """Give the newest version of what this is a version of.

        Raises:
            OutputNotFound: there is none.
        """
        async with self._store.for_team(team_id).read() as work:
            output = await work.outputs.get(output_id)
            ticket = await work.tickets.get(output.ticket_id)
            newest = await find_newest_version(work, ticket.thread, output)
            return Delivered(newest, await work.tickets.get(newest.ticket_id))

    async def find_template(self, delivered: Delivered) -> str | None:
        """Find the template that a presentation takes its look from, by its name; None: it has one of our themes.

        Documents and workbooks have one of our themes whatever the presentations' template is.
        """
        if delivered.output.file_format != OutputFormat.PPTX:
            return None
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            frozen = await work.bundles.get(delivered.ticket.bundle_id)
        bundle = await asyncio.to_thread(frozen.open)
        named = bundle.recipe.contract.find_template(bundle.parameters)
        return named if any(each.locator == named for each in bundle.sources) else self._template

    async def was_done(self, delivered: Delivered, event: str) -> bool:
        """Tell whether what was asked for by this was handed over already."""
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            return await work.tickets.find_by_event(event) is not None

    async def outline(self, delivered: Delivered) -> Outline:
        """Give what was delivered as people see it: its parts with their numbers and headlines."""
        output = delivered.output
        known = Outline(title=output.title, version=output.version, file_format=output.file_format, unit=None)
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            try:
                earlier = await read_earlier(work, output, output)
            except WishRefused:
                # What it was made of is gone: whoever changes it is told so.
                return known
        if earlier.content is None or earlier.file_format is None:
            return known
        pages = (await self._count_pages(earlier, output)).pages
        parts = await asyncio.to_thread(list_parts, earlier.file_format, earlier.content, pages)
        return replace(
            known,
            unit=name_unit(earlier.file_format),
            parts=tuple((each.number, each.title) for each in parts),
            pages=sum(each.pages for each in parts),
            theme=str(earlier.content.get("theme", THEME)),
        )

    async def revise(
        self, delivered: Delivered, wish: Wish, user_id: UserId, *, words: str, event: str | None = None
    ) -> WorkTicket:
        """Hand over the child ticket that does what is wished; what asked for it does so once, however often worked.

        Args:
            delivered: The newest version.
            wish: What is to change.
            user_id: Who says so.
            words: How they said it.
            event: Names the message or form that says so.

        Raises:
            NotTheRequester: it is somebody else's.
            WishRefused: it cannot be done, or could mean several things.
            BriefNeeded: it would cost something; the error has what there is to approve.
        """
        check_requester(delivered.ticket.requester, user_id)
        team = self._store.for_team(delivered.ticket.team_id)
        async with team.read() as work:
            if event is not None and (known := await work.tickets.find_by_event(event)) is not None:
                return known
            source = await find_source(work, delivered.output, wish.changes)
            earlier = await read_earlier(work, source, delivered.output)
        await self._check_look(delivered, wish)
        restored = source.version if source.id != delivered.output.id else None
        earlier = await self._count_pages(earlier, source)
        await asyncio.to_thread(_check, earlier, wish.changes)
        if wish.needs_model:
            raise BriefNeeded(await self._plan(delivered, wish, earlier, words, restored))
        async with team.begin() as work:
            return await self._hand_over(work, delivered, wish.changes, earlier, restored, words=words, event=event)

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
            newest = await find_newest_version(work, ticket.thread, output)
            delivered = Delivered(newest, await work.tickets.get(newest.ticket_id))
        wish = Wish(changes=(Restore(version=output.version),))
        return await self.revise(delivered, wish, user_id, words=f"restore version {output.version}")

    async def list_versions(self, delivered: Delivered, *, most: int = VERSIONS) -> tuple[Version, ...]:
        """Give the versions of what was delivered, newest first, each with what was asked for."""
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            lineage = await list_lineage(work, delivered.output, most=most)
            return tuple([await describe_version(work, each) for each in lineage])

    async def _check_look(self, delivered: Delivered, wish: Wish) -> None:
        """Refuse other colours of what takes its own from a template."""
        if any(isinstance(each, SetTheme) for each in wish.changes):
            template = await self.find_template(delivered)
            if template is not None:
                raise WishRefused(TEMPLATED.format(template=template))

    async def _plan(
        self, delivered: Delivered, wish: Wish, earlier: EarlierWork, words: str, restored: int | None
    ) -> Revision:
        """Give a revision that needs a language model, if its bundle was approved for one."""
        async with self._store.for_team(delivered.ticket.team_id).read() as work:
            frozen = await work.bundles.get(delivered.ticket.bundle_id)
        bundle = await asyncio.to_thread(frozen.open)
        if bundle.agent.model == NO_LANGUAGE_MODEL:
            raise WishRefused(NEEDS_MODEL)
        return Revision(id=delivered.ticket.id, words=words, changes=wish.changes, earlier=earlier, restored=restored)

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
        event: str | None,
    ) -> WorkTicket:
        parent = await work.tickets.get(delivered.ticket.id)
        under_way = await work.tickets.list_under_way(parent.thread)
        if any(each.parent is not None for each in under_way):
            raise WishRefused(ONE_AT_A_TIME)
        child_id = TicketId(self._ids.make("tkt"))
        revision = Revision(id=child_id, words=words, changes=tuple(changes), earlier=earlier, restored=restored)
        child = self._make_child(parent, revision)
        await keep_child(work, child, revision)
        await work.tickets.add_event(
            child.id,
            "revised",
            event_id=event or self._ids.make("evt"),
            detail={"by": parent.requester, "output": earlier.output_id},
            now=self._clock.now(),
        )
        admitted = await admit(work, child)
        self._bell.ring()
        return admitted

    def _make_child(self, parent: WorkTicket, revision: Revision) -> WorkTicket:
        made = WorkTicket(
            id=TicketId(revision.id),
            team_id=parent.team_id,
            request_id=parent.request_id,
            bundle_id=parent.bundle_id,
            status=TicketStatus.PENDING,
            segment=1,
            channel_id=parent.channel_id,
            thread_ts=parent.thread_ts,
            requester=parent.requester,
            priority=parent.priority,
            recipe_slug=parent.recipe_slug,
            recipe_parameters=parent.recipe_parameters,
            task_description=parent.task_description,
            output_format=parent.output_format,
            model=NO_LANGUAGE_MODEL,
            progress_version=1,
            created_at=self._clock.now(),
        )
        return as_child(made, parent, revision)


def as_child(ticket: WorkTicket, parent: WorkTicket, revision: Revision) -> WorkTicket:
    """Give a ticket as the child of another one, whose output it changes."""
    return ticket.model_copy(
        update={
            "parent": parent.id,
            "task_description": describe_task(revision),
            "output_format": revision.file_format or OutputFormat.MARKDOWN,
        }
    )


def describe_task(revision: Revision) -> str:
    """Give what is to be done, as people read it."""
    earlier = revision.earlier
    said = " ".join(revision.words.split())[:WORDS_CHARS].rstrip(".")
    return f"Version {earlier.version + 1} of “{earlier.title}”: {said}."


async def find_parent(work: UnitOfWork, revision: Revision) -> WorkTicket:
    """Give the ticket whose output a revision changes."""
    output = await work.outputs.get(revision.earlier.output_id)
    return await work.tickets.get(output.ticket_id)


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
    if any(isinstance(each, WRITTEN) for each in changes):
        make_base(earlier, changes)
        return
    by_rule = [each for each in changes if not isinstance(each, Restore)]
    if not by_rule:
        return
    if earlier.content is None or earlier.file_format is None:
        raise WishRefused("A text has no parts that I could change by rule; an earlier version can be restored.")
    revise(earlier.file_format, earlier.content, by_rule, pages=earlier.pages)
