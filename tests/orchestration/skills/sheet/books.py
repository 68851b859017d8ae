"""Workbooks for tests: contents, tables of sources, and the built file as other programs read it."""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import load_workbook

from orchestration.skills.problems import ContentRefused, parse_content
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.writer import build_workbook
from recipes.source import Column, Table

SALES = Table(
    name="sales",
    columns=(
        Column(name="day", type="text"),
        Column(name="region", type="text"),
        Column(name="units", type="number"),
        Column(name="revenue", type="number"),
    ),
    rows=(
        ("2026-01-05", "North", 3, 30.5),
        ("2026-01-06", "South", 1, 10.1),
        ("2026-01-07", "North", 4, 40.2),
        ("2026-01-08", "West", None, 7.0),
        ("2026-01-09", "South", 2, 20.2),
    ),
)
TABLES = {"S1.1": SALES}
SOURCES = [{"id": "S1", "title": "sales.csv", "url": "https://files.example.com/sales.csv", "kind": "data"}]
DATA = {"name": "Data", "tables": [{"name": "Sales", "rows_from": {"passage": "S1.1"}}]}


def make_content(*sheets: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Sales", "date": "2026-11-23", "sources": SOURCES, "sheets": list(sheets) or [DATA], **more}


def typed(columns: list[dict[str, Any]], rows: list[list[Any]], **more: Any) -> dict[str, Any]:
    """Give a sheet with one table whose rows are written by hand."""
    return {"name": "Typed", "tables": [{"name": "Typed", "columns": columns, "rows": rows, **more}]}


def build(content: dict[str, Any], tables: Mapping[str, Table] = TABLES) -> bytes:
    return build_workbook(parse_content(Workbook, content, "the workbook"), tables)


def load(content: dict[str, Any], tables: Mapping[str, Table] = TABLES, *, values: bool = False) -> Any:
    """Give the built workbook as openpyxl reads it: formulas, or what they came to when the file was written."""
    return load_workbook(io.BytesIO(build(content, tables)), data_only=values)


def rows_of(sheet: Any, cells: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet[cells]]


def problems_of(content: dict[str, Any], tables: Mapping[str, Table] = TABLES) -> list[str]:
    try:
        build(content, tables)
    except ContentRefused as refused:
        return refused.problems
    return []
