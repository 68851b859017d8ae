"""The verbs that listeners call: each checks, writes once, and lets the intake do the rest.

All answer within milliseconds: only approving asks something of the outside, and does not wait for it.
"""

from collections.abc import Mapping
from typing import Any

from orchestration.arrivals import Arrivals
from orchestration.baskets.contents import get_basket
from orchestration.bell import Bell
from orchestration.drafting.approvals import Approval, Approvals
from orchestration.drafting.drafts import get_briefed, get_changeable
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.conversation import InboxItem, InboxKind, Thread
from recipes.draft import DraftStatus
from recipes.ids import BlockId, ChannelId, MessageTs, TeamId, TicketId, UserId
from recipes.recipe import RecipeCard
from recipes.source import SubstrateBlock
from storage.unit_of_work import Store


class Requests:
    """Receive, brief, approve, withdraw."""

    def __init__(self, *, store: Store, threads: ThreadPort, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)
        self._approvals = Approvals(store=store, threads=threads, bell=bell, clock=clock, ids=ids)

    async def receive(
        self, team_id: TeamId, kind: InboxKind, payload: Mapping[str, Any], *, key: str, lane: str, happened_ts: str
    ) -> None:
        """Keep what came in, once; it is worked after Slack was answered."""
        async with self._store.for_team(team_id).begin() as work:
            await self._arrivals.add(work, team_id, kind, payload, key=key, lane=lane, happened_ts=happened_ts)
        self._bell.ring()

    async def is_engaged(self, thread: Thread) -> bool:
        """Tell whether anybody works with the bot in this thread."""
        async with self._store.for_team(thread.team_id).read() as work:
            return await work.drafts.is_engaged(thread.channel_id, thread.thread_ts)

    async def is_kept(self, team_id: TeamId, channel_id: ChannelId, message_ts: MessageTs) -> bool:
        """Tell whether somebody put this message into a basket, so that it is followed wherever it stands."""
        async with self._store.for_team(team_id).read() as work:
            return await work.baskets.has_message(channel_id, message_ts)

    async def list_cards(self, team_id: TeamId) -> tuple[RecipeCard, ...]:
        """Give the recipes that this workspace may use."""
        async with self._store.for_team(team_id).read() as work:
            return tuple(recipe.card() for recipe in await work.recipes.list_active())

    async def stage_again(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, press: str) -> None:
        """Ask for a new brief of what stands now; `press` names this press of the button.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, BriefOutdated: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_briefed(work, draft_id, brief_no, user_id)
            await self._arrivals.add_advance(work, draft, key=f"stage:{press}")
        self._bell.ring()

    async def withdraw(self, team_id: TeamId, draft_id: str, user_id: UserId) -> None:
        """End a draft without work.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            await work.drafts.save(draft.moved_to(DraftStatus.WITHDRAWN))
            await self._arrivals.add_brief_closed(work, draft)
        self._bell.ring()

    async def approve(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId) -> TicketId | None:
        """Approve what the brief shows, if its requester may still read all of it.

        Returns:
            The ticket; None where the intake makes it: Slack cannot say at the moment who is in which channel, or the
                result goes to direct messages.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, BriefOutdated: as they say.
            SharingUndecided: not everybody in the conversation can read all of it, and nothing was said about that.
            BasketClosed: they left a channel that a source came from; another brief comes, without that channel's.
            ReadersChanged: others than the brief says cannot read all of it; another brief comes, which says so.
        """
        return await self._approvals.approve(
            Approval(team_id=team_id, draft_id=draft_id, brief_no=brief_no, user_id=user_id)
        )

    async def work_approval(self, item: InboxItem) -> None:
        """Do what `approve` left to the intake.

        Raises:
            TransientError: Slack cannot say who is in which channel. The others as `approve` says.
        """
        await self._approvals.work(item)

    async def describe_work(self, team_id: TeamId, user_id: UserId) -> str:
        """Give a sentence about this person's newest work."""
        async with self._store.for_team(team_id).read() as work:
            newest = await work.tickets.list_newest_of(user_id, most=1)
        if not newest:
            return "You have not started anything with me yet. `/work` shows what I can make."
        return f"{newest[0].task_description} This work is {newest[0].status}."

    async def add_note(
        self, team_id: TeamId, channel_id: ChannelId, author: str, text: str, *, added_by: UserId | None = None
    ) -> None:
        """Put a text into the basket of the conversation that its author is in."""
        async with self._store.for_team(team_id).begin() as work:
            basket = await get_basket(work, self._ids, team_id=team_id, channel_id=channel_id)
            await work.baskets.add_block(
                SubstrateBlock(
                    id=BlockId(self._ids.make("blk")),
                    basket_id=basket.id,
                    text=text,
                    author=author,
                    permalink=None,
                    created_at=self._clock.now(),
                    added_by=added_by,
                )
            )
