"""Corrections: what people take back or say otherwise reaches the baskets, and voids the briefs that hold it."""

from collections.abc import Collection
from typing import Final

from orchestration.arrivals import Arrivals
from orchestration.bell import Bell
from orchestration.ports import Clock, Ids
from recipes.conversation import Said
from recipes.draft import Draft, DraftStatus
from recipes.ids import ChannelId, MessageTs, TeamId
from storage.unit_of_work import Store, UnitOfWork

EDITED: Final = "A message that the brief before this one held was edited."
DELETED: Final = "A message that the brief before this one held was deleted."
ARCHIVED: Final = "Something that the brief before this one held was taken out of its basket."


class Corrections:
    """Changes what baskets hold, and sees to it that nothing older can be approved."""

    def __init__(self, *, store: Store, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._bell = bell
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def edit(self, said: Said) -> None:
        """Give the block of an edited message its new text."""
        channel_id, files = said.thread.channel_id, {file.id for file in said.files}
        async with self._store.for_team(said.thread.team_id).begin() as work:
            changed = await work.baskets.rewrite_message(channel_id, said.ts, text=said.text, file_ids=files)
            await self.void(work, channel_id, changed, EDITED)
        self._bell.ring()

    async def delete(self, team_id: TeamId, channel_id: ChannelId, ts: MessageTs) -> None:
        """Archive what came from a deleted message."""
        async with self._store.for_team(team_id).begin() as work:
            gone = await work.baskets.remove_message(channel_id, ts)
            await self.void(work, channel_id, gone, DELETED)
        self._bell.ring()

    async def void(self, work: UnitOfWork, channel_id: ChannelId, entry_ids: Collection[str], changed: str) -> None:
        """Make sure, within a transaction, that no brief which holds one of these entries can be approved.

        The new briefs are shown by the intake, each in its own thread's turn; whoever commits rings the bell.
        """
        if not entry_ids:
            return
        for draft in await work.drafts.list_briefed_reading(channel_id):
            brief = await work.drafts.find_brief(draft.id)
            if brief is not None and brief.holds(entry_ids):
                await self._void(work, draft, changed)

    async def _void(self, work: UnitOfWork, draft: Draft, changed: str) -> None:
        await work.drafts.save(draft.moved_to(DraftStatus.OPEN))
        key = f"void:{draft.id}:{draft.brief_no}"
        await self._arrivals.add_advance(work, draft, key=key, changed=changed)
