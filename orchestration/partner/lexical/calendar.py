"""Days as people say them: written dates, weekdays, tomorrow, in two weeks, the end of a month. Vague ones: none."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)})\.?"
WEEKDAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: \.)?"
YEAR: Final = r"(?:(?: ,| of)? (?P<year>\d{4}))?"
COUNT: Final = r"(?P<count>\d+|a|an|one|ein|eine|einem|einer|un|una|une|uma|um|een)"
UNIT: Final = r"(?P<unit>day|week|month|year)"
OFFSETS: Final[Mapping[str, int]] = {
    "day after tomorrow": 2, "last tomorrow": 2, "day before yesterday": -2, "before yesterday": -2, "overmorrow": 2,
    "ereyesterday": -2, "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip
WEEK: Final = timedelta(weeks=1)
MONTHS_A_YEAR: Final = 12
MONTHS_A_QUARTER: Final = 3
CENTURY: Final = 2000


@dataclass(frozen=True)
class Calendar:
    """Where days are counted from."""

    today: date
    looks_back: bool
    """A day without a year is the last such day, not the next one."""
    is_week: bool
    """A week is meant: the Monday of it."""

    def read(self, match: re.Match[str], name: str) -> date | None:
        """Give the day that a match of the pattern of this name stands for, if it is one day that exists."""
        with suppress(ValueError, OverflowError):
            day = self._get_reader(name)(match)
            return day - timedelta(days=day.weekday()) if day is not None and self.is_week else day
        return None

    def _get_reader(self, name: str) -> Callable[[re.Match[str]], date | None]:
        readers: dict[str, Callable[[re.Match[str]], date | None]] = {
            "written": self._written,
            "numeric": self._numeric,
            "named": self._named,
            "named_first": self._named,
            "end": self._end,
            "ahead": self._ahead,
            "ahead_last": self._ahead,
            "ago": self._ago,
            "ago_first": self._ago,
            "week_number": self._week_number,
            "week": self._week,
            "weekday": self._weekday,
            "offset": self._offset,
            "ordinal": self._ordinal,
        }
        return readers[name]

    def _written(self, match: re.Match[str]) -> date | None:
        return date.fromisoformat(match["iso"])

    def _numeric(self, match: re.Match[str]) -> date | None:
        first, second, *rest = [int(each) for each in re.findall(r"\d+", match["numeric"])]
        year = rest[0] + (CENTURY if rest[0] < 100 else 0) if rest else None  # noqa: PLR2004 (two digits)
        if "." in match["numeric"]:
            return self._place(year, second, first)
        if first <= MONTHS_A_YEAR and second <= MONTHS_A_YEAR and first != second:
            return None  # 03/04: which of the two is the day?
        return self._place(year, second, first) if second <= MONTHS_A_YEAR else self._place(year, first, second)

    def _named(self, match: re.Match[str]) -> date | None:
        year = int(match["year"]) if match["year"] else None
        return self._place(year, MONTHS.index(match["month"]) + 1, int(match["day"]))

    def _place(self, year: int | None, month: int, day: int) -> date:
        if year is not None:
            return date(year, month, day)
        here = date(self.today.year, month, day)
        if self.is_week:
            others = (date(self.today.year + years, month, day) for years in (-1, 0, 1))
            return min(others, key=lambda each: abs(each - self.today))
        if self.looks_back:
            return here if here <= self.today else date(self.today.year - 1, month, day)
        return here if here >= self.today else date(self.today.year + 1, month, day)

    def _offset(self, match: re.Match[str]) -> date | None:
        return self.today + timedelta(days=OFFSETS[match["offset"]])

    def _weekday(self, match: re.Match[str]) -> date | None:
        wanted = WEEKDAYS.index(match["weekday"])
        here = self.today + timedelta(days=wanted - self.today.weekday())
        match match["which"] or match["after"]:
            case "next":
                # Only where it cannot be the day of this week.
                return here + WEEK if here <= self.today else None
            case "last":
                return here - WEEK if here >= self.today else None
            case "this":
                return here if self.looks_back or here >= self.today else None
            case _ if self.looks_back:
                return here if here < self.today else here - WEEK
            case _:
                return here if here > self.today else here + WEEK

    def _ahead(self, match: re.Match[str]) -> date | None:
        return self._move(match, 1)

    def _ago(self, match: re.Match[str]) -> date | None:
        return self._move(match, -1)

    def _move(self, match: re.Match[str], sign: int) -> date:
        count = sign * (int(match["count"]) if match["count"].isdigit() else 1)
        match match["unit"]:
            case "day":
                return self.today + timedelta(days=count)
            case "week":
                return self.today + timedelta(weeks=count)
            case unit:
                months = self.today.month - 1 + count * (1 if unit == "month" else MONTHS_A_YEAR)
                year, month = self.today.year + months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1
                return date(year, month, min(self.today.day, monthrange(year, month)[1]))

    def _end(self, match: re.Match[str]) -> date | None:
        skip = 1 if match["which"] == "next" else 0
        match match["period"] or match["short"]:
            case "month" | "monthend":
                months = self.today.month + skip
                return _end_of(self.today.year, months)
            case "year" | "yearend":
                return date(self.today.year + skip, MONTHS_A_YEAR, 31)
            case "quarter":
                return _end_of(self.today.year, ((self.today.month - 1) // 3 + 1 + skip) * MONTHS_A_QUARTER)
            case period if period[0] == "q":
                end = _end_of(self.today.year, int(period[1]) * MONTHS_A_QUARTER)
            case period:
                end = _end_of(self.today.year, MONTHS.index(period) + 1)
        year = int(match["year"]) if match["year"] else self.today.year + (end < self.today)
        return _end_of(year, end.month)

    def _week(self, match: re.Match[str]) -> date | None:
        return (
            self.today + WEEK * {"last": -1, "this": 0, "next": 1}[match["which"] or match["after"]]
            if self.is_week
            else None
        )

    def _week_number(self, match: re.Match[str]) -> date | None:
        return date.fromisocalendar(self.today.year, int(match["count"]), 1) if self.is_week else None

    def _ordinal(self, match: re.Match[str]) -> date | None:
        day, first = int(match["day"]), self.today.replace(day=1)
        here = first.replace(day=day)
        if self.is_week:
            return here
        if self.looks_back == (here > self.today) and here != self.today:
            months = first - timedelta(days=1) if self.looks_back else _end_of(first.year, first.month) + timedelta(1)
            return months.replace(day=day)
        return here


def _end_of(year: int, month: int) -> date:
    year, month = year + (month - 1) // MONTHS_A_YEAR, (month - 1) % MONTHS_A_YEAR + 1
    return date(year, month, monthrange(year, month)[1])


# Tried in this order: what is found first hides the rest.
PATTERNS: Final[Mapping[str, str]] = {
    "written": r"(?P<iso>\d{4}-\d{2}-\d{2})",
    "numeric": r"(?P<numeric>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?)",
    "named": rf"(?:the )?{DAY} (?:of )?{MONTH}{YEAR}",
    "named_first": rf"{MONTH} (?:the )?{DAY}{YEAR}",
    "end": (
        r"(?:(?:the )?end (?:of |off )?(?:(?:the|this|der|des|le|de) )?(?:(?P<which>next) )?"
        rf"(?P<period>month|quarter|year|q[1-4]|{'|'.join(MONTHS)})|(?P<short>monthend|yearend)){YEAR}"
    ),
    "ago": rf"(?:{COUNT} {UNIT} ago)",
    "ago_first": rf"(?:before|hace|il and a) {COUNT} {UNIT}",
    "ahead": rf"(?:in|within) (?:of )?{COUNT} {UNIT}(?: time)?",
    "ahead_last": rf"{COUNT} {UNIT} from (?:now|today)",
    "week_number": r"(?:calendar )?(?:week|kw|cw) (?P<count>\d{1,2})",
    "week": r"(?:(?:the )?(?P<which>last|this|next) week|(?:la |el )?week (?P<after>last|next))",
    "weekday": rf"(?:(?P<which>next|last|this|coming) )?{WEEKDAY}(?: (?P<after>next|last))?",
    "offset": rf"(?:the )?(?P<offset>{'|'.join(OFFSETS)})",
    "ordinal": r"the (?P<day>\d{1,2})(?:st|nd|rd|th)",
}
