"""The plan of a document: a text's sections, and charts of the tables that are nearest to the topic."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from orchestration.models.extractive.charts.slides import list_charts
from orchestration.models.extractive.disclosure import DISCLOSURE
from orchestration.models.extractive.entries import describe_entry, find_locale
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figures import Figure, find_kpi, show_number
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.readings import begin
from orchestration.models.extractive.slides import AMPLE, Frame, Slide, cite
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.text.body import SILENCE
from orchestration.models.extractive.text.composer import Section
from orchestration.models.extractive.text.plan import TextPlan, plan_text
from orchestration.models.extractive.text.tables import TextTable
from recipes.bundle import WorkBundle, source_of
from recipes.source import Cell, Source

OPENING: Final = "Key findings"
CHARTS_HEADING: Final = "What the figures show"
# a document of so many words has room for one more chart
WORDS_PER_CHART: Final = 350
CHARTS: Final = 6
CARDS: Final = 4
# one card alone is a sentence
CARDS_LEAST: Final = 2
# what the document's content takes
HEADING_CHARS: Final = 160
CELL_CHARS: Final = 300
PARAGRAPH_STATEMENTS: Final = 4


@dataclass(frozen=True)
class PaperPlan:
    """A document before it is built."""

    text: TextPlan
    charts: tuple[Slide, ...]
    why_cut: str = ""
    """What was wrong with the file of the whole plan, where this is a part of it."""

    def cut(self, why: str = "") -> "PaperPlan":
        """Give the plan without charts, with one table a section and half of what each quotes."""
        return PaperPlan(replace(self.text, sections=tuple(map(_cut, self.text.sections))), (), why)

    @property
    def material(self) -> Material:
        """What it is made of."""
        return self.text.material

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All numbers that tables and charts show."""
        return (*self.text.figures, *(figure for chart in self.charts for figure in chart.figures))

    @property
    def opening(self) -> tuple[Statement, ...]:
        """The findings that come first."""
        return next((section.statements for section in self.text.sections if section.heading is None), ())

    def list_sources(self) -> list[Source]:
        """Give the sources that something stands on, in the bundle's order."""
        passages = [each.passage_id for each in (*self.text.statements, *self.figures)]
        passages += [table.shown.passage_id for table in self.text.tables]
        cited = {source_of(passage) for passage in passages}
        return [source for source in self.material.bundle.sources if source.id in cited]

    def list_sections(self) -> list[dict[str, Any]]:
        """Give the sections as the document's content has them."""
        sections = [_make_section(section) for section in self.text.sections]
        if not self.charts:
            return sections
        charted = {"heading": CHARTS_HEADING, "level": 1, "blocks": [_make_chart(chart) for chart in self.charts]}
        at = 1 if self.text.sections and self.text.sections[0].heading is None else 0
        return [*sections[:at], charted, *sections[at:]]

    def to_json(self) -> dict[str, Any]:
        """Give the document's content, as the skill takes it."""
        newest = self.material.find_newest()
        content: dict[str, Any] = {
            "title": escape_marks(self.text.title),
            "subtitle": DISCLOSURE,
            "language": find_locale(self.material.language),
            "sources": [describe_entry(source, self.material.words) for source in self.list_sources()],
            "sections": self.list_sections(),
        }
        return content | ({"date": newest.date().isoformat()} if newest else {})


def plan_paper(bundle: WorkBundle) -> PaperPlan:
    """Give the plan of the document that a bundle asks for."""
    text = plan_text(bundle)
    material = text.material
    most = min(CHARTS, 1 + text.words // WORDS_PER_CHART)
    charts = list_charts(material, Pool(()), Frame(AMPLE, material.words))
    return PaperPlan(text, tuple(islice(charts, most)))


def _cut(section: Section) -> Section:
    kept = section.statements[: -(-len(section.statements) // 2)]
    return replace(section, statements=kept, tables=section.tables[:1])


def _make_section(section: Section) -> dict[str, Any]:
    heading = section.heading or OPENING
    shown = clip_words(f"{heading[:1].upper()}{heading[1:]}", HEADING_CHARS // 2)
    blocks = [*_list_words(section), *(block for table in section.tables for block in _list_table(table))]
    silence = {"kind": "paragraph", "text": SILENCE}
    return {"heading": escape_marks(shown), "level": 1, "blocks": blocks or [silence]}


def _list_words(section: Section) -> Iterator[dict[str, Any]]:
    if section.heading is None:
        yield from _list_cards(section.statements)
    if section.statements and (section.is_list or section.heading is None):
        bullets = [{"text": cite(each.shown, each.passage_id)} for each in section.statements]
        yield {"kind": "bullets", "bullets": bullets}
        return
    for start in range(0, len(section.statements), PARAGRAPH_STATEMENTS):
        said = section.statements[start : start + PARAGRAPH_STATEMENTS]
        yield {"kind": "paragraph", "text": " ".join(cite(each.shown, each.passage_id) for each in said)}


def _list_cards(statements: tuple[Statement, ...]) -> Iterator[dict[str, Any]]:
    """Give the figures that the first findings state, where there are several."""
    stated = [(each, kpi) for each in statements if (kpi := find_kpi(each.shown))][:CARDS]
    if len(stated) < CARDS_LEAST:
        return
    cards: list[dict[str, Any]] = []
    for statement, kpi in stated:
        card: dict[str, Any] = {"label": cite(kpi.label, statement.passage_id), "value": escape_marks(kpi.value)}
        if kpi.change:
            card |= {"delta": escape_marks(kpi.change), "direction": kpi.direction}
        cards.append(card)
    yield {"kind": "kpis", "kpis": cards}


def _list_table(table: TextTable) -> Iterator[dict[str, Any]]:
    shown = table.shown
    if table.reading:
        yield {"kind": "paragraph", "text": cite(f"{table.reading.rstrip('.')}.", shown.passage_id)}
    if shown.rows:
        note = "" if shown.is_whole else shown.said
        yield {
            "kind": "table",
            "caption": escape_marks(begin(shown.name)),
            "columns": [{"header": escape_marks(clip_words(header, HEADING_CHARS // 2))} for header in shown.headers],
            "rows": [[_show_cell(cell) for cell in row] for row in shown.rows],
            "note": escape_marks(f"{note} Copied from {shown.table_name}.".strip()),
            "source_ids": [shown.passage_id],
        }


def _make_chart(slide: Slide) -> dict[str, Any]:
    chart = {name: value for name, value in slide.content["chart"].items() if name != "subtitle"}
    return {
        "kind": "chart",
        "caption": slide.title,
        "chart": chart,
        "takeaways": slide.content["takeaways"],
        "source_ids": list(slide.tables),
    }


def _show_cell(cell: Cell) -> str:
    if isinstance(cell, int | float):
        return show_number(cell)
    return escape_marks(clip_words(" ".join((cell or "").split()), CELL_CHARS // 2))
