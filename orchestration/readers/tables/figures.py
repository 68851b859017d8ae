"""Cells become numbers where they can mean nothing else; all else stays the text that it is."""

import math
import re
from collections.abc import Callable, Collection, Sequence
from enum import Enum
from typing import Final

from recipes.source import EXACT_INTEGER, Cell, Column

_MISSING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a"})
# more digits are beyond `EXACT_INTEGER`, and Python refuses to make thousands of them a number
_WHOLE_CHARS: Final = 20
_NAMES_CODES: Final = re.compile(
    r"(?:^|[^a-z])(?:ids?|codes?|zip|plz|phone|tel|telefon|mobile|iban|isbn|ean|sku|account|uuid)(?:[^a-z]|$)"
)


class NumberStyle(Enum):
    """How digits are written, and which text is a number in it. A leading zero or plus (codes, phones) never is."""

    POINT = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+(?:[eE][+-]?\d{1,3})?)?", re.ASCII)
    COMMA = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?", re.ASCII)

    def read(self, said: str) -> int | float:
        """Give the number that a text in this style says."""
        plain = said.replace(",", "") if self is NumberStyle.POINT else said.replace(".", "").replace(",", ".")
        number = int(plain) if len(plain) <= _WHOLE_CHARS and plain.lstrip("-").isdigit() else float(plain)
        return int(number) if isinstance(number, float) and number.is_integer() else number


_Reading = tuple[Callable[[str], re.Match[str] | None], Callable[[str], int | float]]


def find_style(columns: Sequence[Collection[Cell]], *, is_comma_grouping: bool) -> NumberStyle | None:
    """Give the one style that a table's columns are written in; None where "1,234" may be either.

    Args:
        columns: The cells of each column, header left out, each text once.
        is_comma_grouping: A comma inside a number can only group digits, for example as it parts the cells as well.
    """
    fits = [{style for style in NumberStyle if _is_in_style(cells, style)} for cells in columns]
    certain = {style for styles in fits if len(styles) == 1 for style in styles}
    if len(certain) == 1:
        return certain.pop()
    return NumberStyle.POINT if is_comma_grouping else None


def type_column(name: str, cells: Collection[Cell], style: NumberStyle | None) -> tuple[Column, dict[Cell, Cell]]:
    """Give the column and what each of its cells becomes: numbers if each filled cell is one, else text.

    Args:
        name: The column's header.
        cells: Each cell that occurs, once: large columns repeat themselves.
        style: See `find_style`.
    """
    if not _NAMES_CODES.search(name.casefold()):
        numbers = _read_numbers(cells, style)
        if numbers is not None:
            return Column(name=name, type="number"), numbers
    return Column(name=name, type="text"), {cell: _show_text(cell) for cell in cells}


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell is a number or reads as one in some style."""
    if isinstance(cell, str):
        return any(style.value.fullmatch(cell.strip()) for style in NumberStyle)
    return cell is not None


def _is_in_style(cells: Collection[Cell], style: NumberStyle) -> bool:
    fits = style.value.fullmatch
    is_any = False
    for cell in cells:
        if isinstance(cell, str) and not _is_missing(cell):
            if not fits(cell.strip()):
                return False
            is_any = True
    return is_any


def _is_missing(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip().casefold() in _MISSING
    return cell is None or (isinstance(cell, float) and not math.isfinite(cell))


def _read_numbers(cells: Collection[Cell], style: NumberStyle | None) -> dict[Cell, Cell] | None:
    """Give the number for each cell and None for a missing one; None in all if one is neither, or none a number."""
    readings = [(each.value.fullmatch, each.read) for each in ((style,) if style else NumberStyle)]
    numbers: dict[Cell, Cell] = {}
    for cell in cells:
        number = _read_text(cell.strip(), readings) if isinstance(cell, str) else _read_value(cell)
        if number is None and not _is_missing(cell):
            return None
        numbers[cell] = number
    return numbers if any(number is not None for number in numbers.values()) else None


def _read_value(cell: float | None) -> int | float | None:
    if cell is None or not math.isfinite(cell) or abs(cell) > EXACT_INTEGER:
        return None
    return int(cell) if cell == int(cell) else cell


def _read_text(said: str, readings: Sequence[_Reading]) -> int | float | None:
    """Give the number, if it is the same in each style that is possible here."""
    number: int | float | None = None
    for fits, read in readings:
        if fits(said):
            found = read(said)
            if number is not None and number != found:
                return None
            number = found
    return number if number is not None and abs(number) <= EXACT_INTEGER else None


def _show_text(cell: Cell) -> str | None:
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if cell is None or not str(cell).strip():
        return None
    return str(cell).strip()
