"""Choices: one of a list, by its value, label or a synonym, slips included."""

import re
from typing import Final

from orchestration.partner.lexical.message import OPAQUE, Message, Span
from orchestration.partner.lexical.phrases import find_phrase
from orchestration.partner.lexical.scene import NOT, NOUN, Found, Scene, list_nouns, mark_nouns
from recipes.answers import AnswerRefused, read_answer
from recipes.parameters import Choice, Parameter, SelectParameter

FILLERS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "it",
        "its",
        "is",
        "was",
        "be",
        "in",
        "with",
        "use",
        "using",
        "make",
        "it",
        "that",
        "this",
        "one",
        "please",
        "rather",
        "for",
        "to",
        "of",
        "as",
        "then",
        "and",
        "go",
        "set",
        "so",
        "i",
        "want",
        "would",
        "like",
        "prefer",
        "maybe",
        "better",
        "instead",
        "take",
        "choose",
        "pick",
        "we",
        "should",
        "need",
        "audience",
        "set",
        "change",
        "actually",
        "sorry",
        "mean",
        "meant",
        "only",
        "no",
        "just",
        "lets",
        "ill",
        "id",
        "on",
        "at",
        "about",
        "into",
        "style",
        ":",
        "=",
        "-",
    ]
)
NAME_TOKENS: Final = 3
"""So much may be the name of a choice that does not exist."""
POINTING: Final = frozenset(
    [
        "this",
        "that",
        "same",
        "usual",
        "our",
        "my",
        "your",
        "its",
        "the",
        "default",
        "any",
        "a",
        "an",
        "what",
        "which",
        "no",
        "each",
        "every",
        "one",
        "some",
    ]
)


def find_choice(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the choice that the message names for this parameter."""
    if not isinstance(parameter, SelectParameter):
        return None
    is_asked = scene.asked == parameter.name
    named = _list_named(scene.message, parameter, with_slips=True)
    message = mark_nouns(scene.message, list_nouns(parameter))
    meant = [each for each in named if is_asked or _is_meant(message, each[1])]
    meant = [each for each in meant if not _is_denied(message, each[1])]
    if not meant:
        return None if is_asked and named else _find_strange(scene, parameter, message)
    quote = message.quote(meant[-1][1])
    if len({choice.value for choice, _ in meant}) > 1 and not _is_corrected(message, meant[0][1], meant[-1][1]):
        names = " or ".join(dict.fromkeys(choice.label for choice, _ in meant))
        return Found(quote=quote, doubt=f"{parameter.label}: {names}, which of the two?")
    return Found(raw=meant[-1][0].value, quote=quote)


def names_choice(message: Message, parameter: Parameter) -> bool:
    """Tell whether these words are a choice of this parameter and nothing else."""
    if not isinstance(parameter, SelectParameter):
        return False
    named = _list_named(message, parameter, with_slips=False)
    return any(_is_alone(message, span) for _, span in named)


def _list_named(message: Message, parameter: SelectParameter, *, with_slips: bool) -> list[tuple[Choice, Span]]:
    found = [
        (choice, span)
        for choice in parameter.choices
        for name in (choice.value, choice.label, *choice.synonyms)
        for span in find_phrase(message, name, with_slips=with_slips)
    ]
    found.sort(key=lambda each: (each[1].first - each[1].end, each[1].first))
    kept = list[tuple[Choice, Span]]()
    for choice, span in found:
        # The longer name wins over the shorter one inside it.
        if all(span.end <= other.first or other.end <= span.first for _, other in kept):
            kept.append((choice, span))
    return sorted(kept, key=lambda each: each[1].first)


def _is_meant(message: Message, span: Span) -> bool:
    """Tell whether a choice stands beside the parameter's word, or makes a thought of its own."""
    before = message.form_of(Span(max(0, span.first - 4), span.first))
    after = message.form_of(Span(span.end, span.end + 2))
    if re.search(rf"(?:^| ){NOUN}(?: (?:is|was|to|should|be|of|:|=|a|in|it))*$", before) or after.startswith(NOUN):
        return True
    if re.search(r"(?:make it|make that|it was|it is|its|set it to|in the|the)$", before) and after.startswith("one"):
        return True
    if re.search(r"(?:^| )in(?: the)?$", before) and (
        not after or after.split()[0] in {",", ".", "!", "?", ";", "|", "and", "please"}
    ):
        return True
    return _is_alone(message, span)


def _is_alone(message: Message, span: Span) -> bool:
    first, end = span.first, span.end
    stops = {",", ";", ".", "!", "?", "|", "and", "but", "not", "(", ")", OPAQUE}
    while first > 0 and message.tokens[first - 1].form not in stops:
        first -= 1
    while end < len(message.tokens) and message.tokens[end].form not in stops:
        end += 1
    around = [*message.tokens[first : span.first], *message.tokens[span.end : end]]
    if any(token.form == OPAQUE for token in message.tokens[max(0, first - 1) : first]):
        # Right behind what was taken: only with a word that leads over to it.
        return bool(around) and all(token.form in FILLERS for token in around)
    return all(token.form in FILLERS or token.kind == "emoji" or token.form == NOUN for token in around)


def _is_denied(message: Message, span: Span) -> bool:
    before = message.form_of(Span(max(0, span.first - 4), span.first))
    return bool(re.search(rf"(?:^| )(?:{NOT}|anything but|all but)(?: (?:in|the|a|an|it|be|is|use|as|for))*$", before))


def _is_corrected(message: Message, first: Span, last: Span) -> bool:
    between = f" {message.form_of(Span(first.end, last.first))} "
    return (
        bool(re.search(r" (?:no|rather|sorry|actually|i mean|instead|wait|better) ", between)) and " or " not in between
    )


def _find_strange(scene: Scene, parameter: SelectParameter, message: Message) -> Found | None:
    """Give the doubt about a name that no choice has: better said than ignored."""
    strange = message.find(rf"(?:in|with|use) (?:the |a |an )?(?P<said>[a-z]+) {NOUN}")
    quote = ""
    if strange is not None and strange[0]["said"] not in POINTING:
        quote = message.quote(message.span_of(strange[0], "said"))
    elif scene.asked == parameter.name and len(scene.message.tokens) <= NAME_TOKENS:
        quote = scene.message.text.strip()
    if not quote or any(choice.is_named_by(quote) for choice in parameter.choices):
        return None
    try:
        read_answer(parameter, quote)
    except AnswerRefused as refused:
        return Found(quote=quote, doubt=refused.problem)
    return None
