"""The talk: from an item of the inbox to whoever works its kind, one item at a time."""

from orchestration.baskets.corrections import Corrections
from orchestration.baskets.keeping import Keeping
from orchestration.conversation.asides import Asides
from orchestration.conversation.listening import Listening
from orchestration.conversation.revising import Revising
from orchestration.conversation.rewording import Rewording
from orchestration.conversation.steps import Steps
from orchestration.conversation.thread_words import ThreadWords
from orchestration.conversation.understanding import Understanding
from orchestration.drafting.briefing import Briefing
from orchestration.drafting.requests import Requests
from orchestration.drafting.revision_briefs import RevisionBriefs
from orchestration.effects import Effects
from orchestration.partner.wishing import WishReader
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.tickets.cap_raises import name_question
from orchestration.tickets.revisions import Revisions
from orchestration.tickets.tickets import Tickets
from recipes.conversation import InboxItem, InboxKind, Said, Thread
from recipes.draft import Draft
from recipes.ids import UserId
from recipes.reply import CapQuestion, PlainReply, TicketQuestion
from storage.unit_of_work import Store


class Talk:
    """The thinking partner's side of a thread."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        effects: Effects,
        briefing: Briefing,
        words: ThreadWords,
        requests: Requests,
        tickets: Tickets,
        keeping: Keeping,
        corrections: Corrections,
        understanding: Understanding,
        revisions: Revisions,
        clock: Clock,
        ids: Ids,
        wishes: WishReader | None = None,
    ) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._briefing = briefing
        self._words = words
        self._requests = requests
        self._keeping = keeping
        self._steps = Steps(store=store, threads=threads, effects=effects, briefing=briefing)
        briefs = RevisionBriefs(store=store, briefing=briefing, clock=clock, ids=ids)
        self._revising = Revising(revisions, briefs, effects, wishes)
        self._listening = Listening(
            store=store,
            threads=threads,
            effects=effects,
            steps=self._steps,
            asides=Asides(threads),
            words=words,
            tickets=tickets,
            understanding=understanding,
            revising=self._revising,
            clock=clock,
            ids=ids,
        )
        self._rewording = Rewording(
            store=store,
            threads=threads,
            effects=effects,
            briefing=briefing,
            steps=self._steps,
            corrections=corrections,
            understanding=understanding,
        )

    async def work(self, item: InboxItem) -> None:
        """Work one item; what it says carries keys, so that working it twice says it once."""
        match item.kind:
            case InboxKind.MESSAGE:
                await self._listening.hear(item, Said.model_validate(item.payload))
            case InboxKind.MESSAGE_CHANGED:
                await self._rewording.edit(item, Said.model_validate(item.payload))
            case InboxKind.MESSAGE_DELETED:
                await self._rewording.delete(item)
            case _:
                await self._work_press(item)

    async def _work_press(self, item: InboxItem) -> None:
        """Work what was done with a button, a form or a menu."""
        match item.kind:
            case InboxKind.ADVANCE:
                await self._steps.advance(item)
            case InboxKind.CHOICE:
                await self._steps.choose(item)
            case InboxKind.BRIEF_CLOSED:
                await self._close_draft(item)
            case InboxKind.QUESTION_CLOSED:
                await self._close_question(item)
            case InboxKind.CAP_RAISED:
                await self._close_cap_question(item)
            case InboxKind.SESSION_STOPPED:
                await self._stop_session(item)
            case InboxKind.BASKET_ADD:
                await self._keeping.keep(item)
            case InboxKind.REVISION:
                await self._revising.take_form(item)
            case InboxKind.APPROVAL:
                await self._requests.work_approval(item)
            case _:
                raise LookupError(item.kind)

    async def apologise(self, item: InboxItem, said: str) -> None:
        """Tell the item's author what went wrong, in the thread."""
        if item.kind is InboxKind.BASKET_ADD:
            await self._keeping.answer(item, said)
            return
        key = f"apology:{item.id}"
        place = await self._place_of(item)
        if isinstance(place, Draft):
            # Work from a form whose thread could not be opened: the apology opens one.
            text = f"<@{place.user_id}> {said}"
            await self._threads.open_thread(place.team_id, place.channel_id, place.user_id, text=text, key=key)
        elif place is not None:
            thread, user_id = place
            await self._effects.say(thread, PlainReply(text=f"<@{user_id}> {said}"), key=key)

    async def _close_draft(self, item: InboxItem) -> None:
        """Show of an approved or withdrawn draft what became of it, and leave nothing of it to press."""
        async with self._store.for_team(item.team_id).read() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        await self._briefing.close(item.team_id, draft.id)
        if draft.thread is not None:
            await self._steps.close_prompts(draft, draft.thread)

    async def _close_question(self, item: InboxItem) -> None:
        """Take the buttons off a question that needs no answer any more."""
        async with self._store.for_team(item.team_id).read() as work:
            question = await work.questions.get(item.payload["question_id"])
            ticket = await work.tickets.get(question.ticket_id)
        ts = await self._effects.find_said(ticket.thread, f"question:{question.id}")
        if ts is not None:
            asked = TicketQuestion(requester=ticket.requester, question=question)
            await self._threads.amend(ticket.thread, ts, asked)

    async def _close_cap_question(self, item: InboxItem) -> None:
        """Say who raised the cap, where it was asked."""
        async with self._store.for_team(item.team_id).read() as work:
            raised = await work.cap_raises.get(item.payload["raise_id"])
            ticket = await work.tickets.get(raised.ticket_id)
        ts = await self._effects.find_said(ticket.thread, name_question(raised))
        if ts is not None:
            await self._threads.amend(ticket.thread, ts, CapQuestion(requester=ticket.requester, raised=raised))

    async def _stop_session(self, item: InboxItem) -> None:
        said = Said.model_validate(item.payload)
        await self._effects.answer(item, said.thread, PlainReply(text=await self._words.stop_work(said)))

    async def _place_of(self, item: InboxItem) -> tuple[Thread, UserId] | Draft | None:
        """Give where the author of an item looks: a thread, or the draft that has none yet."""
        if item.kind in {InboxKind.MESSAGE, InboxKind.MESSAGE_CHANGED, InboxKind.SESSION_STOPPED}:
            said = Said.model_validate(item.payload)
            return said.thread, said.user_id
        if item.kind is InboxKind.REVISION:
            return Thread.model_validate(item.payload["thread"]), UserId(item.payload["user_id"])
        if "draft_id" not in item.payload:
            return None
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        return (draft.thread, draft.user_id) if draft.thread is not None else draft
