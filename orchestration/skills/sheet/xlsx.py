"""The door to XlsxWriter, which ships no types: what we use of it, and how it is opened."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol, cast

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]: XlsxWriter ships no types
from xlsxwriter.utility import (  # pyright: ignore[reportMissingTypeStubs]: XlsxWriter ships no types
    quote_sheetname,
    xl_range,
    xl_range_abs,
    xl_rowcol_to_cell,
)

# Sheets are streamed, and text is text whatever it begins with.
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Options = Mapping[str, Any]
CellFormat = object


class XlsxChart(Protocol):
    """A chart before it is put on a sheet."""

    def add_series(self, options: Options, /) -> None: ...
    def set_title(self, options: Options, /) -> None: ...
    def set_size(self, options: Options, /) -> None: ...
    def set_chartarea(self, options: Options, /) -> None: ...
    def set_legend(self, options: Options, /) -> None: ...
    def set_x_axis(self, options: Options, /) -> None: ...
    def set_y_axis(self, options: Options, /) -> None: ...


class XlsxSheet(Protocol):
    """A sheet being written, from its top to its end."""

    tables: list[dict[str, Any]]

    def write_string(self, row: int, column: int, text: str, look: CellFormat, /) -> int: ...
    def write_number(self, row: int, column: int, number: float, look: CellFormat, /) -> int: ...
    def write_boolean(self, row: int, column: int, truth: bool, look: CellFormat, /) -> int: ...  # noqa: FBT001 (the library's)
    def write_blank(self, row: int, column: int, blank: None, look: CellFormat, /) -> int: ...
    def write_formula(self, row: int, column: int, formula: str, look: CellFormat, value: object, /) -> int: ...
    def write_url(self, row: int, column: int, url: str, look: CellFormat, text: str, /) -> int: ...
    def set_row(self, row: int, height: float, /) -> int: ...
    def set_column(self, first: int, last: int, width: float, /) -> int: ...
    def conditional_format(self, row: int, column: int, last_row: int, last_column: int, rule: Options, /) -> int: ...
    def insert_chart(self, row: int, column: int, chart: XlsxChart, options: Options, /) -> int: ...
    def freeze_panes(self, row: int, column: int, /) -> None: ...
    def repeat_rows(self, row: int, /) -> None: ...
    def hide_gridlines(self, option: int, /) -> None: ...
    def set_landscape(self) -> None: ...
    def set_paper(self, size: int, /) -> None: ...
    def fit_to_pages(self, width: int, height: int, /) -> None: ...
    def set_footer(self, text: str, /) -> None: ...


class XlsxBook(Protocol):
    """A workbook being written."""

    def add_worksheet(self, name: str, /) -> XlsxSheet: ...
    def add_format(self, properties: Options, /) -> CellFormat: ...
    def add_chart(self, options: Options, /) -> XlsxChart: ...
    def set_properties(self, properties: Mapping[str, str | datetime], /) -> None: ...


def open_book(path: Path) -> AbstractContextManager[XlsxBook]:
    """Give a workbook that is written to this path when it is left; until then it lies in parts in the same folder."""
    return cast("AbstractContextManager[XlsxBook]", Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}))


def name_cell(row: int, column: int) -> str:
    """Give a cell with its column fixed: `$C6`."""
    named: str = xl_rowcol_to_cell(row, column, col_abs=True)
    return named


def name_range(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Give a range as people read it: `A5:C55`."""
    named: str = xl_range(first_row, first_column, last_row, last_column)
    return named


def name_fixed_range(sheet: str | None, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Give a range as formulas name it: `Data!$A$5:$C$55`, without the sheet where it is their own."""
    named: str = xl_range_abs(first_row, first_column, last_row, last_column)
    return f"{quote_sheetname(sheet)}!{named}" if sheet is not None else named
