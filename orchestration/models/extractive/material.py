"""What a bundle holds, read once: ranked statements, grids, tables, the people who speak."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from orchestration.models.extractive.figure_words import FigureWords, figure_words_for
from orchestration.models.extractive.grids import Grid, list_grids
from orchestration.models.extractive.processes import Process, list_processes
from orchestration.models.extractive.ranking import LEAST_SCORE, Ranked, rank_statements
from orchestration.models.extractive.statements import Statement, find_time, list_statements
from orchestration.models.extractive.wording import Wording, wording_for
from orchestration.models.extractive.words import Lexicon, find_language
from recipes.bundle import WorkBundle
from recipes.source import Passage, Source, SourceKind, is_picture_name

_NAMES: Final = 3


@dataclass(frozen=True)
class Material:
    """All that slides or a text can be made of."""

    bundle: WorkBundle
    topic: str
    topic_stems: frozenset[str]
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
    processes: tuple[Process, ...]
    """Numbered steps; where nothing else is asked for, none of them is among the ranked statements."""
    people: frozenset[str]
    """Full and first names of those who speak."""
    lexicon: Lexicon = field(compare=False)

    @property
    def words(self) -> Wording:
        """The words that a file of this language adds."""
        return wording_for(self.language)

    @property
    def figure_words(self) -> FigureWords:
        """How a file of this language writes numbers and reads tables."""
        return figure_words_for(self.language)

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


def read_material(bundle: WorkBundle, points: Sequence[str] = ()) -> Material:
    """Give what a bundle holds, the same each time.

    Args:
        bundle: All that can be read.
        points: What else is asked for beside the topic: sentences near to it are worth as much as those near the topic.
    """
    bundle = _without_look(bundle)
    lexicon = Lexicon()
    topic = str(bundle.parameters.get("topic") or bundle.task)
    said = " ".join(passage.text or "" for passage in bundle.list_passages())
    language = find_language(said or topic)
    stems = _list_asked([topic], language, lexicon)
    aim = [*stems, *_list_asked(points, language, lexicon)]
    statements = list_statements(bundle, aim, lexicon)
    processes = tuple(list_processes(bundle))
    ranked = [each for each in rank_statements(statements, aim) if each.score >= LEAST_SCORE]
    if not points:
        ranked = [each for each in ranked if not any(process.holds(each.statement) for process in processes)]
    grids = list_grids(bundle.list_passages(), figure_words_for(language))
    drawn = {grid.passage_id for grid in grids}
    return Material(
        bundle=bundle,
        topic=topic,
        topic_stems=frozenset(stems),
        language=language,
        statements=tuple(statements),
        ranked=tuple(ranked),
        grids=tuple(sorted(grids, key=lambda grid: -len(_list_stems(grid, language, lexicon) & set(stems)))),
        row_tables=tuple(each for each in bundle.list_passages() if each.table and each.id not in drawn),
        processes=processes,
        people=_list_people(bundle),
        lexicon=lexicon,
    )


def name_sources(material: Material) -> str:
    """Give what was read in a few words: "7 messages and iowa-electricity.csv"."""
    messages = len(material.list_messages())
    files = [source.locator for source in material.list_files()]
    said = [f"{messages} message{'s' if messages > 1 else ''}"] if messages else []
    shown = files if len(files) <= _NAMES else [*files[: _NAMES - 1], f"{len(files) - _NAMES + 1} more files"]
    parts = [*said, *shown]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _without_look(bundle: WorkBundle) -> WorkBundle:
    """Give the bundle without the template of the file, and without what readers say of pictures."""
    template = bundle.recipe.contract.find_template(bundle.parameters)
    kept = tuple(each for each in bundle.sources if each.locator != template and not is_picture_name(each.locator))
    return bundle if len(kept) == len(bundle.sources) or not kept else bundle.model_copy(update={"sources": kept})


def _list_asked(asked: Sequence[str], language: str, lexicon: Lexicon) -> list[str]:
    """Give the stems of what is asked for, in its own language and in that of the sources."""
    return [
        stem
        for text in asked
        for each in sorted({language, find_language(text)})
        for stem in lexicon.list_stems(text, each)
    ]


def _list_stems(grid: Grid, language: str, lexicon: Lexicon) -> set[str]:
    names = (grid.value_name, grid.table_name, grid.axis_name, *(series.name for series in grid.series))
    return set(lexicon.list_stems(" ".join(names).replace("_", " "), language))


def _list_people(bundle: WorkBundle) -> frozenset[str]:
    authors = {source.author for source in bundle.sources if source.author}
    return frozenset(name for author in authors for name in (author, author.split()[0]))
