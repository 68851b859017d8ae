"""Native tables: what makes a range one, with a filter in its header and, where it has one, a row of totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.skills.sheet.xlsx import XlsxSheet, name_range


@dataclass(frozen=True)
class NativeColumn:
    """A column: the very words of its header, and what stands in the row of totals."""

    name: str
    total: str = ""
    """`sum` or `average`."""
    total_label: str = ""


@dataclass(frozen=True, kw_only=True)
class NativeTable:
    """A range; rows are counted from 0, its first column is the sheet's."""

    name: str
    title: str
    header_row: int
    last_row: int
    """The last row of values."""
    has_totals: bool
    columns: Sequence[NativeColumn]


def add_native(sheet: XlsxSheet, table: NativeTable) -> None:
    """Make a range that is written a native table.

    XlsxWriter's own `add_table` refuses sheets that are streamed, and keeps a record of each cell; this is what it
    would hand on to the file.
    """
    last_column = len(table.columns) - 1
    body = name_range(table.header_row, 0, table.last_row, last_column)
    sheet.tables.append(
        {
            "name": table.name,
            "title": table.title,
            "description": table.title,
            "style": "",
            "range": name_range(table.header_row, 0, table.last_row + table.has_totals, last_column),
            "autofilter": body,
            "a_range": body,
            "header_row_count": 1,
            "totals_row_shown": table.has_totals,
            **dict.fromkeys(("show_first_col", "show_last_col", "show_row_stripes", "show_col_stripes"), False),
            "columns": [_describe(number, column) for number, column in enumerate(table.columns, 1)],
        }
    )


def _describe(number: int, column: NativeColumn) -> dict[str, Any]:
    return {
        "id": number,
        "name": column.name,
        "total_string": column.total_label,
        "total_function": column.total,
        "custom_total": "",
        "formula": "",
        "format": None,
    }
