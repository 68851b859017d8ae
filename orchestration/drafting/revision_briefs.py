"""The brief of a revision that needs a language model: the same bundle, what it would cost, and what is to change."""

from typing import Final

from orchestration.drafting.briefing import Briefing
from orchestration.ports import Clock, Ids
from orchestration.tickets.revisions import Delivered
from recipes.brief import Brief
from recipes.conversation import Said
from recipes.draft import Draft
from recipes.ids import DraftId
from recipes.request import WorkRequest
from recipes.revision import Revision, WishRefused
from storage.unit_of_work import Store, UnitOfWork

CHANGED: Final = (
    "A new version of what was delivered above: “{words}”. It starts from version {version} and reads the same sources."
)
NO_BRIEF: Final = (
    "The brief of this work is no longer kept, so I cannot show what a change would cost. Ask for it anew."
)


class RevisionBriefs:
    """Shows what a revision would do, before it costs anything."""

    def __init__(self, *, store: Store, briefing: Briefing, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._briefing = briefing
        self._clock = clock
        self._ids = ids

    async def show(self, delivered: Delivered, revision: Revision, said: Said) -> None:
        """Post the brief; the revision waits for it to be approved, and is forgotten if anything else is staged.

        Raises:
            WishRefused: the brief of the work before it is no longer kept.
        """
        async with self._store.for_team(said.thread.team_id).begin() as work:
            request = await work.requests.get(delivered.ticket.request_id)
            draft = self._make_draft(delivered, request, said)
            await work.drafts.add(draft)
            await work.drafts.save_brief(await _make_brief(work, draft, request, revision))
            await work.revisions.add(revision.model_copy(update={"id": draft.id}))
            recipe = await work.recipes.get(request.recipe_slug)
        await self._briefing.show(draft, said.thread, recipe)

    def _make_draft(self, delivered: Delivered, request: WorkRequest, said: Said) -> Draft:
        draft = Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=said.thread.team_id,
            channel_id=said.thread.channel_id,
            thread_ts=said.thread.thread_ts,
            user_id=said.user_id,
            recipe_slug=request.recipe_slug,
            answers=request.answers,
            priority=request.priority,
            heard_ts=said.ts,
            created_at=self._clock.now(),
        )
        return draft.briefed(delivered.ticket.bundle_id)


async def _make_brief(work: UnitOfWork, draft: Draft, request: WorkRequest, revision: Revision) -> Brief:
    brief = await work.drafts.find_brief(request.draft_id)
    if brief is None:
        raise WishRefused(NO_BRIEF)
    # What goes to its requester alone was asked about where they alone read.
    closed = brief.closed if draft.channel_id == request.channel_id else ()
    changed = CHANGED.format(words=revision.words, version=revision.earlier.version)
    return brief.model_copy(
        update={"draft_id": draft.id, "brief_no": draft.brief_no, "changed": changed, "closed": closed}
    )
