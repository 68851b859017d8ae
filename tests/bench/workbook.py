"""How long a million cells take to write, and how much memory, beside a bare streaming loop that writes the same."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from xlsxwriter import Workbook

from orchestration.skills.problems import parse_content
from orchestration.skills.sheet.content import Workbook as Content
from orchestration.skills.sheet.writer import build_workbook
from recipes.source import Column, Table
from tests.bench.row import Row

ROWS = 100_000
# the shortest of some: other programs only make it longer
RUNS = 3
COLUMNS = 10
TEXTS = 2
CONTENT = {
    "title": "A million cells",
    "sources": [{"id": "S1", "title": "cells.csv", "kind": "data"}],
    "sheets": [{"name": "Data", "tables": [{"name": "Data", "rows_from": {"passage": "S1.1"}}]}],
}


async def measure_cells(name: str) -> Row:
    """Write a million cells in a process of their own; give its processor time over that of a bare loop."""
    measured = await _measure()
    note = f"{measured['ours_s']:.1f} s for {ROWS:,} rows, bare loop {measured['bare_s']:.1f} s"
    return Row(name=name, value=measured["ours_s"] / measured["bare_s"], unit="x", baseline=None, note=note)


async def measure_memory(name: str) -> Row:
    """Give the most memory that the process held while it wrote, the table it copied from and Python included."""
    measured = await _measure()
    note = f"{measured['table_mb']:.0f} MB of it before writing began, with the table that is copied"
    return Row(name=name, value=measured["peak_mb"], unit="MB", baseline=None, note=note)


async def _measure() -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.workbook", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return json.loads(said)


def main() -> None:
    """Write it and print what it took."""
    table = _make_table()
    content = parse_content(Content, CONTENT, "the workbook")
    table_mb = _peak_mb()
    ours, bare = [], []
    for _ in range(RUNS):
        started = time.process_time()
        build_workbook(content, {"S1.1": table})
        ours.append(time.process_time() - started)
        bare.append(_write_bare(table))
    ours_s, bare_s, peak_mb = min(ours), min(bare), _peak_mb()
    print(json.dumps({"ours_s": ours_s, "bare_s": bare_s, "table_mb": table_mb, "peak_mb": peak_mb}))


def _write_bare(table: Table) -> float:
    """Write the same cells as XlsxWriter's own page on large files does; give the seconds of processor time."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(str(Path(folder) / "bare.xlsx"), {"constant_memory": True})
        sheet = book.add_worksheet()
        for at, column in enumerate(table.columns):
            sheet.write(0, at, column.name)
        for number, row in enumerate(table.rows, 1):
            for at, cell in enumerate(row):
                sheet.write(number, at, cell)
        book.close()
    return time.process_time() - started


def _make_table() -> Table:
    """Make a table of texts that come again and numbers that do not."""
    columns = [Column(name=f"column {at}", type="text" if at < TEXTS else "number") for at in range(COLUMNS)]
    texts = [f"group {number}" for number in range(50)]
    rows = [
        (texts[number % 50], texts[number % 7], *(number * at % 9_973 + at / 4 for at in range(TEXTS, COLUMNS)))
        for number in range(ROWS)
    ]
    return Table.model_construct(name="cells", columns=tuple(columns), rows=rows)


def _peak_mb() -> float:
    """Give the most memory this program held; `getrusage` begins with that of the one it was forked from."""
    [held] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(held.split()[1]) / 1024


if __name__ == "__main__":
    main()
