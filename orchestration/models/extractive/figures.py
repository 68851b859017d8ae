"""Figures: how numbers of tables are shown, and which numbers a sentence states of what."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from orchestration.models.extractive.dates import CLOCK, DATES

_I: Final = re.IGNORECASE
# a card's label and value, as the deck's content has them
CARD_CHARS: Final = 40
_LABEL_WORDS: Final = 6

_UNIT: Final = (
    r"(?:%|percent\b|pp\b|points?\b|[kKMB]\b|bn\b|million\b|billion\b|Mio\b\.?|Mrd\b\.?|€|\$|£|EUR\b|USD\b|[kMGT]Wh?\b"
    r"|ms\b|seconds?\b|minutes?\b|min\b|hours?\b|days?\b|weeks?\b|months?\b|users?\b|customers?\b|accounts?\b"
    r"|tickets?\b"
    r"|orders?\b|leads?\b|participants?\b|requests?\b|Prozent\b|Stunden?\b|Minuten?\b|Tagen?\b|Kunden\b|heures?\b"
    r"|jours?\b|clients?\b|horas?\b|d[íi]as?\b|artículos?\b)"
)
_SCALE: Final = r"(?:\s(?:million|billion|thousand|Mio\.?|Mrd\.?|EUR|USD|€))?"
_NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)*"
FIGURE: Final = re.compile(rf"(?<![\w.:/#-])(?:[$€£¥]\s?)?{_NUMBER}(?:\s?{_UNIT}{_SCALE})?")
# "3.1 of 5"; a year after "of" is no whole
_OF_WHOLE: Final = r"(?:\s(?:of|out of|von|sur|de)\s(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?\b)?"
_ABOUT: Final = r"(?:now |about |around |roughly |nearly |almost |rund |etwa |environ |unos )?"
_LABEL: Final = r"(?:^|(?<=[,;:]\s)|(?<=\band\s))(?P<label>[^.,;:!?()\"“”]{3,40}?)"
_UP: Final = r"(?:rose|grew|increased|climbed|went up|went|stieg|subió|aumentó)"
_DOWN: Final = r"(?:fell|dropped|decreased|declined|slipped|went down|sank|fiel|bajó|cayó)"
_TO: Final = r"(?:to|auf|à|a)"
_COURSE: Final = re.compile(
    rf"{_LABEL}\s+(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+(?:(?P<change>(?:from|von|de) {FIGURE.pattern})\s+)?{_TO}\s+"
    rf"{_ABOUT}(?P<value>{FIGURE.pattern}{_OF_WHOLE})",
    _I,
)
_STATE: Final = re.compile(
    rf"{_LABEL}\s+(?:is|was|were|are|came in at|stands? at|reached|hit|averaged|totall?ed|equals|ist|war|lag bei"
    rf"|liegt bei"
    rf"|beträgt|betrug|est|était|est de|atteint|reste à|fue|fue de|es|es de)\s+{_ABOUT}"
    rf"(?P<value>{FIGURE.pattern}{_OF_WHOLE})",
    _I,
)
_CHANGE: Final = re.compile(
    rf"(?:(?: \w+){{1,3}},|[,(])?\s*(?P<change>(?P<sign>up|down|\+|-)\s?(?:from )?{_NUMBER}[^,.;:()]{{0,28}})"
)
_NO_LABEL: Final = re.compile(
    r"^(?:it|this|that|we|i|there|they|he|she|you|which|what|es|das|wir|ich|ce|cela|il|elle|nous|eso|but|and|so)\b", _I
)
_HAS_UNIT: Final = re.compile(rf"[$€£¥]|{_UNIT}|\d[.,]\d|\d{{3}}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Figure:
    """A number as it is shown, and the passage it was copied from."""

    text: str
    passage_id: str


@dataclass(frozen=True)
class Kpi:
    """A figure that a sentence states of something, in the sentence's own words."""

    label: str
    value: str
    change: str | None = None
    direction: Literal["up", "down"] | None = None


def has_figure(text: str) -> bool:
    """Tell whether a sentence holds a number that is more than a date, a time or a link."""
    plain = re.sub(r"https?://\S+", " ", text)
    for pattern in (*DATES, CLOCK):
        plain = pattern.sub(" ", plain)
    return any(not _YEAR.fullmatch(match[0].strip()) for match in FIGURE.finditer(plain))


def is_unit(word: str) -> bool:
    """Tell whether a word says what a number counts or measures."""
    return re.fullmatch(_UNIT, word, _I) is not None


def find_kpi(text: str) -> Kpi | None:
    """Give the figure that a sentence states of something it names, if there is one."""
    if match := _COURSE.search(text):
        change = match["change"]
        direction = "up" if match["up"] and match["up"].casefold() != "went" else "down" if match["down"] else None
        return _make_kpi(match, change, direction if change or direction else None)
    match = _STATE.search(text)
    if match is None or not _HAS_UNIT.search(match["value"]):
        return None
    change = _CHANGE.match(text, match.end())
    if change is None:
        return _make_kpi(match, None, None)
    return _make_kpi(match, change["change"], "up" if change["sign"] in {"up", "+"} else "down")


def _make_kpi(match: re.Match[str], change: str | None, direction: Literal["up", "down"] | None) -> Kpi | None:
    label, value = match["label"].strip(), match["value"].strip()
    is_named = not _NO_LABEL.match(label) and len(label.split()) <= _LABEL_WORDS and not label[:1].isdigit()
    if not is_named or len(value) > CARD_CHARS or _YEAR.fullmatch(value):
        return None
    said = change.strip() if change and len(change.strip()) <= CARD_CHARS else None
    return Kpi(label, value, said, direction if said else None)
