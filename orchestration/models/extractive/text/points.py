"""Points: what a person asked a text to cover, and which statements and tables speak of it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from orchestration.models.extractive.cues import has_cue, is_decision, is_open_issue, is_reason
from orchestration.models.extractive.dates import find_moment
from orchestration.models.extractive.figures import has_figure
from orchestration.models.extractive.material import Material
from orchestration.models.extractive.ranking import weigh_terms
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.tasks import is_step
from orchestration.models.extractive.words import find_language
from recipes.source import Passage

# a statement that holds less of what a point names speaks of something else
FIT_LEAST: Final = 0.34
# of a long point so many of its rarest words must be met, no more
_HEAVIEST_STEMS: Final = 6
# a shorter stem begins too many words
_PREFIX_CHARS: Final = 5
_BONUS: Final = 0.25
# a table's first cells tell what it is about
_TABLE_CELLS: Final = 200

_I: Final = re.IGNORECASE
_MONEY: Final = re.compile(r"[$€£¥]|\b(?:EUR|USD|GBP|CHF|cost|costs|budget|revenue|kosten|coûts?|costes?)\b", _I)
_DECISIONS: Final = re.compile(
    r"\b(?:decisions?|decided|entscheidung\w*|beschl[uü]\w+|d[ée]cisions?|decisi[oó]n\w*)\b", _I
)
_STEPS: Final = re.compile(
    r"\b(?:next steps?|actions?(?: items?)?|tasks?|to-?dos?|owners?|who does what|deadlines?|aufgaben?|nächste schritte"
    r"|prochaines étapes|tâches|próximos pasos|tareas)\b",
    _I,
)
_DATES: Final = re.compile(
    r"\b(?:timeline|dates?|schedule|milestones?|zeitplan|termine?|calendrier|calendario|fechas)\b", _I
)
_FIGURES: Final = re.compile(
    r"\b(?:numbers?|figures?|data|metrics?|kpis?|zahlen|kennzahlen|chiffres|cifras|datos)\b", _I
)

# words that name nothing
_FILLER: Final = re.compile(r"\b(?:happen\w*|went wrong|main|current|known|important|passiert\w*|passé|pasó)\b", _I)

_Test = Callable[[Statement, Material], bool]
# words that ask for a kind of statement, and the statements of that kind
_ASKED: Final[tuple[tuple[re.Pattern[str], _Test], ...]] = (
    (_DECISIONS, lambda each, _: is_decision(each.shown)),
    (_STEPS, lambda each, material: is_step(each, material.people)),
    (_DATES, lambda each, _: each.said_at is not None and find_moment(each.shown, each.said_at) is not None),
    (_FIGURES, lambda each, _: has_figure(each.shown)),
    (
        re.compile(
            r"\b(?:risks?|open (?:questions?|issues?|points?)|concerns?|blockers?|risik\w+|offene (?:fragen?|punkte)"
            r"|risques?|questions ouvertes|riesgos?)\b",
            _I,
        ),
        lambda each, _: is_open_issue(each.shown),
    ),
    (
        re.compile(
            r"\b(?:root causes?|causes?|reasons?|why|ursachen?|gr[uü]nde?|warum|raisons?|pourquoi|motivos?)\b", _I
        ),
        lambda each, _: is_reason(each.shown),
    ),
    (
        re.compile(r"\b(?:costs?|money|budget|spend\w*|prices?|kosten|ausgaben|coûts?|dépenses|costes?|gastos?)\b", _I),
        lambda each, _: bool(_MONEY.search(each.shown)),
    ),
    (
        re.compile(
            r"\b(?:summary|overview|highlights?|(?:key |main )?(?:points?|findings?|takeaways?|results?)|what happened"
            r"|überblick|zusammenfassung|ergebnisse|résumé|résultats|resumen|resultados)\b",
            _I,
        ),
        lambda each, _: has_cue(each.shown) or has_figure(each.shown),
    ),
)


@dataclass(frozen=True)
class Point:
    """One point that a text must cover."""

    said: str
    fits: Mapping[int, float]
    """How well the statements fit that fit at all, by their place."""
    tables: frozenset[str]
    """The passages of tables that speak of it."""
    asks_tasks: bool
    """It asks for decisions or tasks."""
    asks_dates: bool


def list_points(material: Material, asked: Iterable[str]) -> list[Point]:
    """Give the points with what fits them, each once, in the order they were asked for."""
    lines = dict.fromkeys(line for text in asked if (line := " ".join(text.split())))
    reader = _Reader(material)
    return [reader.read(line) for line in lines]


@dataclass(frozen=True)
class _Word:
    """One word that a point names."""

    stems: frozenset[str]
    """Those of the sources that it stands for."""
    weight: float
    is_topic: bool
    """The topic names it too, so all of the sources speak of it."""


class _Reader:
    """Finds what fits a point among all statements and tables."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._languages = sorted({each.language for each in material.statements} | {material.language})
        self._weigh = weigh_terms(material.statements)
        self._held = {each.place: self._list_held(each) for each in material.statements}
        self._tables = {
            each.id: self._stem(_name_table(each)) for each in material.bundle.list_passages() if each.table
        }
        self._known = {stem for held in (*self._held.values(), *self._tables.values()) for stem in held}
        self._in_order = sorted(self._known)

    def read(self, said: str) -> Point:
        """Give a point with what fits it."""
        tests = [test for asking, test in _ASKED if asking.search(said)]
        rest = _FILLER.sub(" ", said)
        for asking, _ in _ASKED:
            rest = asking.sub(" ", rest)
        words = self._list_words(rest)
        fits = {each.place: self._fit(each, words, tests) for each in self._material.statements}
        return Point(
            said=said,
            fits={place: fit for place, fit in fits.items() if fit > 0},
            tables=self._find_tables(words, asks_figures=_FIGURES.search(said) is not None),
            asks_tasks=bool(_DECISIONS.search(said) or _STEPS.search(said)),
            asks_dates=_DATES.search(said) is not None,
        )

    def _fit(self, statement: Statement, words: Sequence[_Word], tests: Sequence[_Test]) -> float:
        """Give how well a statement fits a point, 0 where it does not.

        A point that names nothing beside the topic and a kind of statement means all statements of that kind.
        """
        own = [word for word in words if not word.is_topic]
        held = self._held[statement.place]
        is_of_kind = any(test(statement, self._material) for test in tests)
        if tests and not own:
            return 1 + _find_share(held, words) if is_of_kind else 0.0
        share = _find_share(held, own or words)
        is_fit = share >= FIT_LEAST or (is_of_kind and share > 0)
        return share + _BONUS * is_of_kind if is_fit else 0.0

    def _find_tables(self, words: Sequence[_Word], *, asks_figures: bool) -> frozenset[str]:
        own = [word for word in words if not word.is_topic]
        if asks_figures and not own:
            return frozenset(self._tables)
        shares = {passage: _find_share(held, own or words) for passage, held in self._tables.items()}
        return frozenset(passage for passage, share in shares.items() if share >= FIT_LEAST)

    def _list_words(self, text: str) -> list[_Word]:
        """Give the rarest words that a point names."""
        language = find_language(text)
        lexicon = self._material.lexicon
        said = dict.fromkeys(
            [word for _, word in lexicon.list_terms(text, language)] or lexicon.list_stems(text, language)
        )
        words = [self._read_word(word) for word in said]
        return sorted(words, key=lambda word: -word.weight)[:_HEAVIEST_STEMS]

    def _read_word(self, word: str) -> _Word:
        stems = self._stem(word)
        rarest = max(self._weigh.values(), default=1.0)
        return _Word(
            stems=frozenset(kin for stem in (*stems, word.casefold()) for kin in self._list_kin(stem)),
            weight=min((self._weigh[stem] for stem in stems if stem in self._weigh), default=rarest),
            is_topic=bool(stems & self._material.topic_stems),
        )

    def _list_kin(self, stem: str) -> set[str]:
        """Give the stems of the sources that are this one, begin with it or begin it, as compounds do."""
        kin = {stem} & self._known
        if len(stem) >= _PREFIX_CHARS:
            longer = islice(self._in_order, bisect_left(self._in_order, stem), None)
            kin |= set(takewhile(lambda known: known.startswith(stem), longer))
            kin |= {stem[:chars] for chars in range(_PREFIX_CHARS, len(stem))} & self._known
        return kin

    def _list_held(self, statement: Statement) -> frozenset[str]:
        author = statement.source.author if statement.is_message else None
        return frozenset(statement.stems) | self._stem(author or "")

    def _stem(self, text: str) -> frozenset[str]:
        lexicon = self._material.lexicon
        return frozenset(stem for language in self._languages for stem in lexicon.list_stems(text, language))


def _find_share(held: frozenset[str], words: Sequence[_Word]) -> float:
    """Give how much of what is named is held, the rarer words weighing more."""
    total = sum(word.weight for word in words)
    return sum(word.weight for word in words if word.stems & held) / total if total else 0.0


def _name_table(passage: Passage) -> str:
    if passage.table is None:
        return ""
    cells = [cell for row in passage.table.rows for cell in row if isinstance(cell, str)]
    named = [passage.table.name, *(column.name for column in passage.table.columns), *dict.fromkeys(cells)]
    return " ".join(named[:_TABLE_CELLS]).replace("_", " ")
