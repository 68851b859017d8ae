"""Units: what a column's header says its numbers are counted in, and whether two columns are of different kinds."""

import re
from typing import Final

_I: Final = re.IGNORECASE
# what is a rate, a price or a mark is not added up
RATE: Final = re.compile(
    r"(?:^|[\W_])(?:rate|ratio|percent(?:age)?|pct|share|price|average|avg|mean|median|score|index|temperature|margin|anteil"
    r"|quote|preis|durchschnitt|taux|prix|moyenne|part|tasa|precio|promedio)(?:$|[\W_])|%",
    _I,
)
_PERCENT: Final = re.compile(
    r"%|(?:^|[\W_])(?:percent(?:age)?|pct|share(?! price)|anteil|quote|rate|margin|marge|taux|tasa)(?:$|[\W_])", _I
)
_UNIT: Final = (
    r"(?P<unit>(?:(?:k|m|t|bn|mio\.?|mrd\.?|thousand|million)?[ -]?(?:eur|euros?|usd|dollars|gbp|chf|€|\$|£)"
    r"|%|[kmgt]?wh?|(?:k|m|g)g|l|tons?|tonnes?|t|[kcm]?m|m2|m²|m3|m³|sqm|ms|sec(?:onds)?|s|min(?:utes)?|minuten|h|hours|stunden|days|tage"
    r"|weeks|months|°?[cf]|people|persons|units|orders|stück|pcs)(?:/\w{1,6})?)"
)
# a single letter is a unit in brackets only: a last word may be anything
_BRACKETED: Final = re.compile(rf"[(\[]\s*(?:in )?{_UNIT}\s*[)\]]\s*$", _I)
_AFTER_IN: Final = re.compile(rf"\bin {_UNIT}$", _I)
_LAST_WORD: Final = re.compile(rf"[\s,_](?=\S\S){_UNIT}$", _I)


def find_unit(header: str) -> str | None:
    """Give the unit that a column's header names: "kEUR" of "Revenue (kEUR)", "%" of "Return rate"."""
    found = (pattern.search(header.strip()) for pattern in (_BRACKETED, _AFTER_IN))
    if named := next((match["unit"] for match in found if match), None):
        return named
    if _PERCENT.search(header):
        return "%"
    last = _LAST_WORD.search(header.strip())
    return last["unit"] if last else None


def differ_in_kind(one: str, other: str) -> bool:
    """Tell whether the numbers below two headers cannot stand on one axis: both units are named, or one is a share."""
    units = find_unit(one), find_unit(other)
    if all(units):
        return str(units[0]).casefold() != str(units[1]).casefold()
    return "%" in units
