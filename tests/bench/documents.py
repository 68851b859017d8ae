"""How long a document of twenty pages takes to build, with charts and tables on most of them, for Word and as PDF."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from orchestration.skills.document.writer import build_docx
from orchestration.skills.paper.content import Document
from orchestration.skills.pdf.reader import read_pdf
from orchestration.skills.pdf.writer import build_pdf
from tests.bench.row import Row
from tests.orchestration.skills.papers import long_paper, parse_paper

RUNS = 7
# Sections of a chart, a table and three paragraphs each: twenty pages as they are set.
SECTIONS = 19


async def measure_docx(name: str) -> Row:
    """Build a document for Word several times; give the median."""
    return _measure(name, build_docx)


async def measure_pdf(name: str) -> Row:
    """Build a PDF several times, its words others each time, so that nothing is remembered; give the median."""
    return _measure(name, build_pdf)


def _measure(name: str, build: Callable[[Document], bytes]) -> Row:
    papers = [parse_paper(_reword(long_paper(SECTIONS), run)) for run in range(RUNS)]
    pages = read_pdf(build_pdf(parse_paper(long_paper(SECTIONS)))).pages
    times: list[float] = []
    for paper in papers:
        started = time.perf_counter()
        build(paper)
        times.append((time.perf_counter() - started) * 1000)
    note = f"{pages} pages as PDF, {SECTIONS} charts and tables, median"
    return Row(name=name, value=median(times[1:]), unit="ms", baseline=None, note=note)


def _reword(paper: dict[str, Any], run: int) -> dict[str, Any]:
    paper["title"] = f"{paper['title']}, run {run}"
    for section in paper["sections"]:
        section["heading"] += f", run {run}"
        section["blocks"] = [
            {**block, "text": f"In run {run}: {block['text']}"} if block["kind"] == "paragraph" else block
            for block in section["blocks"]
        ]
    return paper
