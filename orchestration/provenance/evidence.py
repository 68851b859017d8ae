"""Evidence: what a source's passages hold, looked up by number and by words."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from orchestration.provenance.numerals import (
    Held,
    Numeral,
    Reading,
    is_shown,
    list_held,
    list_numerals,
    make_numeral,
)
from orchestration.provenance.wording import holds_words, read_plainly
from recipes.bundle import WorkBundle, source_of
from recipes.ids import PassageId
from recipes.source import Cell, Passage, Source, Table


@dataclass(frozen=True)
class Evidence:
    """The numbers and words of one passage, or of whatever else may be stood on."""

    numbers: tuple[Held, ...]
    """By their distance from zero."""
    stamps: frozenset[str]
    texts: tuple[str, ...]

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
        return any(holds_words(text, quoted) for text in self.texts)

    def _holds_reading(self, reading: Reading, *, has_sign: bool) -> bool:
        shown = abs(reading.value)
        nearby = [*self._list_near(shown, reading.last_digit)]
        if reading.is_percent:
            nearby += self._list_near(shown / 100, reading.last_digit / 100)
        else:
            nearby += self._list_near(shown * 100, reading.last_digit * 100)
        return any(is_shown(reading, held, has_sign=has_sign) for held in nearby)

    def _list_near(self, value: Decimal, distance: Decimal) -> tuple[Held, ...]:
        def measure(held: Held) -> Decimal:
            return abs(held.value)

        start = bisect_left(self.numbers, value - distance, key=measure)
        return self.numbers[start : bisect_right(self.numbers, value + distance, key=measure)]


class Archive:
    """The evidence of a bundle, worked out where it is asked for."""

    def __init__(self, bundle: WorkBundle) -> None:
        self._sources = {str(source.id): source for source in bundle.sources}
        self._passages = {str(each.id): each for each in bundle.list_passages()}
        self._kept: dict[str, Evidence] = {}
        self.request = _gather([bundle.task, *_list_values(bundle), *_list_left_out(bundle)])

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
            yield PassageId(source.id), self._keep(source.id, lambda source=source: _gather(describe(source)))

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
    return [*texts, *(find_locator(passage) or "" for passage in source.passages)]


def find_locator(passage: Passage) -> str | None:
    """Give where in its source a passage stands, as far as its reader said so."""
    locator: object = getattr(passage, "locator", None)
    return locator if isinstance(locator, str) else None


def _read_passage(passage: Passage) -> Evidence:
    if passage.table is None:
        return _gather([passage.text or ""])
    names = [passage.table.name, *(column.name for column in passage.table.columns)]
    words = [cell for row in passage.table.rows for cell in row if isinstance(cell, str)]
    return _gather([*names, *words], list(_list_cells(passage.table)))


def _list_cells(table: Table) -> Iterator[Held]:
    for at, column in enumerate(table.columns):
        if column.type == "number":
            cells = [cell for row in table.rows if isinstance(cell := row[at], int | float)]
            is_fraction = _is_fractions(cells)
            for cell in cells:
                for reading in make_numeral(cell).readings:
                    yield Held(reading.value, is_fraction=is_fraction, is_cell=True)


def _is_fractions(cells: Iterable[Cell]) -> bool:
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    return any(cell % 1 for cell in numbers) and all(-1 <= cell <= 1 for cell in numbers)


def _gather(texts: Iterable[str], cells: Iterable[Held] = ()) -> Evidence:
    kept = [text for text in texts if text]
    numerals = [numeral for text in dict.fromkeys(kept) for numeral in list_numerals(text)]
    held = {*cells, *(each for numeral in numerals for each in list_held(numeral))}
    return Evidence(
        numbers=tuple(sorted(held, key=lambda each: abs(each.value))),
        stamps=frozenset(numeral.stamp for numeral in numerals if numeral.stamp),
        texts=tuple(dict.fromkeys(map(read_plainly, kept))),
    )


def _list_values(bundle: WorkBundle) -> Iterator[str]:
    for value in bundle.parameters.values():
        yield from map(str, value if isinstance(value, tuple) else (value,))


def _list_left_out(bundle: WorkBundle) -> Iterator[str]:
    return (f"{each.source}: {each.reason}" for each in bundle.left_out)
