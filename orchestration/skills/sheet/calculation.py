"""Calculation: the formulas of a workbook worked out again from its cells, as a program does that opens it.

Only what `formulas.py` writes is understood; anything else is said to be so.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from orchestration.skills.sheet.reader import ReadBook, ReadSheet, ReadTable, find_column
from orchestration.skills.sheet.selection import Value, list_numbers

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"
      |(?P<function>[A-Z]+)\(
      |(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^\W\d][\w.]*))!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)
         (?::\$?(?P<last_column>[A-Z]{1,3})\$?(?P<last_row>\d+))?
      |(?P<table>[^\W\d][\w.]*)\[(?P<header>(?:[^\[\]'\#]|'.)+)\]
      |(?P<sign>[-+*/(),]))""",
    re.VERBOSE,
)
_SUBTOTALS: Final = {109: "SUM", 101: "AVERAGE"}


class FormulaUnclear(Exception):
    """A formula is not one of ours; the text says what of it."""


@dataclass(frozen=True)
class Cells:
    """A range of cells."""

    sheet: str
    rows: range
    columns: range


Operand = float | str | None | Cells
Key = tuple[Cells, ...]


@dataclass
class Calculation:
    """Works out the formulas of one workbook; sums and groups that come again are kept."""

    book: ReadBook
    _kept: dict[tuple[str, Cells], float | None] = field(default_factory=dict[tuple[str, Cells], float | None])
    _groups: dict[Key, dict[tuple[Value, ...], list[int]]] = field(
        default_factory=dict[Key, dict[tuple[Value, ...], list[int]]]
    )

    def work_out(self, sheet: ReadSheet, formula: str) -> float | None:
        """Give the number that a formula of a sheet comes to; None where there is none.

        Raises:
            FormulaUnclear: it is not of the kinds that are written.
        """
        parsing = _Parsing(self, sheet.name, formula)
        try:
            return self._take_number(parsing.read_all())
        except ZeroDivisionError:
            return None

    def call(self, name: str, arguments: Sequence[Operand]) -> float | None:
        """Give what a function comes to."""
        if name == "SUBTOTAL" and isinstance(arguments[0], float):
            return self.call(_SUBTOTALS.get(int(arguments[0]), ""), arguments[1:])
        if name in _OF_GROUPS:
            return self._call_of_group(name, arguments)
        if name not in _OF_NUMBERS:
            raise FormulaUnclear(f"the function {name}")
        if len(arguments) == 1 and isinstance(arguments[0], Cells):
            key = (name, arguments[0])
            if key not in self._kept:
                self._kept[key] = _OF_NUMBERS[name](list_numbers(self._list_cells(arguments[0])))
            return self._kept[key]
        return _OF_NUMBERS[name](list_numbers([value for each in arguments for value in self._list_values(each)]))

    def _call_of_group(self, name: str, arguments: Sequence[Operand]) -> float | None:
        values = None if name == "COUNTIFS" else arguments[0]
        pairs = list(arguments[0 if values is None else 1 :])
        filled = pairs.pop(-2) if pairs[-1] == "<>" else None
        if filled is not None:
            pairs.pop()
        ranges = tuple(each for each in pairs[::2] if isinstance(each, Cells))
        wanted = tuple(_fold(self._take_value(each)) for each in pairs[1::2])
        if ranges not in self._groups:
            groups: dict[tuple[Value, ...], list[int]] = {}
            columns = [self._list_cells(each) for each in ranges]
            for at, cells in enumerate(zip(*columns, strict=True)):
                groups.setdefault(tuple(map(_fold, cells)), []).append(at)
            self._groups[ranges] = groups
        members = self._groups[ranges].get(wanted, [])
        source = filled if values is None else values
        if not isinstance(source, Cells):
            return float(len(members))
        found = self._pick_cells(source, members)
        if name == "COUNTIFS":
            return float(sum(value is not None for value in found))
        return _OF_NUMBERS["SUM" if name == "SUMIFS" else "AVERAGE"](list_numbers(found))

    def find_table(self, name: str) -> ReadTable:
        """Give the native table of this name."""
        for table in self.book.list_tables():
            if table.name == name:
                return table
        raise FormulaUnclear(f"the table {name}")

    def _get_sheet(self, name: str) -> ReadSheet:
        sheet = self.book.find_sheet(name)
        if sheet is None:
            raise FormulaUnclear(f"the sheet {name}")
        return sheet

    def _list_cells(self, cells: Cells) -> list[Value]:
        sheet = self._get_sheet(cells.sheet)
        return [sheet.get(row, column) for row in cells.rows for column in cells.columns]

    def _pick_cells(self, cells: Cells, places: Sequence[int]) -> list[Value]:
        sheet = self._get_sheet(cells.sheet)
        return [sheet.get(cells.rows[at], cells.columns[0]) for at in places]

    def _list_values(self, operand: Operand) -> list[Value]:
        return self._list_cells(operand) if isinstance(operand, Cells) else [operand]

    def _take_value(self, operand: Operand) -> Value:
        values = self._list_values(operand)
        if len(values) != 1:
            raise FormulaUnclear("a range where one cell is needed")
        return values[0]

    def _take_number(self, operand: Operand) -> float | None:
        value = self._take_value(operand)
        return float(value) if isinstance(value, int | float) else None

    def combine(self, sign: str, left: Operand, right: Operand) -> float:
        """Give what two operands come to; an empty cell counts as nothing, as programs have it."""
        one, other = self._take_number(left) or 0.0, self._take_number(right) or 0.0
        return _SIGNS[sign](one, other)


class _Parsing:
    """One formula being read, by precedence."""

    def __init__(self, calculation: Calculation, sheet: str, formula: str) -> None:
        self._calculation = calculation
        self._sheet = sheet
        self._formula = formula
        self._at = 0

    def read_all(self) -> Operand:
        """Give what the whole formula comes to."""
        value = self._read_sum()
        if self._formula[self._at :].strip():
            raise FormulaUnclear(self._formula[self._at :][:20])
        return value

    def _read_sum(self) -> Operand:
        value = self._read_product()
        while sign := self._take("+-"):
            value = self._calculation.combine(sign, value, self._read_product())
        return value

    def _read_product(self) -> Operand:
        value = self._read_one()
        while sign := self._take("*/"):
            value = self._calculation.combine(sign, value, self._read_one())
        return value

    def _read_one(self) -> Operand:
        match = _TOKEN.match(self._formula, self._at)
        if match is None:
            raise FormulaUnclear(self._formula[self._at :][:20])
        self._at = match.end()
        if match["number"]:
            return float(match["number"])
        if match["text"] is not None:
            return match["text"]
        if match["function"]:
            return self._calculation.call(match["function"], self._read_arguments())
        if match["column"]:
            return self._find_cells(match)
        if match["table"]:
            return self._find_table_cells(match)
        if match["sign"] != "(":
            raise FormulaUnclear(match["sign"])
        value = self._read_sum()
        if not self._take(")"):
            raise FormulaUnclear("a bracket that is not closed")
        return value

    def _read_arguments(self) -> list[Operand]:
        arguments = [self._read_sum()]
        while self._take(","):
            arguments.append(self._read_sum())
        if not self._take(")"):
            raise FormulaUnclear("a bracket that is not closed")
        return arguments

    def _take(self, signs: str) -> str:
        """Give the next sign if it is one of these, and go past it."""
        found = self._formula[self._at : self._at + 1]
        if not found or found not in signs:
            return ""
        self._at += 1
        return found

    def _find_cells(self, match: re.Match[str]) -> Cells:
        named = match["quoted"].replace("''", "'") if match["quoted"] else match["sheet"]
        row, column = int(match["row"]) - 1, find_column(match["column"])
        last_row = int(match["last_row"]) - 1 if match["last_row"] else row
        last_column = find_column(match["last_column"]) if match["last_column"] else column
        return Cells(named or self._sheet, range(row, last_row + 1), range(column, last_column + 1))

    def _find_table_cells(self, match: re.Match[str]) -> Cells:
        table = self._calculation.find_table(match["table"])
        header = re.sub(r"'(.)", r"\1", match["header"])
        if header not in table.headers:
            raise FormulaUnclear(f"the column {header}")
        column = table.first_column + table.headers.index(header)
        return Cells(table.sheet, range(table.header_row + 1, table.last_row + 1), range(column, column + 1))


def _fold(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _average(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


_OF_GROUPS: Final = frozenset({"SUMIFS", "AVERAGEIFS", "COUNTIFS"})
_OF_NUMBERS: Final[Mapping[str, Callable[[Sequence[float]], float | None]]] = {
    "SUM": lambda numbers: float(sum(numbers)),
    "AVERAGE": _average,
    "COUNT": lambda numbers: float(len(numbers)),
    "MIN": lambda numbers: min(numbers, default=None),
    "MAX": lambda numbers: max(numbers, default=None),
}
_SIGNS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}
