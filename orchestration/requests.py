"""The verbs that listeners call: each checks, writes once, and lets the intake do the rest.

All answer within milliseconds: only approving asks something of the outside, and does not wait for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from orchestration.approvals import Approval, Approvals
from orchestration.arrivals import Arrivals
from orchestration.basket_contents import get_basket
from orchestration.bell import Bell
from orchestration.drafts import get_briefed, get_changeable
from orchestration.entries import Problem, mark_origins, read_form, read_words
from orchestration.partner.basket_words import find_basket
from orchestration.partner.interpreter import Interpreter
from orchestration.ports import Clock, Ids, ThreadPort
from recipes.conversation import InboxItem, InboxKind, Thread
from recipes.draft import AnswersMissing, Draft, DraftStatus
from recipes.home import HomeTab
from recipes.ids import BlockId, ChannelId, DraftId, MessageTs, TeamId, TicketId, UserId
from recipes.priority import Priority
from recipes.recipe import Recipe, RecipeCard
from recipes.source import SubstrateBlock
from storage.unit_of_work import Store, UnitOfWork

# As many as fit on a screen.
RECENT: Final = 10


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a form shows: a recipe's questions, and the answers that the draft has."""

    draft: Draft
    recipe: Recipe


class Requests:
    """Open, fill, brief, approve, withdraw."""

    def __init__(
        self, *, store: Store, threads: ThreadPort, interpreter: Interpreter, bell: Bell, clock: Clock, ids: Ids
    ) -> None:
        self._store = store
        self._interpreter = interpreter
        self._bell = bell
        self._clock = clock
        self._ids = ids
        self._arrivals = Arrivals(clock=clock, ids=ids)
        self._approvals = Approvals(store=store, threads=threads, bell=bell, clock=clock, ids=ids)

    async def receive(
        self, team_id: TeamId, kind: InboxKind, payload: Mapping[str, Any], *, key: str, lane: str, happened_ts: str
    ) -> None:
        """Keep what came in, once; it is worked after Slack was answered."""
        async with self._store.for_team(team_id).begin() as work:
            await self._arrivals.add(work, team_id, kind, payload, key=key, lane=lane, happened_ts=happened_ts)
        self._bell.ring()

    async def is_engaged(self, thread: Thread) -> bool:
        """Tell whether anybody works with the bot in this thread."""
        async with self._store.for_team(thread.team_id).read() as work:
            return await work.drafts.is_engaged(thread.channel_id, thread.thread_ts)

    async def is_kept(self, team_id: TeamId, channel_id: ChannelId, message_ts: MessageTs) -> bool:
        """Tell whether somebody put this message into a basket, so that it is followed wherever it stands."""
        async with self._store.for_team(team_id).read() as work:
            return await work.baskets.has_message(channel_id, message_ts)

    async def list_cards(self, team_id: TeamId) -> tuple[RecipeCard, ...]:
        """Give the recipes that this workspace may use."""
        async with self._store.for_team(team_id).read() as work:
            return tuple(recipe.card() for recipe in await work.recipes.list_active())

    async def open_form(
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
        today = self._clock.now().date()
        answers = await read_words(self._interpreter, recipe, rest, user_id=user_id, today=today)
        draft = self._new_draft(team_id, channel_id, user_id).with_recipe(recipe.slug)
        draft = draft.with_answers(answers).reading_also(basket)
        async with self._store.for_team(team_id).begin() as work:
            await work.drafts.add(draft)
            return Form(draft=draft, recipe=recipe)

    async def start_in_thread(self, thread: Thread, user_id: UserId, *, pressed_ts: str) -> Draft:
        """Give this person's draft in a thread: the one that is being worked on, else a new one.

        Args:
            thread: Where.
            user_id: Whose.
            pressed_ts: When they asked, as Slack's `ts`: what they said before it answers no question.
        """
        async with self._store.for_team(thread.team_id).begin() as work:
            found = await work.drafts.find_newest(thread, user_id)
            if found is not None and found.is_live():
                return found
            draft = self._new_draft(thread.team_id, thread.channel_id, user_id)
            here = {"thread_ts": thread.thread_ts, "heard_ts": pressed_ts}
            draft = draft.model_copy(update=here)
            await work.drafts.add(draft)
            return draft

    async def reopen_form(self, team_id: TeamId, draft_id: str, user_id: UserId) -> Form:
        """Give the form of a draft as it stands.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: it is gone, somebody else's, or past changing.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await self._recipe_of(work, draft)
            return Form(draft=draft, recipe=recipe)

    async def choose_recipe(self, team_id: TeamId, draft_id: str, user_id: UserId, slug: str) -> Form:
        """Give the form of a draft after its recipe was chosen in the gallery.

        Raises:
            RecipeNotFound, DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await work.recipes.get(slug)
            draft = draft.with_recipe(recipe.slug)
            await work.drafts.save(draft)
            return Form(draft=draft, recipe=recipe)

    async def submit_form(
        self,
        team_id: TeamId,
        draft_id: str,
        user_id: UserId,
        raw: Mapping[str, str],
        *,
        submission: str,
        priority: Priority | None = None,
        also_from: ChannelId | None = None,
    ) -> tuple[Problem, ...]:
        """Take a sent form: all its problems, or none and the draft goes on.

        Args:
            team_id: The workspace.
            draft_id: Which draft the form fills.
            user_id: Who sent it.
            raw: What was entered, by parameter name.
            submission: Which opening of the form this is: the same one sent twice is taken once.
            priority: How soon it is wanted, if that was said.
            also_from: The other channel whose basket is to be read too.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            recipe = await self._recipe_of(work, draft)
            answers, problems = read_form(recipe, raw)
            if problems:
                return problems
            changed = draft.with_all_answers(mark_origins(draft, recipe, answers)).reading_also(also_from)
            is_as_shown = changed == draft and draft.status is DraftStatus.BRIEFED
            changed = changed.model_copy(update={"priority": priority or draft.priority})
            await work.drafts.save(changed)
            if is_as_shown:
                return ()
            await self._arrivals.add_advance(work, changed, key=f"form:{submission}")
        self._bell.ring()
        return ()

    async def stage_again(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId, *, press: str) -> None:
        """Ask for a new brief of what stands now; `press` names this press of the button.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, BriefOutdated: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_briefed(work, draft_id, brief_no, user_id)
            await self._arrivals.add_advance(work, draft, key=f"stage:{press}")
        self._bell.ring()

    async def withdraw(self, team_id: TeamId, draft_id: str, user_id: UserId) -> None:
        """End a draft without work.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused: as they say.
        """
        async with self._store.for_team(team_id).begin() as work:
            draft = await get_changeable(work, draft_id, user_id)
            await work.drafts.save(draft.moved_to(DraftStatus.WITHDRAWN))
            await self._arrivals.add_brief_closed(work, draft)
        self._bell.ring()

    async def approve(self, team_id: TeamId, draft_id: str, brief_no: int, user_id: UserId) -> TicketId | None:
        """Approve what the brief shows, if its requester may still read all of it.

        Returns:
            The ticket; None where the intake makes it: Slack cannot say at the moment who is in which channel, or the
                result goes to direct messages.

        Raises:
            DraftNotFound, NotTheRequester, DraftMoveRefused, BriefOutdated: as they say.
            SharingUndecided: not everybody in the conversation can read all of it, and nothing was said about that.
            BasketClosed: they left a channel that a source came from; another brief comes, without that channel's.
            ReadersChanged: others than the brief says cannot read all of it; another brief comes, which says so.
        """
        return await self._approvals.approve(
            Approval(team_id=team_id, draft_id=draft_id, brief_no=brief_no, user_id=user_id)
        )

    async def work_approval(self, item: InboxItem) -> None:
        """Do what `approve` left to the intake.

        Raises:
            TransientError: Slack cannot say who is in which channel. The others as `approve` says.
        """
        await self._approvals.work(item)

    async def describe_work(self, team_id: TeamId, user_id: UserId) -> str:
        """Give a sentence about this person's newest work."""
        async with self._store.for_team(team_id).read() as work:
            newest = await work.tickets.list_newest_of(user_id, most=1)
        if not newest:
            return "You have not started anything with me yet. `/work` shows what I can make."
        return f"{newest[0].task_description} This work is {newest[0].status}."

    async def describe_home(self, team_id: TeamId, user_id: UserId) -> HomeTab:
        """Give what this person's home shows."""
        async with self._store.for_team(team_id).read() as work:
            cards = tuple(recipe.card() for recipe in await work.recipes.list_active())
            return HomeTab(cards=cards, recent=await work.tickets.list_newest_of(user_id, most=RECENT))

    async def add_note(
        self, team_id: TeamId, channel_id: ChannelId, author: str, text: str, *, added_by: UserId | None = None
    ) -> None:
        """Put a text into the basket of the conversation that its author is in."""
        async with self._store.for_team(team_id).begin() as work:
            basket = await get_basket(work, self._ids, team_id=team_id, channel_id=channel_id)
            await work.baskets.add_block(
                SubstrateBlock(
                    id=BlockId(self._ids.make("blk")),
                    basket_id=basket.id,
                    text=text,
                    author=author,
                    permalink=None,
                    created_at=self._clock.now(),
                    added_by=added_by,
                )
            )

    def _new_draft(self, team_id: TeamId, channel_id: ChannelId, user_id: UserId) -> Draft:
        return Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=team_id,
            channel_id=channel_id,
            thread_ts=None,
            user_id=user_id,
            created_at=self._clock.now(),
        )

    async def _recipe_of(self, work: UnitOfWork, draft: Draft) -> Recipe:
        if draft.recipe_slug is None:
            raise AnswersMissing(["the recipe"])
        return await work.recipes.get(draft.recipe_slug)
