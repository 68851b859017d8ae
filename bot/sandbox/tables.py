"""The limits of tables and plans, which Slack's SDK does not check."""

from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.wire import Json, is_object_list

# docs.slack.dev, table block
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
# docs.slack.dev, data table block: a header row and up to a hundred more
DATA_TABLE_ROWS: Final = 101
DATA_TABLE_CHARS: Final = 10_000
# docs.slack.dev, plan block
PLAN_TASKS: Final = 50


def find_table_problems(block: Json) -> Iterator[str]:
    """Yield what is wrong with a table, a data table or a plan; other blocks have nothing to say here."""
    rows: list[Any] = block.get("rows") or []
    if block["type"] in {"table", "data_table"}:
        if not all(is_object_list(row) for row in rows):
            yield "rows must be lists of cells"
            return
        yield from _size_problems(block["type"], rows)
        cells = [cell for row in rows for cell in row]
        if any(cell.get("text") == "" for cell in cells):
            yield "a cell must have at least one character"
    if block["type"] == "data_table":
        yield from _data_table_problems(block, rows)
    if block["type"] == "plan" and len(block.get("tasks") or []) > PLAN_TASKS:
        yield f"no more than {PLAN_TASKS} tasks allowed"


def _size_problems(kind: str, rows: list[list[Json]]) -> Iterator[str]:
    most = TABLE_ROWS if kind == "table" else DATA_TABLE_ROWS
    if len(rows) > most:
        yield f"no more than {most} rows allowed"
    if any(len(row) > TABLE_COLUMNS for row in rows):
        yield f"no more than {TABLE_COLUMNS} columns allowed"


def _data_table_problems(block: Json, rows: list[list[Json]]) -> Iterator[str]:
    if not block.get("caption"):
        yield "missing required field: caption"
    if len(rows) < 2:  # noqa: PLR2004 -- a header and one row
        yield "must have at least two rows"
    if any(cell.get("type") == "rich_text" for cell in rows[0] if rows):
        yield "the cells of the first row must be raw_text or raw_number"
    if len({len(row) for row in rows}) > 1:
        yield "all rows must have the same number of cells"
    if sum(len(str(cell.get("text", ""))) for row in rows for cell in row) > DATA_TABLE_CHARS:
        yield f"must be less than {DATA_TABLE_CHARS + 1} characters in all cells"
