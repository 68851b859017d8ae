"""The brief of a revision that needs a language model: the same bundle, what it would cost, and what is to change."""

from typing import Final

from orchestration.drafting.briefing import Briefing
from orchestration.ports import Clock, Ids
from orchestration.revising.origin import find_base
from orchestration.revising.parts import TITLE_CHARS, find_part, list_parts
from orchestration.tickets.revisions import Delivered, describe_task
from recipes.brief import Brief
from recipes.conversation import Thread
from recipes.draft import Draft
from recipes.ids import DraftId, MessageTs, UserId
from recipes.request import WorkRequest
from recipes.revision import Revision, Reword, WishRefused
from storage.unit_of_work import Store, UnitOfWork

CHANGED: Final = (
    "A new version of what was delivered above: “{words}”. It starts from version {version} and reads the same "
    "sources. {scope}"
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

    async def find_other(self, thread: Thread, user_id: UserId, *, heard_ts: MessageTs) -> Draft | None:
        """Find what else this person wants in the thread, and neither approved nor withdrew."""
        async with self._store.for_team(thread.team_id).begin() as work:
            draft = await work.drafts.find_newest(thread, user_id)
        return draft if draft is not None and draft.is_live() and draft.heard_ts != heard_ts else None

    async def show(
        self, delivered: Delivered, revision: Revision, thread: Thread, user_id: UserId, *, heard_ts: MessageTs
    ) -> None:
        """Post the brief, once however often what asked for it is worked; the revision waits for it to be approved.

        It is forgotten if anything else is staged.

        Args:
            delivered: What it changes.
            revision: What it would do.
            thread: Where the brief is shown.
            user_id: Who asked for it.
            heard_ts: When.

        Raises:
            WishRefused: the brief of the work before it is no longer kept.
        """
        async with self._store.for_team(thread.team_id).begin() as work:
            request = await work.requests.get(delivered.ticket.request_id)
            draft = await work.drafts.find_newest(thread, user_id)
            if draft is None or draft.heard_ts != heard_ts:
                draft = self._make_draft(delivered, request, thread, user_id, heard_ts)
                await work.drafts.add(draft)
                await work.drafts.save_brief(await _make_brief(work, draft, request, revision))
                await work.revisions.add(revision.model_copy(update={"id": draft.id}))
            elif not draft.has_unposted_brief():
                return
            recipe = await work.recipes.get(request.recipe_slug)
        await self._briefing.show(draft, thread, recipe)

    def _make_draft(
        self, delivered: Delivered, request: WorkRequest, thread: Thread, user_id: UserId, heard_ts: MessageTs
    ) -> Draft:
        draft = Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=thread.team_id,
            channel_id=thread.channel_id,
            thread_ts=thread.thread_ts,
            user_id=user_id,
            recipe_slug=request.recipe_slug,
            answers=request.answers,
            priority=request.priority,
            heard_ts=heard_ts,
            created_at=self._clock.now(),
        )
        return draft.briefed(delivered.ticket.bundle_id)


async def _make_brief(work: UnitOfWork, draft: Draft, request: WorkRequest, revision: Revision) -> Brief:
    brief = await work.drafts.find_brief(request.draft_id)
    if brief is None:
        raise WishRefused(NO_BRIEF)
    # What goes to its requester alone was asked about where they alone read.
    closed = brief.closed if draft.channel_id == request.channel_id else ()
    version = revision.restored or revision.earlier.version
    changed = CHANGED.format(words=revision.words, version=version, scope=say_scope(revision)).strip()
    return brief.model_copy(
        update={
            "draft_id": draft.id,
            "brief_no": draft.brief_no,
            "task": describe_task(revision),
            "changed": changed,
            "closed": closed,
        }
    )


def say_scope(revision: Revision) -> str:
    """Give the sentences that say what of the earlier version may change, and what is done by rule."""
    base = find_base(revision)
    if base is None:
        return ""
    words = [each for each in revision.changes if isinstance(each, Reword)]
    places = [place for each in words for place in each.places]
    said = list(base.said)
    if base.named is None:
        said.append(f"Any {base.unit} may change.")
    elif places:
        parts = list_parts(revision.earlier.file_format or "", revision.earlier.content or {}, revision.earlier.pages)
        found = {part.number: part for place in places for part in [find_part(parts, place, unit=base.unit)]}
        names = ", ".join(f"{base.unit} {no} (“{part.title[:TITLE_CHARS]}”)" for no, part in sorted(found.items()))
        said.append(f"Only {names} may change.")
    if base.grows and base.named is not None:
        said.append(f"What you ask for is added; the other {base.unit}s stay as they are.")
    return " ".join(said)
