"""Forms: what type a column is of and how programs show it: Excel's format codes, by type and language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final

from orchestration.skills.sheet.content import ColumnType, Form
from orchestration.skills.sheet.selection import Value

# ECMA-376 part 1, 18.8.30: format 49 is text. A cell in it stays text when somebody edits it.
TEXT_CODE: Final = "@"
# Day numbers below are 1900's: Excel takes that year for a leap year, so they differ by program.
FIRST_DAY: Final = date(1900, 3, 1)
_EPOCH_ORDINAL: Final = date(1899, 12, 30).toordinal()
_DAY_SECONDS: Final = 86_400
# more decimals than this are noise from a calculation
_DECIMALS: Final = 4
_SAMPLE: Final = 2_000
_YEARS: Final = range(1000, 3000)
_YEAR_NAME: Final = re.compile(r"(?:^|[\W_])(?:year|jahr|ann[ée]e|año|anno)(?:$|[\W_])", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?")
_TRUTHS: Final = {"true": True, "false": False}
_SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "PLN": "zł", "CZK": "Kč"}
_DATES: Final = {"en": "d mmm yyyy", "de": "dd.mm.yyyy", "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy", "it": "dd/mm/yyyy"}


@dataclass(frozen=True)
class Shape:
    """A form with nothing left open."""

    type: ColumnType
    code: str
    """Excel's format code."""

    @property
    def is_number(self) -> bool:
        """It is set to the right and may be added up."""
        return self.type in {"integer", "number", "percent", "money"}

    @property
    def decimals(self) -> int:
        """Give how many digits follow the point."""
        found = re.search(r"0\.(0+)", self.code)
        return len(found[1]) if found else 0


def make_shape(form: Form, name: str, cells: Iterable[Value], language: str) -> Shape:
    """Give the shape of a column or figure.

    Args:
        form: What the content says of it.
        name: Its header.
        cells: Its values; where the type is not said, it is one that each of them is of.
        language: A tag such as `de-DE`.
    """
    values = list(cells) if form.type is None else list(islice(cells, _SAMPLE))
    kind = form.type or ("money" if form.currency else _find_type(values))
    if kind in {"text", "yes_no"}:
        return Shape(kind, TEXT_CODE if kind == "text" else "General")
    if kind in {"date", "datetime"}:
        day = _DATES.get(language.partition("-")[0], "yyyy-mm-dd")
        return Shape(kind, f"{day} hh:mm" if kind == "datetime" else _find_period(values) or day)
    return Shape(
        kind,
        _number_code(
            form, kind, _has_thousands(form, kind, name, values), _count_decimals(form, kind, values), language
        ),
    )


def show_day(day: date, language: str) -> str:
    """Give a day in words that fit the format codes: `23 Nov 2026`, `23.11.2026`."""
    code = _DATES.get(language.partition("-")[0], "yyyy-mm-dd")
    names = {"d mmm yyyy": f"{day.day} {day:%b %Y}", "dd.mm.yyyy": f"{day:%d.%m.%Y}", "dd/mm/yyyy": f"{day:%d/%m/%Y}"}
    return names.get(code, day.isoformat())


def to_serial(cell: Value, kind: ColumnType) -> float | None:
    """Give the number by which programs keep a day or moment; None for what is none, or lies before `FIRST_DAY`."""
    if not isinstance(cell, str) or not (_DAY if kind == "date" else _MOMENT).fullmatch(cell):
        return (
            to_serial(f"{cell} 00:00", kind)
            if kind == "datetime" and isinstance(cell, str) and _DAY.fullmatch(cell)
            else None
        )
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    if moment.date() < FIRST_DAY:
        return None
    days = moment.toordinal() - _EPOCH_ORDINAL
    return days if kind == "date" else days + (moment.hour * 3600 + moment.minute * 60 + moment.second) / _DAY_SECONDS


def to_truth(cell: Value) -> bool | None:
    """Give yes or no, as JSON or a table says it; None for what is neither."""
    if isinstance(cell, bool):
        return cell
    return _TRUTHS.get(cell.casefold()) if isinstance(cell, str) else None


def _find_type(values: list[Value]) -> ColumnType:
    filled = [value for value in values if value is not None]
    if not filled:
        return "text"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in filled):
        return "integer" if all(isinstance(value, int) for value in filled) else "number"
    if all(to_serial(value, "date") is not None for value in filled):
        return "date"
    if all(to_serial(value, "datetime") is not None for value in filled):
        return "datetime"
    return "yes_no" if all(to_truth(value) is not None for value in filled) else "text"


def _find_period(values: list[Value]) -> str | None:
    """Give the code of years or months, where every day is the first of one and more are not told apart."""
    filled = {str(value) for value in values if value is not None}
    codes = (("-01-01", "yyyy"), ("-01", "mmm yyyy"))
    return next((code for end, code in codes if len(filled) > 1 and all(each.endswith(end) for each in filled)), None)


def _has_thousands(form: Form, kind: ColumnType, name: str, values: list[Value]) -> bool:
    if form.thousands is not None:
        return form.thousands
    filled = [value for value in values if value is not None]
    is_year = (
        bool(filled) and _YEAR_NAME.search(name) and all(isinstance(each, int) and each in _YEARS for each in filled)
    )
    return not (kind == "integer" and is_year)


def _count_decimals(form: Form, kind: ColumnType, values: list[Value]) -> int:
    if form.decimals is not None:
        return form.decimals
    if kind == "integer":
        return 0
    shift = 2 if kind == "percent" else 0
    floats = [value for value in values[:_SAMPLE] if isinstance(value, float)]
    most = max((len(repr(value).partition(".")[2]) for value in floats if not value.is_integer()), default=0)
    if kind == "money":
        return 2 if most else 0
    return max(min(most - shift, _DECIMALS), 1 if kind == "percent" else 0)


def _number_code(form: Form, kind: ColumnType, has_thousands: bool, decimals: int, language: str) -> str:  # noqa: FBT001 (one fact of several)
    digits = ("#,##0" if has_thousands else "0") + ("." + "0" * decimals if decimals else "")
    if kind == "percent":
        return f"{digits.removeprefix('#,##')}%"
    if kind == "money" and form.currency:
        symbol = _SYMBOLS.get(form.currency, form.currency)
        if language.startswith("en") and len(symbol) == 1:
            return f'"{symbol}"{digits};-"{symbol}"{digits}'
        return f'{digits} "{symbol}"'
    return f'{digits}"%"' if form.unit == "%" else digits
