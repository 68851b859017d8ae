"""Steps: what a draft comes to next, from an offer of recipes over the questions to its brief."""

from orchestration.briefing import Briefing
from orchestration.effects import Effects
from orchestration.ports import ThreadPort
from recipes.answers import list_missing
from recipes.conversation import InboxItem, Thread
from recipes.draft import Draft, DraftStatus
from recipes.recipe import Recipe
from recipes.reply import ParameterQuestion, RecipeOffer
from storage.unit_of_work import Store


class Steps:
    """Takes a draft's next step, whichever door its last change came through."""

    def __init__(self, *, store: Store, threads: ThreadPort, effects: Effects, briefing: Briefing) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._briefing = briefing

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
        await self.take(item, draft, thread, lead=None, changed=item.payload.get("changed"))

    async def take(
        self, item: InboxItem, draft: Draft, thread: Thread, *, lead: str | None, changed: str | None = None
    ) -> None:
        """Take a draft's next step: offer recipes, ask for what is missing, or show the brief."""
        async with self._store.for_team(draft.team_id).begin() as work:
            recipes = {recipe.slug: recipe for recipe in await work.recipes.list_active()}
        recipe = recipes.get(draft.recipe_slug) if draft.recipe_slug else None
        if recipe is None:
            cards = tuple(each.card() for each in recipes.values())
            await self._effects.answer(
                item, thread, RecipeOffer(draft_id=draft.id, lead="This is what I can make.", cards=cards)
            )
            return
        missing = list_missing(recipe.parameters, draft.values())
        asked = recipe.find_parameter(draft.asked) if draft.asked and lead else None
        if question := asked or (missing[0] if missing else None):
            await self._ask(item, draft, thread, recipe, question.name, lead)
            return
        await self._briefing.show(draft, thread, recipe, changed=changed)

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

    async def _ask(
        self, item: InboxItem, draft: Draft, thread: Thread, recipe: Recipe, name: str, lead: str | None
    ) -> None:
        parameter = next(each for each in recipe.parameters if each.name == name)
        question = ParameterQuestion(draft_id=draft.id, recipe_name=recipe.name, parameter=parameter, lead=lead)
        await self._effects.answer(item, thread, question)
        # Only now: a message that is worked again because the question could not be posted is not its answer.
        async with self._store.for_team(draft.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            current = await work.drafts.get(draft.id)
            if name not in current.answers and current.status is DraftStatus.OPEN:
                await work.drafts.save(current.model_copy(update={"asked": name}))

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
