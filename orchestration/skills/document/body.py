"""The body of a document: headings, running text, lists, figures with captions, the list of sources."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from orchestration.skills.chart_content import Chart
from orchestration.skills.document.charts import chart_drawing
from orchestration.skills.document.markup import Pen, bookmark_xml, field_xml, paragraph_xml, run_xml
from orchestration.skills.document.pictures import picture_drawing
from orchestration.skills.document.tables import TableWriter
from orchestration.skills.marks import Span, plain_text
from orchestration.skills.paper.content import (
    Block,
    BulletsBlock,
    CalloutBlock,
    ChartBlock,
    ImageBlock,
    KpisBlock,
    NumberedBlock,
    QuoteBlock,
    TableBlock,
)
from orchestration.skills.paper.measures import picture_size_pt
from orchestration.skills.paper.setting import Heading, Setting
from orchestration.skills.pictures import Picture

# Bookmarks of headings come first, those of sources after them.
SOURCE_BOOKMARKS_FROM: Final = 1_000
# Drawings of the pages' own frame have the first ids.
DRAWINGS_FROM: Final = 100


@dataclass
class Body:
    """Writes the sections of one document, and counts its charts and tables."""

    setting: Setting
    pen: Pen
    tables: TableWriter
    width_pt: float
    add_chart: Callable[[Chart], str]
    """Puts a chart part into the file; gives its relationship."""
    add_picture: Callable[[Picture], str]
    """Puts a picture part into the file; gives its relationship."""
    add_numbering: Callable[[], int]
    """Puts an ordered list into the file that begins with 1; gives its number."""
    counts: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def sections(self) -> str:
        """Give everything from the first heading to the last source."""
        parts: list[str] = []
        for number, (heading, section) in enumerate(self.setting.list_sections(), 1):
            parts.append(self._heading(number, heading))
            parts += [self._block(block) for block in section.blocks]
        return "".join([*parts, *self._sources()])

    def _heading(self, number: int, heading: Heading) -> str:
        runs = self.pen.runs(self.setting.spans(heading.text))
        return paragraph_xml(bookmark_xml(number, heading.anchor, runs), f"Heading{heading.level}")

    def _block(self, block: Block) -> str:  # noqa: C901, PLR0911 - one line a kind
        match block.kind:
            case "paragraph":
                return self._paragraph(block.text, "", block.source_ids)
            case "bullets":
                return "".join(self._list_bullets(block))
            case "numbered":
                return self._numbered(block)
            case "kpis":
                return self._kpis(block)
            case "chart":
                return self._chart(block)
            case "table":
                return self._table(block)
            case "two_column":
                alt = f"{plain_text(block.left.heading)}, {plain_text(block.right.heading)}"
                return self.tables.sides(block, alt) + self._after(block.source_ids)
            case "quote":
                return self._quote(block)
            case "timeline":
                alt = ", ".join(plain_text(each.label) for each in block.milestones)
                return self.tables.milestones(block, alt) + self._after(block.source_ids)
            case "callout":
                return self._callout(block)
            case "image":
                return self._picture(block)

    def _paragraph(self, text: str, style: str, source_ids: Sequence[str] = (), *, more: str = "") -> str:
        return self.pen.paragraph(self.setting.spans(text, source_ids), style, more=more)

    def _list_bullets(self, block: BulletsBlock) -> Iterator[str]:
        last = len(block.bullets) - 1
        for at, bullet in enumerate(block.bullets):
            yield self._paragraph(bullet.text, "ListBullet", block.source_ids if at == last else ())
            yield from (self._paragraph(text, "ListBullet2") for text in bullet.sub)

    def _numbered(self, block: NumberedBlock) -> str:
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.add_numbering()}"/></w:numPr>'
        cited = [*[()] * (len(block.numbered) - 1), block.source_ids]
        return "".join(
            self._paragraph(text, "ListNumber", ids, more=properties)
            for text, ids in zip(block.numbered, cited, strict=True)
        )

    def _kpis(self, block: KpisBlock) -> str:
        cards = self.tables.cards(block, ", ".join(plain_text(f"{kpi.label} {kpi.value}") for kpi in block.kpis))
        if block.commentary is None:
            return cards + self._after(block.source_ids)
        return cards + self._after(()) + self._paragraph(block.commentary, "", block.source_ids)

    def _chart(self, block: ChartBlock) -> str:
        caption = self._caption("figure", block.caption, block.source_ids)
        alt = block.chart.alt or plain_text(block.caption)
        relation = self.add_chart(block.chart)
        number = DRAWINGS_FROM + self.counts["figure"]
        drawing = chart_drawing(relation, number, alt, block.chart, self.width_pt)
        subtitle = self._paragraph(block.chart.subtitle, "Note") if block.chart.subtitle else ""
        takeaways = "".join(self._paragraph(text, "ListBullet") for text in block.takeaways)
        return f"{caption}{paragraph_xml(drawing, 'Chart')}{subtitle}{takeaways}"

    def _picture(self, block: ImageBlock) -> str:
        picture = self.setting.find_picture(block.image)
        caption = self._caption("figure", block.caption, block.cited)
        number = DRAWINGS_FROM + self.counts["figure"]
        size = picture_size_pt(picture, self.width_pt)
        drawing = picture_drawing(self.add_picture(picture), number, plain_text(block.alt), size)
        return caption + paragraph_xml(drawing, "Chart")

    def _table(self, block: TableBlock) -> str:
        caption = self._caption("table", block.caption, block.source_ids)
        return caption + self.tables.figures(block, plain_text(block.caption)) + self._note(block.note)

    def _caption(self, name: str, text: str, source_ids: Sequence[str]) -> str:
        self.counts[name] += 1
        word: str = getattr(self.setting.words, name)
        number = field_xml(f"SEQ {name.capitalize()} \\* ARABIC", str(self.counts[name]))
        said = self.pen.runs(self.setting.spans(text, source_ids), "")
        label = f"{self.pen.run(f'{word} ', 'Marked')}{number}{run_xml('  ')}"
        return paragraph_xml(label + said, "Caption")

    def _quote(self, block: QuoteBlock) -> str:
        role = f", {block.role}" if block.role else ""
        quoted = self._paragraph(f"“{block.quote}”", "Quote", block.source_ids)
        return quoted + self._paragraph(f"{block.attribution}{role}", "Attribution")

    def _callout(self, block: CalloutBlock) -> str:
        figure = ""
        if block.value:
            label = (Span(f"  {plain_text(block.label)}"),) if block.label else ()
            runs = self.pen.runs(self.setting.spans(block.value)) + self.pen.runs(label, "Aside")
            figure = paragraph_xml(runs, "CalloutFigure")
        return figure + self._paragraph(block.text, "Callout", block.source_ids)

    def _note(self, text: str | None) -> str:
        return self._paragraph(text or "", "Note") if text else paragraph_xml("", "Note")

    def _after(self, source_ids: Sequence[str]) -> str:
        """Give the small line below a table that keeps it apart from what follows, with what it stands on."""
        return (
            self._paragraph(f"{self.setting.words.sources}: ", "Note", source_ids) if source_ids else self._note(None)
        )

    def _sources(self) -> Iterator[str]:
        headings = self.setting.list_headings()
        if headings[-1].anchor != "sources":
            return
        yield self._heading(len(headings), headings[-1])
        for number, source in self.setting.list_sources():
            title = Span(plain_text(source.title), url=source.url)
            where = f", {plain_text(source.locator)}" if source.locator else ""
            runs = f"{run_xml(f'[{number}]', 'Marked')}<w:r><w:tab/></w:r>{self.pen.runs((title, Span(where)))}"
            yield paragraph_xml(bookmark_xml(SOURCE_BOOKMARKS_FROM + number, f"source_{number}", runs), "Source")
