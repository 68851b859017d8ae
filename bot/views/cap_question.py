"""The question whether a piece of work may spend more than its cap, and what became of it."""

from bot.views.limits import actions, button, context, section
from bot.views.message import Message
from recipes.cap_raise import CapRaise
from recipes.reply import CapQuestion

RAISE = "ticket.raise_cap"


def render_cap_question(reply: CapQuestion) -> Message:
    """Give the question with its button; once it is answered, who raised the cap from what to what."""
    raised = reply.raised
    cap, higher = raised.show(raised.cap), raised.show(raised.cap + raised.amount)
    stopped = (
        f"<@{reply.requester}> This work stopped at its cap: it has taken {raised.show(raised.taken)} of {cap}, "
        "and its next step could go over that."
    )
    if raised.raised_by is not None:
        answer = f"<@{raised.raised_by}> raised the cap from {cap} to {higher}; the work goes on."
        return Message(text=stopped, blocks=(section(stopped), context(answer)))
    asked = f"{stopped} Shall it go on, up to {higher} in all? What it has done is kept."
    blocks = (
        section(asked),
        actions(button(_name(raised, higher), RAISE, raised.id, style="primary")),
        context(f"Who may: {', '.join(f'<@{each}>' for each in reply.may)}"),
    )
    return Message(text=asked, blocks=blocks)


def _name(raised: CapRaise, higher: str) -> str:
    return f"Raise the cap by {raised.show(raised.amount)} to {higher}, and go on"
