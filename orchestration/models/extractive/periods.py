"""Points in time as tables name them (2024, 2024-03-31, Q3 2024, March): put in order, shown no longer than needed."""

import re
from collections.abc import Sequence
from typing import Final

YEARS: Final = range(1900, 2101)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:[ T]\d{2}:\d{2}.*)?")
_QUARTER_FIRST: Final = re.compile(r"(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))(?:[ /-]?'?(?P<year>\d{4}|\d{2}))?")
_YEAR_FIRST: Final = re.compile(r"(?:FY ?)?(?P<year>\d{4})[ /-]?(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))")
_NAMED: Final = re.compile(
    rf"(?P<named>{'|'.join(_MONTHS)})[a-z]*\.?(?:[ -]'?(?P<year>\d{{4}}|\d{{2}}))?", re.IGNORECASE
)

PeriodKey = tuple[int, int, str]


def find_period(text: str) -> PeriodKey | None:
    """Give what puts a point in time in order; None for any other text."""
    said = text.strip()
    if (match := _DAY.fullmatch(said)) and int(match["year"]) in YEARS:
        return (int(match["year"]), int(match["month"] or 0), said)
    if match := _QUARTER_FIRST.fullmatch(said) or _YEAR_FIRST.fullmatch(said):
        return (int(match["year"] or 0), int(match["quarter"] or match["half"]), said)
    if match := _NAMED.fullmatch(said):
        return (int(match["year"] or 0), _MONTHS.index(match["named"].casefold()) + 1, said)
    return None


def shorten_dates(labels: Sequence[str]) -> tuple[str, ...]:
    """Give dates without the day or month that all of them share as the first."""
    for tail, kept_chars in (("-01-01", 4), ("-01", 7)):
        if all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", label) and label.endswith(tail) for label in labels):
            return tuple(label[:kept_chars] for label in labels)
    return tuple(labels)
