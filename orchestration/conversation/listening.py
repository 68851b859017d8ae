"""Listening: what a message in a thread is to us, from a command to words that fill a draft, or nothing at all."""

from collections.abc import Sequence

from orchestration.conversation.asides import Asides, is_aside
from orchestration.conversation.changes import apply_reading
from orchestration.conversation.revising import Revising
from orchestration.conversation.steering import Change
from orchestration.conversation.steps import Steps
from orchestration.conversation.thread_words import ThreadWords, find_word
from orchestration.conversation.understanding import Understanding
from orchestration.drafting.entries import with_files
from orchestration.effects import Effects
from orchestration.partner.interpreter import Intent, Reading
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.tickets.tickets import Tickets
from recipes.conversation import InboxItem, Said, arrival_key, deletion_key, make_ts
from recipes.draft import Answer, Draft
from recipes.ids import DraftId
from recipes.recipe import Recipe
from recipes.reply import PlainReply
from storage.unit_of_work import Store


class Listening:
    """Hears one message at a time, in the order of its thread."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        effects: Effects,
        steps: Steps,
        asides: Asides,
        words: ThreadWords,
        tickets: Tickets,
        understanding: Understanding,
        revising: Revising,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects
        self._steps = steps
        self._asides = asides
        self._words = words
        self._tickets = tickets
        self._understanding = understanding
        self._revising = revising
        self._clock = clock
        self._ids = ids

    async def hear(self, item: InboxItem, said: Said) -> None:
        """Work a message that reached us."""
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
            await self._effects.answer(item, thread, PlainReply(text=await self._words.obey(word, said, draft)))
            return
        is_live = draft is not None and draft.is_live()
        if not is_live and (await self._answer(said) or await self._revising.take(item, said)):
            return
        # A draft may be older than its thread's first message here: a shortcut overtakes events.
        if thread.thread_ts != said.ts or draft is not None:
            await self._steps.read_earlier(thread)
        async with team.begin() as work:
            await work.transcript.save(said)
        if draft is not None and draft.heard_ts is not None and said.ts <= draft.heard_ts:
            if is_live and said.ts == draft.heard_ts and draft.is_left_open():
                # Worked again after a crash: it changes nothing, but what it led to may not be said yet.
                await self._steps.take(item, draft, thread)
            elif is_live and (known is None or item.attempts):
                await self._catch_up(item, said, draft)
        elif is_live or said.mentions_bot or said.is_direct:
            await self._fill(item, said, draft if is_live else None)

    async def _fill(self, item: InboxItem, said: Said, found: Draft | None) -> None:
        """Take what the message says into the draft, and take the draft's next step."""
        draft = found or self._new_draft(said)
        reading, recipes = await self._read(draft, said)
        if is_aside(reading.intent, draft) and not said.files:
            await self._answer_aside(item, said, reading.intent, found, recipes)
            return
        # Where nothing is asked, what the requester says may be what there was not enough of to read.
        is_material = bool(said.files) or (draft.recipe_slug is not None and draft.asked is None)
        is_idle = reading.intent is Intent.CHATTER and not is_material
        if is_idle and found is None:
            return
        async with self._store.for_team(said.thread.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            draft = await work.drafts.get(found.id) if found else draft
            change = apply_reading(draft, reading, said, recipes)
            changed = _note_heard(draft, change.draft, said, reading)
            await (work.drafts.save(changed) if found else work.drafts.add(changed))
        if not is_idle:
            change = Change(draft=changed, notes=change.notes)
            await self._steps.follow(item, said.thread, draft, change, has_files=bool(said.files))

    async def _answer_aside(
        self, item: InboxItem, said: Said, intent: Intent, draft: Draft | None, recipes: Sequence[Recipe]
    ) -> None:
        """Answer what is no part of the request in a sentence or two."""
        words = await self._asides.find_words(intent, said, draft, recipes)
        if words is not None:
            await self._effects.answer(item, said.thread, PlainReply(text=words))
        if draft is not None:
            # Only now: a message that is worked again because the answer could not be posted is answered then.
            async with self._store.for_team(draft.team_id).begin() as work:
                current = await work.drafts.get(draft.id)
                await work.drafts.save(_note_heard(current, current, said, None))

    async def _read(self, draft: Draft, said: Said) -> tuple[Reading, tuple[Recipe, ...]]:
        """Give what the message says to a draft, and the recipes it was read with."""
        async with self._store.for_team(said.thread.team_id).read() as work:
            recipes = await work.recipes.list_active()
            told = await work.transcript.list(said.thread)
        reading = await self._understanding.read(draft, said, recipes=recipes, told=told)
        return with_files(reading, draft, said, recipes), recipes

    async def _catch_up(self, item: InboxItem, said: Said, found: Draft) -> None:
        """Take in a message that later ones have overtaken: it answers what none of them has answered."""
        async with self._store.for_team(said.thread.team_id).read() as work:
            told = await work.transcript.list(said.thread)
        asked_at = [each.ts for each in told if each.user_id == said.user_id and _is_to_us(each)]
        # A shortcut's request starts with no message to us: then it is as old as its draft.
        if said.ts < min(asked_at, default=make_ts(found.created_at)):
            # Said before there was a request: material, and no answer.
            return
        reading, recipes = await self._read(found, said)
        async with self._store.for_team(said.thread.team_id).begin() as work:
            draft = await work.drafts.get(found.id)
            changed = _keep_later(draft, apply_reading(draft, reading, said, recipes), said)
            if changed == draft and not (item.attempts and draft.is_left_open()):
                return
            await work.drafts.save(changed)
        await self._steps.take(item, changed, said.thread)

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

    def _new_draft(self, said: Said) -> Draft:
        return Draft(
            id=DraftId(self._ids.make("dra")),
            team_id=said.thread.team_id,
            channel_id=said.thread.channel_id,
            thread_ts=said.thread.thread_ts,
            user_id=said.user_id,
            created_at=self._clock.now(),
        )


def _note_heard(before: Draft, after: Draft, said: Said, reading: Reading | None) -> Draft:
    """Give the draft that knows of a message; one that was more than material was part of the talk."""
    is_material = reading is not None and reading.intent in {Intent.WORK, Intent.CHATTER} and after == before
    standing = after.standing if is_material else after.standing.hearing(said.ts)
    return after.model_copy(update={"heard_ts": said.ts, "standing": standing})


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
