"""The App Home: the gallery, and one's own recent work."""

from typing import Final

from bot.views.gallery import TITLE, render_page
from bot.views.limits import PLACEHOLDER_CHARS, Block, clip, context, escape, header, plain, section
from recipes.gallery import HomeTab
from recipes.ticket import TicketStatus, WorkTicket

TASK_CHARS: Final = 200
STATUSES: Final = {
    TicketStatus.PENDING: "waiting",
    TicketStatus.RUNNING: "working",
    TicketStatus.WAITING: "waiting for an answer",
    TicketStatus.COMPLETED: "done",
    TicketStatus.FAILED: "stopped by a problem",
    TicketStatus.CANCELLED: "stopped",
}


def render_home(home: HomeTab) -> Block:
    """Give the home view."""
    recent = [block for ticket in home.recent for block in _show_ticket(ticket)]
    nothing = [section("Nothing yet. Start something above, or mention me in a thread.")]
    return {
        "type": "home",
        "blocks": [
            header(TITLE),
            *render_page(home.gallery),
            header("Your recent work"),
            *(recent or nothing),
            header("Baskets"),
            _pick_basket(),
        ],
    }


def _pick_basket() -> Block:
    said = section("What work in a channel reads beside its thread: notes, messages, files and findings you kept.")
    return {
        **said,
        "accessory": {
            "type": "conversations_select",
            "action_id": "basket.open",
            "placeholder": plain("Open a basket", PLACEHOLDER_CHARS),
            "filter": {"include": ["public", "private", "im"]},
        },
    }


def _show_ticket(ticket: WorkTicket) -> list[Block]:
    asked = int(ticket.created_at.timestamp())
    when = f"<!date^{asked}^{{date_short_pretty}} {{time}}|{ticket.created_at:%d %b %Y %H:%M} UTC>"
    where = f"<#{ticket.channel_id}>" if not ticket.channel_id.startswith("D") else "our direct messages"
    return [
        section(escape(clip(ticket.task_description, TASK_CHARS))),
        context(f"{STATUSES[ticket.status]} · asked {when} in {where}"),
    ]
