"""The bot's side of the talk: offers, questions, sentences."""

from typing import Final

from bot.views.gallery import render_rows
from bot.views.limits import SECTION_CHARS, actions, button, clip, context, escape, escape_words, section
from bot.views.message import Message
from recipes.parameters import Parameter, SelectParameter
from recipes.reply import ParameterQuestion, PlainReply, ReadAgainOffer, RecipeOffer

# docs.slack.dev, blocks: 50 a message; the rest is behind /work
CARDS: Final = 20


def render_plain(reply: PlainReply) -> Message:
    """Give a sentence of ours, with people's words in it as they are."""
    said = escape_words(reply.text)
    return Message(text=clip(said, SECTION_CHARS), blocks=(section(said),))


def render_offer(reply: RecipeOffer) -> Message:
    """Give the recipes, each with a button that opens its form."""
    rows = render_rows(reply.cards[:CARDS], draft_id=reply.draft_id)
    return Message(text=reply.lead, blocks=(section(reply.lead), *rows))


def render_question(reply: ParameterQuestion) -> Message:
    """Give one question with the form beside it."""
    lead = f"{escape(reply.lead)}\n" if reply.lead else ""
    asked = f"{lead}{escape(reply.parameter.question)}"
    buttons = (
        button("Fill in the form", "draft.form", reply.draft_id),
        button("Withdraw", "draft.withdraw", reply.draft_id),
    )
    return Message(
        text=clip(f"{escape(reply.lead or '')} {escape(reply.parameter.question)}".strip(), SECTION_CHARS),
        blocks=(section(asked), context(_describe(reply)), actions(*buttons)),
    )


def render_read_again(reply: ReadAgainOffer) -> Message:
    """Give the offer to read the thread again."""
    text = "Noted. The brief above does not hold that yet: it shows what I had read when I made it."
    again = button("Read again", "draft.stage", f"{reply.draft_id}.{reply.brief_no}")
    return Message(text=text, blocks=(section(text), actions(again)))


def _describe(reply: ParameterQuestion) -> str:
    return f"{escape(reply.recipe_name)} · {_hint(reply.parameter)}"


def _hint(parameter: Parameter) -> str:
    if isinstance(parameter, SelectParameter):
        return "one of " + ", ".join(escape(choice.label) for choice in parameter.choices)
    return escape(parameter.hint) if parameter.hint else "answer in this thread, or in the form"
