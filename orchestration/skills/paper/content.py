"""What a document says, as DOCX or as PDF: the JSON an agent gives as `content`. No sizes, no page breaks.

`?` may be left out. Every text is one line and takes the marks of `marks.py`.

    {"title", "subtitle"?, "author"?, "date"?: "2026-11-23", "language"?: "en-US", "footer"?,
     "theme"?: "slate" or "ember" or "forest" or "mono",
     "sources"?: [{"id": "S1", "title", "url"?, "locator"?: "rows 2-418", "kind"}],  (kind: message, file, web or data)
     "sections": [1 to 60 of {"heading", "level"?: 1 to 3, "blocks": [0 to 40 objects, each with "kind", the fields of
                  its kind, and "source_ids"?]}]}

    paragraph   text
    bullets     bullets[1..40]{text, sub?[0..3]}
    numbered    numbered[1..40]
    kpis        kpis[1..6]{label, value, delta?, direction?: up|down|flat, good?: true|false}, commentary?
    chart       caption, chart{type, categories, series[1..12]{name, values}, subtitle?, number_format?, highlight?,
                alt?}, takeaways?[0..4]              (types and limits: `chart_content.py`)
    table       caption, columns[2..9]{header, align?: auto|left|center|right}, rows[1..200][a cell for each column],
                total?[cells], highlight_row?, note?
    two_column  left{heading, points[1..8]}, right{heading, points[1..8]}
    quote       quote, attribution, role?
    timeline    milestones[2..12]{date, label, detail?, status?: done|next|planned|risk}
    callout     text, value?, label?                 (one finding set apart; a figure with its label beside it)
    image       caption, image: "S4", alt            (a picture file among the sources, shown whole)

Longest texts, in characters: paragraph 4,000; entry, bullet, quote, callout 1,000; point, takeaway, caption,
alt, note 400; cell 300; heading 160; label 120; value, date 40.

The contents, the numbers of charts, pictures and tables and the list of sources are added by the writer. Levels begin
with 1 and go down one at a time; a section without blocks is followed by one of a deeper level.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from orchestration.skills.blocks import (
    Bullet,
    Bullets,
    Charted,
    Comparison,
    Kpis,
    Milestone,
    Quotation,
    Source,
    Tabulated,
    Timeline,
    list_citing,
    list_source_problems,
)
from orchestration.skills.content_texts import (
    CitedId,
    Clean,
    Content,
    Headline,
    Label,
    Language,
    Passage,
    Sentence,
    SourceId,
    Tiny,
    refuse,
)
from orchestration.skills.marks import source_of
from recipes.theme import Theme

Prose = Annotated[str, StringConstraints(min_length=1, max_length=4_000), Clean]


class BlockContent(Content):
    """What every block may carry: ids of sources or passages that it stands on as a whole."""

    source_ids: tuple[CitedId, ...] = Field(default=(), max_length=60)

    @property
    def cited(self) -> tuple[str, ...]:
        """What it stands on as a whole."""
        return self.source_ids


class CaptionedBlock(BlockContent):
    """A block with a line that says what it shows; its number is added."""

    caption: Sentence


class ParagraphBlock(BlockContent):
    """Running text."""

    kind: Literal["paragraph"]
    text: Prose


class BulletsBlock(Bullets, BlockContent):
    """Points to read one after the other."""

    kind: Literal["bullets"]
    bullets: tuple[Bullet, ...] = Field(min_length=1, max_length=40)


class NumberedBlock(BlockContent):
    """Entries in an order that matters."""

    kind: Literal["numbered"]
    numbered: tuple[Passage, ...] = Field(min_length=1, max_length=40)


class KpisBlock(Kpis, BlockContent):
    """Up to six figures as cards."""

    kind: Literal["kpis"]


class ChartBlock(Charted, CaptionedBlock):
    """A chart with what it shows in words."""

    kind: Literal["chart"]


class TableBlock(Tabulated, CaptionedBlock):
    """A table; `highlight_row` counts from 0, `total` is one more row set apart."""

    kind: Literal["table"]


class TwoColumnBlock(Comparison, BlockContent):
    """Two lists to read side by side."""

    kind: Literal["two_column"]


class QuoteBlock(Quotation, BlockContent):
    """Somebody's words."""

    kind: Literal["quote"]


class TimelineBlock(Timeline, BlockContent):
    """Milestones in the order given."""

    kind: Literal["timeline"]
    milestones: tuple[Milestone, ...] = Field(min_length=2, max_length=12)


class CalloutBlock(BlockContent):
    """One finding set apart; a figure may stand beside it."""

    kind: Literal["callout"]
    text: Passage
    value: Tiny | None = None
    label: Label | None = None


class ImageBlock(CaptionedBlock):
    """A picture from a source's file, which it cites; `alt` says what is to be seen."""

    kind: Literal["image"]
    image: SourceId
    alt: Sentence

    @property
    def cited(self) -> tuple[str, ...]:
        """What it stands on: the ids given, and the picture."""
        return tuple(dict.fromkeys((*self.source_ids, self.image)))


Block = Annotated[
    ParagraphBlock | BulletsBlock | NumberedBlock | KpisBlock | ChartBlock | TableBlock | TwoColumnBlock | QuoteBlock
    | TimelineBlock | CalloutBlock | ImageBlock,
    Field(discriminator="kind"),
]  # fmt: skip


class Section(Content):
    """A heading and what stands below it."""

    heading: Headline
    level: Literal[1, 2, 3] = 1
    blocks: tuple[Block, ...] = Field(max_length=40)


class Document(Content):
    """A whole document."""

    title: Headline
    subtitle: Sentence | None = None
    author: Label | None = None
    date: dt.date | None = None
    theme: Theme = "slate"
    language: Language = "en-US"
    footer: Label | None = None
    sources: tuple[Source, ...] = Field(default=(), max_length=200)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse([*list_source_problems(self.sources), *_citation_problems(self), *_level_problems(self)])
        return self


def list_cited_passages(document: Document) -> tuple[str, ...]:
    """Give the passages a document cites, or the sources as a whole, each once and in its order."""
    found: list[str] = list(list_citing(document.model_copy(update={"sections": ()})))
    for section in document.sections:
        found += list_citing(section.model_copy(update={"blocks": ()}))
        for block in section.blocks:
            found += [*list_citing(block), *block.cited]
    return tuple(dict.fromkeys(found))


def list_shown(document: Document) -> tuple[str, ...]:
    """Give the sources whose pictures a document shows, each once."""
    blocks = (block for section in document.sections for block in section.blocks)
    return tuple(dict.fromkeys(block.image for block in blocks if block.kind == "image"))


def _citation_problems(document: Document) -> Iterator[str]:
    known = [source.id for source in document.sources]
    said = ", ".join(known) or "none"
    for place, cited in _list_cited_places(document):
        for source_id in dict.fromkeys(map(source_of, cited)):
            if source_id not in known:
                yield f"{place} cites unknown source '{source_id}'; known: {said}"


def _list_cited_places(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "the document's title block", tuple(list_citing(document.model_copy(update={"sections": ()})))
    for at, section in enumerate(document.sections, 1):
        yield f"section {at}, heading", tuple(list_citing(section.model_copy(update={"blocks": ()})))
        for place, block in enumerate(section.blocks, 1):
            yield f"section {at}, block {place} ({block.kind})", (*list_citing(block), *block.cited)


def _level_problems(document: Document) -> Iterator[str]:
    first = document.sections[0]
    if first.level > 1:
        yield f"section 1 has level {first.level}; a document begins with level 1"
    for at, (before, section) in enumerate(pairwise(document.sections), 2):
        if section.level > before.level + 1:
            yield f"section {at} has level {section.level} below level {before.level}; go down one level at a time"
    followed = [*(after.level for after in document.sections[1:]), 0]
    for at, (section, after) in enumerate(zip(document.sections, followed, strict=True), 1):
        if not section.blocks and after <= section.level:
            yield f"section {at} ('{section.heading}') is empty; give it blocks or leave it out"
