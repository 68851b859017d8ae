"""Answers: all that a message says about one recipe's parameters, its main text first: nothing else is read in that."""

import re
from typing import Final

from orchestration.partner.lexical.amounts import find_amount
from orchestration.partner.lexical.choices import find_choice
from orchestration.partner.lexical.consent import find_consent
from orchestration.partner.lexical.dates import find_date
from orchestration.partner.lexical.lists import find_list, split_list
from orchestration.partner.lexical.message import OPAQUE, Message, Span
from orchestration.partner.lexical.people import find_channel, find_person
from orchestration.partner.lexical.scene import NOUN, Found, Rule, Scene, list_nouns, mark_nouns
from orchestration.partner.lexical.topics import Topic, cut_topic, find_start
from recipes.parameters import MultitextParameter, Parameter, TextParameter
from recipes.recipe import Recipe

RULES: Final[tuple[Rule, ...]] = (
    find_amount, find_date, find_choice, find_consent, find_person, find_channel, find_list,
)  # fmt: skip
EMPTY_REPLY: Final = re.compile(
    r" (?:(?:yes|yep|yeah|yup|no|nope|ok|okay|sure|fine|hmm+|hm|well|please|thanks|hello|hey|maybe|perhaps|exactly|"
    r"great|good|right|alright|i|think|so|:\S+:|,|\.|!|\?|-) )+"
)
"""Said in answer to "about what?", this says nothing yet."""
VERBS: Final = frozenset({"leave", "keep", "please", "just", "the"})
LABELLED_TOKENS: Final = 3
"""So much may stand behind the name of what it answers; more is a text with a colon in it."""
BASIS: Final = re.compile(r" ?(?:on|by|regarding|in terms of|according to|along) ")
ABOUT: Final = re.compile(
    r" (?:(?:it|its|that|thats|is|should|be|would|the|topic|please|make|a|so|ok|well|i|think|want|lets|"
    r"say) )*(?:about|on|:) "
)


def read_parameters(scene: Scene, naming: Span | None) -> dict[str, Found]:
    """Give what the message says, parameter by parameter.

    Args:
        scene: The message under its recipe.
        naming: The words that name the recipe, if they stand in the message.
    """
    found: dict[str, Found] = {}
    main = _find_main(scene.recipe)
    topic = None if main is None else _find_topic(scene, main, naming)
    if main is not None and topic is not None:
        found[main.name] = _tell(scene, main, topic)
        scene = scene.without(topic.span)
        scene = _read_basis(scene, main, topic, found)
    for parameter in scene.recipe.parameters:
        if parameter.name in found:
            continue
        asked = parameter.name == scene.asked
        if asked and isinstance(parameter, TextParameter | MultitextParameter):
            if (told := _find_whole(scene, parameter)) is not None:
                found[parameter.name] = _tell(scene, parameter, told)
                scene = scene.without(told.span)
            continue
        for rule in RULES:
            if (each := rule(scene, parameter)) is not None:
                found[parameter.name] = each
                break
    return found


def find_topic_span(scene: Scene, naming: Span) -> Span | None:
    """Give the tokens of the main text that the name of a recipe leads over to."""
    main = _find_main(scene.recipe)
    topic = None if main is None else _find_topic(scene, main, naming)
    return topic.span if topic else None


def _find_main(recipe: Recipe) -> Parameter | None:
    texts = [each for each in recipe.parameters if isinstance(each, TextParameter | MultitextParameter)]
    return next((each for each in texts if each.required), texts[0] if texts else None)


def _find_topic(scene: Scene, main: Parameter, naming: Span | None) -> Topic | None:
    start = find_start(scene.message, main, naming)
    if start is None or start >= len(scene.message.tokens):
        return None
    topic = cut_topic(scene, start, RULES, skip=main)
    if topic is None or not isinstance(main, MultitextParameter):
        return topic
    return _cut_basis(scene.message, topic)


def _cut_basis(message: Message, topic: Topic) -> Topic:
    """Give a list without what its items are looked at by: "A and B on speed"."""
    basis = BASIS.search(f" {message.form_of(topic.span)} ")
    if basis is None:
        return topic
    end = topic.span.first + len(f" {message.form_of(topic.span)} "[: basis.start() + 1].split())
    span = Span(topic.span.first, end)
    return Topic(message.quote(span), span)


def _read_basis(scene: Scene, main: Parameter, topic: Topic, found: dict[str, Found]) -> Scene:
    """Take what a list is looked at by for the next list, where a preposition leads over to it."""
    lists = [each for each in scene.recipe.parameters if isinstance(each, MultitextParameter) and each != main]
    after = topic.span.end
    rest = f" {scene.message.form_of(Span(after, len(scene.message.tokens)))} "
    led = re.match(rf" (?:, )?{BASIS.pattern.strip()}", rest)
    if not isinstance(main, MultitextParameter) or not lists or led is None:
        return scene
    cut = cut_topic(scene, after + len(led[0].split()), RULES, skip=lists[0])
    if cut is None:
        return scene
    found[lists[0].name] = _tell(scene, lists[0], cut)
    return scene.without(cut.span)


def _find_whole(scene: Scene, parameter: Parameter) -> Topic | None:
    """Give the message as the answer to the question, without what answers others."""
    if all(token.form == OPAQUE for token in scene.message.tokens if token.kind not in {"mark", "line"}):
        # A question of its own, like "who can see this?", is no answer; nor is what was taken already.
        return None
    if EMPTY_REPLY.fullmatch(scene.message.forms):
        return None
    if all(_is_of_other(scene, span, parameter) for span in scene.message.segments()):
        return None
    if isinstance(parameter, MultitextParameter):
        said = scene.message.text.strip()
        return Topic(said, Span(0, len(scene.message.tokens))) if said else None
    about = ABOUT.match(scene.message.forms)
    start = len(about[0].split()) if about else 0
    return cut_topic(scene, start, RULES, skip=parameter) if scene.message.tokens else None


def _is_of_other(scene: Scene, span: Span, asked: Parameter) -> bool:
    """Tell whether a thought says outright which other parameter it answers: "slides: 12", "leave prices out"."""
    part = scene.within(span)
    for other in scene.recipe.parameters:
        refused = find_consent(part, other) if other != asked else None
        if refused is not None and refused.raw == "no" and _is_all(part.message, refused.quote):
            return True
        marked = mark_nouns(part.message, list_nouns(other)).forms
        if other != asked and re.match(rf" (?:the )?(?:{NOUN} )+(?:=|:) (?:\S+ ){{1,{LABELLED_TOKENS}}}$", marked):
            return any((found := rule(part, other)) is not None and found.raw is not None for rule in RULES)
    return False


def _is_all(message: Message, quote: str) -> bool:
    """Tell whether a quote is all that a thought says, but for the verb and a courtesy."""
    start = message.text.find(quote)
    rest = {token.form for token in message.tokens if not start <= token.start < start + len(quote)}
    return rest <= VERBS


def _tell(scene: Scene, parameter: Parameter, topic: Topic) -> Found:
    if isinstance(parameter, MultitextParameter):
        return Found(raw="\n".join(split_list(topic.said, beside=scene.message.text)), quote=topic.said)
    return Found(raw=topic.said, quote=topic.said)
