"""A page: the one way in which a value comes into a cell, so that no text is ever taken for anything else."""

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from orchestration.skills.characters import clean_lines
from orchestration.skills.marks import parse_marks, safe_url, source_of
from orchestration.skills.sheet.content import ColumnType
from orchestration.skills.sheet.forms import to_serial, to_truth
from orchestration.skills.sheet.selection import Value
from orchestration.skills.sheet.styles import Styles
from orchestration.skills.sheet.xlsx import CellFormat, XlsxSheet

CellWriter = Callable[[int, int, Value], object]


class Page:
    """A sheet being written, row by row from the top: rows that are left are on disk."""

    def __init__(self, sheet: XlsxSheet, styles: Styles, numbers: dict[str, int]) -> None:
        """Take what is written to.

        Args:
            sheet: XlsxWriter's.
            styles: Of its workbook.
            numbers: Under which number each source is listed, by its id.
        """
        self.sheet = sheet
        self.styles = styles
        self._numbers = numbers

    @property
    def has_sources(self) -> bool:
        """The workbook lists sources."""
        return bool(self._numbers)

    def show_numbers(self, cited: Sequence[str]) -> str:
        """Give the numbers that these are listed under."""
        numbers = dict.fromkeys(self._numbers[source_of(each)] for each in cited)
        return ", ".join(map(str, numbers))

    def write(self, row: int, column: int, text: str, look: str, *, align: str | None = None) -> None:
        """Write words."""
        self.sheet.write_string(row, column, neutralise(text), self.styles.get(look, align=align))

    def write_marked(self, row: int, column: int, text: str, look: str) -> None:
        """Write a text of the content; its citations become the numbers that sources are listed under."""
        self.write(row, column, self.show(text), look)

    def show(self, text: str) -> str:
        """Give a text of the content without its marks, its citations as numbers."""
        spans = parse_marks(text)
        said = [span.text if not span.source_id else f" [{self._numbers.get(span.source_id, '?')}]" for span in spans]
        return "".join(said).replace("  [", " [").strip()

    def link(self, row: int, column: int, url: str, text: str, look: str) -> None:
        """Write a link to a place in the workbook, or to an address of the web or mail."""
        if url.startswith("internal:") or safe_url(url):
            self.sheet.write_url(row, column, url, self.styles.get(look), neutralise(text))
        else:
            self.write(row, column, text, look)

    def make_writer(self, kind: ColumnType, look: CellFormat) -> CellWriter:
        """Give what writes one value of a column; a value that is not of its type is written as what it is."""
        return _Cells(self.sheet, kind, look, self.styles.get("cell")).choose()

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the width of each column from the first on."""
        for at, width in enumerate(widths):
            self.sheet.set_column(at, at, round(width, 2))


class _Cells:
    """Writes the values of one column."""

    def __init__(self, sheet: XlsxSheet, kind: ColumnType, look: CellFormat, text_look: CellFormat) -> None:
        self._sheet = sheet
        self._kind: ColumnType = kind
        self._look = look
        self._text_look = text_look

    def choose(self) -> CellWriter:
        """Give the writer of the column's type."""
        days = {"date": self._write_day, "datetime": self._write_day}
        return {"text": self._write_text, "yes_no": self._write_truth, **days}.get(self._kind, self._write_figure)

    def _write_text(self, row: int, column: int, value: Value) -> None:
        if isinstance(value, str):
            self._sheet.write_string(row, column, neutralise(value), self._look)
        else:
            self._write_other(row, column, value)

    def _write_figure(self, row: int, column: int, value: Value) -> None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._sheet.write_number(row, column, value, self._look)
        else:
            self._write_other(row, column, value)

    def _write_day(self, row: int, column: int, value: Value) -> None:
        serial = to_serial(value, self._kind)
        if serial is None:
            self._write_other(row, column, value)
        else:
            self._sheet.write_number(row, column, serial, self._look)

    def _write_truth(self, row: int, column: int, value: Value) -> None:
        truth = to_truth(value)
        if truth is None:
            self._write_other(row, column, value)
        else:
            self._sheet.write_boolean(row, column, truth, self._look)

    def _write_other(self, row: int, column: int, value: Value) -> None:
        """Write what is missing, or not of the column's type."""
        if value is None:
            self._sheet.write_blank(row, column, None, self._look)
        else:
            self._sheet.write_string(row, column, neutralise(show_value(value)), self._text_look)


def show_value(value: Value) -> str:
    """Give a value as a text that says it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else repr(value)


def neutralise(text: str) -> str:
    """Give a text as it may be written: without signs that XML cannot hold, and never as markup.

    XlsxWriter takes a string between `<r>` and `</r>` for markup of its own when it streams.
    """
    plain = text if text.isprintable() else str(clean_lines(text))
    if plain.startswith("<r>") and plain.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(plain)}</t></r>'
    return plain


def neutralise_title(text: str) -> str:
    """Give a text as a chart or an axis may be called: one that begins like a formula gets an unseen sign in front."""
    return f"\N{WORD JOINER}{text}" if text.startswith("=") else text
