"""Selections: the rows of a table that `rows_from` takes, by place where they are copied, worked out where grouped.

Deterministic and bounded: tests on single cells, stable sorting, groups in the order of their first row. Sums are exact
(decimal), so that the order of rows does not show in them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Final, cast

from orchestration.skills.sheet.content import Filter, RowsFrom, SortKey
from orchestration.skills.sheet.limits import is_kept

Value = str | int | float | bool | None

# A summary beyond this is not one; Excel itself would take a million.
GROUPS: Final = 20_000


@dataclass(frozen=True)
class Rows:
    """Rows as they lie in their table: which of them, and which of their cells, in which order."""

    cells: Sequence[Sequence[Value]]
    order: Sequence[int]
    places: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        """Give row by row; nothing is copied ahead."""
        places = self.places
        if self.cells and places == tuple(range(len(self.cells[0]))):
            return (self.cells[at] for at in self.order)
        if len(places) == 1:
            return ((self.cells[at][places[0]],) for at in self.order)
        pick = cast("Callable[[Sequence[Value]], Sequence[Value]]", itemgetter(*places))
        return (pick(self.cells[at]) for at in self.order)

    def list_column(self, at: int) -> Iterator[Value]:
        """Give the cells of one column."""
        place = self.places[at]
        return (self.cells[number][place] for number in self.order)


class SelectionRefused(Exception):
    """Rows cannot be taken like this; the text says why, in the agent's terms."""


@dataclass(frozen=True)
class Grouping:
    """What is taken of each group: its keys, and aggregates of columns, in the order of the table's columns."""

    keys: tuple[int, ...]
    takes: tuple[tuple[int, str], ...]
    """A place in the rows, and `value` for a key or else an aggregate."""


def select(headers: Sequence[str], cells: Sequence[Sequence[Value]], taken: RowsFrom) -> Sequence[int]:
    """Give the places of the rows that pass every filter; without filters all, uncopied.

    Raises:
        SelectionRefused: there is no such column.
    """
    order: Sequence[int] = range(len(cells))
    for each in taken.where:
        place, passes = find_place(headers, each.column), make_test(each)
        order = [at for at in order if passes(cells[at][place])]
    return order


def sort(
    headers: Sequence[str], cells: Sequence[Sequence[Value]], order: Sequence[int], keys: Sequence[SortKey]
) -> Sequence[int]:
    """Give the places in order: numbers before text, what is missing last whichever way.

    Raises:
        SelectionRefused: there is no such column.
    """
    for key in reversed(keys):
        place = find_place(headers, key.column)
        filled = [at for at in order if cells[at][place] is not None]
        empty = [at for at in order if cells[at][place] is None]
        order = [*sorted(filled, key=lambda at, place=place: _rank(cells[at][place]), reverse=key.descending), *empty]
    return order


def group(cells: Sequence[Sequence[Value]], order: Sequence[int], grouping: Grouping) -> list[tuple[Value, ...]]:
    """Give one row for each group.

    Raises:
        SelectionRefused: there are too many groups.
    """
    groups: dict[tuple[Value, ...], list[int]] = {}
    for at in order:
        row = cells[at]
        groups.setdefault(tuple(row[place] for place in grouping.keys), []).append(at)
        if len(groups) > GROUPS:
            raise SelectionRefused(f"grouping gives more than {GROUPS:,} rows; group by fewer or coarser columns")
    return [
        tuple(
            cells[members[0]][place] if take == "value" else AGGREGATES[take]([cells[at][place] for at in members])
            for place, take in grouping.takes
        )
        for members in groups.values()
    ]


def find_place(headers: Sequence[str], name: str) -> int:
    """Give the place of a column.

    Raises:
        SelectionRefused: there is none of this name.
    """
    for wanted, named in ((name, headers), (plain(name), list(map(plain, headers)))):
        if wanted in named:
            return named.index(wanted)
    known = ", ".join(f"'{header}'" for header in headers[:20])
    raise SelectionRefused(f"there is no column '{name}'; the columns are {known}")


def plain(text: str) -> str:
    """Give a name as it is compared."""
    return " ".join(text.casefold().split())


def make_test(wanted: Filter) -> Callable[[Value], bool]:
    """Give what tells whether a cell passes a filter. Texts are compared without case, numbers with numbers only."""
    value = wanted.value
    if wanted.test in {"above", "below", "at_least", "at_most"}:
        return _make_comparison(wanted.test, value)
    allowed = {_key(each) for each in (wanted.values if wanted.test == "one_of" else (value,))}
    part = plain(str(value))
    tests: dict[str, Callable[[Value], bool]] = {
        "filled": lambda cell: cell is not None,
        "empty": lambda cell: cell is None,
        "contains": lambda cell: isinstance(cell, str) and part in plain(cell),
        "one_of": lambda cell: _key(cell) in allowed,
        "equal": lambda cell: _key(cell) in allowed,
        "not_equal": lambda cell: _key(cell) not in allowed,
    }
    return tests[wanted.test]


def _make_comparison(test: str, value: Value) -> Callable[[Value], bool]:
    limit = _rank(value)

    def passes(cell: Value) -> bool:
        rank = _rank(cell)
        if cell is None or rank[0] != limit[0]:
            return False
        if test in {"above", "at_most"}:
            return (rank > limit) == (test == "above")
        return (rank < limit) == (test == "below")

    return passes


def _key(cell: Value) -> tuple[str, Value]:
    """Give what makes two cells the same: a truth is its word, as tables hold it."""
    if isinstance(cell, bool):
        return ("text", str(cell).casefold())
    return ("text", plain(cell)) if isinstance(cell, str) else ("number", cell)


def _rank(cell: Value) -> tuple[int, float, str]:
    if isinstance(cell, str):
        return (1, 0.0, plain(cell))
    return (0, float(cell or 0), "")


def list_numbers(cells: Sequence[Value]) -> list[int | float]:
    """Give the cells that are numbers."""
    return [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]


def _sum(cells: Sequence[Value]) -> Value:
    numbers = list_numbers(cells)
    return _show(sum((Decimal(repr(each)) for each in numbers), Decimal(0))) if numbers else None


def _average(cells: Sequence[Value]) -> Value:
    numbers = list_numbers(cells)
    return _show(sum((Decimal(repr(each)) for each in numbers), Decimal(0)) / len(numbers)) if numbers else None


def _show(number: Decimal) -> int | float:
    if not is_kept(float(number)):
        raise SelectionRefused("a sum of its groups is beyond what a cell holds")
    return int(number) if number == number.to_integral_value() else float(number)


AGGREGATES: Final[Mapping[str, Callable[[Sequence[Value]], Value]]] = {
    "sum": _sum,
    "average": _average,
    "count": lambda cells: sum(cell is not None for cell in cells),
    "least": lambda cells: min(list_numbers(cells), default=None),
    "greatest": lambda cells: max(list_numbers(cells), default=None),
}
