"""Suggestions: buttons that say what could be said; pressed, they are worked in their thread's turn."""

from orchestration.arrivals import Arrivals, lane_of_draft
from orchestration.bell import Bell
from orchestration.conversation.changes import apply_press
from orchestration.drafting.drafts import get_changeable
from orchestration.ports import Clock, Ids
from recipes.conversation import InboxKind
from recipes.draft import Origin
from recipes.ids import TeamId, UserId
from storage.unit_of_work import Store


class Suggestions:
    """Keeps what was pressed."""

    def __init__(self, *, store: Store, bell: Bell, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._bell = bell
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def press(self, team_id: TeamId, draft_id: str, user_id: UserId, pressed: str, *, press: str) -> None:
        """Keep a pressed suggestion.

        Args:
            team_id: The workspace.
            draft_id: Whose question it answers.
            user_id: Who pressed.
            pressed: What the button stands for.
            press: Names this press of the button: the same one that comes twice is taken once.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, SuggestionOutdated: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            apply_press(draft, pressed, await work.recipes.list_active(), Origin(door="button"))
            payload = {"draft_id": draft.id, "pressed": pressed}
            lane = lane_of_draft(draft)
            await self._arrivals.add(work, team_id, InboxKind.CHOICE, payload, key=f"press:{press}", lane=lane)
        self._bell.ring()
