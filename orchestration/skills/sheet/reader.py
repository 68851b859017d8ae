"""The workbook reader: what really stands in an .xlsx file that our writer made, its formulas beside their values.

Values come from calamine, a second implementation; what it does not tell (formulas, tables, what is frozen, charts) is
read from the parts of the package, sheets as a stream, since they may be large.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from xml.sax.saxutils import unescape

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from orchestration.skills.sheet.selection import Value

Element = etree._Element  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] (lxml's only name for what it gives)

_CHUNK_BYTES: Final = 1 << 20
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)
_FORMULA: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f>([^<]*)</f><v>([^<]*)</v></c>')
_ANY_FORMULA: Final = re.compile(rb"<f[ >]")
# text that a program takes for a formula once somebody edits it, unless the cell's format is text
_RISKY: Final = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="(\d+)")? t="inlineStr"><is><t[^>]*>[=+\-@]')
_RANGE: Final = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_TEXT_FORMAT: Final = "49"
_UNTEXT: Final = {"&quot;": '"'}


@dataclass(frozen=True)
class ReadTable:
    """A native table; rows and columns are counted from 0."""

    name: str
    title: str
    sheet: str
    header_row: int
    last_row: int
    """The last row of values."""
    total_row: int | None
    first_column: int
    headers: tuple[str, ...]
    has_filter: bool


@dataclass(frozen=True)
class ReadFormula:
    """A formula and the value that is kept beside it."""

    row: int
    column: int
    formula: str
    value: str


@dataclass(frozen=True)
class DrawnChart:
    """A native chart."""

    title: str
    alt: str
    points: int
    """How many values it shows before anything is worked out."""
    has_axis_titles: bool


@dataclass(frozen=True)
class ReadSheet:
    """One sheet."""

    name: str
    rows: Sequence[Sequence[Value]]
    frozen_rows: int
    formulas: tuple[ReadFormula, ...]
    other_formulas: int
    """Formulas of kinds that the writer never makes."""
    risky: tuple[str, ...]
    """Cells whose text becomes a formula when somebody edits it."""
    tables: tuple[ReadTable, ...]
    charts: tuple[DrawnChart, ...]
    links: tuple[str, ...]

    def get(self, row: int, column: int) -> Value:
        """Give the value of a cell; None where it is empty or beyond what is filled."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        value = self.rows[row][column]
        return None if value == "" else value


@dataclass(frozen=True)
class ReadBook:
    """A workbook as it really is."""

    title: str
    sheets: tuple[ReadSheet, ...]

    def list_tables(self) -> list[ReadTable]:
        """Give the native tables of all sheets."""
        return [table for sheet in self.sheets for table in sheet.tables]

    def find_sheet(self, name: str) -> ReadSheet | None:
        """Give the sheet of this name, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class WorkbookUnreadable(Exception):
    """The bytes are no workbook that can be read."""


def read_book(content: bytes) -> ReadBook:
    """Give what stands in a workbook.

    Raises:
        WorkbookUnreadable: it does not open.
    """
    try:
        values = CalamineWorkbook.from_object(io.BytesIO(content))  # pyright: ignore[reportUnknownMemberType] (a bare PathLike)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            package = _Package(parts)
            sheets = tuple(
                package.read_sheet(name, part, _list_rows(values, name)) for name, part in package.list_sheets()
            )
            return ReadBook(package.read_title(), sheets)
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise WorkbookUnreadable from error


def show_cell(value: object) -> Value:
    """Give a cell as tables hold it: days and moments as ISO text, whole numbers as such."""
    match value:
        case bool() | str() | None:
            return value
        case datetime():
            is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if is_day else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case timedelta():
            return str(value)
        case int() | float():
            return int(value) if float(value).is_integer() else float(value)
        case _:
            return str(value)


def _list_rows(values: CalamineWorkbook, name: str) -> list[list[Value]]:
    rows = values.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[show_cell(cell) for cell in row] for row in rows]


class _Package:
    """The parts of one file."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        self._parts = parts
        self._formats = self._list_formats()

    def read_title(self) -> str:
        """Give the title among the document's properties."""
        found = self._parse("docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}title")
        return (found.text or "") if found is not None else ""

    def list_sheets(self) -> Iterator[tuple[str, str]]:
        """Give each sheet's name and part."""
        targets = self._list_targets("xl/workbook.xml")
        for sheet in self._parse("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            yield sheet.get("name", ""), targets[sheet.get(f"{_LINKS}id", "")]

    def read_sheet(self, name: str, part: str, rows: Sequence[Sequence[Value]]) -> ReadSheet:
        """Give one sheet, its cells from elsewhere."""
        formulas: list[ReadFormula] = []
        risky: list[str] = []
        head, seen = b"", 0
        for piece in self._stream(part):
            head = head or piece
            seen += len(_ANY_FORMULA.findall(piece))
            formulas += map(_make_formula, _FORMULA.finditer(piece))
            risky += [each[1].decode() for each in _RISKY.finditer(piece) if self._is_risky(each[2])]
        frozen = re.search(rb'<pane ySplit="(\d+)"', head)
        targets = list(self._list_targets(part).values())
        return ReadSheet(
            name=name,
            rows=rows,
            frozen_rows=int(frozen[1]) if frozen else 0,
            formulas=tuple(formulas),
            other_formulas=seen - len(formulas),
            risky=tuple(risky),
            tables=tuple(self._read_table(each, name) for each in targets if "/tables/" in each),
            charts=tuple(chart for each in targets if "/drawings/" in each for chart in self._list_charts(each)),
            links=tuple(each for each in targets if ":" in each.partition("/")[0]),
        )

    def _stream(self, part: str) -> Iterator[bytes]:
        """Give a part piece by piece, no cell cut in two."""
        with self._parts.open(part) as stream:
            held = b""
            while read := stream.read(_CHUNK_BYTES):
                held += read
                cut = held.rfind(b"<row ")
                if cut > 0:
                    yield held[:cut]
                    held = held[cut:]
            yield held

    def _is_risky(self, style: bytes | None) -> bool:
        return self._formats[int(style or 0)] != _TEXT_FORMAT

    def _list_formats(self) -> list[str]:
        styles = self._parse("xl/styles.xml").find(f"{_MAIN}cellXfs")
        return [each.get("numFmtId", "0") for each in styles] if styles is not None else ["0"]

    def _read_table(self, part: str, sheet: str) -> ReadTable:
        table = self._parse(part)
        match = _RANGE.fullmatch(table.get("ref", ""))
        if match is None:
            raise ValueError(part)
        last = int(match[4]) - 1
        totals = int(table.get("totalsRowCount", "0"))
        return ReadTable(
            name=table.get("displayName", ""),
            title=next((each.get("altText", "") for each in table.iter() if each.get("altText")), ""),
            sheet=sheet,
            header_row=int(match[2]) - 1,
            last_row=last - totals,
            total_row=last if totals else None,
            first_column=find_column(match[1]),
            headers=tuple(column.get("name", "") for column in table.iter(f"{_MAIN}tableColumn")),
            has_filter=table.find(f"{_MAIN}autoFilter") is not None,
        )

    def _list_charts(self, part: str) -> Iterator[DrawnChart]:
        targets = self._list_targets(part)
        for frame in self._parse(part).iter(f"{_DRAWN}graphicFrame"):
            drawn = next(frame.iter(f"{_CHART}chart")).get(f"{_LINKS}id", "")
            described = next(frame.iter(f"{_DRAWN}cNvPr"))
            chart = self._parse(targets[drawn])
            titles = list(chart.iter(f"{_CHART}title"))
            axes = [*chart.iter(f"{_CHART}catAx"), *chart.iter(f"{_CHART}valAx"), *chart.iter(f"{_CHART}dateAx")]
            yield DrawnChart(
                title="".join(each.text or "" for each in titles[0].iter(_TEXT)) if titles else "",
                alt=described.get("descr", ""),
                points=sum(len(list(each.iter(f"{_CHART}v"))) for each in chart.iter(f"{_CHART}val", f"{_CHART}yVal")),
                has_axis_titles=not axes or any(axis.find(f"{_CHART}title") is not None for axis in axes),
            )

    def _list_targets(self, part: str) -> Mapping[str, str]:
        """Give what a part leads to: parts by their paths, addresses as they are."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels"
        if path not in self._parts.namelist():
            return {}
        return {each.get("Id", ""): _join(folder, each) for each in self._parse(path)}

    def _parse(self, part: str) -> Element:
        return etree.fromstring(self._parts.read(part), _PARSER)


def find_column(letters: str) -> int:
    """Give the number of a column, from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _make_formula(match: re.Match[bytes]) -> ReadFormula:
    formula = unescape(match[3].decode(), _UNTEXT)
    return ReadFormula(int(match[2]) - 1, find_column(match[1].decode()), formula, match[4].decode())


def _join(folder: str, link: Element) -> str:
    target = link.get("Target", "")
    if link.get("TargetMode") == "External":
        return target
    if target.startswith("/"):
        return target[1:]
    while target.startswith("../"):
        folder, target = folder.rpartition("/")[0], target[3:]
    return f"{folder}/{target}"
