"""Words that are commands where they are the whole message: `stop`, `go on`, `status`, `help`."""

from enum import StrEnum
from typing import Final

from orchestration.drafting.requests import Requests
from orchestration.tickets.tickets import Tickets
from recipes.conversation import Said, Thread
from recipes.draft import Draft, DraftStatus
from recipes.ticket import TicketStatus, WorkTicket

HELP: Final = (
    "Tell me what you need and I will ask for what is missing. I read this thread and its files, show you a brief, and "
    "start only when you approve it. Words that work here: `help`, `status`, `stop`, `go on`; and to a question of "
    "mine `skip`, `you decide`, `something else`, `start over`. When something is delivered, say what to change: "
    "`slide 3 as a table`, `drop slide 6`, `swap slides 2 and 4`, `only five slides`, `use the blue theme`; `versions` "
    "lists what there was, and `restore version 1` brings it back. `/work` shows all I can make."
)
NOTHING_HERE: Final = "There is no work in this thread yet. Mention me and say what you need."
NOTHING_TO_STOP: Final = "Nothing is running in this thread."
NOTHING_TO_RESUME: Final = "Nothing in this thread was stopped, so there is nothing to go on with."
WITHDRAWN: Final = "Withdrawn. Nothing was started and nothing is kept running."
STOPPING: Final = "Stopping. What exists by now comes into this thread."
STOPPING_ELSEWHERE: Final = "Stopping. What exists by now goes where the result would have gone: to direct messages."
ALREADY_STOPPED: Final = "This work is stopped. Say `go on` when you want it after all."
STOPPED: Final = "Stopped before it began. Say `go on` when you want it after all."
GOING_ON: Final = "Going on where it was."


class ThreadWord(StrEnum):
    """A command in a thread."""

    HELP = "help"
    STATUS = "status"
    STOP = "stop"
    GO_ON = "go on"


class ThreadWords:
    """What the words do; each gives the sentence that answers it."""

    def __init__(self, requests: Requests, tickets: Tickets) -> None:
        self._requests = requests
        self._tickets = tickets

    async def obey(self, word: ThreadWord, said: Said, draft: Draft | None) -> str:
        """Do what the word says, for whoever said it.

        Raises:
            NotTheRequester, TicketMoveRefused: as they say.
        """
        match word:
            case ThreadWord.HELP:
                return HELP
            case ThreadWord.STATUS:
                return await self._status(said.thread, draft)
            case ThreadWord.STOP:
                return await self._stop(said, draft)
            case ThreadWord.GO_ON:
                return await self._go_on(said)

    async def stop_work(self, said: Said) -> str:
        """Stop the work that is under way in the thread; a draft beside it stays as it is.

        Raises:
            NotTheRequester: it is somebody else's.
        """
        if (ticket := await self._tickets.find_moved_by(said)) is not None:
            return _tell_stopped(ticket, said)
        ticket = await self._tickets.find_to_stop(said.thread, said.user_id)
        if ticket is not None and ticket.status is TicketStatus.CANCELLED:
            return ALREADY_STOPPED
        if ticket is None or ticket.is_over():
            return NOTHING_TO_STOP
        return _tell_stopped(await self._tickets.stop(ticket.team_id, ticket.id, said.user_id, said=said), said)

    async def _stop(self, said: Said, draft: Draft | None) -> str:
        if draft is not None and draft.is_live():
            await self._requests.withdraw(said.thread.team_id, draft.id, said.user_id)
            return WITHDRAWN
        return await self.stop_work(said)

    async def _go_on(self, said: Said) -> str:
        if await self._tickets.find_moved_by(said) is not None:
            return GOING_ON
        ticket = await self._tickets.find_newest(said.thread)
        if ticket is not None and ticket.status in {TicketStatus.PENDING, TicketStatus.RUNNING} and not ticket.closing:
            return GOING_ON
        if ticket is None or ticket.status not in {TicketStatus.CANCELLED, TicketStatus.FAILED}:
            return NOTHING_TO_RESUME
        await self._tickets.go_on(ticket.team_id, ticket.id, said.user_id, said=said)
        return GOING_ON

    async def _status(self, thread: Thread, draft: Draft | None) -> str:
        ticket = await self._tickets.find_newest(thread)
        if ticket is not None:
            return f"{ticket.task_description} This work is {_describe(ticket)}."
        if draft is None:
            return NOTHING_HERE
        return {
            DraftStatus.OPEN: "I am still missing something before I can show a brief.",
            DraftStatus.BRIEFED: "The brief above waits for your approval.",
        }.get(draft.status, NOTHING_HERE)


def find_word(said: Said) -> ThreadWord | None:
    """Find the command that is the whole message."""
    word = said.text.strip().lower()
    return ThreadWord(word) if word in set(ThreadWord) and not said.files else None


def _tell_stopped(ticket: WorkTicket, said: Said) -> str:
    if ticket.status is TicketStatus.CANCELLED:
        return STOPPED
    return STOPPING if ticket.thread == said.thread else STOPPING_ELSEWHERE


def _describe(ticket: WorkTicket) -> str:
    if ticket.closing:
        return "being stopped"
    return "waiting for an answer" if ticket.status is TicketStatus.WAITING else ticket.status
