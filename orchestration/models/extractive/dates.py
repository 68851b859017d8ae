"""Dates and times in sentences, in the words people write."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_I: Final = re.IGNORECASE
# the deck's place for an owner or a date
DUE_CHARS: Final = 40
_NOON: Final = 12

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février fevrier febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
DATES: Final = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?(?: of| de)? {_MONTH}(?:,? (?:de )?(?P<year>\d{{4}})\b)?", _I
    ),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<year>\d{{4}})\b)?", _I),
    re.compile(rf"\b{_MONTH} (?P<year>\d{{4}})\b", _I),
    re.compile(r"\b(?P<quarter>Q[1-4]) (?P<year>\d{4})\b"),
)
CLOCK: Final = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?:UTC|GMT|CES?T|[EP][SD]T|[ap]m)\b)?", _I
)
_WEEKDAY: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi"
    r"|vendredi|lunes|martes|mi[ée]rcoles|jueves|viernes"
)
_LOOSE_DATE: Final = (
    rf"(?:next |this |nächsten? |kommenden? )?(?:{_WEEKDAY})\b(?: next week| prochain)?|next (?:week|month"
    rf"|quarter|sprint)|tomorrow"
    rf"|today|tonight|eod|eow|end of (?:the |this |next )?(?:day|week|month|quarter|year"
    rf"|{_MONTH.replace('?P<month>', '?:')})"
    r"|ende (?:der woche|des monats|des quartals)|morgen|heute|demain|fin du mois|mañana|fin de mes"
)
_DUE: Final = re.compile(
    r"\b(?:by|before|until|due(?: on| by)?|bis(?: zum| spätestens)?|avant(?: le)?|d'ici(?: le| au)?|antes del?"
    r"|para el)\s+(?:the )?"
    rf"(?P<due>{'|'.join(re.sub(r'[?]P<[a-z]+>', '?:', pattern.pattern) for pattern in DATES)}|{_LOOSE_DATE})",
    _I,
)


@dataclass(frozen=True)
class Moment:
    """A date or time of day in a sentence: its words, where they stand, and when it is."""

    said: str
    start: int
    end: int
    key: tuple[int, int, int, int]


def find_moment(text: str, said_at: datetime) -> Moment | None:
    """Give the first date in a sentence, else the first time of day.

    Args:
        text: The sentence.
        said_at: When it was said: gives the year, or the day, that the words leave open.
    """
    return next(iter(list_moments(text, said_at)), None)


def list_moments(text: str, said_at: datetime) -> list[Moment]:
    """Give the dates in a sentence in its order; where there is none, the first time of day.

    Args:
        text: The sentence.
        said_at: When it was said: gives the year, or the day, that the words leave open.
    """
    found: list[re.Match[str]] = []
    for pattern in DATES:
        found += [
            match
            for match in pattern.finditer(text)
            if not any(match.start() < other.end() and other.start() < match.end() for other in found)
        ]
    if found:
        return [
            Moment(match[0].rstrip("."), match.start(), match.end(), _read_date(match.groupdict(), said_at))
            for match in sorted(found, key=lambda each: each.start())
        ]
    clock = CLOCK.search(text)
    return [_read_clock(clock, said_at)] if clock else []


def is_month(word: str) -> bool:
    """Tell whether a word names a month."""
    return word.casefold() in _MONTHS


def find_due(text: str) -> str | None:
    """Give the words that say by when."""
    match = _DUE.search(text)
    return match["due"].strip().rstrip(".") if match and len(match["due"]) <= DUE_CHARS else None


def _read_date(parts: dict[str, str | None], said_at: datetime) -> tuple[int, int, int, int]:
    year = int(parts.get("year") or said_at.astimezone(UTC).year)
    if quarter := parts.get("quarter"):
        return (year, 3 * int(quarter[1]) - 2, 0, 0)
    named = parts.get("month")
    month = _MONTHS[named.casefold()] if named else int(parts.get("number") or 0)
    return (year, month, int(parts.get("day") or 0), 0)


def _read_clock(match: re.Match[str], said_at: datetime) -> Moment:
    day = said_at.astimezone(UTC)
    hour = int(match["hour"]) + (_NOON if match[0].lower().endswith("pm") and int(match["hour"]) < _NOON else 0)
    return Moment(
        match[0], match.start(), match.end(), (day.year, day.month, day.day, hour * 60 + int(match["minute"]))
    )
