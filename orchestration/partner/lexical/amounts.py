"""Amounts: a number beside the word for what it counts, a change of what stands, or the answer to a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from orchestration.partner.lexical.durations import read_durations
from orchestration.partner.lexical.message import Message, Span
from orchestration.partner.lexical.scene import NOT, NOUN, Found, Scene, list_nouns, mark_nouns
from recipes.parameters import BoundedSpec, Parameter, RangeParameter

NUMBER: Final = r"(?P<number>(?:- )?\d+(?:\.\d+)?\??)"
ONE: Final = r"(?P<number>\d+|one|a|an|another)"
VAGUE: Final = r"(?:(?:just |only )?(?:a )?(?:few|couple|bit|lot|several|some|many|half|plenty))"
AT_MOST: Final = re.compile(r" (?:no|not) (?:more|longer|larger|bigger) than (?:about )?$")
VAGUELY: Final = re.compile(r" (?:few|several|couple of|some|many|half a|half) $")
SPREAD: Final = r"(?:between )?(?P<low>\d+) (?:-|to|or|and|/|by|a|until) (?P<high>\d+)"
CHANGE: Final = re.compile(r" (?:no|rather|sorry|actually|mean|meant|instead|wait|better|make it) ")
DROPPED: Final = re.compile(r"(?<! dont)(?<! not) (?:forget|scratch|scrap) (?:about )?(?:the )?$")
CORRECTING: Final = r"(?:no|rather|sorry|actually|i mean|i meant|wait|better|make it|make that)"
MORE: Final = r"(?:more|extra|additional|further|longer)"
LESS: Final = r"(?:fewer|shorter)"
GROW: Final = r"(?:add|plus|append|increase by|extend by)"
SHRINK: Final = r"(?:remove|drop|cut|minus|delete|take away|reduce by|cut by)"


@dataclass(frozen=True)
class _Amount:
    said: str
    span: Span


def find_amount(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the number that the message gives for this parameter."""
    if not isinstance(parameter, BoundedSpec):
        return None
    unit = parameter.unit if isinstance(parameter, RangeParameter) else ""
    message = mark_nouns(read_durations(scene.message, unit), list_nouns(parameter))
    is_asked = scene.asked == parameter.name
    if (changed := _find_change(scene, parameter, message)) is not None:
        return changed
    if (spread := _find_spread(message, is_asked=is_asked)) is not None:
        return Found(quote=spread, doubt=f"“{spread}”: which number exactly?")
    found = _add_second(message, _list_counted(message)) or _list_bare(scene, parameter, message)
    if not found:
        return _find_vague(parameter, message, is_asked=is_asked)
    return _settle(parameter, message, found)


def _settle(parameter: BoundedSpec, message: Message, found: list[_Amount]) -> Found:
    if len({each.said for each in found}) > 1 and not _is_corrected(message, found):
        quotes = " and ".join(f"“{message.quote(each.span)}”" for each in found[:2])
        return Found(quote=message.quote(found[0].span), doubt=f"{parameter.label}: {quotes}, which of the two?")
    last = found[-1]
    quote = message.quote(last.span)
    if last.said.endswith("?"):
        return Found(quote=quote, doubt=f"{parameter.label} is a whole number; “{quote}” is not.")
    return Found(raw=last.said.replace(" ", ""), quote=quote)


def _is_corrected(message: Message, found: list[_Amount]) -> bool:
    return all(
        CHANGE.search(f" {message.form_of(Span(first.span.end, second.span.first))} ")
        for first, second in pairwise(found)
        if first.said != second.said
    )


def _list_counted(message: Message) -> list[_Amount]:
    """Give the numbers that stand with the parameter's word."""
    found = [
        *_list_numbers(message, rf"{NUMBER} (?:[a-z]+ )?{NOUN}"),
        *_list_numbers(message, rf"{NOUN} (?:(?::|=|is|are|to|be|of|should|at|must|count|from \d+ to) )+{NUMBER}"),
        *_list_numbers(message, rf"{NOUN} (?:from \d+ )?to {NUMBER}"),
    ]
    return sorted({(each.span.first, each.said): each for each in found}.values(), key=lambda each: each.span.first)


def _add_second(message: Message, counted: list[_Amount]) -> list[_Amount]:
    """Give the numbers with one that corrects the last of them without its word: "7 slides. Wait, no, 8"."""
    if not counted:
        return []
    end = counted[-1].span.end
    behind = message.cut(Span(end, len(message.tokens)))
    second = re.match(
        rf" (?:[,.!-] )?(?:{CORRECTING} (?:[,.!] )?)+{NUMBER}(?= (?:[,.!|]|please|instead|$)|$)", behind.forms
    )
    if second is None:
        return counted
    at = behind.span_of(second, "number")
    return [*counted, _Amount(second["number"], Span(end + at.first, end + at.end))]


def _list_bare(scene: Scene, parameter: BoundedSpec, message: Message) -> list[_Amount]:
    """Give the numbers that stand alone where only this parameter can be meant."""
    if scene.asked == parameter.name:
        if parameter.minimum == 0 and message.find(r"(?:none|nobody|zero|no one|noone|not a single one)"):
            return [_Amount("0", Span(0, len(message.tokens)))]
        bare = list(_list_numbers(message, NUMBER))
        alone = re.fullmatch(r" (?:only |just )?one (?:please |\. |! )?", message.forms)
        return bare or ([_Amount("1", Span(0, len(message.tokens)))] if alone else [])
    if not _is_only_number(scene, parameter, message):
        return []
    told = (
        r"(?:make it|make that|take|want|need|meant|mean|rather|better|set it to|go for|go with|lets say|"
        r"actually|sorry|no ,|"
        r"should be|(?:increase|reduce|raise|lower|change|up|down|bring)(?: it)? to)"
    )
    return [
        *_list_numbers(
            message, rf"{told} (?:about |around |only |just )?{NUMBER}(?= [,.!|¤]| not| instead| please| $)"
        ),
        *_list_numbers(message, rf"{NUMBER} (?:, )?(?:not|instead of|rather than) \d+"),
        *_list_numbers(message, rf"{NUMBER} of (?:them|those)"),
        *_list_numbers(message, rf"{NUMBER} (?:is|are|would be) (?:better|enough|plenty|fine)"),
    ]


def _is_only_number(scene: Scene, parameter: BoundedSpec, message: Message) -> bool:
    numeric = [each for each in scene.recipe.parameters if isinstance(each, BoundedSpec)]
    denied = message.find(r"(?:not|instead of|rather than) (?P<number>\d+)")
    if denied is not None:
        meant = [each for each in numeric if str(scene.heard.answers.get(each.name)) == denied[0]["number"]]
        if meant:
            return meant == [parameter]
    answered = [each for each in numeric if each.name in scene.heard.answers]
    return parameter in (numeric if len(numeric) == 1 else answered if len(answered) == 1 else [])


def _list_numbers(message: Message, pattern: str) -> Iterator[_Amount]:
    for match, span in message.find_all(pattern):
        number = message.span_of(match, "number")
        before = message.forms[: match.start("number")]
        after = message.forms[match.end("number") :]
        if (
            (re.search(rf" {NOT} (?:[a-z]+ ){{0,2}}$", before) and not AT_MOST.search(before))
            or re.search(r"[$€£#] $", before)
            or VAGUELY.search(before)
            or DROPPED.search(before)
        ):
            continue
        if re.match(r" (?:[%€$£]|percent|euro|dollar|pound|eur |usd )", after):
            continue
        quoted = Span(min(span.first, number.first), span.end)
        yield _Amount(match["number"], quoted)


def _find_spread(message: Message, *, is_asked: bool) -> str | None:
    found = message.find(rf"{SPREAD}(?: [a-z]+)? {NOUN}" if not is_asked else SPREAD)
    return message.quote(found[1]) if found else None


def _find_vague(parameter: BoundedSpec, message: Message, *, is_asked: bool) -> Found | None:
    found = message.find(rf"{VAGUE}(?: of)?(?: [a-z]+)? {NOUN}" if not is_asked else VAGUE)
    if found is None:
        return None
    quote = message.quote(found[1])
    return Found(quote=quote, doubt=f"{parameter.label}: “{quote}” is how many?")


def _find_change(scene: Scene, parameter: BoundedSpec, message: Message) -> Found | None:
    """Give the new number where the message changes the one that stands."""
    stands = scene.heard.answers.get(parameter.name, parameter.default)
    if not isinstance(stands, int):
        return None
    for pattern, sign in _list_changes(is_only=_is_only_number(scene, parameter, message)):
        if (found := message.find(pattern)) is not None:
            said = found[0]["number"]
            steps = int(said) if said.isdigit() else 1
            return Found(raw=str(stands + sign * steps), quote=message.quote(found[1]))
    for pattern, factor in ((r"(?:double|twice)", 2.0), (r"(?:halve|half)", 0.5)):
        found = message.find(rf"{pattern} (?:(?:the|of|as|many|number) )*{NOUN}")
        if found is not None and (stands * factor).is_integer():
            return Found(raw=str(int(stands * factor)), quote=message.quote(found[1]))
    return None


def _list_changes(*, is_only: bool) -> Iterator[tuple[str, int]]:
    yield rf"(?:{GROW} )?{ONE} {MORE} {NOUN}", 1
    yield rf"{ONE} {NOUN} {MORE}", 1
    yield rf"{GROW} {ONE}(?: {MORE})? {NOUN}", 1
    yield rf"{ONE} {LESS} {NOUN}", -1
    yield rf"{ONE} {NOUN} {LESS}", -1
    yield rf"{SHRINK} {ONE}(?: of the)? {NOUN}", -1
    if is_only:
        yield rf"(?:{GROW} )?{ONE} {MORE}(?= [,.!|]| please| $)", 1
        yield rf"(?:{SHRINK} )?{ONE} {LESS}(?= [,.!|]| please| $)", -1
