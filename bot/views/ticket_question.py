"""A question of the agent: its options as buttons, and a form for an answer in one's own words."""

from typing import Final

from bot.views.limits import (
    LABEL_CHARS,
    SECTION_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    plain,
    section,
)
from bot.views.message import Message
from recipes.question import Question, QuestionStatus
from recipes.reply import TicketQuestion

ANSWER: Final = "answer"
VALUE: Final = "value"
# As much as a person writes into a form; the question itself may be answered in the thread at any length.
ANSWER_CHARS: Final = 3_000


def render_ticket_question(reply: TicketQuestion) -> Message:
    """Give the question; with buttons while it waits, with its answer after."""
    question = reply.question
    asked = f"<@{reply.requester}> {escape(question.text)}"
    text = clip(asked, SECTION_CHARS)
    match question.status:
        case QuestionStatus.OPEN:
            blocks = (section(f"*{asked}*"), *_offer(question))
        case QuestionStatus.ANSWERED:
            blocks = (section(asked), context(f"<@{question.answered_by}> answered: {escape(question.answer or '')}"))
        case QuestionStatus.CLOSED:
            blocks = (section(asked), context("This needs no answer any more."))
    return Message(text=text, blocks=blocks)


def render_answer_form(question: Question) -> Block:
    """Give the modal; its private metadata is the question's id and nothing else."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": True,
        "min_length": 1,
        "max_length": ANSWER_CHARS,
    }
    return {
        "type": "modal",
        "callback_id": "answer_form",
        "private_metadata": question.id,
        "title": plain("Your answer", VIEW_TITLE_CHARS),
        "submit": plain("Send", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": [
            {
                "type": "input",
                "block_id": ANSWER,
                "label": plain(question.text, LABEL_CHARS),
                "element": element,
            }
        ],
    }


def _offer(question: Question) -> tuple[Block, ...]:
    options = tuple(
        {**section(escape(option)), "accessory": button("Choose", "ticket.answer", f"{question.id}.{place}")}
        for place, option in enumerate(question.options)
    )
    write = actions(button("Write an answer", "ticket.answer", question.id))
    return (*options, write, context("The work waits, and goes on where it was. A reply in this thread answers too."))
