"""The reader of wishes with a model: it reads what rules do not; what it claims is looked at word by word."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, cast, get_args

from orchestration.partner.lexical.lexicon import fold
from orchestration.partner.lexical.message import read_message
from orchestration.partner.lexical.people import is_told_to_others
from orchestration.partner.lexical.wishes import THEMES, list_numbers
from orchestration.partner.model.asking import Asking
from orchestration.partner.model.plainness import PLAIN_WORDS
from orchestration.partner.model.quotes import find_quote, is_denied, is_hidden
from orchestration.partner.model.wish_reply import ClaimedChange, WishReply
from orchestration.partner.wishing import Outline, WishHeard, WishReading
from recipes.revision import (
    LAST,
    Add,
    AnyChange,
    Drop,
    KeepCount,
    MakeFormat,
    Move,
    Restore,
    Reword,
    SetTheme,
    Shape,
    ShowAs,
    Swap,
    Wish,
)

MESSAGE_CHARS: Final = 1_500
"""Nobody says what to change in more: what is longer is material."""
TITLE_CHARS: Final = 80
TELLING_CHARS: Final = 4
"""Shorter words stand in every headline."""
LAST_ONES: Final = 2
"""Either may be the last part, in people's words: the list of sources, or the part before it."""
NOTHING: Final = WishReading()
BRIEFED: Final = frozenset({"reword", "add"})
"""Of these a brief says first which parts they are about."""
_FORMATS: Final = ("docx", "pdf")
_PAIR: Final = 2


class ModelWishReader:
    """Reads wishes by a model; fits `WishReader`."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    async def read(self, heard: WishHeard) -> WishReading:
        """See `WishReader.read`."""
        if _is_plain(heard) or len(heard.text) > MESSAGE_CHARS:
            return NOTHING
        reply = await self._asking.find_reading(
            heard.payer, WishReply, instructions=_read_prompt(), text=_write_material(heard)
        )
        return NOTHING if reply is None else vet_wish(reply, heard)


def vet_wish(reply: WishReply, heard: WishHeard) -> WishReading:
    """Give what the message bears out of what a model claims that it wishes."""
    if reply.concerns != "change" or not reply.changes:
        return NOTHING
    changes = list[AnyChange]()
    for claimed in reply.changes:
        if not _is_said(claimed.quote, heard.text):
            return NOTHING
        change = _make_change(claimed, heard)
        if change is None:
            return NOTHING
        changes.append(change)
    if doubt := _find_doubt(reply.changes, heard):
        return WishReading(doubt=doubt)
    return WishReading(wish=Wish(changes=tuple(changes), unit=heard.outline.unit))


def _is_plain(heard: WishHeard) -> bool:
    """Tell whether rules read this message as well as anybody."""
    words = heard.text.casefold().strip(" \t\n.!?,")
    return not words or words in PLAIN_WORDS or (not heard.addressed and is_told_to_others(read_message(heard.text)))


def _is_said(quote: str, text: str) -> bool:
    is_there = find_quote(quote, text) is not None and not is_denied(quote, text)
    return is_there and not is_hidden(quote, text, in_quotations=False)


def _make_change(claimed: ClaimedChange, heard: WishHeard) -> AnyChange | None:
    """Give the change that is claimed; None where the claim is none."""
    places, words = tuple(claimed.places), heard.text.strip()
    match claimed.kind:
        case "reword":
            return Reword(places=places, words=words)
        case "add" if len(places) <= 1:
            return Add(after=next(iter(places), None), words=words)
        case "count" | "theme" | "format" | "restore":
            return _make_of_whole(claimed)
        case _:
            return _make_of_parts(claimed, places)


def _make_of_parts(claimed: ClaimedChange, places: tuple[int, ...]) -> AnyChange | None:
    match claimed.kind:
        case "drop" if places:
            return Drop(places=places)
        case "swap" if len(places) == _PAIR:
            return Swap(first=places[0], second=places[1])
        case "move" if len(places) == 1 and claimed.number is not None:
            return Move(place=places[0], to=claimed.number)
        case "show_as" if len(places) <= 1 and claimed.name in get_args(Shape):
            return ShowAs(place=next(iter(places), None), shape=cast("Shape", claimed.name))
        case _:
            return None


def _make_of_whole(claimed: ClaimedChange) -> AnyChange | None:
    number, name = claimed.number, claimed.name
    match claimed.kind:
        case "count" if number is not None:
            return KeepCount(count=number)
        case "theme" if name in THEMES:
            return SetTheme(theme=name)
        case "format" if name in _FORMATS:
            return MakeFormat(file_format="pdf" if name == "pdf" else "docx")
        case "restore":
            return Restore(version=number)
        case _:
            return None


def _find_doubt(claims: Sequence[ClaimedChange], heard: WishHeard) -> str | None:
    """Find what has to be asked: a number or a part that the message neither names nor speaks of."""
    said = list_numbers(heard.text)
    for claimed in claims:
        if claimed.kind in BRIEFED:
            continue
        if not _is_number_said(claimed, said):
            return f"Which number do you mean by “{claimed.quote}”? Say it, and I will do that."
        for place in claimed.places:
            if place not in said and (doubt := _doubt_place(place, claimed.quote, heard.outline)):
                return doubt
    return None


def _is_number_said(claimed: ClaimedChange, said: Collection[int]) -> bool:
    """Tell whether a message says this number; only a part that moves may go last, which people say in many words."""
    if claimed.number == LAST:
        return claimed.kind == "move"
    return claimed.number is None or claimed.number in said


def _doubt_place(place: int, quote: str, outline: Outline) -> str | None:
    """Ask about a place that is not said by its number, unless the words speak of the part that stands there."""
    if not outline.parts:
        # Whoever is to change it says why that cannot be.
        return None
    unit = outline.unit or "part"
    at = _find_at(place, outline)
    if at is None:
        return f"Which {unit} do you mean by “{quote}”? Say its number, and I will do that."
    title = outline.parts[at][1]
    if _is_about(quote, title) or (at >= len(outline.parts) - LAST_ONES and LAST in list_numbers(quote)):
        return None
    name = f"{unit} {place}, “{title[:TITLE_CHARS]}”,"
    return f"Do you mean {name} by “{quote}”? Say it with its number, and I will do that."


def _find_at(place: int, outline: Outline) -> int | None:
    """Find the part that makes this page, as it is counted from 0: what goes on on the next page has several."""
    if not 1 <= place <= max(outline.pages, outline.parts[-1][0]):
        return None
    return max(at for at, (number, _) in enumerate(outline.parts) if number <= place)


def _is_about(quote: str, title: str) -> bool:
    """Tell whether words share one with a headline."""
    told = {each for each in fold(quote).split() if len(each) >= TELLING_CHARS}
    return bool(told & set(fold(title).split()))


def _write_material(heard: WishHeard) -> str:
    material = {"addressed": heard.addressed, "file": _describe(heard.outline), "message": heard.text}
    return json.dumps(material, ensure_ascii=False, indent=1)


def _describe(outline: Outline) -> Mapping[str, object]:
    return {
        "title": outline.title,
        "version": outline.version,
        "format": outline.file_format or "text",
        "unit": outline.unit,
        "parts": [{"number": number, "headline": title[:TITLE_CHARS]} for number, title in outline.parts],
    }


@cache
def _read_prompt() -> str:
    return (resources.files("orchestration.partner.model") / "wishing.md").read_text(encoding="utf-8")
