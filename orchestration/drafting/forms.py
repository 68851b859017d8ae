"""Forms: opened for a draft, kept while they are filled, and taken when they are sent."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from orchestration.arrivals import Arrivals
from orchestration.bell import Bell
from orchestration.drafting.drafts import get_changeable
from orchestration.drafting.entries import read_message, read_words
from orchestration.drafting.form_turns import find_next, say_overtaken, show_kept
from orchestration.drafting.wording import tell_form
from orchestration.partner.basket_words import find_basket
from orchestration.partner.interpreter import Interpreter
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.conversation import Said
from recipes.days import find_day
from recipes.draft import AnswersMissing, Draft, DraftStatus, Entered
from recipes.errors import ThreadworkError
from recipes.form import (
    Entries,
    Form,
    find_also_from,
    find_priority,
    find_raw,
    note_entries,
    take_entries,
)
from recipes.ids import ChannelId, DraftId, TeamId, UserId
from recipes.recipe import Recipe
from storage.unit_of_work import Store, UnitOfWork

# A message is read into a form's fields while somebody waits for the form: whatever reads it may take this long.
READING: Final = timedelta(seconds=15)


class Forms:
    """Open, keep, turn, send."""

    def __init__(
        self, *, store: Store, threads: ThreadPort, interpreter: Interpreter, bell: Bell, clock: Clock, ids: Ids
    ) -> None:
        self._store = store
        self._threads = threads
        self._interpreter = interpreter
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)

    async def open(
        self,
        team_id: TeamId,
        channel_id: ChannelId,
        user_id: UserId,
        slug: str,
        *,
        words: str,
        channels: Mapping[str, ChannelId] = MappingProxyType({}),
    ) -> Form:
        """Give the form of a recipe for a new draft, filled with what the command's words already say.

        Args:
            team_id: The workspace.
            channel_id: Where it was asked for.
            user_id: Who asks.
            slug: Of the recipe.
            words: What stood behind it, as plain text.
            channels: The channels that the words name.

        Raises:
            RecipeNotFound: there is no such recipe.
        """
        async with self._store.for_team(team_id).read() as work:
            recipe = await work.recipes.get(slug)
        basket, rest = find_basket(words, channels)
        today = await self._find_today(team_id, user_id) if rest else self._clock.now().date()
        answers = await read_words(self._interpreter, recipe, rest, user_id=user_id, today=today)
        draft = self._new_draft(team_id, channel_id, user_id).with_recipe(recipe.slug)
        draft = draft.with_answers(answers).reading_also(basket)
        async with self._store.for_team(team_id).begin() as work:
            await work.drafts.add(draft)
            return Form(draft=draft, recipe=recipe)

    async def start_from(self, said: Said, user_id: UserId, *, pressed_ts: str) -> Form | Draft:
        """Give what this person starts at a message: the form of what it asks for, or a draft without a recipe.

        The draft is the one that they are working on in this thread, else a new one with what the message says.

        Args:
            said: The message, whoever wrote it.
            user_id: Who starts work from it.
            pressed_ts: When they did, as Slack's `ts`: what they said before it answers no question.
        """
        team = self._store.for_team(said.thread.team_id)
        async with team.read() as work:
            found = await work.drafts.find_newest(said.thread, user_id)
            recipes = await work.recipes.list_active()
        if found is not None and found.is_live():
            draft = found
        else:
            draft = self._new_draft(said.thread.team_id, said.thread.channel_id, user_id)
            draft = draft.model_copy(update={"thread_ts": said.thread.thread_ts, "heard_ts": pressed_ts})
            async with team.begin() as work:
                await work.drafts.add(draft)
        if draft.recipe_slug is None:
            draft = await self._take_message(draft, said, recipes)
        recipe = next((each for each in recipes if each.slug == draft.recipe_slug), None)
        return draft if recipe is None else Form(draft=draft, recipe=recipe)

    async def reopen(self, team_id: TeamId, draft_id: str, user_id: UserId, *, step: int = 0) -> Form:
        """Give the form of a draft as it stands.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: it is gone, somebody else's, or past changing.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await _recipe_of(work, draft)
        return show_kept(draft, recipe, step)

    async def choose(self, team_id: TeamId, draft_id: str, user_id: UserId, slug: str, *, message_ts: str = "") -> Form:
        """Give the form of a draft after its recipe was chosen in the gallery.

        Args:
            team_id: The workspace.
            draft_id: Which.
            user_id: Who chose.
            slug: Of the recipe.
            message_ts: Of the message that work was started from: what it says stands in the form.

        Raises:
            RecipeNotFound, DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await work.recipes.get(slug)
            draft = draft.with_recipe(recipe.slug)
            await work.drafts.save(draft)
        said = await self._find_message(draft, message_ts) if message_ts and not draft.answers else None
        if said is not None:
            draft = await self._take_message(draft, said, (recipe,))
        return Form(draft=draft, recipe=recipe)

    async def keep(
        self,
        team_id: TeamId,
        draft_id: str,
        user_id: UserId,
        entries: Entries,
        *,
        step: int,
        touched: str | None = None,
    ) -> Form:
        """Keep what stands in a form that was not sent, and give it at a step.

        Args:
            team_id: The workspace.
            draft_id: Which draft the form fills.
            user_id: Who fills it.
            entries: What stands in it.
            step: Which step to give.
            touched: The field that was touched; nothing where the form is left.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await _recipe_of(work, draft)
            if entries.slug != recipe.slug:
                return await _bring_over(work, draft, recipe, entries)
            draft = note_entries(draft, entries, touched=touched)
            await work.drafts.save(draft)
        return show_kept(draft, recipe, step)

    async def send(
        self,
        team_id: TeamId,
        draft_id: str,
        user_id: UserId,
        entries: Entries,
        *,
        submission: str,
    ) -> Form | None:
        """Take a sent form: nothing where the draft goes on, else the form as it is to be shown next.

        Args:
            team_id: The workspace.
            draft_id: Which draft the form fills.
            user_id: Who sent it.
            entries: What stood in it.
            submission: Which opening of the form this is: the same one sent twice is taken once.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await _recipe_of(work, draft)
            if entries.slug != recipe.slug:
                return await _bring_over(work, draft, recipe, entries)
            noted = note_entries(draft, entries)
            answers, problems = take_entries(noted, recipe)
            if (again := find_next(noted, recipe, entries, problems)) is not None:
                await work.drafts.save(noted)
                return again
            changed = draft.with_all_answers(answers).reading_also(find_also_from(noted))
            changed = changed.model_copy(update={"entered": Entered()})
            is_as_shown = changed == draft and draft.status is DraftStatus.BRIEFED
            await work.drafts.save(changed.model_copy(update={"priority": find_priority(noted)}))
            if is_as_shown:
                return None
            said = [tell_form(recipe, draft, changed), say_overtaken(draft, recipe, entries)]
            await self._arrivals.add_advance(
                work, changed, key=f"form:{submission}", changed=" ".join(filter(None, said))
            )
        self._bell.ring()
        return None

    async def _find_message(self, draft: Draft, message_ts: str) -> Said | None:
        if draft.thread is None:
            return None
        async with self._store.for_team(draft.team_id).read() as work:
            kept = await work.transcript.list(draft.thread)
        told = kept or await self._threads.read_messages(draft.thread)
        return next((each for each in told if each.ts == message_ts), None)

    async def _take_message(self, draft: Draft, said: Said, recipes: tuple[Recipe, ...]) -> Draft:
        """Give the draft with what a message says, unless that takes too long or somebody was faster."""
        try:
            async with asyncio.timeout(READING.total_seconds()):
                with suppress(ThreadworkError):
                    # Days count from when it was written, where its author is; where Slack does not say where, in UTC.
                    said = await self._threads.describe(said)
                slug, answers = await read_message(self._interpreter, draft, said, recipes=recipes)
        except TimeoutError:
            return draft
        if slug is None:
            return draft
        async with self._store.for_team(draft.team_id).begin() as work:
            current = await work.drafts.get(draft.id)
            if current.recipe_slug not in {None, slug} or current.answers or not current.is_live():
                return current
            filled = current.with_recipe(slug).with_answers(answers)
            await work.drafts.save(filled)
            return filled

    async def _find_today(self, team_id: TeamId, user_id: UserId) -> date:
        """Give the day that it is where this person is; where Slack does not say where, the day in UTC."""
        zone = None
        with suppress(ThreadworkError):
            zone = await self._threads.find_zone(team_id, user_id)
        return find_day(self._clock.now(), zone)

    def _new_draft(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId) -> Draft:
        return Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=team_id,
            channel_id=channel_id,
            thread_ts=None,
            user_id=user_id,
            created_at=self._clock.now(),
        )


async def _recipe_of(work: UnitOfWork, draft: Draft) -> Recipe:
    if draft.recipe_slug is None:
        raise AnswersMissing(["the recipe"])
    return await work.recipes.get(draft.recipe_slug)


async def _bring_over(work: UnitOfWork, draft: Draft, recipe: Recipe, entries: Entries) -> Form:
    """Give the form of the recipe that was chosen while another one's was open, with what fits of what was typed."""
    fitting = [name for name in entries.list_changed() if recipe.find_parameter(name) is not None]
    shown = {name: find_raw(draft, each) for name in fitting if (each := recipe.find_parameter(name)) is not None}
    said = {name: entries.said[name] for name in fitting}
    carried = replace(entries, slug=recipe.slug, shown=shown, said=said)
    draft = note_entries(draft, carried)
    await work.drafts.save(draft)
    notice = f"Meanwhile this became a {recipe.name} in the thread. What you had typed stands below where it fits."
    return Form(draft=draft, recipe=recipe, notice=notice)
