"""Rewording: what people change or take back of what they said, and what follows for the talk."""

from orchestration.baskets.corrections import DELETED, EDITED, Corrections
from orchestration.conversation.changes import list_given, take_again
from orchestration.conversation.steps import Steps
from orchestration.conversation.understanding import Understanding
from orchestration.drafting.briefing import Briefing
from orchestration.effects import Effects
from orchestration.ports import ThreadPort
from recipes.conversation import InboxItem, Said, Thread, arrival_key
from recipes.draft import DraftStatus, NothingToRead
from recipes.ids import ChannelId, DraftId, MessageTs
from recipes.reply import BriefFate, PlainReply
from storage.unit_of_work import Store


class Rewording:
    """Follows edits and deletions."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        effects: Effects,
        briefing: Briefing,
        steps: Steps,
        corrections: Corrections,
        understanding: Understanding,
    ) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._briefing = briefing
        self._steps = steps
        self._corrections = corrections
        self._understanding = understanding

    async def edit(self, item: InboxItem, said: Said) -> None:
        """Follow an edited message into the transcript, the briefs that hold it, and the baskets."""
        said, thread = await self._threads.describe(said), said.thread
        async with self._store.for_team(thread.team_id).begin() as work:
            known = await work.transcript.find(thread.channel_id, said.ts)
            # Of a message outside engaged threads, only what a basket holds follows.
            if known is not None or await work.drafts.is_engaged(thread.channel_id, thread.thread_ts):
                newer = {"text": said.text, "words": said.words, "files": said.files}
                await work.transcript.save((known or said).model_copy(update=newer))
        if known is not None and (known.text, known.files) != (said.text, said.files):
            done = await self._answer_anew(item, said)
            await self._brief_again(item, thread, EDITED, without=done)
        await self._corrections.edit(said)

    async def delete(self, item: InboxItem) -> None:
        """Forget a deleted message, wherever it is kept."""
        channel, ts = ChannelId(item.payload["channel_id"]), MessageTs(item.payload["ts"])
        async with self._store.for_team(item.team_id).begin() as work:
            known = await work.transcript.find(channel, ts)
            await work.transcript.delete(channel, ts)
            await work.inbox.forget(arrival_key(channel, ts))
        if known is not None:
            done = await self._answer_anew(item, known.model_copy(update={"text": "", "words": ""}))
            await self._brief_again(item, known.thread, DELETED, without=done)
        await self._corrections.delete(item.team_id, channel, ts)

    async def _answer_anew(self, item: InboxItem, said: Said) -> DraftId | None:
        """Let a draft follow its requester, who says an answer otherwise now, or takes it back; give the draft."""
        thread = said.thread
        team = self._store.for_team(thread.team_id)
        async with team.read() as work:
            draft = await work.drafts.find_newest(thread, said.user_id)
            recipes = await work.recipes.list_active()
            told = await work.transcript.list(thread)
        recipe = next((each for each in recipes if draft and each.slug == draft.recipe_slug), None)
        if draft is None or recipe is None or not draft.is_live() or not (given := list_given(draft, said.ts)):
            return None
        # Alone, it may be the answer to a question, which is not asked any more.
        asked = given[0] if len(given) == 1 else None
        before = draft.without_answers(given).model_copy(update={"asked": asked})
        reading = await self._understanding.read(before, said, recipes=(recipe,), told=told)
        async with team.begin() as work:
            current = await work.drafts.get(draft.id)
            if not current.is_live() or current.recipe_slug != recipe.slug:
                return None
            change = take_again(current, recipe, reading, said)
            if change.draft.answers == current.answers:
                return None
            await work.drafts.save(change.draft)
        if current.status is DraftStatus.BRIEFED:
            await self._briefing.take_back(current, thread, fate=BriefFate.REPLACED)
        await self._steps.take(item, change.draft, thread, notes=change.notes)
        return draft.id

    async def _brief_again(self, item: InboxItem, thread: Thread, changed: str, *, without: DraftId | None) -> None:
        """Show a new brief where the one that waits for approval holds what is no longer said."""
        async with self._store.for_team(thread.team_id).begin() as work:
            waiting = [each for each in await work.drafts.list_briefed(thread) if each.id != without]
        for draft in waiting:
            await self._briefing.void(draft, thread)
            try:
                await self._steps.take(item, draft.moved_to(DraftStatus.OPEN), thread, notes=[changed])
            except NothingToRead as nothing:
                await self._effects.answer(item, thread, PlainReply(text=f"<@{draft.user_id}> {nothing.advice()}"))
