"""Arrivals: what comes in, or is left to be done in a thread, as an item of the inbox."""

from collections.abc import Mapping
from typing import Any

from orchestration.ports import Clock, Ids
from recipes.conversation import InboxItem, InboxKind, Thread, make_ts
from recipes.draft import Draft
from recipes.ids import InboxId, TeamId
from storage.unit_of_work import UnitOfWork


class Arrivals:
    """Writes items into the inbox, each once."""

    def __init__(self, *, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids

    async def add(
        self,
        work: UnitOfWork,
        team_id: TeamId,
        kind: InboxKind,
        payload: Mapping[str, Any],
        *,
        key: str,
        lane: str,
        happened_ts: str | None = None,
    ) -> None:
        """Keep an item, unless one with its key is kept already.

        Args:
            work: The transaction that it belongs to.
            team_id: Whose.
            kind: What is to be done.
            payload: With what.
            key: Its name, the same each time it comes in.
            lane: What it is worked in order with.
            happened_ts: When it happened, as Slack's `ts`; now, if it is our own.
        """
        now = self._clock.now()
        await work.inbox.add(
            InboxItem(
                id=InboxId(self._ids.make("inb")),
                team_id=team_id,
                key=key,
                lane=lane,
                kind=kind,
                payload=dict(payload),
                happened_ts=happened_ts or make_ts(now),
                received_at=now,
            )
        )

    async def add_advance(self, work: UnitOfWork, draft: Draft, *, key: str, changed: str | None = None) -> None:
        """Keep that a draft is to take its next step, unless an item with this key is kept already.

        Args:
            work: The transaction that it belongs to.
            draft: Which.
            key: As `add` says.
            changed: Why there will be a new brief, as a sentence for the card.
        """
        payload = {"draft_id": draft.id, "brief_no": draft.brief_no, **({"changed": changed} if changed else {})}
        await self.add(work, draft.team_id, InboxKind.ADVANCE, payload, key=key, lane=lane_of_draft(draft))

    async def add_brief_closed(self, work: UnitOfWork, draft: Draft) -> None:
        """Keep that a draft's card and its questions, if it has any, are to show what became of it."""
        if draft.brief_no or draft.standing.prompts:
            payload, lane = {"draft_id": draft.id}, lane_of_draft(draft)
            key = f"closed:{draft.id}"
            await self.add(work, draft.team_id, InboxKind.BRIEF_CLOSED, payload, key=key, lane=lane)


def lane_of_draft(draft: Draft) -> str:
    """Give the lane in which everything about a draft is worked in order: its thread, else itself."""
    return lane_of(draft.thread) if draft.thread else draft.id


def lane_of(thread: Thread) -> str:
    """Give the lane in which everything about a thread is worked in order."""
    return f"{thread.channel_id}:{thread.thread_ts}"
