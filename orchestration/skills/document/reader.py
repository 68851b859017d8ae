"""Reads a Word document back from its bytes, by the library's own reading and not by what the writer remembers."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final, Literal

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from lxml.etree import XMLSyntaxError

from orchestration.skills.document.properties import CITATIONS, read_property
from orchestration.skills.paper.citations import read_citations
from orchestration.skills.paper.reading import (
    PaperUnreadable,
    ReadChart,
    ReadItem,
    ReadPaper,
    ReadParagraph,
    ReadPicture,
    ReadTable,
)

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_C15: Final = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CITATION_STYLE: Final = "Citation"
_NUMBER: Final = re.compile(r"\[(\d+)\]")


def read_docx(content: bytes) -> ReadPaper:
    """Give what stands in a document.

    Raises:
        PaperUnreadable: it does not open.
    """
    try:
        return _Reader(docx.Document(io.BytesIO(content))).read()
    except (OpcError, zipfile.BadZipFile, zlib.error, XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise PaperUnreadable(f"{type(error).__name__}: {error}"[:200]) from error


class _Reader:
    """Reads one open document."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - python-docx's documents are untyped
        self._file = file
        self._styles: dict[str, str] = {style.style_id: style.name for style in file.styles}

    def read(self) -> ReadPaper:
        """Give the document as values."""
        properties = self._file.core_properties
        relations = self._file.part.rels.values()
        return ReadPaper(
            title=properties.title,
            language=properties.language,
            items=tuple(self._list_items()),
            links=tuple(each.target_ref for each in relations if each.is_external),
            citations=read_citations(read_property(self._file.part.package, CITATIONS)),
            day=properties.created.date() if properties.created else None,
            has_page_numbers="PAGE" in "".join(self._list_fields()),
        )

    def _list_items(self) -> Iterator[ReadItem]:
        for element in self._file.element.body:
            if element.tag == f"{_W}p":
                yield from map(self._chart, element.iter(f"{_C}chart"))
                yield from map(self._picture, element.iter(f"{_A}blip"))
                yield self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield self._table(element)

    def _paragraph(self, element: Any) -> ReadParagraph:  # noqa: ANN401 - an element of the file
        words, raised = "", ""
        for run in element.iter(f"{_W}r"):
            text = "".join(_text_of(part) for part in run)
            if run.find(f"{_W}rPr/{_W}rStyle[@{_W}val='{_CITATION_STYLE}']") is not None:
                raised += text
            else:
                words += text
        style = element.find(f"{_W}pPr/{_W}pStyle")
        named = self._styles.get(style.get(f"{_W}val"), "Normal") if style is not None else "Normal"
        marks = tuple(mark.get(f"{_W}name") for mark in element.iter(f"{_W}bookmarkStart"))
        return ReadParagraph(named, words.strip(), tuple(map(int, _NUMBER.findall(raised))), marks)

    def _table(self, element: Any) -> ReadTable:  # noqa: ANN401 - an element of the file
        rows = tuple(
            tuple(tuple(map(self._paragraph, cell.iter(f"{_W}p"))) for cell in row.iterchildren(f"{_W}tc"))
            for row in element.iterchildren(f"{_W}tr")
        )
        style = element.find(f"{_W}tblPr/{_W}tblStyle")
        alt = element.find(f"{_W}tblPr/{_W}tblDescription")
        return ReadTable(
            rows,
            has_header=element.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None,
            style=style.get(f"{_W}val") if style is not None else "",
            alt=alt.get(f"{_W}val") if alt is not None else "",
        )

    def _chart(self, element: Any) -> ReadChart:  # noqa: ANN401 - an element of the file
        part = self._file.part.related_parts[element.get(f"{_R}id")]
        space: Any = parse_xml(part.blob)
        series = list(space.iter(f"{_C}ser"))
        alt = _read_alt(element)
        if space.find(f".//{_C}scatterChart") is not None:
            return _read_scatter(space, series[0], alt)
        return ReadChart(
            _cached(series[0].find(f"{_C}cat")),
            tuple((_cached(each.find(f"{_C}tx"))[0], _values(each.find(f"{_C}val"))) for each in series),
            alt,
        )

    def _picture(self, element: Any) -> ReadPicture:  # noqa: ANN401 - an element of the file
        part = self._file.part.related_parts[element.get(f"{_R}embed")]
        if not part.content_type.startswith("image/"):
            raise PaperUnreadable(f"{part.partname} is shown as a picture and is none")
        return ReadPicture(_read_alt(element))

    def _list_fields(self) -> Iterator[str]:
        for footer in (self._file.sections[0].footer, self._file.sections[0].first_page_footer):
            for field in footer._element.iter(f"{_W}fldSimple"):  # noqa: SLF001 - the only way to its XML
                yield field.get(f"{_W}instr")


def _text_of(part: Any) -> str:  # noqa: ANN401 - an element of the file
    marks: dict[str, Literal["\t", "\n"]] = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return (part.text or "") if part.tag == f"{_W}t" else marks.get(part.tag, "")


def _read_alt(element: Any) -> str:  # noqa: ANN401 - an element of the file
    """Give the description of the drawing that something is in."""
    drawing = next(each for each in element.iterancestors() if each.tag == f"{_WP}inline")
    return drawing.find(f"{_WP}docPr").get("descr") or ""


def _read_scatter(space: Any, series: Any, alt: str) -> ReadChart:  # noqa: ANN401 - elements of the file
    """Give the points with their names, and what each axis measures."""
    across = "".join(each.text or "" for each in next(space.iter(f"{_C}title")).iter(f"{_A}t"))
    names = next(series.iter(f"{_C15}dlblRangeCache"))
    up = _cached(series.find(f"{_C}tx"))[0]
    return ReadChart(
        _cached(names), ((across, _values(series.find(f"{_C}xVal"))), (up, _values(series.find(f"{_C}yVal")))), alt
    )


def _cached(element: Any) -> tuple[str, ...]:  # noqa: ANN401 - an element of the file
    return tuple(value.text or "" for value in element.iter(f"{_C}v"))


def _values(element: Any) -> tuple[float | None, ...]:  # noqa: ANN401 - an element of the file
    count = int(next(element.iter(f"{_C}ptCount")).get("val"))
    found = {int(point.get("idx")): float(point.find(f"{_C}v").text) for point in element.iter(f"{_C}pt")}
    return tuple(found.get(at) for at in range(count))
