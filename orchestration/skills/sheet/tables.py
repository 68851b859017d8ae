"""Tables on a page: header, rows, formulas, totals, and the native table around them."""

from typing import Any, Final

from orchestration.skills.sheet.formulas import LiveColumns, make_total, write_row_formula
from orchestration.skills.sheet.layout import Placed, count_lines, height_pt
from orchestration.skills.sheet.native import NativeColumn, NativeTable, add_native
from orchestration.skills.sheet.page import CellWriter, Page
from orchestration.skills.sheet.selection import Value
from orchestration.skills.sheet.widths import MOST_CHARS

_WRAPPED_CHARS: Final = 40.0
# The height of each row is measured where texts are wrapped; in longer tables texts are cut by the next cell.
_WRAPPED_ROWS: Final = 2_000


def write_table(page: Page, placed: Placed, live: LiveColumns | None, widths: list[float], total_word: str) -> None:
    """Write a table into its place."""
    content = placed.grid.content
    if placed.title_row is not None:
        page.write_marked(placed.title_row, 0, content.title or content.name, "heading")
    if placed.note_row is not None:
        page.write_marked(placed.note_row, 0, content.note or "", "line")
    for at, column in enumerate(placed.grid.columns):
        page.write(placed.header_row, at, column.header, "head", align="right" if column.shape.is_number else "left")
    _write_rows(page, placed, live, widths)
    totals = _write_totals(page, placed, total_word)
    for at, column in enumerate(placed.grid.columns):
        _add_condition(page, placed, at, column.content.conditional)
    add_native(page.sheet, _make_native(placed, totals, total_word))


def _write_rows(page: Page, placed: Placed, live: LiveColumns | None, widths: list[float]) -> None:
    """Write row after row; what is not copied is worked out beside it."""
    columns = placed.grid.columns
    wrapped = {
        at: widths[at]
        for at, column in enumerate(columns)
        if widths[at] >= _WRAPPED_CHARS and column.shape.type == "text" and len(placed.grid.rows) <= _WRAPPED_ROWS
    }
    looks = [
        page.styles.get_shaped("long" if at in wrapped else "cell", column.shape) for at, column in enumerate(columns)
    ]
    copied = [
        (at, page.make_writer(column.shape.type, looks[at]))
        for at, column in enumerate(columns)
        if column.place is not None
    ]
    lived = frozenset(live.takes) if live else frozenset[int]()
    worked = [at for at, column in enumerate(columns) if column.place is None]
    if not lived and not worked and not wrapped:
        _stream(placed, copied)
        return
    for number, cells in enumerate(placed.grid.rows):
        row = placed.first_row + number
        if wrapped:
            texts = {at: str(value or "") for (at, _), value in zip(copied, cells, strict=True) if at in wrapped}
            page.sheet.set_row(row, height_pt(max(count_lines(texts[at], wrapped[at]) for at in wrapped)))
        for (at, write), value in zip(copied, cells, strict=True):
            if value is not None and live and at in lived:
                page.sheet.write_formula(row, at, live.write(at, row), looks[at], value)
            else:
                write(row, at, value)
        for at in worked:
            value = columns[at].worked[number]
            if value is None:
                page.sheet.write_blank(row, at, None, looks[at])
            else:
                page.sheet.write_formula(row, at, write_row_formula(placed, at, row), looks[at], value)


def _stream(placed: Placed, copied: list[tuple[int, CellWriter]]) -> None:
    """Write rows that are copied only, of which there may be very many."""
    row = placed.first_row
    for cells in placed.grid.rows:
        for (at, write), value in zip(copied, cells, strict=True):
            write(row, at, value)
        row += 1


def _write_totals(page: Page, placed: Placed, total_word: str) -> list[Value]:
    """Write the row of totals; give the value of each column's, None where it has none."""
    if placed.total_row is None:
        return [None] * len(placed.grid.columns)
    values: list[Value] = []
    for at, column in enumerate(placed.grid.columns):
        look = page.styles.get_shaped("total", column.shape)
        total = make_total(placed, at)
        if total is not None:
            page.sheet.write_formula(placed.total_row, at, total.formula, look, total.value)
        elif at == 0:
            page.write(placed.total_row, at, total_word, "total")
        else:
            page.sheet.write_blank(placed.total_row, at, None, look)
        values.append(total.value if total else None)
    return values


def _add_condition(page: Page, placed: Placed, at: int, condition: str) -> None:
    soft = page.styles.soft_accent
    if not placed.grid.columns[at].shape.is_number or condition == "none":
        return
    rule: dict[str, Any] = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": soft}
    if condition == "bar":
        rule = {"type": "data_bar", "bar_color": soft, "bar_solid": True, "bar_border_color": soft}
    page.sheet.conditional_format(placed.first_row, at, placed.last_row, at, rule)


def _make_native(placed: Placed, totals: list[Value], total_word: str) -> NativeTable:
    columns = [
        NativeColumn(
            column.header,
            total=column.content.total if totals[at] is not None else "",
            total_label=total_word if at == 0 and totals[at] is None and placed.grid.has_totals else "",
        )
        for at, column in enumerate(placed.grid.columns)
    ]
    return NativeTable(
        name=placed.name,
        title=placed.grid.content.name,
        header_row=placed.header_row,
        last_row=placed.last_row,
        has_totals=placed.total_row is not None,
        columns=columns,
    )


def fit_widths(all_widths: list[list[float]]) -> list[float]:
    """Give the width of each column of a sheet: what the widest of its tables needs."""
    count = max(map(len, all_widths), default=0)
    return [
        min(max((each[at] for each in all_widths if at < len(each)), default=0.0), MOST_CHARS) for at in range(count)
    ]
