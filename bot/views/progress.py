"""Progress as one message: the todo list, moving; as Slack's own plan where there is one, else as lines."""

from typing import Final

from bot.views.limits import Block, clip, context, escape, escape_words, section
from bot.views.message import Message
from bot.views.plan import plan_blocks
from bot.views.progress_buttons import progress_buttons
from bot.views.progress_words import describe_progress, describe_time
from recipes.progress import Progress
from recipes.todo import TodoStatus, TrackedTodo

TODO_LINES: Final = 20
TODO_CHARS: Final = 150

MARKS: Final = {
    TodoStatus.COMPLETED: ":white_check_mark:",
    TodoStatus.IN_PROGRESS: ":hourglass_flowing_sand:",
    TodoStatus.PENDING: ":white_circle:",
}


def render_progress(progress: Progress) -> Message:
    """Give the message for this state, on both rungs."""
    text = f"{describe_progress(progress)}: {escape(progress.title)}"
    return Message(text=clip(text, 300), blocks=plan_blocks(progress), lower=line_blocks(progress))


def line_blocks(progress: Progress) -> tuple[Block, ...]:
    """Give the lower rung: a line a todo."""
    blocks: list[Block] = [section(f"*{describe_progress(progress)}*\n{escape(progress.title)}")]
    if progress.todos:
        blocks.append(section("\n".join(_list_todos(progress.todos))))
    if progress.problem:
        blocks.append(section(escape_words(progress.problem)))
    blocks.append(context(describe_time(progress)))
    return (*blocks, *progress_buttons(progress))


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
