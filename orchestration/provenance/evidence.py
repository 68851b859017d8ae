"""Evidence: what a source's passages hold, looked up by number and by words."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from orchestration.provenance.numerals import (
    Held,
    Numeral,
    Reading,
    is_shown,
    list_held,
    list_numerals,
)
from orchestration.provenance.wording import holds_words, read_plainly
from recipes.bundle import WorkBundle, source_of
from recipes.ids import PassageId
from recipes.source import Passage, Source, Table

# wider than what a float is off by; what is found is compared exactly
FLOAT_SLACK: Final = 1e-9


@dataclass(frozen=True)
class Cells:
    """The numbers of a table by their distance from zero: as they lie there, since tables are long."""

    values: tuple[float, ...]
    distances: tuple[float, ...]
    is_fraction: bool

    @classmethod
    def of(cls, values: Iterable[float], *, is_fraction: bool) -> "Cells":
        """Give the cells in their order, each value once."""
        ordered = sorted(set(values), key=abs)
        return cls(tuple(ordered), tuple(map(abs, ordered)), is_fraction)

    def list_near(self, value: Decimal, distance: Decimal) -> list[Held]:
        """Give the numbers that are this far from zero, give or take a distance and what floats are off by."""
        start = bisect_left(self.distances, float(value - distance) * (1 - FLOAT_SLACK))
        end = bisect_right(self.distances, float(value + distance) * (1 + FLOAT_SLACK))
        near = (Decimal(repr(each)) for each in self.values[start:end])
        return [Held(each, is_fraction=self.is_fraction, is_cell=True) for each in near]


@dataclass(frozen=True)
class Evidence:
    """The numbers and words of one passage, or of whatever else may be stood on."""

    numbers: tuple[Held, ...]
    """Of its words, by their distance from zero."""
    cells: tuple[Cells, ...]
    stamps: frozenset[str]
    text: str
    """As `read_plainly` gives it; what does not belong together stands on lines of its own."""

    def holds(self, numeral: Numeral, *, has_sign: bool = False) -> bool:
        """Tell whether this number stands here, in any notation that `numerals` names."""
        if numeral.stamp is not None:
            return any(stamp.startswith(numeral.stamp) for stamp in self.stamps)
        return any(self._holds_reading(each, has_sign=has_sign) for each in numeral.readings) or (
            bool(numeral.parts) and all(self.holds(part, has_sign=has_sign) for part in numeral.parts)
        )

    def holds_exactly(self, value: Decimal) -> bool:
        """Tell whether this very value stands here, whatever its sign."""
        return any(abs(each.value) == abs(value) for each in self._list_near(abs(value), Decimal(0)))

    def quotes(self, quoted: str) -> bool:
        """Tell whether these words stand here."""
        return holds_words(self.text, quoted)

    def _holds_reading(self, reading: Reading, *, has_sign: bool) -> bool:
        shown = abs(reading.value)
        nearby = [*self._list_near(shown, reading.last_digit)]
        if reading.is_percent:
            nearby += self._list_near(shown / 100, reading.last_digit / 100)
        else:
            nearby += self._list_near(shown * 100, reading.last_digit * 100)
        return any(is_shown(reading, held, has_sign=has_sign) for held in nearby)

    def _list_near(self, value: Decimal, distance: Decimal) -> list[Held]:
        start = bisect_left(self.numbers, value - distance, key=_measure)
        said = self.numbers[start : bisect_right(self.numbers, value + distance, key=_measure)]
        return [*said, *(held for cells in self.cells for held in cells.list_near(value, distance))]


class Archive:
    """The evidence of a bundle, worked out where it is asked for."""

    def __init__(self, bundle: WorkBundle) -> None:
        self._sources = {str(source.id): source for source in bundle.sources}
        self._passages = {str(each.id): each for each in bundle.list_passages()}
        self._kept: dict[str, Evidence] = {}
        self.request = gather_evidence([bundle.task, *_list_values(bundle), *_list_left_out(bundle)])

    def knows(self, cited: str) -> bool:
        """Tell whether there is a source or passage of this id."""
        return cited in self._sources or cited in self._passages

    def find_passage(self, passage_id: str) -> Passage | None:
        """Give the passage of this id, if there is one."""
        return self._passages.get(passage_id)

    def open(self, cited: Iterable[str]) -> Iterator[tuple[PassageId, Evidence]]:
        """Give each passage of these ids with what it holds; of a source all, and what it says of itself."""
        for each in dict.fromkeys(cited):
            source = self._sources.get(source_of(each))
            if source is None:
                continue
            passages = (
                [self._passages[each]] if each in self._passages else source.passages if each == source.id else ()
            )
            for passage in passages:
                yield passage.id, self._keep(passage.id, lambda passage=passage: _read_passage(passage))
            yield PassageId(source.id), self._keep(source.id, lambda source=source: gather_evidence(describe(source)))

    def _keep(self, key: str, make: Callable[[], Evidence]) -> Evidence:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def describe(source: Source) -> list[str]:
    """Give what a source says of itself: its name, its author, the time in UTC, the places in it."""
    texts = [source.locator, source.author or ""]
    if source.ts:
        said_at = datetime.fromtimestamp(float(source.ts), UTC)
        texts.append(f"{said_at:%Y-%m-%d %H:%M}")
    return [*texts, *(passage.locator or "" for passage in source.passages)]


def gather_evidence(texts: Iterable[str], cells: Sequence[Cells] = ()) -> Evidence:
    """Give what stands in these texts, and in these cells beside them."""
    kept = dict.fromkeys(text for text in texts if text)
    numerals = [numeral for text in kept for numeral in list_numerals(text)]
    held = {each for numeral in numerals for each in list_held(numeral)}
    return Evidence(
        numbers=tuple(sorted(held, key=_measure)),
        cells=tuple(cells),
        stamps=frozenset(numeral.stamp for numeral in numerals if numeral.stamp),
        text="\n".join(map(read_plainly, kept)),
    )


def _read_passage(passage: Passage) -> Evidence:
    if passage.table is None:
        return gather_evidence([passage.text or ""])
    names = [passage.table.name, *(column.name for column in passage.table.columns)]
    words = [cell for row in passage.table.rows for cell in row if isinstance(cell, str)]
    return gather_evidence([*names, *words], _list_cells(passage.table))


def _list_cells(table: Table) -> list[Cells]:
    """Give the numbers of columns of fractions, and those of all others."""
    columns = [_list_numbers(table, at) for at, column in enumerate(table.columns) if column.type == "number"]
    fractions = [each for column in columns if _are_fractions(column) for each in column]
    others = [each for column in columns if not _are_fractions(column) for each in column]
    return [Cells.of(fractions, is_fraction=True), Cells.of(others, is_fraction=False)]


def _list_numbers(table: Table, at: int) -> list[float]:
    return [cell for row in table.rows if isinstance(cell := row[at], int | float)]


def _are_fractions(numbers: Sequence[float]) -> bool:
    return all(-1 <= number <= 1 for number in numbers) and any(number % 1 for number in numbers)


def _measure(held: Held) -> Decimal:
    return abs(held.value)


def _list_values(bundle: WorkBundle) -> Iterator[str]:
    for value in bundle.parameters.values():
        yield from map(str, value if isinstance(value, tuple) else (value,))


def _list_left_out(bundle: WorkBundle) -> Iterator[str]:
    return (f"{each.source}: {each.reason}" for each in bundle.left_out)
