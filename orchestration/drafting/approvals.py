"""Approvals: from a brief that was approved to a ticket, if what it says of its readers still holds."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orchestration.arrivals import Arrivals, lane_of_draft
from orchestration.baskets.access import check_members, list_closed
from orchestration.bell import Bell
from orchestration.drafting.drafts import get_briefed
from orchestration.drafting.promotion import make_request, make_ticket
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.tickets.admission import admit
from orchestration.tickets.earlier import keep_child
from orchestration.tickets.revisions import as_child, find_parent
from recipes.audience import BasketClosed
from recipes.brief import Brief, ReadersChanged, SharingUndecided
from recipes.conversation import InboxItem, InboxKind, Thread
from recipes.draft import BriefOutdated, Draft, DraftStatus
from recipes.errors import TransientError
from recipes.ids import TeamId, TicketId, UserId
from recipes.ticket import WorkTicket
from storage.unit_of_work import Store, UnitOfWork

# docs.slack.dev, interactivity: an acknowledgement within 3 seconds; the rest is for our own rows.
ACCESS_CHECK: Final = timedelta(seconds=1.5)
READERS_CHANGED: Final = "Who can read what the brief before this one held has changed."


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approves which brief."""

    team_id: TeamId
    draft_id: str
    brief_no: int
    user_id: UserId


class Approvals:
    """Promotes what a brief shows."""

    def __init__(self, *, store: Store, threads: ThreadPort, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._threads = threads
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def approve(self, approval: Approval) -> TicketId | None:
        """See `Requests.approve`."""
        shown, brief = await self._get_shown(approval)
        if brief.is_private():
            # Its thread is opened first: by one process, and by one try at a time.
            await self._keep(approval)
            return None
        try:
            async with asyncio.timeout(ACCESS_CHECK.total_seconds()):
                return await self._approve_shown(approval, shown, brief)
        except (TransientError, TimeoutError):
            await self._keep(approval)
            return None

    async def work(self, item: InboxItem) -> None:
        """Do what `approve` left to the intake; worked again after it was done, it does nothing.

        Raises:
            TransientError: Slack cannot say who is in which channel. The others as `approve` says.
        """
        async with self._store.for_team(item.team_id).read() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        if draft.status is not DraftStatus.APPROVED:
            approval = Approval(team_id=item.team_id, **item.payload)
            await self._approve_shown(approval, *await self._get_shown(approval))

    async def _approve_shown(self, approval: Approval, shown: Draft, brief: Brief) -> TicketId:
        """Approve it however long Slack takes, if who could read it when it was made still can, and nobody less."""
        try:
            await self._check_readers(shown, brief)
        except BasketClosed as closed:
            if closed.channel_id == shown.also_from:
                await self._void(approval, f"{closed.advice()} So it is left out.", leaves_also_from=True)
            raise
        except ReadersChanged:
            await self._void(approval, READERS_CHANGED)
            raise
        thread = await self._open_direct(shown) if brief.is_private() else shown.thread
        return await self._promote(approval, brief, thread)

    async def _get_shown(self, approval: Approval) -> tuple[Draft, Brief]:
        """Give the draft and the brief that is approved, if there is nothing left to be said about it."""
        async with self._store.for_team(approval.team_id).read() as work:
            shown = await self._get_draft(work, approval)
            brief = await work.drafts.find_brief(shown.id)
        if brief is None:
            raise BriefOutdated(shown.id)
        if brief.is_undecided():
            raise SharingUndecided(shown.id)
        return shown, brief

    async def _get_draft(self, work: UnitOfWork, approval: Approval) -> Draft:
        return await get_briefed(work, approval.draft_id, approval.brief_no, approval.user_id)

    async def _check_readers(self, shown: Draft, brief: Brief) -> None:
        """Refuse what its requester may no longer read, or others than the brief says may not."""
        async with self._store.for_team(shown.team_id).read() as work:
            origins = {*(await work.bundles.get_origins(shown.shown_bundle())).values()}
        channel_ids = sorted({shown.channel_id, *origins})
        await check_members(
            self._threads, self._clock, team_id=shown.team_id, channel_ids=channel_ids, user_id=shown.user_id
        )
        # What was shut to some when the brief was made was decided on then.
        if unshut := sorted(origins - {shown.channel_id, *brief.closed}):
            audience, *others = [
                await self._threads.audience(shown.team_id, each) for each in (shown.channel_id, *unshut)
            ]
            if await list_closed(self._threads, audience, others, team_id=shown.team_id):
                raise ReadersChanged(shown.id)

    async def _open_direct(self, shown: Draft) -> Thread:
        """Give the thread in the requester's direct messages that the work belongs to."""
        text = f"What you asked for in <#{shown.channel_id}> and wanted for yourself alone comes here."
        return await self._threads.open_thread(shown.team_id, None, shown.user_id, text=text, key=f"private:{shown.id}")

    async def _promote(self, approval: Approval, brief: Brief, thread: Thread | None) -> TicketId:
        """Promote the bundle that the brief shows, and hand its ticket to the engine: all of it, or nothing."""
        team = self._store.for_team(approval.team_id)
        async with team.begin() as work:
            shown = await self._get_draft(work, approval)
            frozen = await work.bundles.get(shown.shown_bundle())
        bundle = await asyncio.to_thread(frozen.open)
        async with team.begin() as work:
            # Somebody may have changed the draft while the bundle was checked.
            draft = await self._get_draft(work, approval)
            approved = draft.moved_to(DraftStatus.APPROVED)
            request = make_request(approved, bundle, ids=self._ids, now=self._clock.now())
            ticket = make_ticket(request, bundle, thread=thread, ids=self._ids, now=self._clock.now())
            await work.drafts.save(approved)
            await work.requests.add(request)
            ticket = await _add_ticket(work, draft, ticket)
            detail = {"by": approval.user_id, **({"sharing": brief.sharing} if brief.closed else {})}
            await work.tickets.add_event(
                ticket.id, "approved", event_id=self._ids.make("evt"), detail=detail, now=self._clock.now()
            )
            await admit(work, ticket)
            await self._arrivals.add_brief_closed(work, draft)
        self._bell.ring()
        return ticket.id

    async def _keep(self, approval: Approval) -> None:
        """Keep the approval: what Slack was told we took is not lost."""
        async with self._store.for_team(approval.team_id).begin() as work:
            draft = await self._get_draft(work, approval)
            payload = {"draft_id": approval.draft_id, "brief_no": approval.brief_no, "user_id": approval.user_id}
            key, lane = f"approval:{approval.draft_id}:{approval.brief_no}", lane_of_draft(draft)
            await self._arrivals.add(work, approval.team_id, InboxKind.APPROVAL, payload, key=key, lane=lane)
        self._bell.ring()

    async def _void(self, approval: Approval, said: str, *, leaves_also_from: bool = False) -> None:
        """Void a brief that no longer holds, so that the next one is shown."""
        async with self._store.for_team(approval.team_id).begin() as work:
            draft = await self._get_draft(work, approval)
            voided = draft.reading_also(None) if leaves_also_from else draft.moved_to(DraftStatus.OPEN)
            await work.drafts.save(voided)
            await self._arrivals.add_advance(work, voided, key=f"void:{draft.id}:{draft.brief_no}", changed=said)
        self._bell.ring()


async def _add_ticket(work: UnitOfWork, draft: Draft, ticket: WorkTicket) -> WorkTicket:
    """Keep the ticket: of a brief that showed a revision, as a child of the work that it changes."""
    revision = await work.revisions.find(draft.id)
    parent = await find_parent(work, revision) if revision else None
    if revision is None or parent is None or parent.bundle_id != ticket.bundle_id:
        await work.tickets.add(ticket)
        return ticket
    child = as_child(ticket, parent, revision)
    await keep_child(work, child, revision)
    return child
