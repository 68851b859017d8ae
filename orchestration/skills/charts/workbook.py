"""The workbook behind a native chart, which opens when a person chooses to edit its data."""

import datetime as dt
import io
from typing import Any, Final

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]: XlsxWriter ships no types

from orchestration.skills.chart_content import Chart
from orchestration.skills.marks import plain_text

# Workbooks carry a date; a fixed one keeps the same chart the same bytes.
CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
SHEET: Final = "Sheet1"


def workbook_bytes(chart: Chart) -> bytes:
    """Give the values as a workbook: categories in the first column, each series in a next one; text stays text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any
    with Workbook(buffer, options) as book:
        book.set_properties({"created": CREATED.replace(tzinfo=None)})
        sheet = book.add_worksheet(SHEET)
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, plain_text(category))
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, plain_text(series.name))
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()
