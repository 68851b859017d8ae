"""The words of progress that both rungs share."""

from typing import Final

from recipes.progress import Progress
from recipes.ticket import TicketStatus

LEADS: Final = {
    TicketStatus.PENDING: "Waiting for a free hand",
    TicketStatus.RUNNING: "Working",
    TicketStatus.WAITING: "Waiting for an answer",
    TicketStatus.COMPLETED: "Done",
    TicketStatus.FAILED: "Stopped by a problem",
    TicketStatus.CANCELLED: "Stopped",
}


def describe_progress(progress: Progress) -> str:
    """Give the state in a word or two, and how many todos are done."""
    if progress.closing and not progress.is_last():
        return "Stopping"
    if progress.status is TicketStatus.PENDING and progress.ahead:
        return f"{LEADS[progress.status]} · {progress.ahead} before it"
    lead = "Done in part" if progress.partial and progress.status is TicketStatus.COMPLETED else LEADS[progress.status]
    count = f" · {progress.count_completed()} of {len(progress.todos)}" if progress.todos else ""
    return f"{lead}{count}"


def describe_time(progress: Progress) -> str:
    """Give who waits, since when, or how long it took."""
    if progress.started_at is None:
        return f"asked by <@{progress.requester}>"
    if progress.status is TicketStatus.CANCELLED and progress.stopped_by:
        return f"stopped by <@{progress.stopped_by}>"
    if progress.finished_at is not None:
        return f"took {(progress.finished_at - progress.started_at).total_seconds():.1f} s"
    started = int(progress.started_at.timestamp())
    return f"started <!date^{started}^{{time_secs}}|{progress.started_at:%H:%M:%S} UTC>"
