"""The talk: from a message to a change of the draft to a reply, one item of the inbox at a time."""

from collections.abc import Mapping
from typing import Final

from orchestration.effects import Effects
from orchestration.partner.reading import find_recipes, read_answers
from orchestration.ports import Clock, Ids, ThreadPort
from orchestration.requests import Requests
from orchestration.staging import Staged, Staging
from recipes.answers import AnswerRefused, list_missing, read_answer
from recipes.brief import Brief
from recipes.conversation import InboxItem, InboxKind, Said, Thread, arrival_key, deletion_key
from recipes.draft import Answer, Draft, DraftStatus, NothingToRead, Origin
from recipes.ids import ChannelId, DraftId, MessageTs, TeamId, UserId
from recipes.recipe import Recipe
from recipes.reply import BriefCard, BriefFate, ParameterQuestion, PlainReply, ReadAgainOffer, RecipeOffer, Reply
from storage.unit_of_work import Store

HELP: Final = (
    "Tell me what you need and I will ask for what is missing. I read this thread and its files, show you a brief, and "
    "start only when you approve it. Words that work here: `help`, `status`, `stop`. `/work` shows all I can make."
)
NOTHING_HERE: Final = "There is no work in this thread yet. Mention me and say what you need."


class Talk:
    """The thinking partner's side of a thread."""

    def __init__(
        self,
        *,
        store: Store,
        threads: ThreadPort,
        effects: Effects,
        staging: Staging,
        requests: Requests,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._threads = threads
        self._staging = staging
        self._requests = requests
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
                await self._close_brief(item)

    async def apologise(self, item: InboxItem, said: str) -> None:
        """Tell the item's author what went wrong, in the thread."""
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
                said = said.model_copy(update={"text": known.text, "files": known.files})
            draft = await work.drafts.find_newest(thread, said.user_id)
        command = _find_command(said)
        if command is not None and (said.mentions_bot or said.is_direct or draft is not None):
            await self._obey(item, said, draft, command)
            return
        if thread.thread_ts != said.ts:
            await self._read_earlier(thread)
        async with team.begin() as work:
            await work.transcript.save(said)
        is_live = draft is not None and draft.status in {DraftStatus.OPEN, DraftStatus.BRIEFED}
        if draft is not None and draft.heard_ts is not None and said.ts <= draft.heard_ts:
            if is_live and said.ts == draft.heard_ts:
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
        async with self._store.for_team(said.thread.team_id).begin() as work:
            # Read anew: a form may have been sent since.
            draft = await work.drafts.get(found.id) if found else self._new_draft(said)
            changed, lead = _read_message(draft, said, await work.recipes.list_active())
            changed = changed.model_copy(update={"heard_ts": said.ts})
            if found is None:
                await work.drafts.add(changed)
            else:
                await work.drafts.save(changed)
        is_as_shown = changed.status is DraftStatus.BRIEFED and changed.brief_ts is not None
        if is_as_shown and lead is None and not said.files:
            await self._say(item, said.thread, ReadAgainOffer(draft_id=changed.id, brief_no=changed.brief_no))
            return
        await self._step(item, changed, said.thread, lead=lead)

    async def _catch_up(self, item: InboxItem, said: Said, found: Draft) -> None:
        """Take in a message that later ones have overtaken: it answers what none of them has answered."""
        async with self._store.for_team(said.thread.team_id).begin() as work:
            draft = await work.drafts.get(found.id)
            told = await work.transcript.list(said.thread)
            asked_at = [each.ts for each in told if each.user_id == said.user_id and _is_to_us(each)]
            if said.ts < min(asked_at, default=said.ts):
                # Said before there was a request: material, and no answer.
                return
            changed = _read_overtaken(draft, said, await work.recipes.list_active())
            is_left_open = draft.status is DraftStatus.OPEN or draft.has_unposted_brief()
            if changed == draft and not (item.attempts and is_left_open):
                return
            await work.drafts.save(changed)
        await self._step(item, changed, said.thread, lead=None)

    async def _advance_draft(self, item: InboxItem) -> None:
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        is_live = draft.status in {DraftStatus.OPEN, DraftStatus.BRIEFED}
        is_done = draft.brief_no != item.payload["brief_no"] and not draft.has_unposted_brief()
        if is_done or not is_live:
            return
        if draft.thread_ts is not None:
            await self._read_earlier(_thread(draft, draft.thread_ts))
        thread = await self._thread_of(draft)
        await self._step(item, draft.model_copy(update={"thread_ts": thread.thread_ts}), thread, lead=None)

    async def _step(self, item: InboxItem, draft: Draft, thread: Thread, *, lead: str | None) -> None:
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
        await self._brief(draft, thread, recipe)

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

    async def _brief(self, draft: Draft, thread: Thread, recipe: Recipe) -> None:
        brief = await self._find_unposted(draft)
        if brief is None:
            await self._replace_brief(draft, thread)
            staged = await self._staging.stage(draft, thread, recipe)
            if not await self._keep(draft, staged):
                return
            brief = staged.brief
        ts = await self._effects.say(thread, BriefCard(brief=brief), key=f"brief:{draft.id}:{brief.brief_no}")
        async with self._store.for_team(draft.team_id).begin() as work:
            kept = await work.drafts.get(draft.id)
            await work.drafts.save(kept.model_copy(update={"brief_ts": ts}))

    async def _find_unposted(self, draft: Draft) -> Brief | None:
        """Find the brief that a crash kept from being posted, or from being known to be posted."""
        if not draft.has_unposted_brief():
            return None
        async with self._store.for_team(draft.team_id).begin() as work:
            return await work.drafts.find_brief(draft.id)

    async def _keep(self, draft: Draft, staged: Staged) -> bool:
        """Keep a candidate and its brief, unless a form was sent while it was made: that one's turn comes next."""
        async with self._store.for_team(draft.team_id).begin() as work:
            current = await work.drafts.get(draft.id)
            if current.answers != draft.answers:
                return False
            await work.bundles.add(staged.bundle, permalinks=staged.permalinks, now=self._clock.now())
            await work.drafts.save(current.briefed(staged.bundle.id))
            await work.drafts.save_brief(staged.brief)
            return True

    async def _replace_brief(self, draft: Draft, thread: Thread) -> None:
        """Take the buttons off the earlier card, if there is one."""
        async with self._store.for_team(draft.team_id).begin() as work:
            brief = await work.drafts.find_brief(draft.id)
        if brief is not None and draft.brief_ts is not None:
            await self._threads.amend(thread, draft.brief_ts, BriefCard(brief=brief, fate=BriefFate.REPLACED))

    async def _close_brief(self, item: InboxItem) -> None:
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
            brief = await work.drafts.find_brief(draft.id)
        if brief is None or draft.brief_ts is None or draft.thread_ts is None:
            return
        fate = BriefFate.APPROVED if draft.status is DraftStatus.APPROVED else BriefFate.WITHDRAWN
        await self._threads.amend(_thread(draft, draft.thread_ts), draft.brief_ts, BriefCard(brief=brief, fate=fate))

    async def _obey(self, item: InboxItem, said: Said, draft: Draft | None, command: str) -> None:
        if command == "help":
            await self._say(item, said.thread, PlainReply(text=HELP))
        elif command == "stop" and draft is not None and draft.status in {DraftStatus.OPEN, DraftStatus.BRIEFED}:
            await self._requests.withdraw(said.thread.team_id, draft.id, said.user_id)
            await self._say(
                item, said.thread, PlainReply(text="Withdrawn. Nothing was started and nothing is kept running.")
            )
        else:
            await self._say(item, said.thread, PlainReply(text=await self._status(said.thread, draft)))

    async def _status(self, thread: Thread, draft: Draft | None) -> str:
        async with self._store.for_team(thread.team_id).begin() as work:
            ticket = await work.tickets.find_newest(thread)
        if ticket is not None:
            return f"{ticket.task_description} This work is {ticket.status}."
        if draft is None:
            return NOTHING_HERE
        return {
            DraftStatus.OPEN: "I am still missing something before I can show a brief.",
            DraftStatus.BRIEFED: "The brief above waits for your approval.",
        }.get(draft.status, NOTHING_HERE)

    async def _correct(self, item: InboxItem, said: Said) -> None:
        said = await self._threads.describe(said)
        async with self._store.for_team(said.thread.team_id).begin() as work:
            known = await work.transcript.find(said.thread.channel_id, said.ts)
            await work.transcript.save((known or said).model_copy(update={"text": said.text, "files": said.files}))
        if known is not None and (known.text, known.files) != (said.text, said.files):
            await self._brief_again(item, said.thread)

    async def _forget(self, item: InboxItem) -> None:
        channel, ts = ChannelId(item.payload["channel_id"]), MessageTs(item.payload["ts"])
        async with self._store.for_team(item.team_id).begin() as work:
            known = await work.transcript.find(channel, ts)
            await work.transcript.delete(channel, ts)
            await work.inbox.forget(arrival_key(channel, ts))
        if known is not None:
            await self._brief_again(item, known.thread)

    async def _brief_again(self, item: InboxItem, thread: Thread) -> None:
        """Show a new brief where the one that waits for approval holds what is no longer said."""
        async with self._store.for_team(thread.team_id).begin() as work:
            waiting = await work.drafts.list_briefed(thread)
        for draft in waiting:
            await self._void_brief(draft, thread)
            try:
                await self._step(item, draft.moved_to(DraftStatus.OPEN), thread, lead=None)
            except NothingToRead as nothing:
                await self._say(item, thread, PlainReply(text=f"<@{draft.user_id}> {nothing.advice()}"))

    async def _void_brief(self, draft: Draft, thread: Thread) -> None:
        """Make sure that a brief that no longer holds cannot be approved."""
        await self._replace_brief(draft, thread)
        async with self._store.for_team(draft.team_id).begin() as work:
            current = await work.drafts.get(draft.id)
            await work.drafts.save(current.moved_to(DraftStatus.OPEN))

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
        if draft.thread_ts is not None:
            return _thread(draft, draft.thread_ts)
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
        if item.kind in {InboxKind.MESSAGE, InboxKind.MESSAGE_CHANGED}:
            said = Said.model_validate(item.payload)
            return said.thread, said.user_id
        if "draft_id" not in item.payload:
            return None
        async with self._store.for_team(item.team_id).begin() as work:
            draft = await work.drafts.get(item.payload["draft_id"])
        return (_thread(draft, draft.thread_ts), draft.user_id) if draft.thread_ts else draft

    async def _say(self, item: InboxItem, thread: Thread, reply: Reply) -> MessageTs:
        return await self._effects.say(thread, reply, key=f"reply:{item.id}")


def _thread(draft: Draft, thread_ts: MessageTs) -> Thread:
    return Thread(team_id=TeamId(draft.team_id), channel_id=draft.channel_id, thread_ts=thread_ts)


def _find_command(said: Said) -> str | None:
    word = said.text.strip().lower()
    return word if word in {"help", "status", "stop"} and not said.files else None


def _read_message(draft: Draft, said: Said, recipes: tuple[Recipe, ...]) -> tuple[Draft, str | None]:
    """Give the draft with what the message says, and the sentence about what did not fit."""
    by_slug = {recipe.slug: recipe for recipe in recipes}
    if draft.recipe_slug is None:
        named = find_recipes(said.text, [recipe.card() for recipe in recipes])
        if len(named) == 1:
            draft = draft.with_recipe(named[0].slug)
    recipe = by_slug.get(draft.recipe_slug) if draft.recipe_slug else None
    if recipe is None:
        return draft, None
    return _take_answers(draft, recipe, read_answers(said.text, recipe, asked=draft.asked), said)


def _read_overtaken(draft: Draft, said: Said, recipes: tuple[Recipe, ...]) -> Draft:
    """Give the draft with what the message says, but for what was answered after it."""
    changed, _ = _read_message(draft, said, recipes)
    if draft.recipe_slug is None:
        return changed
    fresh = {
        name: answer
        for name, answer in changed.answers.items()
        if name not in draft.answers or _is_before(draft.answers[name], said)
    }
    return draft.with_answers(fresh) if fresh else draft


def _is_before(answer: Answer, said: Said) -> bool:
    # A form has no place among the messages: it is taken for later.
    return answer.origin.ts is not None and answer.origin.ts < said.ts


def _is_to_us(said: Said) -> bool:
    return said.mentions_bot or said.is_direct


def _take_answers(draft: Draft, recipe: Recipe, raw: Mapping[str, str], said: Said) -> tuple[Draft, str | None]:
    good: dict[str, Answer] = {}
    lead: str | None = None
    asked: str | None = None
    for parameter in recipe.parameters:
        if parameter.name not in raw:
            continue
        try:
            value = read_answer(parameter, raw[parameter.name])
        except AnswerRefused as refused:
            lead, asked = lead or refused.problem, asked or parameter.name
            continue
        good[parameter.name] = Answer(value=value, origin=Origin(door="message", ts=said.ts))
    changed = draft.with_answers(good) if good else draft
    return (changed if lead is None else changed.model_copy(update={"asked": asked})), lead
