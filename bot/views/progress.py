"""Progress as plain lines: the todo list, moving; the lower rung, for every workspace."""

from typing import Final

from bot.views.limits import Block, clip, context, escape, section
from bot.views.message import Message
from recipes.progress import Progress
from recipes.ticket import TicketStatus
from recipes.todo import TodoStatus, TrackedTodo

TODO_LINES: Final = 20
TODO_CHARS: Final = 150

MARKS: Final = {
    TodoStatus.COMPLETED: ":white_check_mark:",
    TodoStatus.IN_PROGRESS: ":hourglass_flowing_sand:",
    TodoStatus.PENDING: ":white_circle:",
}
LEADS: Final = {
    TicketStatus.PENDING: "Waiting for a free hand",
    TicketStatus.RUNNING: "Working",
    TicketStatus.WAITING: "Waiting for an answer",
    TicketStatus.COMPLETED: "Done",
    TicketStatus.FAILED: "Stopped by a problem",
    TicketStatus.CANCELLED: "Stopped",
}


def render_progress(progress: Progress) -> Message:
    """Give the message for this state."""
    lead = describe_progress(progress)
    blocks: list[Block] = [section(f"*{lead}*\n{escape(progress.title)}")]
    if progress.todos:
        blocks.append(section("\n".join(_list_todos(progress.todos))))
    if progress.problem:
        blocks.append(section(progress.problem))
    blocks.append(context(describe_time(progress)))
    return Message(text=clip(f"{lead}: {progress.title}", 300), blocks=tuple(blocks))


def describe_progress(progress: Progress) -> str:
    """Give the state in a word or two, and how many todos are done."""
    count = f" · {progress.count_completed()} of {len(progress.todos)}" if progress.todos else ""
    return f"{LEADS[progress.status]}{count}"


def describe_time(progress: Progress) -> str:
    """Give who waits, since when, or how long it took."""
    if progress.started_at is None:
        return f"asked by <@{progress.requester}>"
    if progress.finished_at is not None:
        return f"took {(progress.finished_at - progress.started_at).total_seconds():.1f} s"
    started = int(progress.started_at.timestamp())
    return f"started <!date^{started}^{{time_secs}}|{progress.started_at:%H:%M:%S} UTC>"


def _list_todos(todos: tuple[TrackedTodo, ...]) -> list[str]:
    lines = [_show_todo(each) for each in todos[:TODO_LINES]]
    more = [f"… and {len(todos) - TODO_LINES} more"] if len(todos) > TODO_LINES else []
    return [*lines, *more]


def _show_todo(tracked: TrackedTodo) -> str:
    todo = tracked.todo
    is_current = todo.status is TodoStatus.IN_PROGRESS
    words = escape(clip(todo.activeForm if is_current else todo.content, TODO_CHARS))
    duration = tracked.duration()
    took = f"  _{duration.total_seconds():.1f} s_" if duration is not None else ""
    return f"{MARKS[todo.status]} {f'*{words}*' if is_current else words}{took}"
