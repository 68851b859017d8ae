"""The tables of a workbook: which ones are taken, with which columns, and by which they are summed up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.models.extractive.periods import YEARS, find_period
from orchestration.models.extractive.sheets import is_total
from orchestration.models.extractive.units import RATE
from recipes.bundle import WorkBundle, source_of
from recipes.source import Cell, Passage, Source, Table

TABLES: Final = 8
# what a chart of bars and what a line shows
GROUPS: Final = 24
PERIODS: Final = 240
MEASURES: Final = 4
_FILLED_SHARE: Final = 0.9
_YEAR_NAME: Final = re.compile(r"(?:^|[\W_])(?:year|jahr|ann[ée]e|año|anno)(?:$|[\W_])", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """A column of numbers, and whether groups of it are added up or averaged."""

    name: str
    take: str


@dataclass(frozen=True)
class Grouping:
    """A column by which rows are summed up."""

    name: str
    values: tuple[str, ...]
    is_ordered: bool
    """Its values are points in time."""


@dataclass(frozen=True)
class TakenTable:
    """One table of the sources, as it goes into the workbook."""

    source: Source
    passage: Passage
    table: Table
    columns: tuple[str, ...]
    measures: tuple[Measure, ...]
    groupings: tuple[Grouping, ...]
    totals: tuple[tuple[str, str], ...]
    """Cells that mark a row as the sum of others, each with its column."""

    def list_cells(self, name: str) -> list[Cell]:
        """Give the cells of a column, rows that are sums of others left out."""
        names = [column.name for column in self.table.columns]
        at = names.index(name)
        marked = [(names.index(column), value) for column, value in self.totals]
        return [row[at] for row in self.table.rows if not any(row[place] == value for place, value in marked)]


def take_tables(bundle: WorkBundle) -> list[TakenTable]:
    """Give the tables that were asked for, by the name of their file or sheet; all where none was, or none is named."""
    found = [
        (source, passage, passage.table)
        for source in bundle.sources
        for passage in source.passages
        if passage.table is not None and passage.table.rows
    ]
    asked = _list_asked(bundle, "tables")
    named = [each for each in found if _is_named(asked, (each[0].locator, each[2].name, each[1].locator or ""))]
    return [_take(bundle, *each) for each in (named or found)[:TABLES]]


def list_missed(bundle: WorkBundle, taken: Sequence[TakenTable]) -> Iterator[str]:
    """Give what was asked for and is not there, each a sentence."""
    for asked in _list_asked(bundle, "tables"):
        if not any(
            _is_named([asked], (each.source.locator, each.table.name, each.passage.locator or "")) for each in taken
        ):
            yield f"No table is called “{asked}”."
    headers = {_plain(column.name) for each in taken for column in each.table.columns}
    group = str(bundle.parameters.get("group_by") or "")
    for asked in [*_list_asked(bundle, "columns"), *([group] if group else [])]:
        if not any(_is_column(asked, header) for header in headers):
            yield f"No column is called “{asked}”."


def _take(bundle: WorkBundle, source: Source, passage: Passage, table: Table) -> TakenTable:
    columns = tuple(zip(*table.rows, strict=True))
    names = [column.name for column in table.columns]
    group = str(bundle.parameters.get("group_by") or "")
    asked = _list_asked(bundle, "columns")
    kept = [name for name in names if any(_is_column(each, _plain(name)) for each in asked)]
    wanted = [name for name in names if name in kept or (group and _is_column(group, _plain(name)))] if kept else names
    totals = tuple(
        (name, value)
        for name, cells in zip(names, columns, strict=True)
        for value in dict.fromkeys(cell for cell in cells if isinstance(cell, str) and is_total(cell))
    )
    keys = _list_groupings(table, columns, group, [value for _, value in totals])
    return TakenTable(
        source=source,
        passage=passage,
        table=table,
        columns=tuple(wanted),
        measures=tuple(_list_measures(table, columns, wanted))[:MEASURES],
        groupings=tuple(each for each in keys if each.name in wanted),
        totals=totals,
    )


def _list_measures(table: Table, columns: Sequence[Sequence[Cell]], wanted: Sequence[str]) -> Iterator[Measure]:
    for column, cells in zip(table.columns, columns, strict=True):
        numbers = [cell for cell in cells if isinstance(cell, int | float)]
        if column.type != "number" or column.name not in wanted or not numbers or _are_years(column.name, numbers):
            continue
        is_fraction = all(-1 <= number <= 1 for number in numbers) and any(number % 1 for number in numbers)
        yield Measure(column.name, "average" if is_fraction or RATE.search(column.name) else "sum")


def _list_groupings(
    table: Table, columns: Sequence[Sequence[Cell]], group: str, totals: Sequence[str]
) -> list[Grouping]:
    """Give the columns to sum up by: the one that was asked for, else one of few values and one of points in time."""
    found: list[Grouping] = []
    for column, cells in zip(table.columns, columns, strict=True):
        filled = [cell for cell in cells if cell is not None]
        is_year = column.type == "number" and _are_years(
            column.name, [each for each in filled if not isinstance(each, str)]
        )
        values = tuple(dict.fromkeys(str(cell) for cell in filled if cell not in totals))
        if (column.type == "number" and not is_year) or len(filled) < len(cells) * _FILLED_SHARE:
            continue
        is_ordered = is_year or all(find_period(value) for value in values)
        is_asked = bool(group) and _is_column(group, _plain(column.name))
        if is_asked or 1 < len(values) <= min(PERIODS if is_ordered else GROUPS, len(cells) - 1):
            found.append(Grouping(column.name, values, is_ordered))
    asked = [each for each in found if group and _is_column(group, _plain(each.name))]
    if asked:
        return asked[:1]
    return [*[each for each in found if not each.is_ordered][:1], *[each for each in found if each.is_ordered][:1]]


def _are_years(name: str, numbers: Sequence[Cell]) -> bool:
    return bool(numbers) and _YEAR_NAME.search(name) is not None and all(each in YEARS for each in numbers)


def _list_asked(bundle: WorkBundle, name: str) -> list[str]:
    value = bundle.parameters.get(name)
    return [each for each in value if each.strip()] if isinstance(value, tuple) else []


def _is_named(asked: Sequence[str], names: Sequence[str]) -> bool:
    return any(_plain(each) in _plain(name) or _plain(name) == _plain(each) for each in asked for name in names if name)


def _is_column(asked: str, header: str) -> bool:
    return _plain(asked) == header


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


def list_sources(taken: Sequence[TakenTable]) -> list[Source]:
    """Give the sources that tables were taken from, each once."""
    return list({source_of(each.passage.id): each.source for each in taken}.values())
