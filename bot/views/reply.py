"""Each reply's message: the one place where nouns are matched with their views."""

from bot.views.brief import render_brief
from bot.views.dialogue import render_offer, render_plain, render_question, render_read_again
from bot.views.message import Message
from bot.views.outputs import render_summary
from recipes.reply import (
    BriefCard,
    DeliverySummary,
    ParameterQuestion,
    PlainReply,
    ReadAgainOffer,
    RecipeOffer,
    Reply,
)


def render_reply(reply: Reply) -> Message:
    """Give the message that says this."""
    match reply:
        case PlainReply():
            return render_plain(reply)
        case RecipeOffer():
            return render_offer(reply)
        case ParameterQuestion():
            return render_question(reply)
        case ReadAgainOffer():
            return render_read_again(reply)
        case BriefCard():
            return render_brief(reply)
        case DeliverySummary():
            return render_summary(reply)
