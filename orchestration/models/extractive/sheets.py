"""Sheets: a table by columns, and which of them name its rows or say when."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.models.extractive.figure_words import ENGLISH, FigureWords
from orchestration.models.extractive.periods import YEARS, find_period
from recipes.source import Cell, Table

# a label on an axis
LABEL_CHARS: Final = 80
_FILLED_SHARE: Final = 0.9
_TOTAL: Final = re.compile(
    r"^(?:grand )?(?:total|sum|overall|all|gesamt|summe|insgesamt|somme|ensemble|totale?)$", re.IGNORECASE
)
_YEAR_NAME: Final = re.compile(r"(?:^|[\W_])(?:year|jahr|ann[ée]e|año|anno)(?:$|[\W_])", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table by columns."""

    passage_id: str
    name: str
    headers: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    words: FigureWords

    def keep(self, places: Iterable[int], name: str | None = None) -> "Sheet":
        """Give the sheet with these rows only."""
        kept = list(places)
        columns = tuple(tuple(column[place] for place in kept) for column in self.columns)
        return replace(self, columns=columns, name=name or self.name)

    def without_totals(self, at: int) -> "Sheet":
        """Give the rows whose cell in this column is neither empty nor a total."""
        cells = self.columns[at]
        return self.keep(place for place, cell in enumerate(cells) if cell is not None and not is_total(cell))


def say_header(header: str) -> str:
    """Give a column's header as words: databases write "net_generation" for "net generation"."""
    return " ".join(filter(None, header.split("_"))) or header


def is_total(cell: Cell) -> bool:
    """Tell whether a category is the sum of the others."""
    return isinstance(cell, str) and _TOTAL.match(cell.strip()) is not None


def tells_time(table: Table) -> bool:
    """Tell whether a column of a table says when."""
    sheet = make_sheet("", table)
    return any(are_periods(sheet.columns[at]) for at in list_axes(sheet, table))


def make_sheet(passage_id: str, table: Table, words: FigureWords = ENGLISH) -> Sheet:
    """Give a table by columns."""
    columns = tuple(zip(*table.rows, strict=True))
    return Sheet(passage_id, table.name, tuple(say_header(column.name) for column in table.columns), columns, words)


def list_axes(sheet: Sheet, table: Table) -> list[int]:
    """Give the columns that may name the rows: short texts, and years."""
    is_number = [column.type == "number" for column in table.columns]
    places = range(len(sheet.columns))
    return [at for at in places if (_is_year(sheet, at) if is_number[at] else _is_label(sheet.columns[at]))]


def are_periods(cells: Sequence[Cell]) -> bool:
    """Tell whether cells are points in time, apart from a total among them."""
    filled = {str(cell) for cell in cells if cell is not None and not is_total(cell)}
    return bool(filled) and all(find_period(text) for text in filled)


def _is_label(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return len(filled) > len(cells) * _FILLED_SHARE and all(len(str(cell)) <= LABEL_CHARS for cell in filled)


def _is_year(sheet: Sheet, at: int) -> bool:
    filled = [cell for cell in sheet.columns[at] if cell is not None]
    is_named = _YEAR_NAME.search(sheet.headers[at]) is not None or (at == 0 and len(set(filled)) == len(filled))
    return bool(filled) and is_named and all(isinstance(cell, int) and cell in YEARS for cell in filled)
