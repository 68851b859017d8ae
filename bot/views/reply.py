"""Each reply's message: the one place where nouns are matched with their views."""

from bot.views.brief import render_brief
from bot.views.cap_question import render_cap_question
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
    CapQuestion,
    DeliverySummary,
    ParameterQuestion,
    PlainReply,
    ReadAgainOffer,
    RecipeOffer,
    Reply,
    TicketQuestion,
    VersionList,
)

Dialogue = RecipeOffer | CandidateOffer | ParameterQuestion | AnsweredPrompt | ReadAgainOffer | CapQuestion


def render_reply(reply: Reply) -> Message:
    """Give the message that says this."""
    match reply:
        case PlainReply():
            return render_plain(reply)
        case BriefCard():
            return render_brief(reply)
        case DeliverySummary():
            return render_summary(reply)
        case TicketQuestion():
            return render_ticket_question(reply)
        case VersionList():
            return render_versions(reply)
        case _:
            return _render_dialogue(reply)


def _render_dialogue(reply: Dialogue) -> Message:
    match reply:
        case RecipeOffer():
            return render_offer(reply)
        case CandidateOffer():
            return render_candidates(reply)
        case ParameterQuestion():
            return render_question(reply)
        case AnsweredPrompt():
            return render_answered(reply)
        case ReadAgainOffer():
            return render_read_again(reply)
        case CapQuestion():
            return render_cap_question(reply)
