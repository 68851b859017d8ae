"""How long a deck takes to build, beside a bare script that writes as many slides and shapes."""

import io
import time
from collections.abc import Callable
from statistics import median

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from orchestration.skills.content import Deck
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.problems import parse_deck
from tests.bench.row import Row
from tests.orchestration.skills.samples import review_deck

RUNS = 7
SLIDES = 10


async def measure_deck(name: str) -> Row:
    """Build ten slides, most kinds, several times; give the median."""
    ours, bare = _measure()
    return Row(name=name, value=ours, unit="ms", baseline=bare, note=f"{SLIDES} slides, median")


async def measure_ratio(name: str) -> Row:
    """The same, divided by what the bare script takes in the same run."""
    ours, bare = _measure()
    return Row(name=name, value=ours / bare, unit="x", baseline=1.0, note=f"{ours:.0f} ms beside {bare:.0f} ms")


def _measure() -> tuple[float, float]:
    content = review_deck()
    deck = parse_deck({**content, "slides": [*content["slides"][: SLIDES - 1], {"kind": "sources"}]})
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(_time(lambda: build_deck(deck)))
        bare.append(_time(lambda: write_bare(deck)))
    return median(ours[1:]), median(bare[1:])


def write_bare(deck: Deck) -> bytes:
    """Write a slide for each slide of the deck by python-pptx alone: a title and a text, a table or a chart."""
    file = Presentation()
    for slide in deck.slides:
        page = file.slides.add_slide(file.slide_layouts[5])
        page.shapes.title.text = slide.kind
        page.notes_slide.notes_text_frame.text = slide.notes or ""
        if slide.kind == "chart":
            chart = CategoryChartData()
            chart.categories = slide.chart.categories
            for series in slide.chart.series:
                chart.add_series(series.name, series.values)
            page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(8), Inches(4), chart)
        elif slide.kind == "table":
            grid = page.shapes.add_table(
                len(slide.rows), len(slide.columns), Inches(1), Inches(2), Inches(8), Inches(3)
            )
            for at, row in enumerate(slide.rows):
                for place, cell in enumerate(row):
                    grid.table.cell(at, place).text = str(cell)
        else:
            for place in range(6):
                page.shapes.add_textbox(
                    Inches(1), Inches(2 + place / 2), Inches(8), Inches(0.5)
                ).text_frame.text = "text"
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
