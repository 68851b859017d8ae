"""The report on a workbook: each range against what its own list of origins says that it stands on.

A range that was copied is compared with the passage row by row, all its cells together; groups are worked out again
from the passage's rows; formulas from the cells of the file; what was written by hand and all words are inspected
number by number, as in other files. Left aside, as the writer adds them: the list of sheets, and the sheet of sources.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orchestration.provenance.inspection import inspect
from orchestration.provenance.places import Delivered, Place, join_cited, take_citations
from orchestration.skills.characters import clean_lines
from orchestration.skills.sheet.calculation import Calculation, FormulaUnclear
from orchestration.skills.sheet.content import RowsFrom
from orchestration.skills.sheet.lineage import FORMULAS, Taking, read_taking
from orchestration.skills.sheet.origins import ReadOrigin, find_listed_sources, list_read_origins
from orchestration.skills.sheet.reader import ReadBook, ReadSheet, read_book
from orchestration.skills.sheet.selection import AGGREGATES, SelectionRefused, Value, find_place, select
from recipes.bundle import WorkBundle, source_of
from recipes.ids import PassageId, SourceId
from recipes.output import Claim
from recipes.provenance import Finding, FindingKind, Ground, Provenance, Tally
from recipes.source import Table

# files keep fifteen digits of a number; the last ones of a sum depend on the order of adding up
_CLOSE = 1e-9
_DIGITS = 15
# what is kept of a report
FINDINGS = 1_000

_Key = tuple[Value, ...]


def report_on_workbook(content: bytes, *, bundle: WorkBundle, claims: Sequence[Claim]) -> Provenance:
    """Give the report on a workbook. Blocking.

    Raises:
        WorkbookUnreadable: it does not open.
    """
    book = read_book(content)
    inspection = _Inspection(book, bundle)
    inspection.run()
    return _join(inspect(inspection.delivered(), bundle, claims), inspection)


@dataclass
class _Inspection:
    """One workbook being looked through."""

    book: ReadBook
    bundle: WorkBundle
    found: int = 0
    computed: int = 0
    standing: Counter[SourceId] = field(default_factory=Counter[SourceId])
    findings: list[Finding] = field(default_factory=list[Finding])
    missing: int = 0
    places: list[Place] = field(default_factory=list[Place])

    def run(self) -> None:
        """Look at every sheet but the one of sources."""
        self._tables = {str(each.id): each.table for each in self.bundle.list_passages() if each.table is not None}
        origins = list_read_origins(self.book)
        self._numbers = find_listed_sources(self.book)
        self._calculation = Calculation(self.book)
        for number, sheet in enumerate(self.book.sheets[: -1 if self._numbers else None]):
            own = [each for each in origins if each.sheet == sheet.name]
            for rows in _group_by_rows(own):
                self._weigh_rows(sheet, rows)
            self._list_words(sheet, own, is_first=number == 0)

    def delivered(self) -> Delivered:
        """Give the words and what was written by hand."""
        return Delivered(tuple(self.places))

    def _weigh_rows(self, sheet: ReadSheet, origins: Sequence[ReadOrigin]) -> None:
        """Weigh the ranges that share their rows: what is copied together, each group with its keys."""
        takings = [(each, read_taking(each.how)) for each in origins]
        self._weigh_copied(sheet, [(each, said) for each, said in takings if said and said.take == "copied"])
        grouped = [(each, said) for each, said in takings if said and said.take != "copied"]
        self._weigh_grouped(sheet, grouped)
        for each, said in takings:
            if said is None and each.how == FORMULAS:
                self._weigh_formulas(sheet, each)
            elif said is None:
                self._list_written(sheet, each)

    def _weigh_copied(self, sheet: ReadSheet, takings: Sequence[tuple[ReadOrigin, Taking]]) -> None:
        for (passage, _), together in _group_by_passage(takings):
            table = self._tables.get(passage)
            places = [place for each, _ in together for place in range(each.first_column, each.last_column + 1)]
            held = self._project(sheet, table, together) if table else None
            first = together[0][0]
            for row in range(first.first_row, first.last_row + 1):
                cells = tuple(_same(sheet.get(row, place)) for place in places)
                figures = sum(isinstance(cell, float) for cell in cells)
                if held is not None and held[cells] > 0:
                    held[cells] -= 1
                    self._count_found(figures, passage)
                elif figures:
                    shown = ", ".join(str(cell) for cell in cells if isinstance(cell, float))
                    self._miss(
                        shown,
                        f"sheet {sheet.name}, row {row + 1}",
                        f"{passage or 'no passage'} has no such row",
                        figures,
                    )
            if held is not None:
                self._stand(sheet, first, passage)

    def _project(
        self, sheet: ReadSheet, table: Table, together: Sequence[tuple[ReadOrigin, Taking]]
    ) -> Counter[_Key] | None:
        """Give the rows of a passage, those of its columns that were copied, each as often as it is there."""
        names = [column.name for column in table.columns]
        try:
            places = [
                find_place(names, taking.column or str(sheet.get(origin.first_row - 1, at)))
                for origin, taking in together
                for at in range(origin.first_column, origin.last_column + 1)
            ]
            order = select(names, table.rows, RowsFrom(passage=PassageId("S1.1"), where=together[0][1].where))
        except SelectionRefused:
            return None
        return Counter(tuple(_same(table.rows[at][place]) for place in places) for at in order)

    def _weigh_grouped(self, sheet: ReadSheet, takings: Sequence[tuple[ReadOrigin, Taking]]) -> None:
        """Work every group out again; each key is one that the passage has."""
        keys = [(origin, taking) for origin, taking in takings if taking.take == "each"]
        for origin, taking in takings:
            groups = self._list_groups(origin, taking, keys)
            for row in range(origin.first_row, origin.last_row + 1):
                shown = sheet.get(row, origin.first_column)
                if not isinstance(shown, int | float) or isinstance(shown, bool):
                    continue
                key = tuple(_same(sheet.get(row, each.first_column)) for each, _ in keys)
                where = f"sheet {sheet.name}, row {row + 1}"
                members = groups.get(key) if groups is not None else None
                if taking.take == "each" and members is not None:
                    self._count_found(1, origin.passage)
                elif members is not None and _is_close(AGGREGATES[taking.take](members), shown):
                    self.computed += 1
                    self.standing[source_of(PassageId(origin.passage))] += 1
                else:
                    self._miss(f"{shown}", where, f"worked out again from {origin.passage} it is another", 1)
            if groups is not None:
                self._stand(sheet, origin, origin.passage)

    def _list_groups(
        self, origin: ReadOrigin, taking: Taking, keys: Sequence[tuple[ReadOrigin, Taking]]
    ) -> dict[_Key, list[Value]] | None:
        """Give the cells of each group; None where the passage has no such columns."""
        table = self._tables.get(origin.passage)
        if table is None:
            return None
        names = [column.name for column in table.columns]
        try:
            places = [find_place(names, each.column or "") for _, each in keys]
            taken = find_place(names, taking.column or "")
            order = select(names, table.rows, RowsFrom(passage=PassageId("S1.1"), where=taking.where))
        except SelectionRefused:
            return None
        groups: dict[_Key, list[Value]] = {}
        for at in order:
            row = table.rows[at]
            groups.setdefault(tuple(_same(row[place]) for place in places), []).append(row[taken])
        return groups

    def _weigh_formulas(self, sheet: ReadSheet, origin: ReadOrigin) -> None:
        """Work formulas out again; a number that is said to be one, and is none, stands on nothing."""
        formulas = {(each.row, each.column): each.formula for each in sheet.formulas}
        for row in range(origin.first_row, origin.last_row + 1):
            for column in range(origin.first_column, origin.last_column + 1):
                shown = sheet.get(row, column)
                if not isinstance(shown, int | float) or isinstance(shown, bool):
                    continue
                where = f"sheet {sheet.name}, row {row + 1}"
                if (row, column) not in formulas:
                    self._miss(f"{shown}", where, "it is said to be a formula, and is none", 1)
                elif _is_close(self._work_out(sheet, formulas[row, column]), shown):
                    self.computed += 1
                else:
                    self._miss(f"{shown}", where, "its formula comes to another number", 1)

    def _work_out(self, sheet: ReadSheet, formula: str) -> float | None:
        try:
            return self._calculation.work_out(sheet, formula)
        except FormulaUnclear:
            return None

    def _list_written(self, sheet: ReadSheet, origin: ReadOrigin) -> None:
        for row in range(origin.first_row, origin.last_row + 1):
            for column in range(origin.first_column, origin.last_column + 1):
                self._add_cell(sheet, row, column, origin.cited)

    def _list_words(self, sheet: ReadSheet, origins: Sequence[ReadOrigin], *, is_first: bool) -> None:
        """Take the cells that no origin covers: titles, notes, headers, labels. Of the first sheet its first column."""
        around = join_cited(each.cited for each in origins)
        for row in range(len(sheet.rows)):
            here = [each for each in origins if each.first_row <= row <= each.last_row]
            for column in range(1 if is_first else len(sheet.rows[row])):
                if not any(each.first_column <= column <= each.last_column for each in here):
                    self._add_cell(sheet, row, column, around)

    def _add_cell(self, sheet: ReadSheet, row: int, column: int, around: tuple[str, ...]) -> None:
        value = sheet.get(row, column)
        where = f"sheet {sheet.name}, row {row + 1}"
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.places.append(Place(where, "", (around,), value=value, is_cell=True))
        elif isinstance(value, str):
            words, numbers = take_citations(value, frozenset(self._numbers))
            own = join_cited((self._numbers[number],) for number in numbers)
            self.places.append(Place(where, words, (own, around), is_cell=False))

    def _count_found(self, figures: int, passage: str) -> None:
        self.found += figures
        self.standing[source_of(PassageId(passage))] += figures

    def _stand(self, sheet: ReadSheet, origin: ReadOrigin, passage: str) -> None:
        """Note once for a range what it stands on."""
        rows = f"rows {origin.first_row + 1}-{origin.last_row + 1}"
        self.findings.append(
            Finding(
                kind=FindingKind.FIGURE,
                shown=origin.how[:120],
                where=f"sheet {sheet.name}, {rows}",
                ground=Ground.PASSAGE,
                passages=(PassageId(passage),),
            )
        )

    def _miss(self, shown: str, where: str, why: str, figures: int) -> None:
        self.missing += figures
        if len(self.findings) < FINDINGS:
            self.findings.append(
                Finding(kind=FindingKind.FIGURE, shown=shown[:120], where=where, ground=Ground.NOTHING, why=why)
            )


def _group_by_rows(origins: Iterable[ReadOrigin]) -> Iterator[list[ReadOrigin]]:
    groups: dict[tuple[int, int], list[ReadOrigin]] = {}
    for each in origins:
        groups.setdefault((each.first_row, each.last_row), []).append(each)
    yield from groups.values()


def _group_by_passage(
    takings: Iterable[tuple[ReadOrigin, Taking]],
) -> Iterator[tuple[tuple[str, str], list[tuple[ReadOrigin, Taking]]]]:
    groups: dict[tuple[str, str], list[tuple[ReadOrigin, Taking]]] = {}
    for origin, taking in takings:
        groups.setdefault((origin.passage, repr(taking.where)), []).append((origin, taking))
    yield from groups.items()


def _same(value: Value) -> Value:
    """Give a cell as it is compared: numbers as files keep them, moments in one notation, text as it is written."""
    if isinstance(value, bool):
        return str(value).casefold()
    if isinstance(value, int | float):
        return float(f"{value:.{_DIGITS}g}")
    if not value:
        return None
    if value[:1].isdigit() and value[4:5] == "-":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return moment.isoformat()
    plain = str(clean_lines(value)) if not value.isprintable() else value
    return plain.casefold() if plain.casefold() in {"true", "false"} else plain


def _is_close(worked: Value, shown: float) -> bool:
    return isinstance(worked, int | float) and math.isclose(worked, shown, rel_tol=_CLOSE, abs_tol=_CLOSE)


def _join(words: Provenance, ranges: _Inspection) -> Provenance:
    """Give one report of what was inspected number by number, and range by range."""
    figures = Tally(
        total=words.figures.total + ranges.found + ranges.computed + ranges.missing,
        found=words.figures.found + ranges.found,
        computed=words.figures.computed + ranges.computed,
        asked=words.figures.asked,
    )
    findings = sorted([*ranges.findings, *words.findings], key=lambda each: each.ground is not Ground.NOTHING)
    return words.model_copy(
        update={
            "figures": figures,
            "standing": dict(Counter(words.standing) + ranges.standing),
            "findings": tuple(findings[:FINDINGS]),
        }
    )
