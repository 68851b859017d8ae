"""Lineage: where the values of each range come from, in sentences that people read and the check reads back.

    copied                          each row is one of the passage's, its cells under the same headers
    copied from "net"               the same, from a column of another name
    each "source"                   the key of a group
    sum of "net" for each "source"  worked out of the passage's rows by group; average, count, least, greatest too
    as written                      what somebody wrote, from what is cited
    formulas                        worked out in the file itself

The first four may end with `where "year" at_least 2001 and "source" one_of ["Wind", "Hydro"]`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from orchestration.skills.sheet.content import Filter, RowsFrom, SheetColumn
from orchestration.skills.sheet.formulas import LiveColumns
from orchestration.skills.sheet.layout import Placed

WRITTEN: Final = "as written"
FORMULAS: Final = "formulas"
COPIED: Final = "copied"
_NAME: Final = r'"(?:[^"\\]|\\.)*"'
_HOW: Final = re.compile(
    rf"(?:(?P<copied>copied)(?: from (?P<origin>{_NAME}))?|each (?P<key>{_NAME})"
    rf"|(?P<take>sum|average|count|least|greatest) of (?P<of>{_NAME}) for each (?P<keys>{_NAME}(?:, {_NAME})*))"
    r"(?: where (?P<where>.+))?$",
    re.DOTALL,
)
_TEST: Final = re.compile(r" (?P<test>[a-z_]+)")
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True)
class Origin:
    """What a range stands on, and how its values were taken."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    cited: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Taking:
    """How values were taken of a passage's table."""

    take: str
    """`copied`, `each`, or an aggregate."""
    column: str | None
    """Of the passage; None where it has the header's own name."""
    keys: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()


def list_origins(placed: Placed, live: LiveColumns | None) -> Iterator[Origin]:
    """Give the origins of a table's values: a run of columns that come from one place in one way is one."""
    content = placed.grid.content
    if content.row_cites:
        written = [at for at, column in enumerate(placed.grid.columns) if column.place is not None]
        for number, cited in enumerate(content.row_cites):
            row = placed.first_row + number
            all_cited = tuple(dict.fromkeys([*cited, *content.list_cites()]))
            yield Origin(row, row, written[0], written[-1], all_cited, WRITTEN)
    said = [_say(placed, at, live) for at in range(len(placed.grid.columns))]
    for (cited, how), run in groupby(enumerate(said), key=lambda each: each[1]):
        places = [at for at, _ in run]
        if not (content.row_cites and how == WRITTEN):
            yield Origin(placed.first_row, placed.last_row, places[0], places[-1], cited, how)
    if placed.total_row is not None:
        yield Origin(placed.total_row, placed.total_row, 0, len(said) - 1, (), FORMULAS)


def read_taking(how: str) -> Taking | None:
    """Give what a sentence says; None for one that says nothing of a passage's rows."""
    match = _HOW.match(how)
    if match is None:
        return None
    try:
        where = tuple(_read_terms(match["where"])) if match["where"] else ()
    except ValueError:
        return None
    if match["copied"]:
        return Taking("copied", _read_name(match["origin"]) if match["origin"] else None, where=where)
    if match["key"]:
        return Taking("each", _read_name(match["key"]), where=where)
    keys = tuple(json.loads(name) for name in re.findall(_NAME, match["keys"]))
    return Taking(match["take"], _read_name(match["of"]), keys, where)


def _say(placed: Placed, at: int, live: LiveColumns | None) -> tuple[tuple[str, ...], str]:
    grid = placed.grid
    column = grid.columns[at]
    if column.place is None or (live and at in live.takes):
        return (), FORMULAS
    taken = grid.content.rows_from
    if taken is None:
        return tuple(dict.fromkeys([*column.content.cites, *grid.content.list_cites()])), WRITTEN
    cited = tuple(dict.fromkeys([*grid.content.list_cites(), *column.content.cites]))
    if grid.below is None:
        return cited, _say_taken(column.content, column.header, taken, taken.where)
    below = grid.below.content
    if below.rows_from is None:
        return tuple(dict.fromkeys([*cited, *below.list_cites()])), FORMULAS if taken.group_by else WRITTEN
    renamed = {each.content.header: each.content.taken_from for each in grid.below.columns}
    through = column.content.model_copy(update={"from_column": _rename(column.content.taken_from, renamed)})
    keys = tuple(_rename(name, renamed) for name in taken.group_by)
    own = tuple(each.model_copy(update={"column": _rename(each.column, renamed)}) for each in taken.where)
    above = taken.model_copy(update={"group_by": keys})
    said = _say_taken(through, column.header, above, (*below.rows_from.where, *own))
    return tuple(dict.fromkeys([*below.list_cites(), *cited])), said


def _rename(name: str, renamed: dict[str, str]) -> str:
    return renamed.get(name, name)


def _say_taken(column: SheetColumn, header: str, taken: RowsFrom, where: Sequence[Filter]) -> str:
    name = _quote(column.taken_from)
    if taken.group_by:
        keys = ", ".join(map(_quote, taken.group_by))
        said = f"each {name}" if column.take == "value" else f"{column.take} of {name} for each {keys}"
    else:
        said = COPIED if column.taken_from == header else f"copied from {name}"
    return said + (f" where {' and '.join(map(_say_filter, where))}" if where else "")


def _say_filter(each: Filter) -> str:
    if each.test in {"filled", "empty"}:
        return f"{_quote(each.column)} {each.test}"
    value = list(each.values) if each.test == "one_of" else each.value
    return f"{_quote(each.column)} {each.test} {json.dumps(value, ensure_ascii=False)}"


def _read_terms(said: str) -> Iterator[Filter]:
    """Give the filters of a sentence.

    Raises:
        ValueError: the sentence is not one that `list_origins` gives.
    """
    at = 0
    while at < len(said):
        name, at = _decode(said, at)
        test = _TEST.match(said, at)
        if test is None:
            raise ValueError(said)
        at, field = test.end(), dict[str, Any]()
        if test["test"] not in {"filled", "empty"}:
            value, at = _decode(said, at + 1)
            field = {"values": value} if test["test"] == "one_of" else {"value": value}
        yield Filter.model_validate({"column": name, "test": test["test"], **field})
        at += len(" and ")


def _decode(said: str, at: int) -> tuple[Any, int]:
    return _DECODER.raw_decode(said, at)


def _quote(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _read_name(quoted: str) -> str:
    name: str = json.loads(quoted)
    return name
