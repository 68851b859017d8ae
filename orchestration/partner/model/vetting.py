"""Vetting: from what a model claims that a message says to a reading that the message bears out.

What does not hold ends in a doubt, which the bot asks about, or is dropped. No word of the model reaches people: values
are checked, reasons and doubts are said in words of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from orchestration.partner.interpreter import Candidate, Heard, Intent, ReadAnswer, Reading, Remark
from orchestration.partner.lexical.adoption import find_adopted
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.lexical.message import read_message
from orchestration.partner.model.choosing import LEAVING, choose_recipe, is_leaving
from orchestration.partner.model.quotes import find_quote, is_denied, is_hidden
from orchestration.partner.model.reply import ClaimedAnswer, ClaimedDoubt, Reply
from orchestration.partner.model.support import is_supported
from recipes.answers import AnswerRefused, read_answer, show_value
from recipes.mentions import show_mentions
from recipes.parameters import FilesParameter, MultitextParameter, Parameter, TextParameter, Value
from recipes.recipe import Recipe

SHOWN_CHARS: Final = 80
SILENT: Final = frozenset({Intent.CHATTER, Intent.THANKS, Intent.SMALL_TALK, Intent.WHO_CAN_SEE, Intent.ABOUT_BOT})


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What a reply is held against."""

    heard: Heard
    recipes: tuple[Recipe, ...]
    """The one in force, or all that may be meant."""
    adopted: Remark | None

    def find_words(self, quote: str) -> tuple[str, str] | None:
        """Find the words that a quote repeats, and the text that they stand in."""
        texts = [self.heard.text, *([self.adopted.text] if self.adopted else [])]
        return next(((found, text) for text in texts if (found := find_quote(quote, text)) is not None), None)

    def find_parameter(self, name: str) -> Parameter | None:
        """Find a parameter that each of the recipes has; files are handed in, not said."""
        found = [each.find_parameter(name) for each in self.recipes]
        return None if None in found or not found or isinstance(found[0], FilesParameter) else found[0]

    def read_all(self, name: str, raw: str) -> Value:
        """Give the value for each of the recipes.

        Raises:
            AnswerRefused: it does not fit all of them, or means something else in some.
        """
        parameters = [found for each in self.recipes if (found := each.find_parameter(name)) is not None]
        values = [read_answer(each, raw) for each in parameters]
        if any(each != values[0] for each in values):
            raise AnswerRefused(name, _ask(parameters[0]))
        return values[0]


def vet(reply: Reply, heard: Heard) -> Reading:
    """Give what of a reply the message bears out."""
    in_force, candidates = choose_recipe(reply, heard)
    slugs = [in_force] if in_force is not None else [each.slug for each in candidates]
    ground = _Ground(
        heard=heard,
        recipes=tuple(each for slug in slugs for each in heard.recipes if each.slug == slug),
        adopted=find_adopted(heard, read_message(heard.text)),
    )
    answers, doubts = _vet_answers(reply.answers, ground)
    for claimed in reply.doubts:
        _take_doubt(claimed, ground, answers, doubts)
    return Reading(
        intent=_settle_intent(reply.intent, heard, candidates, {*answers, *doubts}),
        recipe=in_force,
        candidates=candidates,
        answers=answers,
        doubts=doubts,
    )


def _vet_answers(claims: Iterable[ClaimedAnswer], ground: _Ground) -> tuple[dict[str, ReadAnswer], dict[str, str]]:
    answers: dict[str, ReadAnswer] = {}
    doubts: dict[str, str] = {}
    for claimed in claims:
        parameter = ground.find_parameter(claimed.parameter)
        if parameter is None:
            continue
        held = _hold(claimed, parameter, ground)
        earlier = answers.get(parameter.name)
        if isinstance(held, str) or (earlier is not None and earlier.raw != held.raw):
            doubts.setdefault(parameter.name, held if isinstance(held, str) else _ask(parameter))
        else:
            answers[parameter.name] = held
    for name in _list_swollen(answers, ground):
        doubts.setdefault(name, _ask(ground.find_parameter(name)))
    return {name: each for name, each in answers.items() if name not in doubts}, doubts


def _hold(claimed: ClaimedAnswer, parameter: Parameter, ground: _Ground) -> ReadAnswer | str:
    """Give the answer, or the sentence that asks for what does not hold in it."""
    found = ground.find_words(claimed.quote)
    if found is None:
        return _ask(parameter)
    quote, text = found
    is_words = isinstance(parameter, TextParameter | MultitextParameter)
    if is_hidden(quote, text, in_quotations=not is_words) or (not is_words and is_denied(quote, text)):
        return _ask(parameter, quote)
    try:
        value = ground.read_all(parameter.name, claimed.raw)
    except AnswerRefused as refused:
        # The sentence repeats the value: only if it is the person's.
        return refused.problem if find_quote(claimed.raw, quote) else _ask(parameter, quote)
    if all(is_supported(parameter, value, quote, heard=ground.heard, recipe=each) for each in ground.recipes):
        return ReadAnswer(raw=claimed.raw, quote=quote)
    return _ask(parameter, quote) if is_words else _ask_whether(parameter, value, quote)


def _list_swollen(answers: dict[str, ReadAnswer], ground: _Ground) -> list[str]:
    """Give the texts that hold the words of another answer: they took too much."""
    texts = {
        name: each
        for name, each in answers.items()
        if isinstance(ground.find_parameter(name), TextParameter | MultitextParameter)
    }
    others = [each.quote for name, each in answers.items() if name not in texts]
    return [name for name, each in texts.items() if any(find_quote(quote, each.raw) for quote in others)]


def _take_doubt(claimed: ClaimedDoubt, ground: _Ground, answers: dict[str, ReadAnswer], doubts: dict[str, str]) -> None:
    parameter = ground.find_parameter(claimed.parameter)
    if parameter is None or parameter.name in answers or parameter.name in doubts:
        return
    found = ground.find_words(claimed.quote)
    if found is None:
        if parameter.name == ground.heard.asked:
            doubts[parameter.name] = _ask(parameter)
        return
    told = read_lexically(ground.heard).doubts.get(parameter.name)
    doubts[parameter.name] = told or _say_refusal(parameter, found[0])


def _say_refusal(parameter: Parameter, quote: str) -> str:
    try:
        read_answer(parameter, quote)
    except AnswerRefused as refused:
        return refused.problem
    return _ask(parameter, quote)


def _settle_intent(intent: Intent, heard: Heard, candidates: tuple[Candidate, ...], told: set[str]) -> Intent:
    if heard.asked in told and not candidates:
        return Intent.ANSWER
    if intent in LEAVING and not is_leaving(intent, heard):
        return Intent.WORK
    if told or candidates:
        return Intent.WORK if intent in SILENT else intent
    if intent is Intent.CHATTER and heard.addressed:
        # Whoever speaks to us gets an answer.
        return read_lexically(heard).intent
    return intent


def _ask(parameter: Parameter | None, quote: str = "") -> str:
    label = parameter.label if parameter is not None else "that"
    words = f" by “{_cut(quote)}”" if quote else ""
    return f"{label}: I am not sure what you mean{words}."


def _ask_whether(parameter: Parameter, value: Value, quote: str) -> str:
    shown = _cut(show_value(parameter, value))
    return f"{parameter.label}: do you mean {shown} by “{_cut(quote)}”? Please say it in so many words."


def _cut(words: str) -> str:
    plain = " ".join(show_mentions(words).split())
    return plain if len(plain) <= SHOWN_CHARS else f"{plain[: SHOWN_CHARS - 1]}…"
