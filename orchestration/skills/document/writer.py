"""The document skill: content in, a Word file out."""

import datetime as dt
import io
import zipfile
from typing import Any, Final

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.workbook import workbook_bytes
from orchestration.skills.document.body import Body
from orchestration.skills.document.charts import WORKBOOK_RELATION, chart_part_xml
from orchestration.skills.document.markup import NAMESPACES, Pen, field_xml, paragraph_xml
from orchestration.skills.document.opening import Opening
from orchestration.skills.document.properties import CITATIONS, write_property
from orchestration.skills.document.tables import TableWriter
from orchestration.skills.document.template import template_bytes
from orchestration.skills.marks import plain_text
from orchestration.skills.package import zipped
from orchestration.skills.paper.citations import say_citations
from orchestration.skills.paper.content import Document
from orchestration.skills.paper.page import paper_for
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import region_tag
from orchestration.skills.pictures import NO_PICTURES, Picture, Pictures

# A document without a date is given this one: the same content is the same bytes.
UNDATED: Final = dt.date(2000, 1, 1)
PROPERTY_CHARS: Final = 255
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def build_docx(document: Document, *, pictures: Pictures = NO_PICTURES) -> bytes:
    """Give the document as a .docx file; the same document gives the same bytes. Pure, takes a fraction of a second.

    Args:
        document: What stands in it.
        pictures: Of the sources that it shows.

    Raises:
        ContentRefused: it shows a source that is no picture.
    """
    return _Writer(document, pictures).write()


class _Writer:
    """Writes one document into an empty one."""

    def __init__(self, document: Document, pictures: Pictures) -> None:
        self._document = document
        self._language = region_tag(document.language)
        self._paper = paper_for(self._language)
        self._setting = Setting.of(document, pictures)
        self._file: Any = docx.Document(io.BytesIO(template_bytes(document.theme, self._paper, self._setting.tongue)))
        self._pen = Pen(self._relate, self._setting.tongue)
        self._charts = 0

    def write(self) -> bytes:
        """Give the finished file."""
        width = self._paper.text_width_pt
        opening = Opening(self._setting, self._pen, self._paper)
        tables = TableWriter(self._setting, self._pen, width)
        adding = (self._add_chart, self._add_picture, self._add_numbering)
        body = Body(self._setting, self._pen, tables, width, *adding)
        self._append(opening.title_block() + opening.contents() + body.sections())
        self._write_frame(opening)
        self._write_properties()
        return _saved(self._file)

    def _append(self, markup: str) -> None:
        """Put markup in front of the properties of the page, which stand last."""
        body = self._file.element.body
        last = body[-1]
        for element in list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")):
            last.addprevious(element)

    def _write_frame(self, opening: Opening) -> None:
        """Write what stands above and below each page."""
        section = self._file.sections[0]
        title = self._pen.run(plain_text(self._document.title))
        _fill(section.first_page_header, opening.band(), "")
        _fill(section.header, title, "Header")
        words = self._setting.words
        page = (
            f"{self._pen.run(f'{words.page} ')}{field_xml('PAGE', '1')}"
            f"{self._pen.run(f' {words.of} ')}{field_xml('NUMPAGES', '1')}"
        )
        foot = f"{self._pen.run(plain_text(self._document.footer or ''))}<w:r><w:tab/></w:r>{page}"
        for footer in (section.first_page_footer, section.footer):
            _fill(footer, foot, "Footer")

    def _add_chart(self, chart: Chart) -> str:
        self._charts += 1
        package, part = self._file.part.package, self._file.part
        width = self._paper.text_width_pt
        drawn = chart_part_xml(chart, self._setting.palette, self._language, width).encode()
        name = PackURI(f"/word/charts/chart{self._charts}.xml")
        chart_part = Part(name, _CHART_TYPE, drawn, package)
        book_name = PackURI(f"/word/embeddings/chart{self._charts}.xlsx")
        book = Part(book_name, CONTENT_TYPE.SML_SHEET, workbook_bytes(chart), package)
        chart_part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, WORKBOOK_RELATION)
        return part.relate_to(chart_part, RELATIONSHIP_TYPE.CHART)

    def _add_picture(self, picture: Picture) -> str:
        relation, _ = self._file.part.get_or_add_image(io.BytesIO(picture.content))
        return relation

    def _add_numbering(self) -> int:
        numbering = self._file.part.numbering_part.element
        number = len(numbering.num_lst) + 1
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        markup = f'<w:num {NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="2"/>{start}</w:num>'
        numbering.append(parse_xml(markup))
        return number

    def _relate(self, url: str) -> str:
        return self._file.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def _write_properties(self) -> None:
        document, properties = self._document, self._file.core_properties
        moment = dt.datetime.combine(document.date or UNDATED, dt.time(), dt.UTC).replace(tzinfo=None)
        properties.title = plain_text(document.title)[:PROPERTY_CHARS]
        properties.subject = plain_text(document.subtitle or "")[:PROPERTY_CHARS]
        properties.author = plain_text(document.author or "")
        properties.language = self._language
        properties.created = properties.modified = moment
        if self._document.sources:
            write_property(self._file.part.package, CITATIONS, say_citations(self._setting.list_citations()))


def _fill(frame: Any, content: str, style: str) -> None:  # noqa: ANN401 - python-docx's headers are untyped
    element = frame._element  # noqa: SLF001 - the only way to its XML
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(f"<w:body {NAMESPACES}>{paragraph_xml(content, style)}</w:body>")[0])


def _saved(file: Any) -> bytes:  # noqa: ANN401 - python-docx's document is untyped
    """Give the file with every part stamped with the same time."""
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
