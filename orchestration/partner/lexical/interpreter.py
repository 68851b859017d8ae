"""The interpreter without a key: it takes what the words plainly say, and leaves the rest to a question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.partner.interpreter import Candidate, Heard, Intent, ReadAnswer, Reading
from orchestration.partner.lexical.adoption import find_adopted
from orchestration.partner.lexical.answers import find_topic_span, read_parameters
from orchestration.partner.lexical.intents import (
    find_steering,
    find_talk,
    is_elsewhere,
    is_for_us,
    is_nod,
    mask_questions,
)
from orchestration.partner.lexical.message import Message, Span, read_message
from orchestration.partner.lexical.names import Choice, Naming, choose, is_change, list_namings, pick_offered
from orchestration.partner.lexical.numerals import read_numerals
from orchestration.partner.lexical.people import is_told_to_others, mask_quoted_people
from orchestration.partner.lexical.scene import Found, Scene
from recipes.answers import AnswerRefused, read_answer
from recipes.ids import RecipeSlug
from recipes.parameters import MultitextParameter, SelectParameter, TextParameter, Value
from recipes.recipe import Recipe

AGREEMENT: Final = (
    r"(?:yes|yep|yeah|yup|sure|ok|okay|please|please do|go ahead|sounds good|fine|perfect|:\+1:|that one|"
    r"exactly|great|lets do it)"
)
REPLY: Final = rf"(?:no|yes|{AGREEMENT}) thanks|no|yes"
READ_CHARS: Final = 2_000
"""So much of a message is read: what is longer is material, and no order."""

NO_CHOICE: Final = Choice(())


@dataclass(frozen=True)
class _Pick:
    """Which recipe a message leaves in force."""

    recipe: Recipe | None
    is_new: bool = False
    choice: Choice = NO_CHOICE
    naming: Span | None = None


class LexicalInterpreter:
    """Reads messages by rules about language and recipes; see `orchestration.partner.interpreter`."""

    async def read(self, heard: Heard) -> Reading:
        """See `Interpreter.read`."""
        return read_lexically(heard)


def read_lexically(heard: Heard) -> Reading:
    """Give what the message says."""
    message = read_numerals(read_message(heard.text[:READ_CHARS]))
    if heard.author != heard.requester or (not heard.addressed and is_told_to_others(message)):
        return Reading(intent=Intent.CHATTER, recipe=heard.recipe)
    is_asked, has_offer = heard.asked is not None, bool(heard.offered)
    steering = find_steering(message, is_asked=is_asked, has_offer=has_offer)
    if steering is Intent.START_OVER or steering is Intent.SOMETHING_ELSE:
        return _leave(heard, message, steering)
    open_words = mask_quoted_people(mask_questions(message))
    pick = _pick(heard, open_words)
    found = _list_found(heard, open_words, pick, is_steered=steering is not None)
    if not found and (remark := find_adopted(heard, message)) is not None and pick.recipe is not None:
        adopted = read_numerals(read_message(remark.text))
        found = read_parameters(Scene(heard=heard, recipe=pick.recipe, message=adopted, asked=None), None)
        found = _keep_named(found, pick.recipe, message)
    return _conclude(heard, message, pick, found, steering)


def _leave(heard: Heard, message: Message, intent: Intent) -> Reading:
    """Give the reading of a message that leaves its recipe, unless it names the next one."""
    namings = [each for each in list_namings(message, heard.recipes) if heard.recipe not in each.slugs]
    if not namings:
        return Reading(intent=intent, recipe=None)
    pick = _choose(replace(heard, recipe=None), message, namings)
    if pick.recipe is None:
        return Reading(intent=intent, recipe=None)
    return _conclude(heard, message, pick, _list_found(heard, message, pick, is_steered=True), None)


def _pick(heard: Heard, message: Message) -> _Pick:
    current = next((each for each in heard.recipes if each.slug == heard.recipe), None)
    namings = list_namings(message, heard.recipes)
    if current is None and heard.offered:
        offered = pick_offered(message, heard.offered, heard.recipes)
        if offered is None and len(heard.offered) == 1 and message.has(AGREEMENT) and not message.has("not|no"):
            offered = heard.offered[0]
        if offered is not None:
            span = next((each.span for each in namings if offered in each.slugs), None)
            return _Pick(_get(heard.recipes, offered), is_new=True, choice=Choice((offered,)), naming=span)
    return _choose(heard, message, namings)


def _choose(heard: Heard, message: Message, namings: Sequence[Naming]) -> _Pick:
    current = next((each for each in heard.recipes if each.slug == heard.recipe), None)
    outside, topics = _part_topics(heard, message, namings)
    choice = choose(message.without(topics), outside, heard.recipes)
    span = next((each.span for each in outside if set(choice.slugs) & set(each.slugs)), None)
    if current is not None:
        is_same = not choice.slugs or current.slug in choice.slugs
        asked = current.find_parameter(heard.asked) if heard.asked else None
        is_text_asked = isinstance(asked, TextParameter | MultitextParameter)
        if is_same or not is_change(message, outside, current.slug, is_text_asked=is_text_asked):
            return _Pick(current, naming=span if is_same else None)
    if len(choice.slugs) == 1:
        return _Pick(_get(heard.recipes, choice.slugs[0]), is_new=True, choice=choice, naming=span)
    return _Pick(None, choice=choice, naming=span)


def _part_topics(heard: Heard, message: Message, namings: Sequence[Naming]) -> tuple[list[Naming], list[Span]]:
    """Give the namings that do not stand inside the topic of an earlier one, and these topics."""
    kept, topics = list[Naming](), list[Span]()
    hidden_from = hidden_to = len(message.tokens)
    for naming in namings:
        if hidden_from <= naming.span.first < hidden_to:
            continue
        kept.append(naming)
        recipe = _get(heard.recipes, naming.slugs[0])
        scene = Scene(heard=heard, recipe=recipe, message=message, asked=None)
        topic = find_topic_span(scene, naming.span)
        if topic is not None:
            topics.append(topic)
            hidden_from, hidden_to = topic.first, topic.end
    return kept, topics


def _list_found(heard: Heard, message: Message, pick: _Pick, *, is_steered: bool) -> dict[str, Found]:
    if pick.recipe is None:
        return _list_shared(heard, message, pick)
    answers: Mapping[str, Value] = {} if pick.is_new else heard.answers
    asked = pick.recipe.find_parameter(heard.asked) if heard.asked else None
    # "Standard is fine" may be one of the choices; other values are not read from words that steer the talk.
    is_open = not pick.is_new and (not is_steered or isinstance(asked, SelectParameter))
    scene = Scene(
        heard=replace(heard, answers=answers),
        recipe=pick.recipe,
        message=message,
        asked=heard.asked if is_open else None,
    )
    found = read_parameters(scene, pick.naming)
    return {name: each for name, each in found.items() if each.raw is not None or not is_steered or name != heard.asked}


def _list_shared(heard: Heard, message: Message, pick: _Pick) -> dict[str, Found]:
    """Give what is said whichever of the candidates is meant."""
    shared: dict[str, Found] | None = None
    for slug in pick.choice.slugs:
        scene = Scene(heard=replace(heard, answers={}), recipe=_get(heard.recipes, slug), message=message, asked=None)
        found = read_parameters(scene, pick.naming)
        shared = found if shared is None else {n: each for n, each in shared.items() if found.get(n) == each}
    return shared or {}


def _keep_named(found: dict[str, Found], recipe: Recipe, message: Message) -> dict[str, Found]:
    """Give what was adopted: all of a remark, or the part of it that the message names."""
    kinds = {each.name: {*each.name.split("_"), *each.label.lower().split(), each.kind} for each in recipe.parameters}
    said = {token.form for token in message.tokens if token.kind == "word"}
    named = {name: each for name, each in found.items() if kinds[name] & said}
    return named or found


def _conclude(heard: Heard, message: Message, pick: _Pick, found: dict[str, Found], steering: Intent | None) -> Reading:
    recipes = [pick.recipe] if pick.recipe else [_get(heard.recipes, slug) for slug in pick.choice.slugs]
    answers, doubts = _check(recipes, found)
    return Reading(
        intent=_decide(heard, message, pick, answers, doubts, steering),
        recipe=pick.recipe.slug if pick.recipe else None,
        candidates=tuple(Candidate(slug=slug, reason=_tell_reason(pick.choice, slug)) for slug in pick.choice.slugs),
        answers=answers,
        doubts=doubts,
    )


def _tell_reason(choice: Choice, slug: RecipeSlug) -> str:
    said = choice.said.get(slug)
    return f"you said “{said}”" if said else "you picked it"


def _check(recipes: Iterable[Recipe], found: dict[str, Found]) -> tuple[dict[str, ReadAnswer], dict[str, str]]:
    answers: dict[str, ReadAnswer] = {}
    doubts: dict[str, str] = {}
    for name, each in found.items():
        if each.raw is None:
            doubts[name] = each.doubt or ""
            continue
        try:
            for recipe in recipes:
                if (parameter := recipe.find_parameter(name)) is not None:
                    read_answer(parameter, each.raw)
            answers[name] = ReadAnswer(raw=each.raw, quote=each.quote)
        except AnswerRefused as refused:
            doubts[name] = refused.problem
    return answers, doubts


def _decide(
    heard: Heard,
    message: Message,
    pick: _Pick,
    answers: dict[str, ReadAnswer],
    doubts: dict[str, str],
    steering: Intent | None,
) -> Intent:
    if pick.is_new and heard.offered and heard.recipe is None and pick.recipe and pick.recipe.slug in heard.offered:
        return Intent.ANSWER
    if not pick.is_new and heard.asked in answers:
        return Intent.ANSWER
    if answers or pick.choice.slugs:
        return Intent.WORK
    if steering is not None:
        return steering
    if heard.asked in doubts and not pick.is_new:
        return Intent.ANSWER
    return _decide_talk(heard, message, doubts, is_named=pick.naming is not None)


def _decide_talk(heard: Heard, message: Message, doubts: dict[str, str], *, is_named: bool) -> Intent:
    is_replying = heard.asked is not None or (bool(heard.offered) and heard.recipe is None)
    if is_elsewhere(message) and not heard.addressed:
        return Intent.CHATTER
    if is_replying and message.has(REPLY):
        return Intent.ANSWER
    talk = None if doubts else find_talk(message)
    if talk is None and not is_replying and not doubts and is_nod(message):
        talk = Intent.SMALL_TALK if heard.addressed else Intent.CHATTER
    if talk is not None or is_replying:
        return talk or Intent.ANSWER
    return Intent.WORK if heard.addressed or doubts or is_named or is_for_us(message) else Intent.CHATTER


def _get(recipes: Iterable[Recipe], slug: RecipeSlug) -> Recipe:
    return next(each for each in recipes if each.slug == slug)
