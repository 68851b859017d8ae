"""Wishes: what a message wants changed of a delivered file, read by rules in eight languages.

A message is a wish only if all of it is: every clause names a change, and no word is left that the rules do not know.
So thanks, remarks and what people say to one another are none.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast

from orchestration.partner.lexical.message import OPAQUE, Message, read_message
from orchestration.partner.lexical.numerals import read_numerals
from recipes.revision import (
    LAST,
    AnyChange,
    Drop,
    KeepCount,
    MakeFormat,
    Move,
    Place,
    Restore,
    Reword,
    SetTheme,
    Shape,
    ShowAs,
    Swap,
    Unit,
    Wish,
)
from recipes.theme import THEMES

# Nobody says what to change in more words than this; what is longer is material.
WISH_CHARS: Final = 300
PIECES: Final = frozenset({"and", ","})
"""They part two wishes, or two numbers of one."""

_UNITS: Final[Mapping[str, Unit]] = {"slide": "slide", "section": "section", "sheet": "sheet"}
_NO: Final = r"(?:-?\d+|¤\d+)"
_UNIT: Final = r"(?:slide|section|sheet)"
_LIST: Final = rf"{_NO}(?: (?:and|,|to|-|{_UNIT}) {_NO}| (?:and|,) {_UNIT} {_NO})*"
_PART: Final = rf"(?:{_UNIT} (?P<a>{_NO})|(?P<b>{_NO}) {_UNIT})"
_PARTS: Final = rf"(?:{_UNIT} (?P<many>{_LIST})|(?P<those>{_LIST}) {_UNIT})"
_KIND: Final = r"(?:bar|column|line|pie|doughnut|area)"
_SHAPE: Final = rf"(?P<shape>table|bullets|(?:stacked )?{_KIND}(?: chart)?|chart(?: {_KIND}(?: stacked)?)?)"
_TO: Final = r"(?: (?:as|to))?"


def read_wish(text: str) -> Wish | None:
    """Give what a message wants changed; None where it is no wish, or holds more than wishes."""
    if len(text) > WISH_CHARS:
        return None
    tokens, named = _list_tokens(read_numerals(read_message(text)))
    if _trim(tokens) == ["versions"]:
        return Wish(changes=(), lists_versions=True)
    if "?" in tokens and not _VERBS & {*tokens}:
        return None
    changes = _read(_trim(tokens), _Reader(named, text.strip()))
    if not changes:
        return None
    unit: Unit | None = next((_UNITS[each] for each in tokens if each in _UNITS), None)
    return Wish(changes=tuple(changes), unit=unit)


def read_loosely(text: str) -> Wish | None:
    """Give a wish for other words where a message to us names a part by its number, whatever else it says of it."""
    tokens, named = _list_tokens(read_numerals(read_message(text)))
    found = re.search(rf"(?<!\S)(?P<unit>{_UNIT}) (?P<many>{_LIST})(?!\S)", " ".join(tokens))
    if found is None or len(text) > WISH_CHARS or "?" in tokens or "no" in tokens:
        return None
    places = _Reader(named, text).parts(found)
    return Wish(changes=(Reword(places=places, words=text.strip()),), unit=_UNITS[found["unit"]])


def list_numbers(text: str) -> frozenset[int]:
    """Give the numbers that a message says, in digits or words; the last part is `LAST`."""
    tokens, _ = _list_tokens(read_numerals(read_message(text)))
    return frozenset(int(each) for each in tokens if re.fullmatch(r"-?\d+", each))


@dataclass(frozen=True)
class _Reader:
    """What the rules read with: what stands in quotation marks, and the whole message."""

    named: Sequence[str]
    text: str

    def place(self, said: str) -> Place:
        return self.named[int(said[1:])] if said.startswith(OPAQUE) else int(said)

    def part(self, found: re.Match[str]) -> Place:
        return self.place(found["a"] or found["b"])

    def parts(self, found: re.Match[str]) -> tuple[Place, ...]:
        """Give a list of parts, with those between the ends of a range."""
        places: list[Place] = []
        said = re.findall(rf"{_NO}|to|-", found["many"] or found["those"])
        for at, each in enumerate(said):
            if each not in {"to", "-"}:
                places.append(self.place(each))
            elif at + 1 < len(said) and isinstance(places[-1], int) and said[at + 1].isdigit():
                places.extend(range(places[-1] + 1, int(said[at + 1])))
        return tuple(dict.fromkeys(places))


def _read(tokens: Sequence[str], reader: _Reader) -> list[AnyChange]:
    """Give the wishes of these tokens, all of which must be read; a mark or a word like "and" may part two wishes."""
    if not tokens:
        return []
    forms = " ".join(tokens)
    for make, *patterns in _RULES:
        for pattern in patterns:
            if found := re.fullmatch(pattern, forms):
                return [make(found, reader)]
    for at, token in enumerate(tokens):
        if token in PIECES or token in _ENDS:
            first, rest = _trim(tokens[:at]), _trim(tokens[at + 1 :])
            if first and rest and (head := _read(first, reader)) and (tail := _read(rest, reader)):
                return [*head, *tail]
    return []


def _trim(tokens: Sequence[str]) -> list[str]:
    """Give the tokens without marks at either end."""
    left = list(tokens)
    while left and left[0] in _MARKS:
        left.pop(0)
    while left and left[-1] in _MARKS:
        left.pop()
    return left


def _list_tokens(message: Message) -> tuple[list[str], list[str]]:
    """Give the words that the rules know, and what stands in quotation marks; a word that they do not know stays."""
    words, named = list[str](), list[str]()
    for at, token in enumerate(message.tokens):
        if token.kind == "hidden":
            if at and message.tokens[at - 1].kind == "hidden":
                named[-1] = message.text[message.text.index(named[-1]) : token.end]
            else:
                named.append(message.text[token.start : token.end])
                words.append(f"{OPAQUE}{len(named) - 1}")
            continue
        known = _load().get(token.form, token.form)
        if known != "filler":
            words.append(known)
    return _plain(words), [each.strip("\"'“”„«»` ") for each in named]


def _plain(words: Sequence[str]) -> list[str]:
    """Give the words without those that say nothing where they stand.

    That is "to" but between numbers, and the whole file but beside a count: that may be another file.
    """
    kept: list[str] = []
    for at, word in enumerate(words):
        between = at + 1 < len(words) and kept and kept[-1].lstrip("-").isdigit() and words[at + 1].isdigit()
        if (word == "to" and not between) or (word == "whole" and "slide" not in words[at:]):
            continue
        kept.append(word)
    return kept


@cache
def _load() -> Mapping[str, str]:
    table = tomllib.loads(files("orchestration.partner.lexical").joinpath("wishes.toml").read_text(encoding="utf-8"))
    numbers = {word: number for number, words in table.pop("ordinals").items() for word in words}
    # What comes first counts: some words mean one thing here and another there.
    known: dict[str, str] = {}
    for english, words in table.items():
        for word in words:
            known.setdefault(word, english)
    return {**known, **numbers}


def _read_shape(said: str) -> Shape:
    words = said.split()
    kind = next((each for each in words if each not in {"chart", "stacked"}), "chart")
    return cast("Shape", f"stacked_{kind}" if "stacked" in words and kind in {"bar", "column", "area"} else kind)


def _drop(found: re.Match[str], reader: _Reader) -> Drop:
    return Drop(places=reader.parts(found))


def _keep(found: re.Match[str], reader: _Reader) -> KeepCount:  # noqa: ARG001 (a rule's signature)
    return KeepCount(count=int(found["count"]))


def _swap(found: re.Match[str], reader: _Reader) -> Swap:
    return Swap(first=reader.place(found["first"]), second=reader.place(found["second"]))


def _theme(found: re.Match[str], reader: _Reader) -> SetTheme:  # noqa: ARG001 (a rule's signature)
    return SetTheme(theme=found["theme"])


def _format(found: re.Match[str], reader: _Reader) -> MakeFormat:  # noqa: ARG001 (a rule's signature)
    return MakeFormat(file_format="pdf" if found["format"] == "pdf" else "docx")


def _restore(found: re.Match[str], reader: _Reader) -> Restore:  # noqa: ARG001 (a rule's signature)
    return Restore(version=int(found["no"]) if found.groupdict().get("no") else None)


def _show(found: re.Match[str], reader: _Reader) -> ShowAs:
    has_place = found.groupdict().get("a") or found.groupdict().get("b")
    return ShowAs(place=reader.part(found) if has_place else None, shape=_read_shape(found["shape"]))


def _move(found: re.Match[str], reader: _Reader) -> Move:
    to, place = int(found["to"]), reader.part(found)
    side = found.groupdict().get("side")
    if side and to != LAST and isinstance(place, int):
        # The others close up where it was before they make room where it goes.
        to += (side == "after") - (LAST < place < to)
    return Move(place=place, to=to)


def _reword(found: re.Match[str], reader: _Reader) -> Reword:
    places = reader.parts(found) if found.groupdict().get("many") or found.groupdict().get("those") else ()
    return Reword(places=places, words=reader.text)


_MARKS: Final = frozenset({",", ";", ".", "!", "?", "|", ":", "-", "and"})
_ENDS: Final = frozenset({";", ".", "!", "|"})
_VERBS: Final = frozenset({"make", "drop", "only", "swap", "move", "restore", "undo", "reword"})
_NAMED: Final = rf"(?P<theme>{'|'.join(THEMES)})"
_OTHER: Final = r"(?:(?:more )?comparative|more plainly)"

_Rule = tuple[Callable[[re.Match[str], _Reader], AnyChange], *tuple[str, ...]]
# Most verbs may come first or last: "drop slide 6", "Folie 6 weg".
_RULES: Final[Sequence[_Rule]] = (
    (_drop, rf"(?:make )?drop {_PARTS}", rf"(?:make )?{_PARTS} drop"),
    (_keep, r"(?:make )?only (?:make )?(?P<count>\d+) slide", r"make (?P<count>\d+) slide(?: only)?",
     r"(?P<count>\d+) slide only", r"no more than (?P<count>\d+) slide"),
    (_swap, rf"(?:make )?swap {_UNIT} (?P<first>{_NO}) (?:(?:and|,|as|to) )?(?:{_UNIT} )?(?P<second>{_NO})",
     rf"(?:make )?{_UNIT} (?P<first>{_NO}) (?:and )?(?:{_UNIT} )?(?P<second>{_NO}) swap",
     rf"(?:make )?swap (?P<first>{_NO}) and (?P<second>{_NO}) {_UNIT}"),
    (_move, rf"(?:move|make) {_PART} (?P<side>before|after) (?:{_UNIT} )?(?P<to>-?\d+)(?: {_UNIT})?(?: move)?",
     rf"{_PART} (?P<side>before|after) (?:{_UNIT} )?(?P<to>-?\d+)(?: {_UNIT})? move",
     rf"move {_PART}(?: (?:as|to))?(?: {_UNIT})? (?P<to>-?\d+)", rf"{_PART}(?: as)? (?P<to>-?\d+) move",
     rf"make {_PART} (?P<to>-?\d+)"),
    (_show, rf"(?:make )?{_PART} (?:as|:|make|: make|make as|: as|as make|: make as) {_SHAPE}(?: make)?",
     rf"make {_PART} {_SHAPE}(?: make)?", rf"{_PART} {_SHAPE} make",
     rf"make {_SHAPE} (?:as )?{_PART}", rf"make (?:as )?{_SHAPE}"),
    (_theme, rf"(?:make )?(?:as )?(?:theme )?{_NAMED} theme(?: make)?",
     rf"(?:make )?(?:as )?theme (?:as |: )?{_NAMED}(?: make)?",
     rf"make (?:as )?{_NAMED}", rf"as {_NAMED}(?: make)?"),
    (_format, r"(?:make )?as (?P<format>pdf|docx)(?: make)?", r"make (?P<format>pdf|docx)"),
    (_restore, r"(?:make )?restore(?: as)? version (?P<no>\d+)(?: restore)?",
     r"(?:as )?version (?P<no>\d+) restore", r"(?:make )?undo",
     r"make version (?P<no>\d+) restore"),
    (_reword, rf"(?:make )?(?:{_PARTS} (?:: )?)?(?:make )?{_OTHER}(?: make)?",
     rf"reword(?: {_PARTS})?(?: as \w+)?",
     rf"{_PARTS} reword"),
)  # fmt: skip
