"""Each reply's message: the one place where nouns are matched with their views."""

from bot.views.brief import render_brief
from bot.views.dialogue import (
    render_answered,
    render_candidates,
    render_offer,
    render_plain,
    render_question,
    render_read_again,
)
from bot.views.message import Message
from bot.views.outputs import render_summary
from bot.views.ticket_question import render_ticket_question
from bot.views.versions import render_versions
from recipes.prompt import AnsweredPrompt
from recipes.reply import (
    BriefCard,
    CandidateOffer,
    DeliverySummary,
    ParameterQuestion,
    PlainReply,
    ReadAgainOffer,
    RecipeOffer,
    Reply,
    TicketQuestion,
    VersionList,
)


def render_reply(reply: Reply) -> Message:
    """Give the message that says this."""
    match reply:
        case PlainReply():
            message = render_plain(reply)
        case RecipeOffer():
            message = render_offer(reply)
        case CandidateOffer():
            message = render_candidates(reply)
        case ParameterQuestion():
            message = render_question(reply)
        case AnsweredPrompt():
            message = render_answered(reply)
        case ReadAgainOffer():
            message = render_read_again(reply)
        case BriefCard():
            message = render_brief(reply)
        case DeliverySummary():
            message = render_summary(reply)
        case TicketQuestion():
            message = render_ticket_question(reply)
        case VersionList():
            message = render_versions(reply)
    return message
