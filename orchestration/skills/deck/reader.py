"""Reads a presentation back from its bytes, by the library's own reading and not by what the writer remembers."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from orchestration.skills.deck.legibility import Faint, list_faint
from orchestration.skills.design.geometry import EMU_PER_PT, Box
from orchestration.skills.design.ruler import Line, Ruler
from orchestration.skills.fonts.faces import nearest_metrics
from orchestration.skills.marks import Span
from recipes.errors import DefectError

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_C15: Final = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(eq=False)
class DeckUnreadable(DefectError):
    """The bytes are no presentation that opens."""

    reason: str

    def advice(self) -> str:
        """Give the sentence for the thread."""
        return "The presentation that was built does not open. Nothing was sent; the incident was recorded."


@dataclass(frozen=True)
class ReadText:
    """One text box or cell: its paragraphs, and the room it has for them."""

    where: str
    lines: tuple[Line, ...]
    box: Box
    is_placeholder: bool
    anchor: str = "t"
    is_decorative: bool = False

    @property
    def text(self) -> str:
        """Its words, paragraphs on lines of their own."""
        return "\n".join(line.text for line in self.lines).strip()


@dataclass(frozen=True)
class ReadChart:
    """A native chart's own values, from its cache in the file."""

    name: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True)
class ReadSlide:
    """One slide as it stands in the file."""

    number: int
    title: str
    texts: tuple[ReadText, ...]
    tables: tuple[tuple[tuple[ReadText, ...], ...], ...]
    charts: tuple[ReadChart, ...]
    notes: str
    without_alt: tuple[str, ...]
    links: tuple[str, ...]
    off_slide: tuple[str, ...]
    solids: tuple[tuple[str, Box], ...]
    """Its tables, charts and pictures, and where they stand."""
    faint: tuple[Faint, ...]


@dataclass(frozen=True)
class ReadDeck:
    """A presentation as it stands in the file, and a ruler for its fonts."""

    slides: tuple[ReadSlide, ...]
    ruler: Ruler


def read_deck(content: bytes) -> ReadDeck:
    """Give what stands in the file.

    Raises:
        DeckUnreadable: if it does not open.
    """
    try:
        file: Any = Presentation(io.BytesIO(content))
        size = Box(0, 0, _pt(file.slide_width), _pt(file.slide_height))
        faint = list_faint(file)
        slides = tuple(_slide(slide, number, size, faint[number - 1]) for number, slide in enumerate(file.slides, 1))
        return ReadDeck(slides, _ruler(file))
    except (PythonPptxError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, SyntaxError) as error:
        raise DeckUnreadable(f"{type(error).__name__}: {error}"[:200]) from error


def _slide(slide: Any, number: int, size: Box, faint: Sequence[Faint]) -> ReadSlide:  # noqa: ANN401 - python-pptx's slides are untyped
    shapes: list[Any] = list(slide.shapes)
    title = slide.shapes.title
    return ReadSlide(
        number,
        title.text_frame.text.strip() if title is not None else "",
        tuple(_text(shape) for shape in shapes if shape.has_text_frame),
        tuple(_table(shape) for shape in shapes if shape.has_table),
        tuple(_chart(shape) for shape in shapes if shape.has_chart),
        slide.notes_slide.notes_text_frame.text.strip() if slide.has_notes_slide else "",
        tuple(shape.name for shape in shapes if not shape.has_text_frame and not _alt(shape)),
        tuple(_links(slide)),
        tuple(shape.name for shape in shapes if not _is_inside(_box(shape), size)),
        tuple((shape.name, _box(shape)) for shape in shapes if not shape.has_text_frame),
        tuple(faint),
    )


def _text(shape: Any) -> ReadText:  # noqa: ANN401 - python-pptx's shapes are untyped
    frame = shape.text_frame
    anchor = next(frame._txBody.iter(f"{_A}bodyPr")).get("anchor", "t")  # noqa: SLF001 - the only way to its XML
    margins = [_pt(margin) for margin in (frame.margin_left, frame.margin_top, frame.margin_right, frame.margin_bottom)]
    box = _box(shape).shrunk(*margins)
    return ReadText(shape.name, _lines(frame), box, shape.is_placeholder, anchor, _is_decorative(shape))


def _table(shape: Any) -> tuple[tuple[ReadText, ...], ...]:  # noqa: ANN401 - python-pptx's shapes are untyped
    table = shape.table
    widths = [_pt(column.width) for column in table.columns]
    rows: list[tuple[ReadText, ...]] = []
    for row in table.rows:
        height = _pt(row.height)
        cells = zip(row.cells, widths, strict=True)
        rows.append(tuple(_cell(shape.name, cell, width, height) for cell, width in cells))
    return tuple(rows)


def _cell(name: str, cell: Any, width: float, height: float) -> ReadText:  # noqa: ANN401 - python-pptx's cells are untyped
    sides, ends = _pt(cell.margin_left + cell.margin_right), _pt(cell.margin_top + cell.margin_bottom)
    return ReadText(name, _lines(cell.text_frame), Box(0, 0, width - sides, height - ends), is_placeholder=False)


def _chart(shape: Any) -> ReadChart:  # noqa: ANN401 - python-pptx's shapes are untyped
    if points := _points(shape):
        return points
    plots: list[Any] = list(shape.chart.plots)
    series = tuple((entry.name, tuple(entry.values)) for plot in plots for entry in plot.series)
    return ReadChart(shape.name, tuple(str(category) for category in plots[0].categories), series)


def _points(shape: Any) -> ReadChart | None:  # noqa: ANN401 - python-pptx's shapes are untyped
    """Give a scatter's points by their names: how far across, how far up; None where it is another chart."""
    series = shape.chart.element.find(f".//{_C}scatterChart/{_C}ser")
    if series is None:
        return None
    across, up = (
        tuple(float(value.text) for value in series.iterfind(f"{_C}{part}//{_C}pt/{_C}v")) for part in ("xVal", "yVal")
    )
    names = tuple(name.text or "" for name in series.iterfind(f".//{_C15}dlblRangeCache/{_C}pt/{_C}v"))
    title = shape.chart.element.find(f".//{_C}valAx/{_C}title")
    along = "".join(text.text or "" for text in title.iter(f"{_A}t"))
    return ReadChart(shape.name, names, ((along, across), (series.findtext(f"{_C}tx//{_C}v") or "", up)))


def _lines(frame: Any) -> tuple[Line, ...]:  # noqa: ANN401 - python-pptx's text is untyped
    return tuple(_line(paragraph._p) for paragraph in frame.paragraphs)  # noqa: SLF001 - the only way to its XML


def _line(paragraph: Any) -> Line:  # noqa: ANN401 - an element of the file
    spans: list[Span] = []
    size, heading, capitals = 18.0, False, False
    for run in paragraph.iterchildren(f"{_A}r", f"{_A}fld", f"{_A}br"):
        style = run.find(f"{_A}rPr")
        if style is not None:
            size = int(style.get("sz", "1800")) / 100
            heading = heading or style.find(f"{_A}latin[@typeface='+mj-lt']") is not None
            capitals = capitals or style.get("cap") == "all"
        spans.append(_span(run, style))
    properties = paragraph.find(f"{_A}pPr")
    indent = _pt(int(properties.get("marL", "0"))) if properties is not None else 0.0
    sign = properties.find(f"{_A}buChar") if properties is not None else None
    return Line(
        tuple(spans),
        size,
        heading=heading,
        bullet=sign.get("char") if sign is not None else None,
        indent_pt=indent,
        before_pt=_before(properties),
        capitals=capitals,
    )


def _span(run: Any, style: Any) -> Span:  # noqa: ANN401 - elements of the file
    text = "\v" if run.tag == f"{_A}br" else "".join(part.text or "" for part in run.iterchildren(f"{_A}t"))
    if style is None:
        return Span(text)
    raised = "cited" if style.get("baseline", "0") != "0" else None
    return Span(text, bold=style.get("b") == "1", source_id=raised)


def _before(properties: Any) -> float:  # noqa: ANN401 - an element of the file
    space = properties.find(f"{_A}spcBef/{_A}spcPts") if properties is not None else None
    return int(space.get("val")) / 100 if space is not None else 0.0


def _alt(shape: Any) -> bool:  # noqa: ANN401 - python-pptx's shapes are untyped
    name = next(shape.element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr"))
    return bool(name.get("descr")) or _is_decorative(shape)


def _is_decorative(shape: Any) -> bool:  # noqa: ANN401 - python-pptx's shapes are untyped
    return any(True for _ in shape.element.iter(_DECORATIVE))


def _links(slide: Any) -> Iterator[str]:  # noqa: ANN401 - python-pptx's slides are untyped
    for link in slide.element.iter(f"{_A}hlinkClick"):
        relation = slide.part.rels[link.get(f"{_R}id")]
        yield cast("str", relation.target_ref) if relation.is_external else f"#{relation.target_part.partname}"


def _box(shape: Any) -> Box:  # noqa: ANN401 - python-pptx's shapes are untyped
    return Box(_pt(shape.left), _pt(shape.top), _pt(shape.width), _pt(shape.height))


def _is_inside(box: Box, size: Box) -> bool:
    slack = 0.5  # points; rounding to the unit of the file
    return box.x >= -slack and box.y >= -slack and box.right <= size.right + slack and box.bottom <= size.bottom + slack


def _ruler(file: Any) -> Ruler:  # noqa: ANN401 - python-pptx's presentation is untyped
    theme_part = file.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = cast("Any", parse_xml(theme_part.blob))
    heading, body = nearest_metrics(_font(theme, "major")), nearest_metrics(_font(theme, "minor"))
    return Ruler(heading.face, body.face, max(heading.widening, body.widening))


def _font(theme: Any, part: str) -> str:  # noqa: ANN401 - an element of the file
    return str(theme.find(f".//{_A}{part}Font/{_A}latin").get("typeface"))


def _pt(emu: int) -> float:
    return emu / EMU_PER_PT
