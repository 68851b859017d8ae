"""A document as the data that the typesetting reads: every text as spans, every number given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from orchestration.skills.blocks import Kpi, Milestone
from orchestration.skills.columns import list_sides
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import Span, plain_text
from orchestration.skills.paper.band import BARS, FREE_SHARE, find_band
from orchestration.skills.paper.citations import say_citations
from orchestration.skills.paper.content import (
    Block,
    BulletsBlock,
    CalloutBlock,
    ChartBlock,
    ImageBlock,
    KpisBlock,
    QuoteBlock,
    TableBlock,
    TimelineBlock,
    TwoColumnBlock,
)
from orchestration.skills.paper.measures import (
    CARDS_PER_ROW,
    CELL_SIDE_PT,
    TABLE_PT,
    chart_height_pt,
    find_widths,
    picture_size_pt,
)
from orchestration.skills.paper.page import Paper
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import region_tag
from orchestration.skills.pdf.charts.drawing import describe_chart, draw_chart
from orchestration.skills.pdf.places import (
    CARD_PT,
    GAP_PT,
    HEADING_PT,
    INDENT_PT,
    RUNNING_PT,
    TITLE_PT,
    VALUE_PT,
    Place,
    break_words,
    may_stand_whole,
)
from orchestration.skills.pictures import Picture

_INKS: Final = {
    "text": Ink.TEXT, "paper": Ink.PAPER, "night": Ink.NIGHT, "panel": Ink.PANEL, "accent": Ink.ACCENT,
    "second": Ink.SECOND, "warm": Ink.WARM, "muted": Ink.MUTED, "good": Ink.GOOD, "bad": Ink.BAD,
    "hairline": Ink.HAIRLINE,
}  # fmt: skip
_BAR_INKS: Final = {Ink.ACCENT: "accent", Ink.SECOND: "second", Ink.WARM: "warm"}
# Calibri and Cambria have free twins; the rest of the themes' fonts is set in the same.
_HEADING_FONTS: Final = {"Cambria": "Libertinus Serif"}
_FONT: Final = "Carlito"
_ARROWS: Final = {"up": "▲ ", "down": "▼ ", "flat": "", None: ""}
_STATES: Final = {"done": "good", "next": "accent", "planned": "muted", "risk": "bad"}

Json = dict[str, Any]


@dataclass
class Composer:
    """Composes one document, and counts its charts and tables."""

    setting: Setting
    paper: Paper
    counts: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def compose(self) -> Json:
        """Give everything that the typesetting reads but the day."""
        document, paper, words = self.setting.document, self.paper, self.setting.words
        language, _, region = region_tag(document.language).partition("-")
        is_rtl = self.setting.tongue.is_rtl
        band = find_band(self.setting, paper)
        return {
            "title": plain_text(document.title),
            "title_spans": self._said(
                document.title, place=Place(TITLE_PT, paper.text_width_pt * (1 - FREE_SHARE), is_heading=True)
            )["spans"],
            "subtitle": self._said(document.subtitle) if document.subtitle else None,
            "byline": band.byline,
            "author": plain_text(document.author or ""),
            "footer": plain_text(document.footer or ""),
            "citations": say_citations(self.setting.list_citations()) if document.sources else "",
            "lang": language,
            "region": region[:2] or None,
            "width": paper.width_pt,
            "height": paper.height_pt,
            "side": paper.side_pt,
            "top": paper.top_pt,
            "foot": paper.foot_pt,
            "band": band.height_pt,
            "bars": [
                [1 - left - width if is_rtl else left, width, depth, _BAR_INKS[ink]] for left, width, depth, ink in BARS
            ],
            "rtl": is_rtl,
            "inks": {name: self.setting.palette.rgb(ink) for name, ink in _INKS.items()},
            "heading_font": _HEADING_FONTS.get(self.setting.palette.heading_font, _FONT),
            "words": {"page": words.page, "of": words.of, "contents": words.contents, "sources": words.sources},
            "has_contents": self.setting.has_contents,
            "sections": [
                {
                    "heading": self._said(
                        heading.text, place=Place(HEADING_PT, self.paper.text_width_pt, is_heading=True)
                    ),
                    "level": heading.level,
                    "blocks": [self._block(block) for block in section.blocks],
                }
                for heading, section in self.setting.list_sections()
            ],
            "sources": [self._source(number) for number, _ in self.setting.list_sources()],
        }

    def _block(self, block: Block) -> Json:
        made = {"kind": block.kind, "after": None, **self._content(block)}
        if block.kind in {"two_column", "timeline"} or (block.kind == "kpis" and block.commentary is None):
            cited = self._said(f"{self.setting.words.sources}: ", block.source_ids)
            made["after"] = cited if block.source_ids else None
        return made

    def _content(self, block: Block) -> Json:  # noqa: C901, PLR0911 - one line a kind
        match block.kind:
            case "paragraph":
                return {"text": self._said(block.text, block.source_ids)}
            case "bullets":
                return {"bullets": self._bullets(block)}
            case "numbered":
                cited = [*[()] * (len(block.numbered) - 1), block.source_ids]
                return {"numbered": [self._said(*each) for each in zip(block.numbered, cited, strict=True)]}
            case "kpis":
                return self._kpis(block)
            case "chart":
                return self._chart(block)
            case "table":
                return self._table(block)
            case "two_column":
                return self._sides(block)
            case "quote":
                return self._quote(block)
            case "timeline":
                return self._timeline(block)
            case "callout":
                return self._callout(block)
            case "image":
                return self._picture(block)

    def _bullets(self, block: BulletsBlock) -> list[Json]:
        last = len(block.bullets) - 1
        return [
            {
                **self._said(each.text, block.source_ids if at == last else ()),
                "sub": [self._said(text) for text in each.sub],
            }
            for at, each in enumerate(block.bullets)
        ]

    def _kpis(self, block: KpisBlock) -> Json:
        count = len(block.kpis)
        commentary = self._said(block.commentary, block.source_ids) if block.commentary else None
        wide = count if count <= CARDS_PER_ROW else -(-count // 2)
        room = (self.paper.text_width_pt - GAP_PT * (wide - 1)) / wide - 2 * CARD_PT
        return {"wide": wide, "cards": [self._card(kpi, room) for kpi in block.kpis], "commentary": commentary}

    def _card(self, kpi: Kpi, room: float) -> Json:
        small = Place(TABLE_PT, room)
        return {
            "label": self._said(kpi.label, place=small),
            "value": self._said(kpi.value, place=Place(VALUE_PT, room, is_heading=True)),
            "delta": self._said(kpi.delta, place=small) if kpi.delta else None,
            "arrow": _ARROWS[kpi.direction],
            "ink": {True: "good", False: "bad", None: "muted"}[kpi.good],
        }

    def _chart(self, block: ChartBlock) -> Json:
        width, height = self.paper.text_width_pt, chart_height_pt(block.chart)
        caption = plain_text(block.chart.alt or block.caption)
        return {
            **self._caption("figure", block.caption, block.source_ids),
            "svg": draw_chart(block.chart, self.setting.palette, width, height),
            "width": width,
            "height": height,
            "alt": describe_chart(block.chart, caption, self.setting.palette),
            "subtitle": self._said(block.chart.subtitle) if block.chart.subtitle else None,
            "takeaways": [self._said(text) for text in block.takeaways],
        }

    def _picture(self, block: ImageBlock) -> Json:
        picture = self.setting.find_picture(block.image)
        width, height = picture_size_pt(picture, self.paper.text_width_pt)
        return {
            **self._caption("figure", block.caption, block.cited),
            "file": name_picture(block.image, picture),
            "width": width,
            "height": height,
            "alt": plain_text(block.alt),
        }

    def _table(self, block: TableBlock) -> Json:
        rows = [*block.rows, *([block.total] if block.total is not None else [])]
        widths = find_widths(block, self.setting.palette, self.paper.text_width_pt)
        places = [Place(TABLE_PT, width - 2 * CELL_SIDE_PT) for width in widths]
        header = [column.header for column in block.columns]
        return {
            **self._caption("table", block.caption, block.source_ids),
            "header": self._row(header, places),
            "rows": [self._row(row, places) for row in rows],
            "whole": may_stand_whole([header, *rows], places, self.setting.palette),
            "sides": list_sides(block),
            "total": block.total is not None,
            "highlight": -1 if block.highlight_row is None else block.highlight_row + 1,
            "widths": widths,
            "note": self._said(block.note) if block.note else None,
        }

    def _row(self, cells: Sequence[str], places: Sequence[Place]) -> list[Json]:
        return [self._said(cell, place=place) for cell, place in zip(cells, places, strict=True)]

    def _sides(self, block: TwoColumnBlock) -> Json:
        place = Place(RUNNING_PT, (self.paper.text_width_pt - GAP_PT) / 2 - INDENT_PT)
        sides = [
            {
                "heading": self._said(side.heading, place=place),
                "points": [self._said(point, place=place) for point in side.points],
            }
            for side in (block.left, block.right)
        ]
        return {"sides": sides}

    def _quote(self, block: QuoteBlock) -> Json:
        role = f", {block.role}" if block.role else ""
        quoted = self._said(f"“{block.quote}”", block.source_ids)
        return {"quote": quoted, "attribution": self._said(f"{block.attribution}{role}")}

    def _timeline(self, block: TimelineBlock) -> Json:
        words = self.setting.words
        milestones = [self._milestone(each) for each in block.milestones]
        return {"header": [words.when, words.what, words.state], "milestones": milestones}

    def _milestone(self, milestone: Milestone) -> Json:
        return {
            "date": self._said(milestone.date),
            "label": self._said(milestone.label),
            "detail": self._said(milestone.detail) if milestone.detail else None,
            "state": [getattr(self.setting.words, milestone.status), _STATES[milestone.status]],
        }

    def _callout(self, block: CalloutBlock) -> Json:
        return {
            "text": self._said(block.text, block.source_ids),
            "value": self._said(block.value) if block.value else None,
            "label": self._said(block.label) if block.label else None,
        }

    def _caption(self, name: str, text: str, source_ids: Sequence[str]) -> Json:
        self.counts[name] += 1
        label = f"{getattr(self.setting.words, name)} {self.counts[name]}"
        return {"label": label, "caption": self._said(text, source_ids)}

    def _source(self, number: int) -> Json:
        source = self.setting.document.sources[number - 1]
        where = f", {plain_text(source.locator)}" if source.locator else ""
        entry = self._make([Span(plain_text(source.title), url=source.url), Span(where)])
        return {"number": number, "entry": entry}

    def _said(self, text: str, source_ids: Sequence[str] = (), *, place: Place | None = None) -> Json:
        return self._make(self.setting.spans(text, source_ids), place)

    def _make(self, spans: Sequence[Span], place: Place | None = None) -> Json:
        place = place or Place(RUNNING_PT, self.paper.text_width_pt - INDENT_PT)
        spans = break_words(spans, place, self.setting.palette)
        made: Json = {"spans": [_make_span(span) for span in spans if span.text]}
        turned = self.setting.tongue.turns("".join(span.text for span in spans))
        return made if turned is None else {**made, "rtl": turned}


def name_picture(source_id: str, picture: Picture) -> str:
    """Give the name of the file that the typesetting finds a picture in."""
    return f"picture-{source_id}.{picture.kind}"


def _make_span(span: Span) -> Json:
    if span.source_id:
        return {"t": span.text, "c": int(span.text.strip("[]"))}
    made: Json = {"t": span.text}
    for name, value in (("b", span.bold), ("i", span.italic), ("u", span.url)):
        if value:
            made[name] = value
    return made
