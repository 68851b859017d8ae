"""What programs keep in a cell and in a name (support.microsoft.com, Excel specifications and limits)."""

import math
from typing import Final

from orchestration.skills.characters import clean_lines
from orchestration.skills.content_texts import refuse
from recipes.source import EXACT_INTEGER

CELL_CHARS: Final = 32_767
SHEET_NAME_CHARS: Final = 31
ROW_PT: Final = 409.0
LARGEST: Final = 9.99999999999999e307


def is_kept(number: float) -> bool:
    """Tell whether programs keep a number that was worked out."""
    return abs(number) <= LARGEST


def keep_value(value: object) -> object:
    """Give a cell as programs keep it: a number that they would cut off is the text of its digits.

    Raises:
        PydanticCustomError: it is no text, number or truth.
    """
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return value if value.isprintable() else clean_lines(value)
    if isinstance(value, int):
        return value if abs(value) <= EXACT_INTEGER else str(value)
    if not isinstance(value, float):
        refuse([f"a cell holds a text, a number, true, false or null, not {type(value).__name__}"])
    elif math.isfinite(value) and not is_kept(value):
        return repr(value)
    return value


def check_units(name: str) -> str:
    """Give the name of a sheet, which programs count in units of 16 bits: an emoji is two.

    Raises:
        PydanticCustomError: it is too long for them.
    """
    units = len(name.encode("utf-16-le")) // 2
    if units > SHEET_NAME_CHARS:
        refuse([f"it counts as {units} characters, emoji as two; at most {SHEET_NAME_CHARS}"])
    return name
