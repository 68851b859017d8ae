"""Lists: several short texts, as an answer, behind the word for them, or as a change of what stands."""

import re
from typing import Final

from orchestration.partner.lexical.lexicon import fold, tell_languages
from orchestration.partner.lexical.message import OPAQUE, Message, Span
from orchestration.partner.lexical.phrases import find_phrase
from orchestration.partner.lexical.scene import Found, Scene
from recipes.parameters import MultitextParameter, Parameter

NUMBERING: Final = re.compile(r"^\s*(?:[•▪◦*–-]|\(?\d{1,2}[.)])\s*")
SEPARATORS: Final = re.compile(
    r"\s*,\s*(?:and\s+|&\s*|or\s+)?|\s+(?:and|&|\+|vs\.?|versus|und|et|y|e|и)\s+|\s*/\s*|\s+\+\s*|\s*&\s*",
    re.IGNORECASE,
)
DUTCH_AND: Final = re.compile(r"\s+en\s+")
"""In French and Spanish the same word is "in"."""
INLINE_NUMBERS: Final = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s+")
COURTESY: Final = re.compile(
    r"[\s,.;!-]*\b(?:please|pls|plz|thanks|thank you|thx|bitte|por favor|merci|only|i think|i guess|that'?s all)"
    r"[\s.!]*$",
    re.IGNORECASE,
)
LEAD: Final = re.compile(
    r"^\s*(?:(?:only|just|maybe|please|ok|okay|yes|so|well|i think|let's say|lets say|let's take|take|it's|"
    r"it is|they are|"
    r"we need|i need|i want|use|compare|with|include|add|those are|that would be|there were|mainly|both|nur)[\s,:]+)+",
    re.IGNORECASE,
)
CLOSING: Final = " \t\"'“”.,;:!"


def split_list(said: str, *, beside: str = "") -> list[str]:
    """Give the lines of a list: by its own separators where it has some, else at commas and "and".

    Args:
        said: The list as it was written.
        beside: The message around it, which may tell its language.
    """
    if "nl" in tell_languages(fold(word) for word in beside.split()):
        said = DUTCH_AND.sub(", ", said)
    if re.search(r"[\n;]", said) or len(re.findall(r"[•▪◦]", said)) > 1:
        parts = re.split(r"[\n;]|\s*[•▪◦]\s*", said)
        return [line for each in parts if (line := _tidy(NUMBERING.sub("", each)))]
    said = LEAD.sub("", COURTESY.sub("", said))
    if len(INLINE_NUMBERS.findall(said)) > 1:
        return [line for each in INLINE_NUMBERS.split(said) if (line := _tidy(each))]
    return [line for each in SEPARATORS.split(NUMBERING.sub("", said)) if (line := _tidy(each))]


def find_list(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the list that stands behind the word for it, or that changes the one that stands."""
    if not isinstance(parameter, MultitextParameter):
        return None
    return _find_labelled(scene, parameter) or _find_change(scene, parameter)


def _find_labelled(scene: Scene, parameter: MultitextParameter) -> Found | None:
    message = scene.message
    for name in (parameter.label, parameter.name.replace("_", " ")):
        for span in find_phrase(message, name):
            after = message.form_of(Span(span.end, min(span.end + 3, len(message.tokens))))
            before = message.form_of(Span(max(0, span.first - 2), span.first))
            is_led = re.match(r"(?:should be|should|are|is|were|must be|will be|:|=|-)(?: |$)", after)
            if is_led is None and not re.search(r"(?:with|with the|by|by the)$", before):
                continue
            skip = len(is_led[0].split()) if is_led else 0
            end = _find_end(message, span.end + skip)
            quote = message.quote(Span(span.end + skip, end)).strip()
            if lines := split_list(quote):
                return Found(raw="\n".join(lines), quote=quote)
    return None


def _find_end(message: Message, first: int) -> int:
    """Give where a list ends: at the end of its sentence, or where another answer was read."""
    for at in range(first, len(message.tokens)):
        form = message.tokens[at].form
        ends = form in {".", "!", "?"} and (
            at + 1 == len(message.tokens) or message.text[message.tokens[at].end].isspace()
        )
        is_line = form == "|" and not NUMBERING.match(message.text[message.tokens[at].end :]) and at > first
        if ends or is_line or form == OPAQUE:
            return at
    return len(message.tokens)


def _find_change(scene: Scene, parameter: MultitextParameter) -> Found | None:
    stands = scene.heard.answers.get(parameter.name)
    if not isinstance(stands, tuple | list):
        return None
    lists = [each for each in scene.recipe.parameters if isinstance(scene.heard.answers.get(each.name), tuple | list)]
    lines = [str(each) for each in stands]
    text = scene.message.text
    for change in (_replace, _remove, _add):
        changed = change(lines, scene.message, is_only=len(lists) == 1)
        if changed is not None and changed != lines and changed:
            return Found(raw="\n".join(changed), quote=text.strip())
    return None


def _replace(lines: list[str], message: Message, *, is_only: bool) -> list[str] | None:  # noqa: ARG001 (one shape for all)
    for pattern in (
        r"\b(?:replace|swap|exchange|change)\s+(?P<old>.+?)\s+(?:with|by|for|to)\s+(?P<new>[^,.;!\n]+)",
        r"(?P<new>[\w][\w .-]*?)\s+(?:instead of|rather than|not)\s+(?P<old>[^,.;!\n]+)",
    ):
        found = re.search(pattern, message.text, re.IGNORECASE)
        at = _index(lines, found["old"]) if found else None
        if found is not None and at is not None:
            new = LEAD.sub("", COURTESY.sub("", found["new"])).strip(CLOSING)
            return [*lines[:at], new, *lines[at + 1 :]]
    return None


def _remove(lines: list[str], message: Message, *, is_only: bool) -> list[str] | None:  # noqa: ARG001 (one shape for all)
    found = re.search(
        r"\b(?:remove|drop|delete|without|leave out|skip|forget|not|take out|minus|exclude)\s+(?P<old>[^.;!\n]+)",
        message.text,
        re.IGNORECASE,
    )
    if found is None:
        return None
    gone = {at for each in split_list(found["old"]) if (at := _index(lines, each)) is not None}
    return [line for at, line in enumerate(lines) if at not in gone] if gone else None


def _add(lines: list[str], message: Message, *, is_only: bool) -> list[str] | None:
    found = re.search(
        r"\b(?:add|also(?: compare| include| add| cover)?|plus|include|and also|as well as)\s+(?P<new>[^.;!\n<]+?)"
        r"(?:\s+(?:to the \w+|too|as well))?\s*[.!]*$",
        message.text,
        re.IGNORECASE,
    )
    if found is None or not is_only or re.search(r"\d|¤", found["new"]):
        return None
    new = split_list(found["new"])
    # Names are written large: "add charts" is another wish, "add Initech" is one more of these.
    are_alike = all(each[:1].isupper() for each in new) if all(each[:1].isupper() for each in lines) else True
    return [*lines, *new] if new and are_alike and all(_index(lines, each) is None for each in new) else None


def _index(lines: list[str], said: str) -> int | None:
    wanted = said.strip(CLOSING).casefold()
    return next((at for at, line in enumerate(lines) if line.casefold() == wanted), None)


def _tidy(line: str) -> str:
    return line.strip().strip(CLOSING).strip()
