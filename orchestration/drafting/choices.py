"""Choices in a brief: what is left out, what is read after all, who may read the result, what may be used beyond it.

Each voids the brief that it was made in, within its own transaction; the intake shows the next one.
"""

from collections.abc import Callable, Collection
from typing import Final

from orchestration.arrivals import Arrivals
from orchestration.bell import Bell
from orchestration.drafting.drafts import get_briefed
from orchestration.ports import Clock, Ids
from recipes.audience import Sharing
from recipes.brief import Brief, SourceUnknown
from recipes.draft import BriefOutdated, Draft
from recipes.ids import SourceKey, TeamId, UserId
from recipes.server_tool import NAMES, ServerTool
from storage.unit_of_work import Store, UnitOfWork

LEFT_OUT: Final = "You left something out. It is named below, and you can put it back."
PUT_BACK: Final = "You put back what you had left out."
CLOSED_LEFT_OUT: Final = "You left out what not everybody here can read."
OUTSIDE_ALLOWED: Final = "You allowed what goes beyond the sources: {}."
OUTSIDE_REFUSED: Final = "The work keeps to the sources below: nothing is looked up outside."
SHARED: Final = {
    Sharing.EVERYBODY: "You go on with what not everybody here can read. The result stands in this thread.",
    Sharing.REQUESTER: "The result goes to you alone, in direct messages.",
}


class Choices:
    """Leave out, put back, share."""

    def __init__(self, *, store: Store, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._bell = bell
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def get_brief(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId) -> Brief:
        """Give the brief that a menu belongs to, to its requester.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, BriefOutdated: as they say.
        """
        async with self._store.for_team(team_id).read() as work:
            return await _get_brief(work, await get_briefed(work, draft_id, brief_no, user_id))

    async def leave_out(
        self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, key: SourceKey
    ) -> None:
        """Leave one source out.

        Raises:
            SourceUnknown, OnlySource: as they say. The others as `get_brief` says.
        """

        def change(draft: Draft, brief: Brief) -> Draft:
            brief.check_removable({key})
            return draft.without(key)

        await self._change(team_id, draft_id, brief_no, user_id, change, said=LEFT_OUT)

    async def put_back(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, key: SourceKey) -> None:
        """Read again what was left out.

        Raises:
            SourceUnknown: it was not. The others as `get_brief` says.
        """

        def change(draft: Draft, _: Brief) -> Draft:
            if key not in draft.removed:
                raise SourceUnknown(draft.id)
            return draft.with_again(key)

        await self._change(team_id, draft_id, brief_no, user_id, change, said=PUT_BACK)

    async def leave_closed_out(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId) -> None:
        """Leave out all that not everybody in the conversation can read.

        Raises:
            SourceUnknown, OnlySource: as they say. The others as `get_brief` says.
        """

        def change(draft: Draft, brief: Brief) -> Draft:
            brief.check_removable({SourceKey(each) for each in brief.closed})
            return draft.without_channels(brief.closed)

        await self._change(team_id, draft_id, brief_no, user_id, change, said=CLOSED_LEFT_OUT)

    async def share(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, sharing: Sharing) -> None:
        """Keep who may read the result, although not everybody can read all of its sources.

        Raises:
            SourceUnknown: everybody can. The others as `get_brief` says.
        """

        def change(draft: Draft, brief: Brief) -> Draft:
            if not brief.closed:
                raise SourceUnknown(draft.id)
            return draft.sharing_with(sharing)

        await self._change(team_id, draft_id, brief_no, user_id, change, said=SHARED[sharing])

    async def use(
        self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, tools: Collection[ServerTool]
    ) -> None:
        """Let the work use these server tools and no others; each answers with the next brief.

        Raises:
            ServerToolNotOffered: one of them is not in the brief. The others as `get_brief` says.
        """

        def change(draft: Draft, brief: Brief) -> Draft:
            brief.check_offered(tools)
            return draft.using(tools)

        said = OUTSIDE_ALLOWED.format(" and ".join(NAMES[each] for each in sorted(tools))) if tools else OUTSIDE_REFUSED
        await self._change(team_id, draft_id, brief_no, user_id, change, said=said)

    async def _change(
        self,
        team_id: TeamId,
        draft_id: str,
        brief_no: int,
        user_id: UserId,
        change: Callable[[Draft, Brief], Draft],
        *,
        said: str,
    ) -> None:
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_briefed(work, draft_id, brief_no, user_id)
            changed = change(draft, await _get_brief(work, draft))
            await work.drafts.save(changed)
            await self._arrivals.add_advance(work, changed, key=f"choice:{draft.id}:{draft.brief_no}", changed=said)
        self._bell.ring()


async def _get_brief(work: UnitOfWork, draft: Draft) -> Brief:
    brief = await work.drafts.find_brief(draft.id)
    if brief is None:
        raise BriefOutdated(draft.id)
    return brief
