"""Briefing: the card that shows what would be read and done, from its making to what became of it."""

from orchestration.effects import Effects
from orchestration.ports import Clock, ThreadPort
from orchestration.staging.boundary import Staged, Staging
from recipes.audience import BasketClosed
from recipes.brief import Brief
from recipes.conversation import Thread
from recipes.draft import Draft, DraftStatus, NothingToRead
from recipes.ids import DraftId, TeamId
from recipes.recipe import Recipe
from recipes.reply import BriefCard, BriefFate
from storage.unit_of_work import Store, UnitOfWork


class Briefing:
    """Shows briefs, and what became of them."""

    def __init__(self, *, store: Store, threads: ThreadPort, effects: Effects, staging: Staging, clock: Clock) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._staging = staging
        self._clock = clock

    async def show(self, draft: Draft, thread: Thread, recipe: Recipe, *, changed: str | None = None) -> None:
        """Stage what stands now, and post its brief; one that a crash kept from being posted is posted as it is.

        Args:
            draft: Whose brief.
            thread: Where.
            recipe: What is asked for.
            changed: Why there is a new brief, as a sentence for the card.
        """
        brief = await self._find_unposted(draft)
        if brief is None:
            await self._take_buttons_off(draft, thread)
            brief = await self._make(draft, thread, recipe, changed)
        if brief is None:
            return
        ts = await self._effects.say(thread, BriefCard(brief=brief), key=_key_of(brief))
        async with self._store.for_team(draft.team_id).begin() as work:
            kept = await work.drafts.get(draft.id)
            await work.drafts.save(kept.model_copy(update={"brief_ts": ts}))

    async def close(self, team_id: TeamId, draft_id: DraftId) -> None:
        """Show on its card what became of a draft."""
        async with self._store.for_team(team_id).read() as work:
            draft = await work.drafts.get(draft_id)
            brief = await work.drafts.find_brief(draft.id)
        if brief is not None and draft.thread is not None:
            fate = BriefFate.APPROVED if draft.status is DraftStatus.APPROVED else BriefFate.WITHDRAWN
            await self._amend(draft, draft.thread, BriefCard(brief=brief, fate=fate))

    async def take_back(self, draft: Draft, thread: Thread, *, fate: BriefFate = BriefFate.WITHDRAWN) -> None:
        """Take the buttons off the card of a draft that comes to something else."""
        await self._take_buttons_off(draft, thread, fate=fate)

    async def void(self, draft: Draft, thread: Thread) -> None:
        """Make sure that a brief that no longer holds cannot be approved."""
        await self._take_buttons_off(draft, thread)
        async with self._store.for_team(draft.team_id).begin() as work:
            current = await work.drafts.get(draft.id)
            await work.drafts.save(current.moved_to(DraftStatus.OPEN))

    async def _make(self, draft: Draft, thread: Thread, recipe: Recipe, changed: str | None) -> Brief | None:
        """Give the brief of what stands now, unless a form was sent meanwhile."""
        try:
            staged = await self._staging.stage(draft, thread, recipe)
        except BasketClosed as closed:
            if closed.channel_id != draft.also_from:
                raise
            without = await self._leave_out(draft)
            try:
                return await self._make(without, thread, recipe, f"{closed.advice()} So it is left out.")
            except NothingToRead:
                raise closed from None
        brief = staged.brief.model_copy(update={"changed": changed})
        return brief if await self._keep(draft, staged, brief) else None

    async def _leave_out(self, draft: Draft) -> Draft:
        """Give the draft without the basket that its requester may not read."""
        async with self._store.for_team(draft.team_id).begin() as work:
            current = await work.drafts.get(draft.id)
            await work.drafts.save(current.model_copy(update={"also_from": None}))
        return draft.model_copy(update={"also_from": None})

    async def _find_unposted(self, draft: Draft) -> Brief | None:
        """Find the brief that a crash kept from being posted, or from being known to be posted."""
        if not draft.has_unposted_brief():
            return None
        async with self._store.for_team(draft.team_id).begin() as work:
            return await work.drafts.find_brief(draft.id)

    async def _keep(self, draft: Draft, staged: Staged, brief: Brief) -> bool:
        """Keep a candidate and its brief, unless the draft changed while it was made.

        A form that was sent has its turn next; what was approved or withdrawn needs no other brief.
        """

        async def keep(work: UnitOfWork) -> bool:
            current = await work.drafts.get(draft.id)
            if not current.reads_as(draft) or not current.is_live():
                return False
            await work.bundles.add(
                staged.bundle, permalinks=staged.permalinks, origins=staged.origins, now=self._clock.now()
            )
            await work.drafts.save(current.briefed(staged.bundle.id), brief=brief)
            return True

        # Both may be large: they are not written on the loop.
        return await self._store.for_team(draft.team_id).run(keep)

    async def _take_buttons_off(self, draft: Draft, thread: Thread, *, fate: BriefFate = BriefFate.REPLACED) -> None:
        """Take the buttons off the earlier card, if there is one."""
        async with self._store.for_team(draft.team_id).begin() as work:
            brief = await work.drafts.find_brief(draft.id)
        if brief is not None:
            await self._amend(draft, thread, BriefCard(brief=brief, fate=fate))

    async def _amend(self, draft: Draft, thread: Thread, card: BriefCard) -> None:
        """Show a brief's fate on its card, also where whoever posted it did not live to note where it stands."""
        ts = draft.brief_ts or await self._effects.find_said(thread, _key_of(card.brief))
        if ts is not None:
            await self._threads.amend(thread, ts, card)


def _key_of(brief: Brief) -> str:
    return f"brief:{brief.draft_id}:{brief.brief_no}"
