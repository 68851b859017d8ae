"""Expressions of computed claims, worked out again. A small grammar of its own; nothing is ever run.

    numbers             as a cited passage holds them, without marks between thousands: `41823`, `0.12`; also 1, 100,
                        1000 and 1000000, which turn units
    + - * / ( )         as usual
    S3.1["Wind"]        the numbers of a column of a table
    S3.1["Wind", 2024]  of it, those in rows that have a cell 2024 (a day's year or month counts); more cells may follow
    sum mean min max median count
                        over any of these: `sum(S3.1["Wind"])`, `mean(12, 15, S3.1["Wind", 2024])`
    growth(a, b)        by how many percent b is more than a
    share(a, b)         how many percent of b is a

Python's parser reads it, and each kind of node that is not listed here is refused: a library such as simpleeval would
work it out as well, but would not say which numbers and cells it stands on, and each of them is checked.
"""

import ast
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Final

from recipes.source import Cell, Passage, Table

# longer ones nobody follows
EXPRESSION_CHARS: Final = 500
# these turn units and are no figures
CONSTANTS: Final = frozenset(map(Decimal, (1, 100, 1_000, 1_000_000)))
# Python's names take no point
_PASSAGE: Final = re.compile(r"\bS(\d+)\.(\d+)\b(?=\s*\[)")
_NAME: Final = re.compile(r"S(\d+)_(\d+)")
_MOST: Final = Decimal(10) ** 30

Numbers = tuple[Decimal, ...]


class ExpressionUnclear(Exception):
    """An expression cannot be worked out; the text says why, in the agent's terms."""


@dataclass(frozen=True)
class Computed:
    """What an expression gives, and the numbers it took as written."""

    value: Decimal
    copied: tuple[Decimal, ...]


def check_expression(expression: str, passages: Iterable[str]) -> None:
    """Refuse what does not follow the grammar, or takes cells of passages that are not cited.

    Raises:
        ExpressionUnclear: with the reason.
    """
    known = set(passages)
    for node in ast.walk(_parse(expression)):
        if isinstance(node, ast.Subscript) and (name := _read_name(node.value)) not in known:
            raise ExpressionUnclear(f"{name} is not among the claim's passages")


def compute(expression: str, find_passage: Callable[[str], Passage | None]) -> Computed:
    """Give what an expression comes to.

    Raises:
        ExpressionUnclear: it does not follow the grammar, or what it names is not there.
    """
    sum_up = _Sum(find_passage)
    try:
        value = sum_up.take_one(_parse(expression))
    except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
        raise ExpressionUnclear("it divides by zero") from error
    if abs(value) > _MOST:
        raise ExpressionUnclear("the result is too large")
    return Computed(value, tuple(sum_up.copied))


def _parse(expression: str) -> ast.expr:
    if len(expression) > EXPRESSION_CHARS:
        raise ExpressionUnclear(f"it has more than {EXPRESSION_CHARS} characters")
    try:
        body = ast.parse(_PASSAGE.sub(r"S\1_\2", expression.strip()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionUnclear("it cannot be read") from error
    if not any(_is_figure(node) for node in ast.walk(body)):
        raise ExpressionUnclear("it takes no figure of a source")
    for node in ast.walk(body):
        if not isinstance(node, _ALLOWED):
            raise ExpressionUnclear(f"{type(node).__name__} has no place in it")
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS):
            raise ExpressionUnclear(f"the functions are {', '.join(_FUNCTIONS)}")
    return body


def _is_figure(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return Decimal(repr(node.value)) not in CONSTANTS
    return isinstance(node, ast.Subscript)


class _Sum:
    """One expression being worked out."""

    def __init__(self, find_passage: Callable[[str], Passage | None]) -> None:
        self._find_passage = find_passage
        self.copied: list[Decimal] = []

    def take_one(self, node: ast.expr) -> Decimal:
        """Give the one number that this part comes to."""
        numbers = self._take(node)
        if len(numbers) != 1:
            raise ExpressionUnclear(f"{len(numbers)} numbers stand where one is needed: {ast.unparse(node)}")
        return numbers[0]

    def _take(self, node: ast.expr) -> Numbers:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return (self._copy(Decimal(repr(value))),)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return (-self.take_one(inner),)
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                return (self.take_one(inner),)
            case ast.BinOp(left=left, op=operation, right=right):
                return (_OPERATIONS[type(operation)](self.take_one(left), self.take_one(right)),)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return (_FUNCTIONS[name]([number for each in arguments for number in self._take(each)]),)
            case ast.Subscript(value=named, slice=chosen):
                return self._take_cells(_read_name(named), chosen)
            case _:
                raise ExpressionUnclear(f"I cannot read {ast.unparse(node)}")

    def _copy(self, value: Decimal) -> Decimal:
        if value not in CONSTANTS:
            self.copied.append(value)
        return value

    def _take_cells(self, passage_id: str, chosen: ast.expr) -> Numbers:
        passage = self._find_passage(passage_id)
        if passage is None or passage.table is None:
            raise ExpressionUnclear(f"{passage_id} is no table that is cited")
        column, *wanted = (_read_key(each) for each in (chosen.elts if isinstance(chosen, ast.Tuple) else [chosen]))
        return _list_cells(passage.table, column, wanted)


def _list_cells(table: Table, column: str, wanted: Sequence[str]) -> Numbers:
    places = [at for at, each in enumerate(table.columns) if _plain(each.name) == _plain(column)]
    if not places:
        raise ExpressionUnclear(f"there is no column “{column}”")
    rows = [row for row in table.rows if all(any(_is_cell(cell, key) for cell in row) for key in wanted)]
    cells = [row[places[0]] for row in rows]
    numbers = tuple(Decimal(repr(cell)) for cell in cells if isinstance(cell, int | float))
    if not numbers:
        raise ExpressionUnclear(f"no number stands in “{column}” there")
    return numbers


def _is_cell(cell: Cell, key: str) -> bool:
    if cell is None:
        return False
    if isinstance(cell, str):
        is_day = re.match(r"\d{4}-\d{2}-\d{2}", cell) is not None
        return _plain(cell) == _plain(key) or (is_day and re.match(rf"{re.escape(key)}(?!\d)", cell) is not None)
    return re.fullmatch(r"-?\d+(?:\.\d+)?", key) is not None and Decimal(repr(cell)) == Decimal(key)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _read_key(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
        return str(node.value)
    raise ExpressionUnclear(f"between brackets stand a column and cells, not {ast.unparse(node)}")


def _read_name(node: ast.expr) -> str:
    match = _NAME.fullmatch(node.id) if isinstance(node, ast.Name) else None
    if match is None:
        raise ExpressionUnclear(f"{ast.unparse(node)} is no passage")
    return f"S{match[1]}.{match[2]}"


def _of_two(work: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Sequence[Decimal]], Decimal]:
    def run(numbers: Sequence[Decimal]) -> Decimal:
        if len(numbers) != 2:  # noqa: PLR2004 (growth and share compare two)
            raise ExpressionUnclear("growth and share take two numbers")
        return work(*numbers)

    return run


def _of_some(work: Callable[[Sequence[Decimal]], Decimal]) -> Callable[[Sequence[Decimal]], Decimal]:
    def run(numbers: Sequence[Decimal]) -> Decimal:
        if not numbers:
            raise ExpressionUnclear("a function needs numbers")
        return work(numbers)

    return run


_FUNCTIONS: Final[Mapping[str, Callable[[Sequence[Decimal]], Decimal]]] = {
    "sum": _of_some(lambda numbers: sum(numbers, Decimal(0))),
    "mean": _of_some(lambda numbers: sum(numbers, Decimal(0)) / len(numbers)),
    "min": _of_some(min),
    "max": _of_some(max),
    "median": _of_some(statistics.median),
    "count": lambda numbers: Decimal(len(numbers)),
    "growth": _of_two(lambda first, last: (last - first) / abs(first) * 100),
    "share": _of_two(lambda part, whole: part / whole * 100),
}
_OPERATIONS: Final[Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}
_ALLOWED: Final = (
    ast.BinOp, ast.UnaryOp, ast.Constant, ast.Call, ast.Subscript, ast.Tuple, ast.Name, ast.Load,
    ast.UAdd, ast.USub, *_OPERATIONS,
)  # fmt: skip
