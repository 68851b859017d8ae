"""The plan of a text: what a bundle asks for, and the sections that answer it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from orchestration.models.extractive.excerpts import make_title
from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.material import Material, read_material
from orchestration.models.extractive.statements import Statement, find_time
from orchestration.models.extractive.text.composer import Composer, Section
from orchestration.models.extractive.text.points import list_points
from orchestration.models.extractive.text.tables import TextTable
from recipes.bundle import WorkBundle
from recipes.parameters import Value
from recipes.source import Source, SourceKind

# the recipe's own default
DEFAULT_WORDS: Final = 300
# of a document, beside its title, contents, charts and sources
WORDS_PER_PAGE: Final = 220


@dataclass(frozen=True)
class TextPlan:
    """A text before it is written."""

    material: Material
    title: str
    words: int
    """How many were asked for."""
    has_names: bool
    since: date | None
    """Set where messages from before this day were left out."""
    sections: tuple[Section, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that is quoted."""
        return tuple(each for section in self.sections for each in section.statements)

    @property
    def tables(self) -> tuple[TextTable, ...]:
        """All tables."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All numbers that tables show."""
        return tuple(figure for table in self.tables for figure in table.figures)


def plan_text(bundle: WorkBundle) -> TextPlan:
    """Give the plan of the text that a bundle asks for."""
    asked = bundle.parameters.get("points")
    points = asked if isinstance(asked, tuple) else (asked,) if isinstance(asked, str) else ()
    points = points or bundle.recipe.contract.list_sections(bundle.parameters)
    words = _count_words(bundle)
    since = _find_day(bundle.parameters.get("since"))
    recent = tuple(source for source in bundle.sources if since is None or _is_recent(source, since))
    material = read_material(bundle.model_copy(update={"sources": recent}), points)
    has_names = bundle.parameters.get("names") is True
    composer = Composer(material, list_points(material, points), words=words, has_names=has_names)
    return TextPlan(
        material=material,
        title=make_title(material.topic),
        words=words,
        has_names=has_names,
        since=since if len(recent) < len(bundle.sources) else None,
        sections=() if material.is_empty else composer.compose(),
    )


def _count_words(bundle: WorkBundle) -> int:
    """Give how many words are asked for, outright or by a number of pages."""
    words = bundle.parameters.get("words")
    if isinstance(words, int) and words > 0:
        return words
    pages = bundle.recipe.contract.find_pages(bundle.parameters)
    return WORDS_PER_PAGE * (pages.start + pages.stop - 1) // 2 if pages else DEFAULT_WORDS


def _find_day(value: Value | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_recent(source: Source, since: date) -> bool:
    """Tell whether a source may be quoted: files may, messages from that day (in UTC) on."""
    if source.kind is not SourceKind.MESSAGE:
        return True
    said_at = find_time(source)
    return said_at is not None and said_at.date() >= since
