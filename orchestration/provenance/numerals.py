"""Numbers as people write them: found in text, read in each way the writing allows, compared by what is shown.

Accepted as the same number, and why:

- parted thousands: `1,234` `1.234` `1'234` `1 234` (also with spaces that do not break). Which mark a text uses is not
  known, so a mark before exactly three digits is read both ways, as `1234` and as `1.234` (but `86,000` is never `86`);
  each must be held exactly.
- a decimal point or comma, and zeros after it: `12.5` `12,50`.
- rounded to the digits that are shown, halves either way: `41.3` for `41.27`; but only from two digits on, since nearly
  every table holds something that rounds to `3`.
- scaled: `1.2M` `1.2 million` `41k` `3 bn` for `1,234,567`, rounded as shown.
- `12 %` for `0.12` where the cell's column is one of fractions (all from -1 to 1); `0.12` for `12 %` in a text.
- without a sign in sentences, which say it in words (`fell by 5 %`); in cells and charts the sign counts.

Not accepted: other scales by a column's unit, numbers in words, Indian and East Asian grouping. Units are not compared.
Digits that follow a letter (`Q3`, `CO2`, `S3.1`) are part of a name, so are addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# one digit rounds to far too much
ROUNDED_DIGITS: Final = 2
_HUNDRED: Final = Decimal(100)
_PLUS: Final = Decimal(1)
_MINUS: Final = Decimal(-1)

_SCALES: Final = {
    Decimal(10) ** 3: ("k", "K", "thousand", "Tsd.", "Tsd", "Tausend", "mille", "mil"),
    Decimal(10) ** 6: (
        "M", "mn", "Mn", "Mio.", "Mio", "million", "millions", "Million", "Millionen", "millones", "millón",
    ),
    Decimal(10) ** 9: ("B", "bn", "Bn", "Mrd.", "Mrd", "billion", "billions", "Milliarde", "Milliarden", "milliards"),
    Decimal(10) ** 12: ("trillion", "trillions", "tn"),
}  # fmt: skip
_SCALE_OF: Final = {word: scale for scale, words in _SCALES.items() for word in words}
_SCALE_WORDS: Final = "|".join(re.escape(word) for word in sorted(_SCALE_OF, key=len, reverse=True))
# languages without spaces between words put digits right after a word
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_NUMERAL: Final = re.compile(
    rf"""(?:(?<![\w)\]])(?P<sign>[+\-\u2212]))?(?:[$€£¥]\s?)?(?<![^\W\d{_UNSPACED}])(?<!\d)
      (?P<body>\d{{1,3}}(?P<parting>[,.'’ \u00a0\u202f\u2009])\d{{3}}(?:(?P=parting)\d{{3}})*(?!\d)
              (?:(?!(?P=parting))[.,]\d+(?!\d))?
            |\d+(?:[.,]\d+)?)
      (?:\s?(?P<scale>{_SCALE_WORDS})(?!\w))?
      (?:\s?(?P<percent>%|(?:percent|per\ cent|pct|Prozent|pour\ cent|por\ ciento)(?!\w)))?""",
    re.VERBOSE,
)
_STAMP: Final = re.compile(
    r"(?<![\w-])(?:(?P<day>\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\w-]*\d)"
    r"|(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?![\d:]))|(?<=\dT)(?P<late>[0-2]\d:[0-5]\d(?::[0-5]\d)?)"
)
_DIGIT: Final = re.compile(r"\d")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>|\"')\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+")
# S3.1, v1.2.3: what follows the point belongs to the name
_POINTED_NAME: Final = re.compile(r"(?<![\w.])[^\W\d_]\w*\d(?:\.\d+)+")
_ISO_STAMP: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)")


@dataclass(frozen=True)
class Reading:
    """One way to read a number: its value, the worth of its last digit, and whether it is a percentage."""

    value: Decimal
    last_digit: Decimal
    digits: int
    is_percent: bool = False


@dataclass(frozen=True)
class Numeral:
    """A number or a point in time as it is written."""

    text: str
    readings: tuple[Reading, ...] = ()
    stamp: str | None = None
    """A day, a month or a time of day: `2026-11-17`, `2026-11`, `09:30`."""
    parts: tuple["Numeral", ...] = ()
    """Where spaces part it: the numbers that it is, if those spaces part words."""


@dataclass(frozen=True)
class Held:
    """A number that a source holds."""

    value: Decimal
    is_percent: bool = False
    is_fraction: bool = False
    """It stands in a column of fractions."""
    is_cell: bool = False


def list_numerals(text: str) -> list[Numeral]:
    """Give the numbers of a text in order; days and times count as one each, addresses have none."""
    if not _DIGIT.search(text):
        return []
    plain = _ISO_STAMP.sub(r"\1 \2", _POINTED_NAME.sub(" ", _ADDRESS.sub(" ", text)))
    numerals: list[Numeral] = []
    at = 0
    for stamp in _STAMP.finditer(plain):
        numerals += _list_numbers(plain[at : stamp.start()])
        numerals.append(Numeral(stamp[0], stamp=stamp[0].zfill(5)))
        at = stamp.end()
    return numerals + _list_numbers(plain[at:])


def make_numeral(value: float) -> Numeral:
    """Give the number of a chart, which has a value and no notation."""
    number = Decimal(repr(value))
    number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    shown = f"{number:f}"
    return Numeral(shown, (_read(shown.removeprefix("-"), _MINUS if number < 0 else _PLUS, is_percent=False),))


def list_held(numeral: Numeral, *, is_cell: bool = False) -> list[Held]:
    """Give each number that a source may hold by writing this: also the bare digits before a scale."""
    if numeral.stamp is not None:
        year = numeral.stamp.partition("-")[0]
        return [Held(Decimal(year))] if "-" in numeral.stamp else []
    held = [Held(each.value, is_percent=each.is_percent, is_cell=is_cell) for each in numeral.readings]
    return [*held, *(each for part in numeral.parts for each in list_held(part, is_cell=is_cell))]


def is_shown(reading: Reading, held: Held, *, has_sign: bool) -> bool:
    """Tell whether a source's number is what this reading shows.

    Args:
        reading: Of the number in the file.
        held: By the source.
        has_sign: The number stands alone in a cell or a chart, where a minus is not said in words.
    """
    return any(
        fits(reading, value, has_sign=has_sign and held.is_cell) for value in _list_values(held, reading.is_percent)
    )


def fits(reading: Reading, value: Decimal, *, has_sign: bool = True) -> bool:
    """Tell whether a value, rounded to the digits that are shown, is this reading."""
    shown, exact = (reading.value, value) if has_sign else (abs(reading.value), abs(value))
    if reading.digits < ROUNDED_DIGITS:
        return shown == exact
    return abs(shown - exact) <= reading.last_digit / 2


def _list_values(held: Held, is_percent: bool) -> Iterator[Decimal]:  # noqa: FBT001 (one of two, named at the call)
    yield held.value
    if is_percent and held.is_fraction:
        yield held.value * _HUNDRED
    if not is_percent and held.is_percent:
        yield held.value / _HUNDRED


def _list_numbers(text: str) -> list[Numeral]:
    return [_make(match) for match in _NUMERAL.finditer(text)]


def _make(match: re.Match[str]) -> Numeral:
    sign = _MINUS if match["sign"] in {"-", "\u2212"} else _PLUS
    scale = _SCALE_OF.get(match["scale"] or "", _PLUS)
    is_percent = match["percent"] is not None
    bodies = list(_list_bodies(match["body"], match["parting"]))
    readings = tuple(_read(body, sign * scale, is_percent=is_percent) for body in bodies)
    parts = tuple(_list_numbers(match[0].replace(" ", "\n"))) if match["parting"] == " " else ()
    return Numeral(match[0].strip(), readings, parts=parts)


def _list_bodies(body: str, parting: str | None) -> Iterator[str]:
    """Give the digits with a decimal point, in each way that the marks allow."""
    if parting is None:
        yield body.replace(",", ".")
        return
    groups = body.split(parting)
    has_decimals = not groups[-1].isdigit()
    is_ambiguous = len(groups) == 2 and parting in ".," and not has_decimals  # noqa: PLR2004 (one mark)
    if not (is_ambiguous and groups[0] == "0"):
        yield "".join(groups).replace(",", ".")
    if is_ambiguous and (groups[0] == "0" or groups[1] != "000"):
        yield ".".join(groups)


def _read(body: str, factor: Decimal, *, is_percent: bool) -> Reading:
    whole, _, decimals = body.partition(".")
    digits = len((whole + decimals).lstrip("0"))
    last_digit = abs(factor).scaleb(-len(decimals))
    return Reading(Decimal(body) * factor, last_digit, digits, is_percent)
