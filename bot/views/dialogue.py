"""The bot's side of the talk: offers, questions, sentences."""

from typing import Final

from bot.views.gallery import render_rows
from bot.views.limits import (
    BUTTON_CHARS,
    SECTION_CHARS,
    Block,
    actions,
    button,
    clip,
    context,
    escape,
    escape_words,
    section,
)
from bot.views.message import Message
from recipes.answers import show_value
from recipes.parameters import Parameter, SelectParameter, Value, YesNoParameter
from recipes.prompt import AnsweredPrompt
from recipes.reply import CandidateOffer, ParameterQuestion, PlainReply, ReadAgainOffer, RecipeOffer

# docs.slack.dev, blocks: 50 a message; the rest is behind /work
CARDS: Final = 20
# As many as are read at a glance; more are for the form.
CHOICES: Final = 6
CHOICE: Final = "draft.choice"


def render_plain(reply: PlainReply) -> Message:
    """Give a sentence of ours, with people's words in it as they are."""
    said = escape_words(reply.text)
    return Message(text=clip(said, SECTION_CHARS), blocks=(section(said),))


def render_offer(reply: RecipeOffer) -> Message:
    """Give the recipes, each with a button that opens its form."""
    rows = render_rows(reply.cards[:CARDS], draft_id=reply.draft_id)
    said = escape_words(reply.lead)
    return Message(text=clip(said, SECTION_CHARS), blocks=(section(said), *rows))


def render_candidates(reply: CandidateOffer) -> Message:
    """Give the recipes that may be meant, numbered as they can be named, each with its reason and a button."""
    said = escape_words(reply.lead)
    rows = [
        {
            **section(f"*{number}. {escape(card.name)}*: {escape_words(reason)}\n{escape(card.description)}"),
            "accessory": button(f"{card.name}", CHOICE, f"{reply.draft_id}.pick.{card.slug}"),
        }
        for number, (card, reason) in enumerate(reply.candidates[:CARDS], start=1)
    ]
    others = ", ".join(escape(card.name) for card in reply.others[:CARDS])
    more = [context(f"I can also make: {others}")] if others else []
    last = actions(button("Something else", CHOICE, f"{reply.draft_id}.else"), _withdraw(reply.draft_id))
    return Message(text=clip(said, SECTION_CHARS), blocks=(section(said), *rows, *more, last))


def render_question(reply: ParameterQuestion) -> Message:
    """Give one question with what could be said to it as buttons, and the form beside it."""
    lead = " ".join([*(escape_words(note) for note in reply.notes), *([escape(reply.lead)] if reply.lead else [])])
    question = escape(reply.parameter.question)
    suggestions = _suggest(reply)
    form = button("Fill in the form", "draft.form", reply.draft_id)
    return Message(
        text=clip(f"{lead} {question}".strip(), SECTION_CHARS),
        blocks=(
            section(f"{lead}\n*{question}*".strip()),
            context(_describe(reply)),
            *([actions(*suggestions)] if suggestions else []),
            actions(form, _withdraw(reply.draft_id)),
        ),
    )


def render_answered(reply: AnsweredPrompt) -> Message:
    """Give a question or an offer as it stands once it is answered: what it said, with nothing to press."""
    lead = " ".join([*(escape_words(note) for note in reply.notes), *([escape(reply.doubt)] if reply.doubt else [])])
    question = [f"*{escape(reply.question)}*"] if reply.question else []
    names = ", ".join(escape(name) for name in reply.offered[:CARDS])
    said = "\n".join(each for each in (lead, *question) if each)
    text = " ".join(each for each in (lead, escape(reply.question or "")) if each)
    return Message(text=clip(text, SECTION_CHARS), blocks=(section(said), *([context(names)] if names else [])))


def render_read_again(reply: ReadAgainOffer) -> Message:
    """Give the offer to read the thread again."""
    text = "Noted. The brief above does not hold that yet: it shows what I had read when I made it."
    again = button("Read again", "draft.stage", f"{reply.draft_id}.{reply.brief_no}")
    return Message(text=text, blocks=(section(text), actions(again)))


def _suggest(reply: ParameterQuestion) -> list[Block]:
    """Give what could be said as buttons: the choices, and to leave things as they are."""
    parameter = reply.parameter
    stands = parameter.default if reply.answered is None else reply.answered
    choices = {value: (label, f"take.{parameter.name}.{said}") for label, said, value in _list_choices(parameter)}
    if stands is not None:
        choices[stands] = (f"Keep {show_value(parameter, stands)}", f"keep.{parameter.name}")
    elif not parameter.required:
        choices[""] = ("Skip", f"keep.{parameter.name}")
    said = list(choices.values())
    # docs.slack.dev, actions block: each action_id once
    ids = [CHOICE, *(f"{CHOICE}.{number}" for number in range(2, len(said) + 1))]
    return [
        button(clip(label, BUTTON_CHARS), action_id, f"{reply.draft_id}.{value}")
        for action_id, (label, value) in zip(ids, said, strict=False)
    ]


def _list_choices(parameter: Parameter) -> list[tuple[str, str, Value]]:
    """Give label, words and value of each choice that is read at a glance."""
    match parameter:
        case SelectParameter() if len(parameter.choices) <= CHOICES:
            return [(choice.label, choice.value, choice.value) for choice in parameter.choices]
        case YesNoParameter():
            return [("Yes", "yes", True), ("No", "no", False)]
        case _:
            return []


def _withdraw(draft_id: str) -> Block:
    return button("Withdraw", "draft.withdraw", draft_id)


def _describe(reply: ParameterQuestion) -> str:
    return f"{escape(reply.recipe_name)} · {_hint(reply.parameter)}"


def _hint(parameter: Parameter) -> str:
    if isinstance(parameter, SelectParameter):
        return "one of " + ", ".join(escape(choice.label) for choice in parameter.choices)
    return escape(parameter.hint) if parameter.hint else "answer in this thread, or in the form"
