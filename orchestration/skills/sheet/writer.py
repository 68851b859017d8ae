"""The workbook writer: content and the sources' tables in, the bytes of an .xlsx file out; the same each time.

Sheets are streamed: a row is on disk before the next one is looked at, so a million cells take little more memory than
the table that they are copied from.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from orchestration.skills.marks import plain_text
from orchestration.skills.problems import ContentRefused
from orchestration.skills.sheet.about import write_about
from orchestration.skills.sheet.charts import add_charts, check_charts
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.forms import make_shape
from orchestration.skills.sheet.formulas import LiveColumns, find_live, make_figure
from orchestration.skills.sheet.grids import make_grids
from orchestration.skills.sheet.layout import TITLE_PT, Placed, PlacedSheet, lay_out, list_placed
from orchestration.skills.sheet.lineage import FORMULAS, list_origins
from orchestration.skills.sheet.page import Page
from orchestration.skills.sheet.selection import SelectionRefused
from orchestration.skills.sheet.sources import ListedOrigin, list_figure_origins, write_sources
from orchestration.skills.sheet.styles import Styles
from orchestration.skills.sheet.tables import fit_widths, write_table
from orchestration.skills.sheet.widths import LEAST_CHARS, measure, measure_columns
from orchestration.skills.sheet.wording import Wording, wording_for
from orchestration.skills.sheet.xlsx import XlsxBook, open_book
from recipes.source import Table

# The date of files whose content has none: a fixed one keeps the same content the same bytes.
UNDATED: Final = dt.date(2000, 1, 1)
# ECMA-376 part 1, 18.3.1.63: paper sizes
_LETTER: Final = 1
_A4: Final = 9
# what a page of paper still shows legibly beside charts
_PAGE_ROWS: Final = 100
# between tables and charts
_GAP_CHARS: Final = 3.0


def build_workbook(book: Workbook, tables: Mapping[str, Table]) -> bytes:
    """Give the file that this content makes. Blocking.

    Args:
        book: The content.
        tables: Of the sources, by passage: what `rows_from` may name.

    Raises:
        ContentRefused: with a sentence for each thing to mend.
    """
    sheets = lay_out(book, make_grids(book, tables))
    writing = _Writing(book, sheets)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        with open_book(path) as file:
            writing.write(file)
        return path.read_bytes()


class _Writing:
    """One workbook being written."""

    def __init__(self, book: Workbook, sheets: list[PlacedSheet]) -> None:
        self._book = book
        self._sheets = sheets
        self._tables = list_placed(sheets)
        self._wording: Wording = wording_for(book.language)
        self._live = {name: find_live(placed, self._tables) for name, placed in self._tables.items()}
        check_charts(sheets, self._tables)
        self._check_figures()

    def write(self, file: XlsxBook) -> None:
        """Write every sheet."""
        self._set_properties(file)
        styles = Styles(file, self._book.theme)
        wording, sources = self._wording, self._book.sources
        names = [
            wording.about,
            *(sheet.content.name for sheet in self._sheets),
            *([wording.sources] if sources else []),
        ]
        pages = [self._add_page(file, name, styles) for name in names]
        write_about(pages[0], self._book, self._sheets, wording)
        for page, sheet in zip(pages[1:], self._sheets, strict=False):
            self._write_sheet(file, page, sheet)
        if sources:
            write_sources(pages[-1], self._book, self._sheets, self._list_origins(), wording)

    def _set_properties(self, file: XlsxBook) -> None:
        book = self._book
        created = dt.datetime.combine(book.date or UNDATED, dt.time())
        said = {
            "title": plain_text(book.title),
            "subject": plain_text(book.subtitle or ""),
            "author": book.author or "",
        }
        file.set_properties({**said, "created": created})

    def _add_page(self, file: XlsxBook, name: str, styles: Styles) -> Page:
        sheet = file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_LETTER if self._book.language == "en-US" else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        numbers = {source.id: number for number, source in enumerate(self._book.sources, 1)}
        return Page(sheet, styles, numbers)

    def _write_sheet(self, file: XlsxBook, page: Page, sheet: PlacedSheet) -> None:
        all_widths = [list(measure_columns(placed.grid)) for placed in sheet.tables]
        widths = fit_widths([*all_widths, *([self._measure_figures(sheet)] if sheet.figures else [])])
        page.set_widths([*widths, *([_GAP_CHARS] if sheet.content.charts else [])])
        page.sheet.set_row(0, TITLE_PT)
        page.write_marked(0, 0, sheet.content.title or sheet.content.name, "title")
        for number, line in enumerate(sheet.lines, 1):
            page.write_marked(number, 0, line, "line")
        self._write_figures(page, sheet)
        for placed in sheet.tables:
            name = placed.grid.content.name.casefold()
            write_table(page, placed, self._live[name], widths, self._wording.total)
        if len(sheet.tables) == 1:
            page.sheet.freeze_panes(sheet.tables[0].first_row, 0)
            page.sheet.repeat_rows(sheet.tables[0].header_row)
        if sheet.content.charts and sheet.end_row < _PAGE_ROWS:
            page.sheet.fit_to_pages(1, 1)
        add_charts(file, page.sheet, sheet, self._tables, page.styles)

    def _write_figures(self, page: Page, sheet: PlacedSheet) -> None:
        for each in sheet.figures:
            figure = each.figure
            page.write_marked(each.row, 0, figure.label, "label")
            if figure.of is None:
                shape = make_shape(figure, figure.label, [figure.value], self._book.language)
                page.sheet.write_number(each.row, 1, figure.value or 0, page.styles.get("figure", code=shape.code))
                continue
            placed = self._tables[figure.of.table.casefold()]
            live = make_figure(placed, figure.of.column, figure.of.take)
            known = placed.grid.columns[placed.grid.find_column(figure.of.column)]
            said = figure if figure.type else known.content.model_copy(update={"type": known.shape.type})
            counted = figure.model_copy(update={"type": "integer"}) if figure.of.take == "count" else said
            shape = make_shape(counted, figure.label, [live.value], self._book.language)
            page.sheet.write_formula(
                each.row, 1, live.formula, page.styles.get("figure", code=shape.code), live.value or 0
            )

    def _measure_figures(self, sheet: PlacedSheet) -> list[float]:
        labels = [measure(plain_text(each.figure.label), bold=True) for each in sheet.figures]
        return [max([LEAST_CHARS, *labels]), 2 * LEAST_CHARS]

    def _check_figures(self) -> None:
        problems: list[str] = []
        for each in (figure.figure for sheet in self._sheets for figure in sheet.figures):
            try:
                if each.of:
                    make_figure(self._tables[each.of.table.casefold()], each.of.column, each.of.take)
            except SelectionRefused as refused:
                problems.append(f"figure '{each.label}': {refused}")
        if problems:
            raise ContentRefused(problems)

    def _list_origins(self) -> Sequence[ListedOrigin]:
        listed = list_figure_origins(self._sheets, FORMULAS)
        for name, placed in self._tables.items():
            listed += list(_list_table_origins(placed, self._live[name]))
        return listed


def _list_table_origins(placed: Placed, live: LiveColumns | None) -> Sequence[ListedOrigin]:
    columns = placed.grid.columns
    made: list[ListedOrigin] = []
    for origin in list_origins(placed, live):
        named = [column.header for column in columns[origin.first_column : origin.last_column + 1]]
        said = named[0] if len(named) == 1 else f"{named[0]} … {named[-1]}"
        made.append(ListedOrigin(placed.sheet, placed.grid.content.name, said, origin))
    return made
