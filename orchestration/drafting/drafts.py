"""Drafts as a press finds them: whose they are, and whether the pressed card still stands."""

from recipes.draft import BriefOutdated, Draft, DraftStatus
from recipes.entitlement import check_requester
from recipes.ids import UserId
from storage.unit_of_work import UnitOfWork


async def get_changeable(work: UnitOfWork, draft_id: str, user_id: UserId) -> Draft:
    """Give a draft that this person may still change.

    Raises:
        DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
    """
    draft = await work.drafts.get(draft_id)
    check_requester(draft.user_id, user_id)
    draft.check_changeable()
    return draft


async def get_briefed(work: UnitOfWork, draft_id: str, brief_no: int, user_id: UserId) -> Draft:
    """Give a draft whose newest brief is this one.

    Raises:
        BriefOutdated: it was replaced. The others as `get_changeable` says.
    """
    draft = await get_changeable(work, draft_id, user_id)
    if draft.brief_no != brief_no or draft.status is not DraftStatus.BRIEFED:
        raise BriefOutdated(draft.id)
    return draft
