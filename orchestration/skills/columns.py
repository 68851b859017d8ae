"""On which side the columns of a table are set: those that hold figures, to the right."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from orchestration.skills.blocks import Tabulated
from orchestration.skills.marks import plain_text

Side = Literal["left", "center", "right"]

_NUMBER: Final = re.compile(r"^[\s$€£¥~+\-\u2212(]*\d[\d.,\s]*(\s?(%|pts?|bn|m|k|x|[A-Z]{1,3}))?\)?$")


def is_number(text: str) -> bool:
    """True for a figure with its sign, currency or unit, which is set to the right."""
    return bool(_NUMBER.match(text))


def number_columns(rows: Sequence[Sequence[str]], count: int) -> list[bool]:
    """Say for each column whether most of what it holds are figures."""
    columns = [[row[at] for row in rows if row[at]] for at in range(count)]
    return [bool(column) and sum(map(is_number, column)) * 2 > len(column) for column in columns]


def list_sides(table: Tabulated) -> list[Side]:
    """Give the side of each column: the one that the content asks for, else the right where it holds figures."""
    rows = [[plain_text(cell) for cell in row] for row in table.rows]
    found = [False, *number_columns(rows, len(table.columns))[1:]]
    pairs = zip(table.columns, found, strict=True)
    return [column.align if column.align != "auto" else "right" if is_number else "left" for column, is_number in pairs]
