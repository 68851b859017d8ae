"""Formulas: what stands live in cells, beside the value that it has when the file is written.

Nothing here holds a word of the content: formulas are made of cells, ranges, the names of our tables and a list of
functions, which `calculation.py` works out again when the file is read back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestration.skills.sheet.grids import Grid, sum_up
from orchestration.skills.sheet.layout import Placed
from orchestration.skills.sheet.limits import is_kept
from orchestration.skills.sheet.selection import SelectionRefused, Value, find_place, plain
from orchestration.skills.sheet.xlsx import name_cell

# Criteria of SUMIFS are a small language of their own: these signs would be read and not compared.
_CRITERIA_SIGNS: Final = frozenset("*?~<>=")
# support.microsoft.com, SUMIFS: longer criteria do not match
_CRITERIA_CHARS: Final = 255
_LIVE: Final = {"sum": "SUMIFS", "average": "AVERAGEIFS", "count": "COUNTIFS"}
_FUNCTIONS: Final = {"sum": "SUM", "average": "AVERAGE", "count": "COUNT", "least": "MIN", "greatest": "MAX"}
# support.microsoft.com, SUBTOTAL: leaves out what a filter hides
_SUBTOTALS: Final = {"sum": 109, "average": 101}


@dataclass(frozen=True)
class Live:
    """A formula and its value."""

    formula: str
    value: Value


def make_total(placed: Placed, at: int) -> Live | None:
    """Give the total of a column, over the rows that a filter lets through."""
    column = placed.grid.columns[at]
    take = column.content.total
    value = sum_up(placed.grid.list_values(at), take)
    if take == "none" or value is None:
        return None
    name = "".join(f"'{sign}" if sign in "[]#'" else sign for sign in column.header)
    return Live(f"=SUBTOTAL({_SUBTOTALS[take]},{placed.name}[{name}])", value)


def write_row_formula(placed: Placed, at: int, row: int) -> str:
    """Give the formula of a column in one row of the sheet."""
    formula = placed.grid.columns[at].content.formula
    if formula is None:
        return ""
    places = [placed.grid.find_column(name) for name in formula.of]
    cells = [name_cell(row, place) for place in places]
    match formula.kind:
        case "share":
            return f"={cells[0]}/SUM({placed.name_cells(places[0], has_sheet=False)})"
        case "change":
            return f"=({cells[1]}-{cells[0]})/{cells[0]}"
        case "difference":
            return f"={cells[1]}-{cells[0]}"
        case "ratio":
            return f"={cells[0]}/{cells[1]}"
        case "sum" | "average":
            return f"={_FUNCTIONS[formula.kind]}({','.join(cells)})"


def make_figure(placed: Placed, column: str, take: str) -> Live:
    """Give a figure over a column of a table.

    Raises:
        SelectionRefused: there is no such column.
    """
    at = placed.grid.find_column(column)
    value = sum_up(placed.grid.list_values(at), take)
    if not is_kept(value or 0):
        raise SelectionRefused(f"the {take} of '{column}' is beyond what a cell holds")
    return Live(f"={_FUNCTIONS[take]}({placed.name_cells(at)})", value)


@dataclass(frozen=True)
class LiveColumns:
    """The columns of a grouped table that are formulas over the table they group."""

    placed: Placed
    below: Placed
    keys: tuple[tuple[int, int], ...]
    """Each key's column here, and there."""
    takes: Mapping[int, tuple[str, int]]
    """Of a column here, what it takes, and the column there."""

    def write(self, at: int, row: int) -> str:
        """Give the formula of a column in one row of the sheet."""
        take, source = self.takes[at]
        values = self.below.name_cells(source)
        pairs = [f"{self.below.name_cells(there)},{name_cell(row, here)}" for here, there in self.keys]
        if take == "count":
            return f'={_LIVE[take]}({",".join(pairs)},{values},"<>")'
        return f"={_LIVE[take]}({values},{','.join(pairs)})"


def find_live(placed: Placed, tables: Mapping[str, Placed]) -> LiveColumns | None:
    """Give the formulas of a grouped table; None where its values alone can say what is meant.

    That is where its rows are not those of a table here, or are filtered, or a key would be read by programs as
    something else than it is.
    """
    taken = placed.grid.content.rows_from
    if taken is None or not taken.table or not taken.group_by or taken.where:
        return None
    below = tables[taken.table.casefold()]
    columns = [(at, each.content) for at, each in enumerate(placed.grid.columns) if each.content.formula is None]
    headers = [column.content.header for column in below.grid.columns]
    there = {at: find_place(headers, content.taken_from) for at, content in columns}
    keys = tuple((at, there[at]) for at, content in columns if content.take == "value")
    named = {plain(headers[place]) for _, place in keys}
    if named != {plain(each) for each in taken.group_by} or not all(_may_match(placed.grid, at) for at, _ in keys):
        return None
    takes = {at: (content.take, there[at]) for at, content in columns if content.take in _LIVE}
    return LiveColumns(placed, below, keys, takes) if takes else None


def _may_match(grid: Grid, at: int) -> bool:
    """Tell whether programs find each key of a column as what it is, and nothing else with it."""
    values = list(grid.list_values(at))
    if grid.columns[at].shape.type in {"integer", "number", "date"}:
        return all(value is not None for value in values)
    texts = [value for value in values if isinstance(value, str)]
    folded = {text.casefold() for text in texts}
    is_apart = len(texts) == len(values) and len(folded) == len(set(texts))
    return is_apart and not any(_is_criterion(text) for text in texts)


def _is_criterion(text: str) -> bool:
    plainly = text.strip().replace(",", "").replace(".", "").removesuffix("%")
    is_number = plainly.lstrip("+-").isdigit() or plainly.casefold() in {"true", "false"}
    return not text or is_number or len(text) > _CRITERIA_CHARS or bool(_CRITERIA_SIGNS & set(text))
