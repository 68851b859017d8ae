"""Delimited text (CSV, TSV): one table, its delimiter found by trying each."""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from orchestration.readers.passages import ReadFile, name_span
from orchestration.readers.tables.grid import Span, read_grid
from orchestration.readers.texts.decoding import decode_text
from recipes.source import FileRefused

_DELIMITERS: Final = ",;\t|"
# enough lines to see the shape; csv.Sniffer looks at letters too and is misled by dates and texts
_SHAPE_ROWS: Final = 100


def read_delimited(filename: str, content: bytes) -> ReadFile:
    """Give the table that a delimited text holds.

    Raises:
        FileRefused: it is not text, empty, or a quotation mark is never closed.
    """
    text = decode_text(filename, content)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=,"):
        delimiter, text = first.strip()[-1], rest
    else:
        delimiter = find_delimiter(text)
    name = PurePosixPath(filename).stem or filename
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return read_grid(name, rows, is_comma_grouping=delimiter == ",", locate=_name_rows)
    except csv.Error as error:
        raise FileRefused(filename, "is not a well-formed table: a quotation mark may be missing") from error


def _name_rows(span: Span) -> str:
    """Give the rows as a spreadsheet would number them, the header included."""
    return name_span("row", span.first_row + 1, span.last_row + 1)


def find_delimiter(text: str) -> str:
    """Give the delimiter under which the first rows have the most equal and then the greatest widths."""
    return max(_DELIMITERS, key=lambda delimiter: _score(text, delimiter))


def _score(text: str, delimiter: str) -> tuple[float, int]:
    try:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SHAPE_ROWS)
        widths = Counter(len(row) for row in rows if row)
    except csv.Error:
        return (0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (round(count / widths.total(), 1), width)
