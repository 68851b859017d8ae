"""The form of a revision: opened for who asked for the work, and kept to be worked in its thread's turn."""

import asyncio
from typing import Final

from orchestration.arrivals import Arrivals, lane_of
from orchestration.bell import Bell
from orchestration.partner.lexical.wishes import read_wish
from orchestration.ports import Clock, Ids
from orchestration.tickets.revisions import NEEDS_MODEL, Delivered, Revisions
from recipes.conversation import InboxKind
from recipes.entitlement import check_requester
from recipes.ids import ChannelId, TeamId, UserId
from recipes.output import OutputNotFound
from recipes.recipe import OutputFormat
from recipes.revision_form import FEWEST, RevisionEntries, RevisionForm, find_problems
from recipes.ticket import NO_LANGUAGE_MODEL
from storage.unit_of_work import Store

BRIEF_WAITS: Final = (
    "A brief of yours waits in that thread. Approve it or withdraw it first, so that each change starts from the one "
    "before."
)
VERSIONS: Final = 20
"""So many are offered to start from."""


class RevisionForms:
    """Opens and takes them."""

    def __init__(
        self, *, revisions: Revisions, store: Store, bell: Bell, clock: Clock, ids: Ids, reads_words: bool
    ) -> None:
        """Take what they stand on.

        Args:
            revisions: Who knows what was delivered.
            store: Where what is sent is kept.
            bell: Rung when something was.
            clock: The time.
            ids: For what is kept.
            reads_words: A language model reads what people say, beside the rules.
        """
        self._revisions = revisions
        self._store = store
        self._bell = bell
        self._arrivals = Arrivals(clock=clock, ids=ids)
        self._reads_words = reads_words

    async def open(self, team_id: TeamId, output_id: str, user_id: UserId, *, channel_id: ChannelId) -> RevisionForm:
        """Give the form of what was delivered; it starts from the version whose button was pressed.

        Raises:
            OutputNotFound: there is none, or it was delivered elsewhere.
            NotTheRequester: it is somebody else's.
        """
        delivered = await self._revisions.get_newest(team_id, output_id)
        if delivered.ticket.channel_id != channel_id:
            raise OutputNotFound(output_id)
        return await self._make_form(delivered, output_id, user_id)

    async def send(
        self, team_id: TeamId, entries: RevisionEntries, user_id: UserId, *, submission: str
    ) -> dict[str, str]:
        """Keep what was sent; give a sentence for each field that does not do, as far as the entries tell.

        What does not do for another reason is said in the thread, when it is worked: this is waited for.
        The same submission that comes twice is worked once.

        Raises:
            OutputNotFound, NotTheRequester: as `open` says.
        """
        delivered = await self._revisions.get(team_id, entries.output_id)
        check_requester(delivered.ticket.requester, user_id)
        problems = find_problems(entries)
        if not problems and not entries.may_write and self._wants_writing(entries.words):
            problems = {"words": NEEDS_MODEL}
        if problems:
            return problems
        thread = delivered.ticket.thread
        async with self._store.for_team(team_id).begin() as work:
            draft = await work.drafts.find_newest(thread, user_id)
            if draft is not None and draft.is_briefed():
                return {"words": BRIEF_WAITS}
            payload = {"entries": entries.model_dump(mode="json"), "user_id": user_id, "thread": thread.model_dump()}
            key, lane = f"revision:{submission}", lane_of(thread)
            await self._arrivals.add(work, team_id, InboxKind.REVISION, payload, key=key, lane=lane)
        self._bell.ring()
        return {}

    def _wants_writing(self, words: str) -> bool:
        """Tell whether words ask for what only a language model can do, as far as rules know."""
        if not words.strip():
            return False
        wish = read_wish(words)
        return wish.needs_model if wish is not None else not self._reads_words

    async def _make_form(self, delivered: Delivered, output_id: str, user_id: UserId) -> RevisionForm:
        check_requester(delivered.ticket.requester, user_id)
        versions = await self._revisions.list_versions(delivered, most=VERSIONS)
        started = next((each for each in versions if each.output_id == output_id), versions[0])
        team_id = delivered.ticket.team_id
        outline = await self._revisions.outline(await self._revisions.get(team_id, started.output_id))
        async with self._store.for_team(team_id).read() as work:
            frozen = await work.bundles.get(delivered.ticket.bundle_id)
        bundle = await asyncio.to_thread(frozen.open)
        is_deck = delivered.output.file_format == OutputFormat.PPTX and outline.unit is not None
        count = outline.pages if is_deck and outline.pages > FEWEST else None
        return RevisionForm(
            output_id=delivered.output.id,
            title=delivered.output.title,
            versions=versions,
            start=started.number,
            unit=outline.unit,
            count=count,
            theme=outline.theme if is_deck and await self._revisions.find_template(delivered) is None else None,
            may_write=bundle.agent.model != NO_LANGUAGE_MODEL,
        )
