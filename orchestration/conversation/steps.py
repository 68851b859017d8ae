"""Steps: what a draft comes to next, from an offer of recipes over the questions to its brief."""

from collections.abc import Sequence

from orchestration.conversation.changes import apply_press
from orchestration.conversation.prompts import Prompts, note_prompt
from orchestration.conversation.steering import Change
from orchestration.drafting.briefing import Briefing
from orchestration.effects import Effects
from orchestration.ports import ThreadPort
from recipes.answers import list_asked, list_missing
from recipes.conversation import InboxItem, Thread
from recipes.draft import Draft, Origin, SuggestionOutdated
from recipes.errors import UserFixableError
from recipes.ids import MessageTs
from recipes.parameters import Parameter
from recipes.recipe import Recipe
from recipes.reply import CandidateOffer, ParameterQuestion, PlainReply, ReadAgainOffer, RecipeOffer
from storage.unit_of_work import Store


class Steps:
    """Takes a draft's next step, whichever door its last change came through."""

    def __init__(self, *, store: Store, threads: ThreadPort, effects: Effects, briefing: Briefing) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._briefing = briefing
        self._prompts = Prompts(store=store, threads=threads, effects=effects)

    async def advance(self, item: InboxItem) -> None:
        """Go on with a draft that a form or a button changed."""
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        is_done = draft.brief_no != item.payload["brief_no"] and not draft.has_unposted_brief()
        if is_done or not draft.is_live():
            return
        if draft.thread is not None:
            await self.read_earlier(draft.thread)
        thread = await self._thread_of(draft)
        draft = draft.model_copy(update={"thread_ts": thread.thread_ts})
        await self.take(item, draft, thread, notes=[item.payload["changed"]] if item.payload.get("changed") else [])

    async def choose(self, item: InboxItem) -> None:
        """Take a suggestion that was pressed as if it had been said."""
        async with self._store.for_team(item.team_id).begin() as work:
            before = await work.drafts.get(item.payload["draft_id"])
            if not before.is_live() or before.thread is None:
                return
            recipes = await work.recipes.list_active()
            origin = Origin(door="button", ts=MessageTs(item.happened_ts))
            try:
                change = apply_press(before, item.payload["pressed"], recipes, origin)
            except SuggestionOutdated:
                # It was good when it was pressed; what was said at the same time has overtaken it.
                return
            await work.drafts.save(change.draft)
        await self.follow(item, before.thread, before, change)

    async def follow(
        self, item: InboxItem, thread: Thread, before: Draft, change: Change, *, has_files: bool = False
    ) -> None:
        """Say what follows from a change: a brief that still holds stays, all else takes its next step.

        Args:
            item: What led to it.
            thread: Where.
            before: The draft as it stood.
            change: What became of it.
            has_files: There is more to read, so that no brief holds.
        """
        draft = change.draft
        if before.brief_ts is not None and before.recipe_slug is not None and draft.recipe_slug is None:
            await self._briefing.take_back(before, thread)
        if has_files or draft.is_left_open():
            await self.take(item, draft, thread, notes=change.notes)
        elif change.notes:
            text = f"{' '.join(change.notes)} The brief above holds."
            await self._effects.answer(item, thread, PlainReply(text=text))
        else:
            await self._effects.answer(item, thread, ReadAgainOffer(draft_id=draft.id, brief_no=draft.brief_no))

    async def take(self, item: InboxItem, draft: Draft, thread: Thread, *, notes: Sequence[str] = ()) -> None:
        """Take a draft's next step: offer recipes, ask for what is missing, or show the brief.

        Args:
            item: What led to it.
            draft: As it stands.
            thread: Where.
            notes: What there is to say first, a sentence each.
        """
        async with self._store.for_team(draft.team_id).read() as work:
            recipes = await work.recipes.list_active()
        recipe = next((each for each in recipes if each.slug == draft.recipe_slug), None)
        asked_ts = None
        try:
            if recipe is None:
                asked_ts = await self._offer(item, draft, thread, recipes, notes)
            elif questions := list_questions(recipe, draft):
                asked_ts = await self._ask(item, draft, thread, recipe, questions[0], notes)
            else:
                await self._briefing.show(draft, thread, recipe, changed=" ".join(notes) or None)
        except UserFixableError:
            # Nothing to read, say: what was asked is answered all the same.
            await self.close_prompts(draft, thread)
            raise
        await self.close_prompts(draft, thread, but=asked_ts)

    async def close_prompts(self, draft: Draft, thread: Thread, *, but: MessageTs | None = None) -> None:
        """Take the buttons off all that was asked and offered for a draft, but for what waits for an answer."""
        await self._prompts.close(draft.team_id, draft.id, thread, but=but)

    async def read_earlier(self, thread: Thread) -> None:
        """Keep what was said in a thread before we were asked into it."""
        team = self._store.for_team(thread.team_id)
        async with team.read() as work:
            is_known = await work.transcript.has(thread)
        if is_known:
            return
        earlier = await self._threads.read_messages(thread)
        async with team.begin() as work:
            for each in earlier:
                await work.transcript.save(each)

    async def _offer(
        self, item: InboxItem, draft: Draft, thread: Thread, recipes: Sequence[Recipe], notes: Sequence[str]
    ) -> MessageTs:
        offer = make_offer(draft, recipes, notes)
        ts = await self._effects.answer(item, thread, offer)
        cards = [card for card, _ in offer.candidates] if isinstance(offer, CandidateOffer) else offer.cards
        async with self._store.for_team(draft.team_id).begin() as work:
            # Read anew: a recipe may have been chosen since.
            current = note_prompt(await work.drafts.get(draft.id), ts, offer)
            if current.recipe_slug is None and current.is_live():
                offered = {"offered": tuple(card.slug for card in cards)}
                standing = current.standing.model_copy(update=offered)
                current = current.model_copy(update={"standing": standing})
            await work.drafts.save(current)
        return ts

    async def _ask(
        self,
        item: InboxItem,
        draft: Draft,
        thread: Thread,
        recipe: Recipe,
        parameter: Parameter,
        notes: Sequence[str],
    ) -> MessageTs:
        question = ParameterQuestion(
            draft_id=draft.id,
            recipe_name=recipe.name,
            parameter=parameter,
            lead=draft.standing.doubts.get(parameter.name),
            notes=tuple(notes),
            answered=draft.values().get(parameter.name),
        )
        ts = await self._effects.answer(item, thread, question)
        # Only now: a message that is worked again because the question could not be posted is not its answer.
        async with self._store.for_team(draft.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            current = note_prompt(await work.drafts.get(draft.id), ts, question)
            if current.is_live() and parameter in list_questions(recipe, current):
                current = current.model_copy(update={"asked": parameter.name})
            await work.drafts.save(current)
        return ts

    async def _thread_of(self, draft: Draft) -> Thread:
        """Give the draft's thread; work from a form gets one now."""
        if draft.thread is not None:
            return draft.thread
        async with self._store.for_team(draft.team_id).begin() as work:
            recipe = await work.recipes.get(draft.recipe_slug or "")
        text = f"<@{draft.user_id}> asked for this: {recipe.fill(draft.values()).task}"
        thread = await self._threads.open_thread(
            draft.team_id, draft.channel_id, draft.user_id, text=text, key=f"root:{draft.id}"
        )
        async with self._store.for_team(draft.team_id).begin() as work:
            kept = await work.drafts.get(draft.id)
            where = {"channel_id": thread.channel_id, "thread_ts": thread.thread_ts}
            await work.drafts.save(kept.model_copy(update=where))
        return thread


def list_questions(recipe: Recipe, draft: Draft) -> tuple[Parameter, ...]:
    """Give what is to be asked, the most useful first: what is needed before what is not, doubts before gaps."""
    asked, doubts = list_asked(recipe.parameters, draft.values()), draft.standing.doubts
    missing = {each.name for each in list_missing(recipe.parameters, draft.values())}
    questions = [each for each in asked if each.name in missing or each.name in doubts]
    return tuple(sorted(questions, key=lambda each: (not each.required, each.name not in doubts)))


def make_offer(draft: Draft, recipes: Sequence[Recipe], notes: Sequence[str]) -> RecipeOffer | CandidateOffer:
    """Give the recipes that may be meant with their reasons, or all of them, what was refused last."""
    standing = draft.standing
    lead = " ".join(notes)
    cards = {recipe.slug: recipe.card() for recipe in recipes}
    meant = tuple((cards[each.slug], each.reason) for each in standing.candidates if each.slug in cards)
    if meant:
        others = tuple(card for slug, card in cards.items() if not standing.may_mean(slug))
        lead = f"{lead} {'Do you mean this?' if len(meant) == 1 else 'Which of these do you mean?'}".strip()
        return CandidateOffer(draft_id=draft.id, lead=lead, candidates=meant, others=others)
    if standing.refused and all(slug in standing.refused for slug in cards):
        lead = f"{lead} That is all I can make so far. Pick one, or tell me more about what you need.".strip()
    ordered = tuple(sorted(cards.values(), key=lambda card: card.slug in standing.refused))
    return RecipeOffer(draft_id=draft.id, lead=lead or "This is what I can make.", cards=ordered)
