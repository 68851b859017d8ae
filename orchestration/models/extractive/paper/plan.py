"""The plan of a document: a text's sections, and charts of the tables that are nearest to the topic."""

from dataclasses import dataclass, replace
from typing import Any, Final

from orchestration.models.extractive.charts.slides import list_charts
from orchestration.models.extractive.entries import describe_entry, find_locale
from orchestration.models.extractive.excerpts import escape_marks
from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.paper.blocks import list_quoted, make_chart, make_section
from orchestration.models.extractive.ranking import Pool
from orchestration.models.extractive.slides import AMPLE, Frame, Slide
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.text.composer import Section
from orchestration.models.extractive.text.plan import TextPlan, plan_text
from recipes.bundle import WorkBundle, source_of
from recipes.source import Source

# a document of so many words has room for one more chart
WORDS_PER_CHART: Final = 350
CHARTS: Final = 6


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
    def quoted(self) -> tuple[Statement, ...]:
        """All that is quoted, as it is shown."""
        return tuple(each for section in self.text.sections for each in list_quoted(section))

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
        sections = [make_section(section, self.material) for section in self.text.sections]
        if not self.charts:
            return sections
        charted = {
            "heading": self.material.words.in_figures,
            "level": 1,
            "blocks": [make_chart(each) for each in self.charts],
        }
        at = 1 if self.text.sections and self.text.sections[0].heading is None else 0
        return [*sections[:at], charted, *sections[at:]]

    def to_json(self) -> dict[str, Any]:
        """Give the document's content, as the skill takes it."""
        newest = self.material.find_newest()
        content: dict[str, Any] = {
            "title": escape_marks(self.text.title),
            "subtitle": self.material.words.disclosure,
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
    taken: list[Slide] = []
    for chart in charts:
        if len(taken) < most and not any(_shows(each, chart) for each in taken):
            taken.append(chart)
    return PaperPlan(text, tuple(taken))


def _shows(combined: Slide, single: Slide) -> bool:
    """Tell whether a combination shows all that another chart of its table does."""
    if combined.content["chart"]["type"] != "combination" or combined.tables != single.tables:
        return False
    shown, other = ({each["name"] for each in slide.content["chart"]["series"]} for slide in (combined, single))
    return other <= shown


def _cut(section: Section) -> Section:
    kept = section.statements[: -(-len(section.statements) // 2)]
    return replace(section, statements=kept, tables=section.tables[:1])
