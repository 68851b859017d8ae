"""The talk: from a message to a change of the draft to a reply, one item of the inbox at a time."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orchestration.briefing import Briefing
from orchestration.corrections import DELETED, EDITED, Corrections
from orchestration.effects import Effects
from orchestration.keeping import Keeping
from orchestration.partner.interpreter import Intent, Reading
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.requests import Requests
from orchestration.thread_words import ThreadWords, find_word
from orchestration.tickets import Tickets
from orchestration.understanding import Change, Understanding, apply_reading, is_silent
from recipes.answers import list_missing
from recipes.conversation import InboxItem, InboxKind, Said, Thread, arrival_key, deletion_key
from recipes.draft import Answer, Draft, DraftStatus, NothingToRead
from recipes.ids import ChannelId, DraftId, MessageTs, UserId
from recipes.recipe import Recipe
from recipes.reply import (
    ParameterQuestion,
    PlainReply,
    ReadAgainOffer,
    RecipeOffer,
    Reply,
    TicketQuestion,
)
from storage.unit_of_work import Store

POLITE: Final[Mapping[Intent, str]] = MappingProxyType(
    {
        Intent.THANKS: "You're welcome.",
        Intent.SMALL_TALK: "Hello. Tell me what you need, or say `help`.",
    }
)


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
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._threads = threads
        self._briefing = briefing
        self._words = words
        self._requests = requests
        self._keeping = keeping
        self._corrections = corrections
        self._understanding = understanding
        self._tickets = tickets
        self._clock = clock
        self._ids = ids
        self._effects = effects

    async def work(self, item: InboxItem) -> None:
        """Work one item; what it says carries keys, so that working it twice says it once."""
        match item.kind:
            case InboxKind.MESSAGE:
                await self._hear(item, Said.model_validate(item.payload))
            case InboxKind.MESSAGE_CHANGED:
                await self._correct(item, Said.model_validate(item.payload))
            case InboxKind.MESSAGE_DELETED:
                await self._forget(item)
            case InboxKind.ADVANCE:
                await self._advance_draft(item)
            case InboxKind.BRIEF_CLOSED:
                await self._briefing.close(item.team_id, item.payload["draft_id"])
            case InboxKind.QUESTION_CLOSED:
                await self._close_question(item)
            case InboxKind.SESSION_STOPPED:
                await self._stop_session(item)
            case InboxKind.BASKET_ADD:
                await self._keeping.keep(item)
            case InboxKind.APPROVAL:
                await self._requests.work_approval(item)

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

    async def _hear(self, item: InboxItem, said: Said) -> None:
        thread = said.thread
        team = self._store.for_team(thread.team_id)
        said = await self._threads.describe(said)
        async with team.begin() as work:
            if await work.inbox.has(deletion_key(thread.channel_id, said.ts)):
                await work.inbox.forget(arrival_key(thread.channel_id, said.ts))
                return
            if (known := await work.transcript.find(thread.channel_id, said.ts)) is not None:
                # Its edit came before it.
                said = said.model_copy(update={"text": known.text, "words": known.words, "files": known.files})
            draft = await work.drafts.find_newest(thread, said.user_id)
        word = find_word(said)
        if word is not None and (said.mentions_bot or said.is_direct or draft is not None):
            await self._say(item, thread, PlainReply(text=await self._words.obey(word, said, draft)))
            return
        is_live = draft is not None and draft.is_live()
        if not is_live and await self._answer(said):
            return
        # A draft may be older than its thread's first message here: a shortcut overtakes events.
        if thread.thread_ts != said.ts or draft is not None:
            await self._read_earlier(thread)
        async with team.begin() as work:
            await work.transcript.save(said)
        if draft is not None and draft.heard_ts is not None and said.ts <= draft.heard_ts:
            if is_live and said.ts == draft.heard_ts and draft.is_left_open():
                # Worked again after a crash: it changes nothing, but what it led to may not be said yet.
                await self._step(item, draft, thread, lead=None)
            elif is_live and (known is None or item.attempts):
                await self._catch_up(item, said, draft)
        elif is_live or said.mentions_bot or said.is_direct:
            await self._fill(item, said, draft if is_live else None)

    async def _read_earlier(self, thread: Thread) -> None:
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

    async def _fill(self, item: InboxItem, said: Said, found: Draft | None) -> None:
        """Take what the message says into the draft, and take the draft's next step."""
        draft = found or self._new_draft(said)
        reading, recipes = await self._read(draft, said)
        # Where nothing is asked, what the requester says may be what there was not enough of to read.
        is_material = reading.intent is Intent.CHATTER and draft.recipe_slug is not None and draft.asked is None
        is_idle = is_silent(reading) and not said.files and not is_material
        if is_idle and found is None:
            await self._be_polite(item, said, reading.intent)
            return
        async with self._store.for_team(said.thread.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            draft = await work.drafts.get(found.id) if found else draft
            change = apply_reading(draft, reading, said, recipes)
            changed = change.draft.model_copy(update={"heard_ts": said.ts})
            if found is None:
                await work.drafts.add(changed)
            else:
                await work.drafts.save(changed)
        is_as_shown = changed.status is DraftStatus.BRIEFED and changed.brief_ts is not None
        if is_as_shown and change.lead is None and not said.files and reading.intent not in POLITE:
            await self._say(item, said.thread, ReadAgainOffer(draft_id=changed.id, brief_no=changed.brief_no))
        elif is_idle:
            await self._be_polite(item, said, reading.intent)
        else:
            await self._step(item, changed, said.thread, lead=change.lead)

    async def _read(self, draft: Draft, said: Said) -> tuple[Reading, tuple[Recipe, ...]]:
        """Give what the message says to a draft, and the recipes it was read with."""
        async with self._store.for_team(said.thread.team_id).read() as work:
            recipes = await work.recipes.list_active()
            told = await work.transcript.list(said.thread)
        return await self._understanding.read(draft, said, recipes=recipes, told=told), recipes

    async def _be_polite(self, item: InboxItem, said: Said, intent: Intent) -> None:
        """Answer thanks and small talk in a sentence where they were said to us; to chatter nothing is said."""
        if intent in POLITE and _is_to_us(said):
            await self._say(item, said.thread, PlainReply(text=POLITE[intent]))

    async def _catch_up(self, item: InboxItem, said: Said, found: Draft) -> None:
        """Take in a message that later ones have overtaken: it answers what none of them has answered."""
        reading, recipes = await self._read(found, said)
        async with self._store.for_team(said.thread.team_id).begin() as work:
            draft = await work.drafts.get(found.id)
            told = await work.transcript.list(said.thread)
            asked_at = [each.ts for each in told if each.user_id == said.user_id and _is_to_us(each)]
            if said.ts < min(asked_at, default=said.ts):
                # Said before there was a request: material, and no answer.
                return
            changed = _keep_later(draft, apply_reading(draft, reading, said, recipes), said)
            if changed == draft and not (item.attempts and draft.is_left_open()):
                return
            await work.drafts.save(changed)
        await self._step(item, changed, said.thread, lead=None)

    async def _advance_draft(self, item: InboxItem) -> None:
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        is_done = draft.brief_no != item.payload["brief_no"] and not draft.has_unposted_brief()
        if is_done or not draft.is_live():
            return
        if draft.thread is not None:
            await self._read_earlier(draft.thread)
        thread = await self._thread_of(draft)
        draft = draft.model_copy(update={"thread_ts": thread.thread_ts})
        await self._step(item, draft, thread, lead=None, changed=item.payload.get("changed"))

    async def _step(
        self, item: InboxItem, draft: Draft, thread: Thread, *, lead: str | None, changed: str | None = None
    ) -> None:
        """Take a draft's next step: offer recipes, ask for what is missing, or show the brief."""
        async with self._store.for_team(draft.team_id).begin() as work:
            recipes = {recipe.slug: recipe for recipe in await work.recipes.list_active()}
        recipe = recipes.get(draft.recipe_slug) if draft.recipe_slug else None
        if recipe is None:
            cards = tuple(each.card() for each in recipes.values())
            await self._say(item, thread, RecipeOffer(draft_id=draft.id, lead="This is what I can make.", cards=cards))
            return
        missing = list_missing(recipe.parameters, draft.values())
        asked = recipe.find_parameter(draft.asked) if draft.asked and lead else None
        if question := asked or (missing[0] if missing else None):
            await self._ask(item, draft, thread, recipe, question.name, lead)
            return
        await self._briefing.show(draft, thread, recipe, changed=changed)

    async def _ask(
        self, item: InboxItem, draft: Draft, thread: Thread, recipe: Recipe, name: str, lead: str | None
    ) -> None:
        parameter = next(each for each in recipe.parameters if each.name == name)
        question = ParameterQuestion(draft_id=draft.id, recipe_name=recipe.name, parameter=parameter, lead=lead)
        await self._say(item, thread, question)
        # Only now: a message that is worked again because the question could not be posted is not its answer.
        async with self._store.for_team(draft.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            current = await work.drafts.get(draft.id)
            if name not in current.answers and current.status is DraftStatus.OPEN:
                await work.drafts.save(current.model_copy(update={"asked": name}))

    async def _answer(self, said: Said) -> bool:
        """Take a message as the answer to what the requester's work waits for; tell whether it was."""
        async with self._store.for_team(said.thread.team_id).read() as work:
            if await work.questions.has_answer(said.ts):
                return True
        found = await self._tickets.find_question(said.thread)
        if found is None or not said.text.strip():
            return False
        question, ticket = found
        if ticket.requester != said.user_id or float(said.ts) <= question.asked_at.timestamp():
            return False
        await self._tickets.answer(ticket.team_id, question.id, said.user_id, said.text, said_ts=said.ts)
        return True

    async def _close_question(self, item: InboxItem) -> None:
        """Take the buttons off a question that needs no answer any more."""
        async with self._store.for_team(item.team_id).read() as work:
            question = await work.questions.get(item.payload["question_id"])
            ticket = await work.tickets.get(question.ticket_id)
        ts = await self._effects.find_said(ticket.thread, f"question:{question.id}")
        if ts is not None:
            asked = TicketQuestion(requester=ticket.requester, question=question)
            await self._threads.amend(ticket.thread, ts, asked)

    async def _stop_session(self, item: InboxItem) -> None:
        said = Said.model_validate(item.payload)
        await self._say(item, said.thread, PlainReply(text=await self._words.stop_work(said)))

    async def _correct(self, item: InboxItem, said: Said) -> None:
        said, thread = await self._threads.describe(said), said.thread
        async with self._store.for_team(thread.team_id).begin() as work:
            known = await work.transcript.find(thread.channel_id, said.ts)
            # Of a message outside engaged threads, only what a basket holds follows.
            if known is not None or await work.drafts.is_engaged(thread.channel_id, thread.thread_ts):
                newer = {"text": said.text, "words": said.words, "files": said.files}
                await work.transcript.save((known or said).model_copy(update=newer))
        if known is not None and (known.text, known.files) != (said.text, said.files):
            await self._brief_again(item, thread, EDITED)
        await self._corrections.edit(said)

    async def _forget(self, item: InboxItem) -> None:
        channel, ts = ChannelId(item.payload["channel_id"]), MessageTs(item.payload["ts"])
        async with self._store.for_team(item.team_id).begin() as work:
            known = await work.transcript.find(channel, ts)
            await work.transcript.delete(channel, ts)
            await work.inbox.forget(arrival_key(channel, ts))
        if known is not None:
            await self._brief_again(item, known.thread, DELETED)
        await self._corrections.delete(item.team_id, channel, ts)

    async def _brief_again(self, item: InboxItem, thread: Thread, changed: str) -> None:
        """Show a new brief where the one that waits for approval holds what is no longer said."""
        async with self._store.for_team(thread.team_id).begin() as work:
            waiting = await work.drafts.list_briefed(thread)
        for draft in waiting:
            await self._briefing.void(draft, thread)
            try:
                await self._step(item, draft.moved_to(DraftStatus.OPEN), thread, lead=None, changed=changed)
            except NothingToRead as nothing:
                await self._say(item, thread, PlainReply(text=f"<@{draft.user_id}> {nothing.advice()}"))

    def _new_draft(self, said: Said) -> Draft:
        return Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=said.thread.team_id,
            channel_id=said.thread.channel_id,
            thread_ts=said.thread.thread_ts,
            user_id=said.user_id,
            created_at=self._clock.now(),
        )

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

    async def _place_of(self, item: InboxItem) -> tuple[Thread, UserId] | Draft | None:
        """Give where the author of an item looks: a thread, or the draft that has none yet."""
        if item.kind in {InboxKind.MESSAGE, InboxKind.MESSAGE_CHANGED, InboxKind.SESSION_STOPPED}:
            said = Said.model_validate(item.payload)
            return said.thread, said.user_id
        if "draft_id" not in item.payload:
            return None
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        return (draft.thread, draft.user_id) if draft.thread is not None else draft

    async def _say(self, item: InboxItem, thread: Thread, reply: Reply) -> MessageTs:
        return await self._effects.say(thread, reply, key=f"reply:{item.id}")


def _keep_later(draft: Draft, change: Change, said: Said) -> Draft:
    """Give the draft with what a message says, but for what was answered after it."""
    if draft.recipe_slug is None:
        return change.draft
    fresh = {
        name: answer
        for name, answer in change.draft.answers.items()
        if name not in draft.answers or _is_before(draft.answers[name], said)
    }
    return draft.with_answers(fresh) if fresh and change.draft.recipe_slug == draft.recipe_slug else draft


def _is_before(answer: Answer, said: Said) -> bool:
    # A form has no place among the messages: it is taken for later.
    return answer.origin.ts is not None and answer.origin.ts < said.ts


def _is_to_us(said: Said) -> bool:
    return said.mentions_bot or said.is_direct
