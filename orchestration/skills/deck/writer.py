"""The deck skill: content in, a presentation file out."""

import datetime as dt
import io
import zipfile
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.chart import ChartPart

from orchestration.skills.charts.looks import look_at
from orchestration.skills.charts.markup import chart_xml
from orchestration.skills.charts.workbook import workbook_bytes
from orchestration.skills.content import Deck
from orchestration.skills.deck.drawing import Pen
from orchestration.skills.deck.outline import compose_pages
from orchestration.skills.deck.page import (
    SOURCES_TARGET,
    Block,
    ChartBlock,
    Page,
    Panel,
    PictureBlock,
    TableBlock,
    TextBlock,
)
from orchestration.skills.deck.stage import Stage, theme_stage
from orchestration.skills.deck.wording import region_tag
from orchestration.skills.marks import plain_text
from orchestration.skills.package import zipped
from orchestration.skills.pictures import NO_PICTURES, Picture, Pictures

# A deck without a date is given this one: the same content is the same bytes.
UNDATED: Final = dt.date(2000, 1, 1)


def build_deck(deck: Deck, *, stage: Stage | None = None, pictures: Pictures = NO_PICTURES) -> bytes:
    """Give the presentation as a .pptx file; the same deck gives the same bytes. Pure, takes a fraction of a second.

    Args:
        deck: What it says.
        stage: What it is built on; None for the deck's own theme.
        pictures: By the ids of the sources that slides show.

    Raises:
        ContentTooLong: if a text does not fit its place at a readable size.
    """
    stage = stage or theme_stage(deck.theme)
    pages = compose_pages(deck, stage, pictures)
    file: Any = Presentation(io.BytesIO(stage.template))
    layouts = list(file.slide_layouts)
    slides = [file.slides.add_slide(layouts[stage.layouts[page.layout].index]) for page in pages]
    for page, slide in zip(pages, slides, strict=True):
        _SlideWriter(deck, stage, pictures, page, slide, slides[-1]).write()
    _write_properties(file.core_properties, deck)
    return _saved(file)


class _SlideWriter:
    """Writes one page onto an empty slide."""

    def __init__(
        self,
        deck: Deck,
        stage: Stage,
        pictures: Pictures,
        page: Page,
        slide: Any,  # noqa: ANN401 - python-pptx's slides are untyped
        sources_slide: Any,  # noqa: ANN401 - python-pptx's slides are untyped
    ) -> None:
        self._page = page
        self._slide = slide
        self._sources_slide = sources_slide
        self._stage = stage
        self._use = stage.layouts[page.layout]
        self._pictures = pictures
        self._language = region_tag(deck.language)
        self._pen = Pen(self._language, self._relate, self._use.slots)

    def write(self) -> None:
        page = self._page
        tree = self._slide.shapes.element
        for placeholder in list(self._slide.placeholders):
            tree.remove(placeholder.element)
        for block in page.blocks:
            tree.append(parse_xml(self._use.coloured(self._drawn(block))))
        if page.notes:
            self._slide.notes_slide.notes_text_frame.text = page.notes

    def _drawn(self, block: Block) -> str:
        match block:
            case TextBlock():
                return self._pen.text_block(block)
            case Panel():
                return self._pen.panel(block)
            case TableBlock():
                return self._pen.table(block)
            case ChartBlock():
                return self._pen.chart(block.name, block.alt, block.box, block.slot, self._add_chart(block))

            case PictureBlock():
                return self._pen.picture(block, self._add_picture(self._pictures[block.source_id]))

    def _add_picture(self, picture: Picture) -> str:
        _, relation_id = self._slide.part.get_or_add_image_part(io.BytesIO(picture.content))
        return relation_id

    def _add_chart(self, block: ChartBlock) -> str:
        package = self._slide.part.package
        name: PackURI = package.next_partname(ChartPart.partname_template)
        looks = look_at(block.chart, block.box, self._stage.palette, self._stage.ruler)
        xml = self._use.coloured(chart_xml(looks, self._language))
        part: Any = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, xml.encode())
        part.chart_workbook.update_from_xlsx_blob(workbook_bytes(block.chart))
        return self._slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)

    def _relate(self, target: str) -> str:
        if target == SOURCES_TARGET:
            return self._slide.part.relate_to(self._sources_slide.part, RELATIONSHIP_TYPE.SLIDE)
        return self._slide.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _write_properties(properties: Any, deck: Deck) -> None:  # noqa: ANN401 - python-pptx's properties are untyped
    moment = dt.datetime.combine(deck.date or UNDATED, dt.time(), dt.UTC).replace(tzinfo=None)
    properties.title = plain_text(deck.title)[:255]
    properties.subject = plain_text(deck.subtitle or "")[:255]
    properties.author = plain_text(deck.author or "")
    properties.language = region_tag(deck.language)
    properties.created = properties.modified = moment


def _saved(file: Any) -> bytes:  # noqa: ANN401 - python-pptx's presentation is untyped
    """Give the file with every part stamped with the same time."""
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
