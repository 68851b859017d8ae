"""The buttons of a progress message: stop while it works, go on after it was stopped or failed."""

from typing import Final

from bot.views.limits import Block, actions, button, plain
from recipes.progress import Progress
from recipes.ticket import TicketStatus

# docs.slack.dev, confirmation dialog: title, text, confirm and deny
TITLE_CHARS: Final = 100
TEXT_CHARS: Final = 300
CONFIRM_CHARS: Final = 30


def progress_buttons(progress: Progress) -> tuple[Block, ...]:
    """Give what can be pressed in this state."""
    match progress.status:
        case TicketStatus.PENDING | TicketStatus.RUNNING | TicketStatus.WAITING if not progress.closing:
            return (actions({**button("Stop", "ticket.stop", progress.ticket_id), "confirm": _ask_before_stopping()}),)
        case TicketStatus.FAILED | TicketStatus.CANCELLED:
            return (actions(button("Go on", "ticket.retry", progress.ticket_id)),)
        case _:
            return ()


def _ask_before_stopping() -> Block:
    return {
        "title": plain("Stop this work?", TITLE_CHARS),
        "text": plain("What exists by now is delivered. You can let it go on later.", TEXT_CHARS),
        "confirm": plain("Stop it", CONFIRM_CHARS),
        "deny": plain("Let it work", CONFIRM_CHARS),
    }
