"""Progress as Slack's own plan block: the upper rung, for workspaces that have it."""

from typing import Final

from bot.views.limits import Block, clip, context, escape, escape_words, section
from bot.views.progress_buttons import progress_buttons
from bot.views.progress_words import describe_progress, describe_time
from recipes.progress import Progress
from recipes.ticket import TicketStatus
from recipes.todo import TodoStatus, TrackedTodo

# Other clients of this block report that 256 characters are refused in places; people read no more than this
TASK_TITLE_CHARS: Final = 150
# docs.slack.dev, plan block: tasks
TASKS: Final = 50

NO_BRACKETS: Final = str.maketrans("<>", "()")
STATUSES: Final = {
    TodoStatus.PENDING: "pending",
    TodoStatus.IN_PROGRESS: "in_progress",
    TodoStatus.COMPLETED: "complete",
}
# What becomes of the task that was in progress when the ticket ended.
ENDINGS: Final = {
    TicketStatus.FAILED: "error",
    TicketStatus.CANCELLED: "pending",
    TicketStatus.COMPLETED: "complete",
}


def plan_blocks(progress: Progress) -> tuple[Block, ...]:
    """Give the blocks for this state; the plan keeps its block id, or it would fold up at each edit."""
    lead = describe_progress(progress)
    tasks = [_task(place, each, progress.status) for place, each in enumerate(progress.todos[:TASKS], start=1)]
    title = escape(progress.title)
    blocks: list[Block] = [section(title if tasks else f"*{lead}*\n{title}")]
    if tasks:
        blocks.append({"type": "plan", "block_id": "plan", "title": lead, "tasks": tasks})
    if progress.problem:
        blocks.append(section(escape_words(progress.problem)))
    blocks.append(context(describe_time(progress)))
    return (*blocks, *progress_buttons(progress))


def _task(place: int, tracked: TrackedTodo, ticket: TicketStatus) -> Block:
    todo = tracked.todo
    is_current = todo.status is TodoStatus.IN_PROGRESS
    words = todo.activeForm if is_current else todo.content
    duration = tracked.duration()
    took = f" ({duration.total_seconds():.1f} s)" if duration is not None else ""
    return {
        "type": "task_card",
        "task_id": str(place),
        # Plain text to Slack; without its brackets it is plain to whatever reads it further on, too.
        "title": clip(words.translate(NO_BRACKETS), TASK_TITLE_CHARS - len(took)) + took,
        # A task that is left in progress would turn for ever.
        "status": ENDINGS.get(ticket, "in_progress") if is_current else STATUSES[todo.status],
    }
