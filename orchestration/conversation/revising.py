"""Revising: words in a thread that say what to change of what was delivered there."""

from orchestration.drafting.revision_briefs import RevisionBriefs
from orchestration.effects import Effects
from orchestration.partner.lexical.wishes import read_loosely, read_wish
from orchestration.tickets.revisions import BriefNeeded, Delivered, Revisions
from recipes.conversation import InboxItem, Said
from recipes.entitlement import NotTheRequester
from recipes.reply import PlainReply, Reply, VersionList
from recipes.revision import Wish, WishRefused


class Revising:
    """Takes wishes; what is none is left to others, and so is what people say to one another."""

    def __init__(self, revisions: Revisions, briefs: RevisionBriefs, effects: Effects) -> None:
        self._revisions = revisions
        self._briefs = briefs
        self._effects = effects

    async def take(self, item: InboxItem, said: Said) -> bool:
        """Do what a message wishes, if it is a wish about something that was delivered here; tell whether it was."""
        is_to_us = said.mentions_bot or said.is_direct
        wish = read_wish(said.text) or (read_loosely(said.text) if is_to_us else None)
        if wish is None or said.files:
            return False
        delivered = await self._revisions.find_delivered(said.thread, wish)
        if delivered is None or (delivered.ticket.requester != said.user_id and not is_to_us):
            return False
        reply = await self._obey(delivered, wish, said)
        if reply is not None:
            await self._effects.answer(item, said.thread, reply)
        return True

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
