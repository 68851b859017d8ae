"""Revising: words in a thread that say what to change of what was delivered there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orchestration.drafting.revision_briefs import RevisionBriefs
from orchestration.effects import Effects
from orchestration.partner.lexical.wishes import read_loosely, read_wish
from orchestration.partner.wishing import WishHeard, WishReader, WishReading
from orchestration.tickets.revision_forms import BRIEF_WAITS
from orchestration.tickets.revisions import BriefNeeded, Delivered, Revisions
from orchestration.tickets.tickets import name_event
from recipes.conversation import InboxItem, Said, Thread
from recipes.entitlement import NotTheRequester
from recipes.ids import MessageTs, UserId
from recipes.reply import PlainReply, Reply, VersionList
from recipes.revision import ANYTHING, AnyChange, KeepCount, Restore, Reword, SetTheme, Wish, WishRefused
from recipes.revision_form import RevisionEntries
from recipes.spend import SpendOwner

QUESTION_WAITS: Final = (
    "I am still missing something for what you asked for before in this thread. Answer that first, or say “stop”, and "
    "send the form again: this change needs a brief of its own."
)


class Revising:
    """Takes wishes; what is none is left to others, and so is what people say to one another."""

    def __init__(
        self, revisions: Revisions, briefs: RevisionBriefs, effects: Effects, reader: WishReader | None
    ) -> None:
        self._revisions = revisions
        self._briefs = briefs
        self._effects = effects
        self._reader = reader

    async def take(self, item: InboxItem, said: Said) -> bool:
        """Do what a message wishes, if it is a wish about something that was delivered here; tell whether it was."""
        if said.files or not said.text.strip():
            return False
        wish = read_wish(said.text)
        delivered = await self._revisions.find_delivered(said.thread, wish or ANYTHING)
        is_to_us = said.mentions_bot or said.is_direct
        if delivered is None or (delivered.ticket.requester != said.user_id and not is_to_us):
            return False
        reading = WishReading(wish=wish) if wish is not None else await self._read(delivered, said)
        if reading.doubt is not None:
            await self._effects.answer(item, said.thread, PlainReply(text=reading.doubt))
            return True
        if reading.wish is None:
            return False
        # What was meant may be something else than the newest: a document where a deck was made since.
        delivered = await self._revisions.find_delivered(said.thread, reading.wish) or delivered
        asker = _Asker(said.thread, said.user_id, said.ts, words=said.text.strip(), event=name_event(said))
        await self._answer(item, delivered, reading.wish, asker)
        return True

    async def take_form(self, item: InboxItem) -> None:
        """Do what a form says."""
        entries = RevisionEntries.model_validate(item.payload["entries"])
        thread = Thread.model_validate(item.payload["thread"])
        delivered = await self._revisions.get_newest(item.team_id, entries.output_id)
        user_id, happened = UserId(item.payload["user_id"]), MessageTs(item.happened_ts)
        asker = _Asker(thread, user_id, happened, words=entries.say(), event=f"evt_{item.team_id}_{item.key}")
        if await self._revisions.was_done(delivered, asker.event):
            return
        other = await self._briefs.find_other(thread, user_id, heard_ts=happened)
        if other is not None and other.is_briefed():
            await self._refuse(item, asker, BRIEF_WAITS)
            return
        reading = await self._read_words(delivered, entries.words.strip())
        if reading.doubt is not None:
            await self._refuse(item, asker, reading.doubt)
            return
        said = reading.wish.changes if reading.wish is not None else ()
        wish = Wish(changes=(*_list_changes(entries), *said))
        if other is not None and wish.needs_model:
            await self._refuse(item, asker, QUESTION_WAITS)
            return
        await self._answer(item, delivered, wish, asker)

    async def _refuse(self, item: InboxItem, asker: "_Asker", said: str) -> None:
        """Say in the thread why a form was not done."""
        await self._effects.answer(item, asker.thread, PlainReply(text=f"<@{asker.user_id}> {said}"))

    async def _read_words(self, delivered: Delivered, words: str) -> WishReading:
        """Read the words of a form: they are a wish, whatever they say."""
        if not words:
            return WishReading(wish=ANYTHING)
        wish = read_wish(words)
        if wish is not None and not wish.lists_versions:
            return WishReading(wish=wish)
        reading = await self._read_by_model(delivered, words, addressed=True)
        if reading != WishReading():
            return reading
        return WishReading(wish=read_loosely(words) or Wish(changes=(Reword(words=words),)))

    async def _read(self, delivered: Delivered, said: Said) -> WishReading:
        """Read what rules do not wholly understand: by the model where there is one, else as far as rules go."""
        if self._reader is not None and delivered.ticket.requester == said.user_id:
            if await self._revisions.was_done(delivered, name_event(said)):
                return WishReading(wish=ANYTHING)
            is_to_us = said.mentions_bot or said.is_direct
            reading = await self._read_by_model(delivered, said.text, addressed=is_to_us)
            if reading != WishReading():
                return reading
        return WishReading(wish=read_loosely(said.text) if said.mentions_bot or said.is_direct else None)

    async def _read_by_model(self, delivered: Delivered, text: str, *, addressed: bool) -> WishReading:
        if self._reader is None:
            return WishReading()
        outline = await self._revisions.outline(delivered)
        heard = WishHeard(text=text, addressed=addressed, outline=outline, payer=_find_payer(delivered))
        return await self._reader.read(heard)

    async def _answer(self, item: InboxItem, delivered: Delivered, wish: Wish, asker: "_Asker") -> None:
        reply = await self._obey(delivered, wish, asker)
        if reply is not None:
            await self._effects.answer(item, asker.thread, reply)

    async def _obey(self, delivered: Delivered, wish: Wish, asker: "_Asker") -> Reply | None:
        """Do it; give what there is to say. The work says of itself that it has begun."""
        if wish.lists_versions:
            versions = await self._revisions.list_versions(delivered)
            return VersionList(title=delivered.output.title, versions=versions)
        try:
            await self._revisions.revise(delivered, wish, asker.user_id, words=asker.words, event=asker.event)
        except BriefNeeded as needed:
            await self._briefs.show(delivered, needed.revision, asker.thread, asker.user_id, heard_ts=asker.ts)
        except (WishRefused, NotTheRequester) as refused:
            return PlainReply(text=refused.advice())
        return None


@dataclass(frozen=True)
class _Asker:
    """Who wants something changed, where, when and how it was said."""

    thread: Thread
    user_id: UserId
    ts: MessageTs
    words: str
    event: str
    """Names the message or form, so that it is done once."""


def _list_changes(entries: RevisionEntries) -> Iterator[AnyChange]:
    """Give what was chosen in a form."""
    if entries.version is not None:
        yield Restore(version=entries.version)
    if entries.theme is not None:
        yield SetTheme(theme=entries.theme)
    if entries.count:
        yield KeepCount(count=int(entries.count))
    if entries.length is not None:
        yield Reword(words=entries.length)


def _find_payer(delivered: Delivered) -> SpendOwner:
    """Give the account that readings are on: so many for each version, and no more."""
    ticket = delivered.ticket
    return SpendOwner(
        kind="draft",
        id=delivered.output.id,
        team_id=ticket.team_id,
        user_id=ticket.requester,
        channel_id=ticket.channel_id,
    )
