"""What a bundle holds for a deck, read once: ranked statements, grids, tables, the people who speak."""

from dataclasses import dataclass, field
from datetime import datetime

from orchestration.models.extractive.grids import Grid, list_grids
from orchestration.models.extractive.ranking import LEAST_SCORE, Ranked, rank_statements
from orchestration.models.extractive.statements import Statement, find_time, list_statements
from orchestration.models.extractive.words import Lexicon, find_language
from recipes.bundle import WorkBundle
from recipes.source import Passage, Source, SourceKind


@dataclass(frozen=True)
class Material:
    """All that slides can be made of."""

    bundle: WorkBundle
    topic: str
    language: str
    """Of most of what was said."""
    statements: tuple[Statement, ...]
    """Every sentence that may be quoted, in the bundle's order."""
    ranked: tuple[Ranked, ...]
    """Those worth quoting, best first."""
    grids: tuple[Grid, ...]
    """Nearest to the topic first."""
    row_tables: tuple[Passage, ...]
    """Tables that no grid could be made of."""
    people: frozenset[str]
    """Full and first names of those who speak."""
    lexicon: Lexicon = field(compare=False)

    @property
    def is_empty(self) -> bool:
        """There is nothing to show."""
        return not (self.ranked or self.grids or self.row_tables)

    def list_messages(self) -> list[Source]:
        """Give the sources that somebody said."""
        return [source for source in self.bundle.sources if source.kind is SourceKind.MESSAGE]

    def list_files(self) -> list[Source]:
        """Give the other sources."""
        return [source for source in self.bundle.sources if source.kind is not SourceKind.MESSAGE]

    def find_newest(self) -> datetime | None:
        """Give when the newest source was said or shared."""
        return max((time for source in self.bundle.sources if (time := find_time(source))), default=None)


def read_material(bundle: WorkBundle) -> Material:
    """Give what a bundle holds, the same each time."""
    lexicon = Lexicon()
    topic = str(bundle.parameters.get("topic") or bundle.task)
    said = " ".join(passage.text or "" for passage in bundle.list_passages())
    language = find_language(said or topic)
    stems = [stem for each in sorted({language, find_language(topic)}) for stem in lexicon.list_stems(topic, each)]
    statements = list_statements(bundle, stems, lexicon)
    grids = list_grids(bundle.list_passages())
    drawn = {grid.passage_id for grid in grids}
    return Material(
        bundle=bundle,
        topic=topic,
        language=language,
        statements=tuple(statements),
        ranked=tuple(each for each in rank_statements(statements, stems) if each.score >= LEAST_SCORE),
        grids=tuple(sorted(grids, key=lambda grid: -len(_list_stems(grid, language, lexicon) & set(stems)))),
        row_tables=tuple(each for each in bundle.list_passages() if each.table and each.id not in drawn),
        people=_list_people(bundle),
        lexicon=lexicon,
    )


def _list_stems(grid: Grid, language: str, lexicon: Lexicon) -> set[str]:
    names = (grid.value_name, grid.table_name, grid.axis_name, *(series.name for series in grid.series))
    return set(lexicon.list_stems(" ".join(names).replace("_", " "), language))


def _list_people(bundle: WorkBundle) -> frozenset[str]:
    authors = {source.author for source in bundle.sources if source.author}
    return frozenset(name for author in authors for name in (author, author.split()[0]))
