"""What the walls in pyproject.toml cannot say: sizes, names, and who may read or write what."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "orchestration", "recipes", "storage")
FILE_LINES = 400
FUNCTION_LINES = 60
# A module is a noun; these name no thing.
NO_NOUNS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "misc",
    "core",
    "manager",
    "service",
    "data",
    "info",
}
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s)", re.DOTALL)
SQL_LIBRARIES = {"sqlalchemy", "sqlite3", "aiosqlite", "psycopg", "alembic"}
READERS_OF_THE_ENVIRONMENT = {"bot/settings.py", "bot/cli.py"}

FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _list_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _list_strings(tree: ast.Module) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _list_imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _reads_environment(tree: ast.Module) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    touched = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return bool(names & (touched | imported)) or "dotenv" in set(_list_imported(tree))


def test_the_rooms_are_there():
    assert len(FILES) > 150


@every_file
def test_a_file_can_be_held_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@every_file
def test_a_function_can_be_seen_whole(path):
    if path.parent.name == "versions":
        # A migration is a list of tables.
        return
    lengths = {
        function.name: (function.end_lineno or 0) - function.lineno + 1 for function in _list_functions(_parse(path))
    }
    assert {name: length for name, length in lengths.items() if length >= FUNCTION_LINES} == {}


def test_functions_are_short():
    lengths = sorted(
        (function.end_lineno or 0) - function.lineno + 1 for path in FILES for function in _list_functions(_parse(path))
    )
    assert lengths[len(lengths) // 2] <= 11
    assert lengths[len(lengths) * 9 // 10] <= 47


@every_file
def test_a_module_is_named_by_a_noun(path):
    parts = {part.removesuffix(".py").strip("_") for part in path.relative_to(ROOT).parts}
    assert parts & NO_NOUNS == set()


@every_file
def test_sql_is_spoken_in_storage_only(path):
    if path.is_relative_to(ROOT / "storage"):
        return
    tree = _parse(path)
    assert [text for text in _list_strings(tree) if SQL.search(text)] == []
    assert set(_list_imported(tree)) & SQL_LIBRARIES == set()


@every_file
def test_the_environment_is_read_in_one_place(path):
    assert not _reads_environment(_parse(path)) or str(path.relative_to(ROOT)) in READERS_OF_THE_ENVIRONMENT


def test_the_clock_is_the_machines_in_one_place_only():
    # The sandbox is another program, with a clock of its own.
    ours = [path for path in FILES if not path.is_relative_to(ROOT / "bot" / "sandbox")]
    readers = [
        str(path.relative_to(ROOT))
        for path in ours
        if any(
            isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"} and _is_datetime(node.value)
            for node in ast.walk(_parse(path))
        )
    ]
    assert readers == ["orchestration/moment.py"]


def _is_datetime(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in {"datetime", "date"}) or (
        isinstance(node, ast.Attribute) and node.attr in {"datetime", "date"}
    )
