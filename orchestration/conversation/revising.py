"""Revising: words in a thread that say what to change of what was delivered there."""

from orchestration.drafting.revision_briefs import RevisionBriefs
from orchestration.effects import Effects
from orchestration.partner.lexical.wishes import read_loosely, read_wish
from orchestration.partner.wishing import WishHeard, WishReader, WishReading
from orchestration.tickets.revisions import BriefNeeded, Delivered, Revisions
from recipes.conversation import InboxItem, Said
from recipes.entitlement import NotTheRequester
from recipes.reply import PlainReply, Reply, VersionList
from recipes.revision import ANYTHING, Wish, WishRefused
from recipes.spend import SpendOwner


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
        reply = await self._obey(delivered, reading.wish, said)
        if reply is not None:
            await self._effects.answer(item, said.thread, reply)
        return True

    async def _read(self, delivered: Delivered, said: Said) -> WishReading:
        """Read what rules do not wholly understand: by the model where there is one, else as far as rules go."""
        if self._reader is not None and delivered.ticket.requester == said.user_id:
            if await self._revisions.was_done(delivered, said):
                return WishReading(wish=ANYTHING)
            heard = WishHeard(
                text=said.text,
                addressed=said.mentions_bot or said.is_direct,
                outline=await self._revisions.outline(delivered),
                payer=_find_payer(delivered),
            )
            reading = await self._reader.read(heard)
            if reading != WishReading():
                return reading
        return WishReading(wish=read_loosely(said.text) if said.mentions_bot or said.is_direct else None)

    async def _obey(self, delivered: Delivered, wish: Wish, said: Said) -> Reply | None:
        """Do it; give what there is to say. The work says of itself that it has begun."""
        if wish.lists_versions:
            versions = await self._revisions.list_versions(delivered)
            return VersionList(title=delivered.output.title, versions=versions)
        try:
            await self._revisions.revise(delivered, wish, said.user_id, words=said.text.strip(), said=said)
        except BriefNeeded as needed:
            await self._briefs.show(delivered, needed.revision, said)
        except (WishRefused, NotTheRequester) as refused:
            return PlainReply(text=refused.advice())
        return None


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
