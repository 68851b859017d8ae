"""What a deck says: the JSON an agent gives as `content` to the skill. Content only: no sizes, colours or positions.

`?` may be left out. Every text is one line (notes: several) and takes the marks of `marks.py`.

    {"title", "subtitle"?, "author"?, "date"?: "2026-11-23", "language"?: "en-US", "footer"?,
     "theme"?: "slate" or "ember" or "forest" or "mono",
     "sources"?: [{"id": "S1", "title", "url"?, "locator"?: "rows 2-418", "kind"}],  (kind: message, file, web or data)
     "slides": [1 to 80 objects, each with "kind", the fields of its kind, and "section"?, "notes"?, "source_ids"?]}

    title       title?, subtitle?                    (those of the deck where left out)
    agenda      title?, items[2..8]{title, detail?}
    section     title, subtitle?
    bullets     title, bullets[1..14]{text, sub?[0..3]}, callout?{value, label}
    two_column  title, left{heading, points[1..8]}, right{heading, points[1..8]}
    comparison  title, options[2..4]{heading, points[1..6], verdict?, tag?, recommended?: true}
    process     title, stages[2..6]{label, detail?}  (what follows what; dates are a timeline)
    kpis        title, kpis[1..6]{label, value, delta?, direction?: up|down|flat, good?: true|false}, commentary?
    big_number  title, value, label, context?
    chart       title, chart{type, categories, series[1..12]{name, values}, subtitle?, number_format?, line_format?,
                highlight?, alt?}, takeaways?[0..4]  (types and limits: `chart_content.py`)
    table       title, columns[2..9]{header, align?}, rows[1..200][a cell for each column], total?[cells],
                highlight_row?, note?
    quote       title, quote, attribution, role?
    timeline    title, milestones[2..6]{date, label, detail?, status?: done|next|planned|risk}
    image       title, image: "S4" (a picture file among the sources), alt, caption?, points?[0..5], fill?: true
                                                     (shown whole; `fill` crops it to its place)
    closing     title?, message?, steps?[0..5]{text, owner?, due?}
    sources     title?                               (filled from "sources"; the last slide; needed once something is
                                                      cited)

Longest texts, in characters: title 160; label, heading, header, locator, attribution 120; value, delta, date, owner,
due 40; step, milestone detail 200; cell 300; sub, point, takeaway, commentary, message, subtitle 400; bullet, quote,
context 1,000; notes 6,000. Those are for storing; what fits a slide is less, and told when it does not.

One slide object is one slide of the file, title and sources slides included: so `len(slides)` is the slide count. Only
bullets, tables and sources that do not fit at a readable size continue on a further slide.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from orchestration.skills.blocks import (
    Bullets,
    Callout,
    Charted,
    Comparison,
    Kpis,
    Quotation,
    Source,
    Tabulated,
    Timeline,
    list_citing,
    list_source_problems,
)
from orchestration.skills.content_texts import (
    Brief,
    CitedId,
    Content,
    Headline,
    Label,
    Language,
    Notes,
    Passage,
    Sentence,
    SourceId,
    Tiny,
    refuse,
)
from orchestration.skills.marks import source_of
from recipes.theme import Theme


class SlideContent(Content):
    """What every slide may carry: a section (small words above the title), notes, ids of sources or passages."""

    section: Label | None = None
    notes: Notes | None = None
    source_ids: tuple[CitedId, ...] = Field(default=(), max_length=60)


class TitledSlide(SlideContent):
    """A slide with a headline of its own."""

    title: Headline


class TitleSlide(SlideContent):
    """The opening; where it says nothing, the deck's own title and subtitle stand."""

    kind: Literal["title"]
    title: Headline | None = None
    subtitle: Sentence | None = None


class AgendaItem(Content):
    """One line of the agenda."""

    title: Label
    detail: Label | None = None


class AgendaSlide(SlideContent):
    """What the deck will cover."""

    kind: Literal["agenda"]
    title: Headline = "What we will cover"
    items: tuple[AgendaItem, ...] = Field(min_length=2, max_length=8)


class SectionSlide(SlideContent):
    """A divider."""

    kind: Literal["section"]
    title: Headline
    subtitle: Sentence | None = None


class BulletsSlide(Bullets, TitledSlide):
    """A headline and its points."""

    kind: Literal["bullets"]
    callout: Callout | None = None


class TwoColumnSlide(Comparison, TitledSlide):
    """Two lists to read side by side."""

    kind: Literal["two_column"]


class Option(Content):
    """One way to go: what speaks for and against it, and what it comes to."""

    heading: Label
    points: tuple[Sentence, ...] = Field(min_length=1, max_length=6)
    verdict: Label | None = None
    tag: Tiny | None = None
    recommended: bool = False


class ComparisonSlide(TitledSlide):
    """Two to four options side by side; at most one is recommended."""

    kind: Literal["comparison"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _check(self) -> Self:
        count = sum(option.recommended for option in self.options)
        refuse([f"{count} options are recommended; at most one"] if count > 1 else [])
        return self


class Stage(Content):
    """One part of a process."""

    label: Label
    detail: Brief | None = None


class ProcessSlide(TitledSlide):
    """What follows what."""

    kind: Literal["process"]
    stages: tuple[Stage, ...] = Field(min_length=2, max_length=6)


class ImageSlide(TitledSlide):
    """A picture from a source's file, with words below or beside it."""

    kind: Literal["image"]
    image: SourceId
    alt: Sentence
    caption: Label | None = None
    points: tuple[Sentence, ...] = Field(default=(), max_length=5)
    fill: bool = False


class KpisSlide(Kpis, TitledSlide):
    """Up to six figures as cards."""

    kind: Literal["kpis"]


class BigNumberSlide(SlideContent):
    """One figure that carries the slide."""

    kind: Literal["big_number"]
    title: Headline
    value: Tiny
    label: Label
    context: Passage | None = None


class ChartSlide(Charted, TitledSlide):
    """A native chart with what it shows in words."""

    kind: Literal["chart"]


class TableSlide(Tabulated, TitledSlide):
    """A native table; `highlight_row` counts from 0, `total` is one more row set apart."""

    kind: Literal["table"]


class QuoteSlide(Quotation, TitledSlide):
    """Somebody's words."""

    kind: Literal["quote"]


class TimelineSlide(Timeline, TitledSlide):
    """Milestones in the order given."""

    kind: Literal["timeline"]


class Step(Content):
    """Something to do, by whom, by when."""

    text: Brief
    owner: Tiny | None = None
    due: Tiny | None = None


class ClosingSlide(SlideContent):
    """What to decide or do next."""

    kind: Literal["closing"]
    title: Headline = "Next steps"
    message: Sentence | None = None
    steps: tuple[Step, ...] = Field(default=(), max_length=5)


class SourcesSlide(SlideContent):
    """The list of sources, filled by the writer: number, title with link, where, and the slides that use it."""

    kind: Literal["sources"]
    title: Headline = "Sources"


Slide = Annotated[
    TitleSlide | AgendaSlide | SectionSlide | BulletsSlide | TwoColumnSlide | ComparisonSlide | ProcessSlide
    | KpisSlide | BigNumberSlide | ChartSlide | TableSlide | QuoteSlide | TimelineSlide | ImageSlide | ClosingSlide
    | SourcesSlide,
    Field(discriminator="kind"),
]  # fmt: skip


class Deck(Content):
    """A whole presentation. One slide here is one slide of the file, unless it must continue."""

    title: Headline
    subtitle: Sentence | None = None
    author: Label | None = None
    date: dt.date | None = None
    theme: Theme = "slate"
    language: Language = "en-US"
    footer: Label | None = None
    sources: tuple[Source, ...] = Field(default=(), max_length=200)
    slides: tuple[Slide, ...] = Field(min_length=1, max_length=80)

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse([*list_source_problems(self.sources), *_citation_problems(self), *_sources_slide_problems(self)])
        return self


def list_cited(slide: SlideContent) -> tuple[str, ...]:
    """Give the source ids a slide cites, in its texts first, then in `source_ids`, each once."""
    return tuple(dict.fromkeys(map(source_of, list_cited_passages(slide))))


def list_cited_passages(slide: SlideContent) -> tuple[str, ...]:
    """Give the passages a slide cites, or the sources as a whole, each once and in the same order."""
    shown = [slide.image] if isinstance(slide, ImageSlide) else []
    return tuple(dict.fromkeys([*list_citing(slide), *slide.source_ids, *shown]))


def _citation_problems(deck: Deck) -> Iterator[str]:
    known = [source.id for source in deck.sources]
    for number, slide in enumerate(deck.slides, 1):
        for source_id in list_cited(slide):
            if source_id not in known:
                yield f"slide {number} cites unknown source '{source_id}'; known: {', '.join(known) or 'none'}"


def _sources_slide_problems(deck: Deck) -> Iterator[str]:
    places = [number for number, slide in enumerate(deck.slides, 1) if slide.kind == "sources"]
    if any(number != len(deck.slides) for number in places):
        yield "the slide of kind 'sources' must be the last one, and the only one of its kind"
    if places and not deck.sources:
        yield f"slide {places[0]} lists the sources, but 'sources' is empty"
    if not places and any(list_cited(slide) for slide in deck.slides):
        yield "sources are cited, but no slide lists them; end with a slide of kind 'sources'"
