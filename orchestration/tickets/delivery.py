"""Delivery: the file goes into the thread, once, and then the words that go with it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.effects import Effects
from orchestration.ports import ThreadPort
from recipes.annex import FetchedFile
from recipes.cap_raise import CapRaise
from recipes.conversation import Thread
from recipes.ending import Ending
from recipes.errors import TransientError
from recipes.estimate import Estimate
from recipes.fence import Fence
from recipes.ids import SlackFileId
from recipes.output import WorkOutput
from recipes.question import Question
from recipes.reply import DeliverySummary, PlainReply, TicketQuestion
from recipes.request import WorkRequest
from recipes.spend import Spent
from recipes.ticket import NO_LANGUAGE_MODEL, WorkTicket
from storage.unit_of_work import Store, UnitOfWork
from storage.vault import Vault

# Slack shares asynchronously (slackapi/bolt-js#2115), now and then never: how long to look before sharing again
SHARE_LOOKS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0)

DELIVERED_PRIVATELY: Final = "What <@{requester}> asked for here was delivered to them in direct messages."


@dataclass(eq=False)
class ShareUnseen(TransientError):
    """Slack took a file and does not show it in the thread."""

    file_id: str
    waited_s: float

    def advice(self) -> str:
        """Say what Slack did."""
        return "Slack accepted the file and does not show it in this thread. The file is kept; please try again later."


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """What is said beside a result of work with a language model."""

    spent: Spent | None = None
    estimate: Estimate | None = None
    """What was promised."""
    raises: tuple[CapRaise, ...] = ()
    """What was added to its cap."""


class Delivery:
    """Brings a ticket's outputs into its thread. Each verb may run twice and then does nothing more."""

    def __init__(self, *, store: Store, threads: ThreadPort, vault: Vault, effects: Effects) -> None:
        self._store = store
        self._threads = threads
        self._vault = vault
        self._effects = effects

    async def upload(self, ticket: WorkTicket, output_id: str) -> SlackFileId:
        """Hand the output's file over to Slack; nobody sees it yet. Give Slack's id of it."""
        output = await self._get_output(ticket, output_id)
        if output.slack_file_id is not None:
            return output.slack_file_id
        if output.file_id is None or output.filename is None:
            raise ValueError(f"output {output.id} has no file")
        content = await self._vault.open(output.file_id)
        file_id = await self._threads.upload(ticket.team_id, output.filename, content, title=output.title)
        async with self._store.for_team(ticket.team_id).begin() as work:
            await work.outputs.save(output.model_copy(update={"slack_file_id": file_id}))
        return file_id

    async def share(self, ticket: WorkTicket, file_id: SlackFileId, *, title: str) -> None:
        """Make the file appear in the thread, and wait until it does.

        Raises:
            ShareUnseen: Slack took the file and does not show it; try again.
        """
        thread = ticket.thread

        async def share() -> str:
            await self._threads.share(thread, file_id, title=title)
            if not await self._sees(thread, file_id):
                raise ShareUnseen(file_id, waited_s=sum(SHARE_LOOKS))
            return file_id

        async def look() -> str | None:
            return file_id if await self._sees(thread, file_id) else None

        await self._effects.once(thread, f"share:{file_id}", do=share, look=look, fence=fence_of(ticket))

    async def _sees(self, thread: Thread, file_id: SlackFileId) -> bool:
        """Look until the file is in the thread, or long enough to believe that it will not be."""
        for pause in SHARE_LOOKS:
            if await self._threads.is_shared(thread, file_id):
                return True
            await asyncio.sleep(pause)
        return await self._threads.is_shared(thread, file_id)

    async def summarise(
        self,
        ticket: WorkTicket,
        output: WorkOutput,
        *,
        request: WorkRequest,
        cut_short: Ending | None = None,
        files: Sequence[FetchedFile] = (),
    ) -> None:
        """Say in a new message what was delivered; edits do not notify, this does.

        Where it was asked for in another thread, that one is told that it was delivered, and nothing about it.

        Args:
            ticket: Whose output it is.
            output: What was delivered.
            request: What was asked for, and where.
            cut_short: How the work ended, where the output is what there was when it had to.
            files: Those that its code left.
        """
        told = await self._look_up(ticket, request)
        summary = DeliverySummary(
            requester=ticket.requester,
            output=output,
            uses_language_model=ticket.model != NO_LANGUAGE_MODEL,
            is_revision=ticket.parent is not None,
            partial=ticket.closing or cut_short is not None,
            cut_short=cut_short,
            spent=told.spent,
            estimate=told.estimate,
            left_files=tuple(each.name for each in files if each.digest != output.file_id or each.digest is None),
            raises=told.raises,
        )
        await self._effects.say(ticket.thread, summary, key=f"summary:{output.id}", fence=fence_of(ticket))
        # A revision was asked for where the work before it was delivered.
        if request.thread != ticket.thread and ticket.parent is None:
            words = PlainReply(text=DELIVERED_PRIVATELY.format(requester=ticket.requester))
            await self._effects.say(request.thread, words, key=f"told:{ticket.id}", fence=fence_of(ticket))

    async def _look_up(self, ticket: WorkTicket, request: WorkRequest) -> _Facts:
        if ticket.model == NO_LANGUAGE_MODEL:
            return _Facts()

        async def find(work: UnitOfWork) -> _Facts:
            # What was raised goes on in another segment.
            raises = await work.cap_raises.list_taken(ticket.id) if ticket.segment > 1 else ()
            return _Facts(
                spent=await work.calls.find_spent(ticket.id),
                estimate=await work.drafts.find_estimate(request.draft_id),
                raises=raises,
            )

        return await self._store.for_team(ticket.team_id).run(find, read_only=True)

    async def ask(self, ticket: WorkTicket, question: Question) -> None:
        """Post what the work waits for."""
        asked = TicketQuestion(requester=ticket.requester, question=question)
        await self._effects.say(ticket.thread, asked, key=f"question:{question.id}", fence=fence_of(ticket))

    async def _get_output(self, ticket: WorkTicket, output_id: str) -> WorkOutput:
        async with self._store.for_team(ticket.team_id).read() as work:
            outputs = await work.outputs.list(ticket.id)
        return next(output for output in outputs if output.id == output_id)


def fence_of(ticket: WorkTicket) -> Fence:
    """Give whose effect it is that the ticket's current segment has."""
    return Fence(ticket_id=ticket.id, segment=ticket.segment)
