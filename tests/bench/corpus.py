"""What a large piece of work reads: 20 files, the same bytes each time, kept in `.bench/corpus`.

`python -m tests.bench.corpus` keeps them and says where, as JSON: for a process whose memory is measured.
8 PDFs of 300 pages in all, 5 workbooks of 200,000 cells each, 3 documents, 2 presentations, 2 tables of 100,000 rows,
50 MB with pictures. The PDFs are written by reportlab: typst, which draws them better, is nine times its size.
"""

import datetime as dt
import io
import json
import random
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Inches as WordInches
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Image as DrawnImage
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table
from xlsxwriter import Workbook

from tests.bench.sayings import MONTHS, SEED, SUBJECTS, say

FOLDER = Path(".bench/corpus")
PDF_PAGES = (20, 25, 30, 35, 40, 45, 50, 55)
SHEET_ROWS, SHEET_COLUMNS = 20_000, 10
TABLE_ROWS = 100_000
CHAPTERS = 40
SLIDES = 60
# noise does not pack: these sizes make 50 MB in all
PDF_PICTURE, PICTURE = (620, 420), (700, 500)
WRITTEN = dt.datetime(2025, 1, 6, 9, tzinfo=dt.UTC)

REGIONS = ("North", "South", "East", "West")
STYLES = getSampleStyleSheet()


def open_corpus(folder: Path = FOLDER) -> dict[str, bytes]:
    """Give the files by their names."""
    return {path.name: path.read_bytes() for path in keep_corpus(folder)}


def keep_corpus(folder: Path = FOLDER) -> list[Path]:
    """Give where the files lie; written on the first call, which takes a minute."""
    paths: list[Path] = []
    for number, (name, write) in enumerate(_list_files()):
        path = folder / name
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            content = write(random.Random(SEED + number))
            # Whole or not at all: a half-written file would be measured for ever.
            part = path.with_suffix(".part")
            part.write_bytes(content)
            part.rename(path)
        paths.append(path)
    return paths


def _list_files() -> Iterator[tuple[str, Callable[[random.Random], bytes]]]:
    for number, pages in enumerate(PDF_PAGES, start=1):
        yield f"report-{number}.pdf", lambda chance, pages=pages: _write_pdf(chance, pages)
    for number in range(1, 6):
        yield f"book-{number}.xlsx", _write_workbook
    for number in range(1, 4):
        yield f"plan-{number}.docx", _write_document
    for number in range(1, 3):
        yield f"review-{number}.pptx", _write_presentation
    for number in range(1, 3):
        yield f"orders-{number}.csv", _write_table


def _draw_picture(chance: random.Random, size: tuple[int, int]) -> io.BytesIO:
    """Give a picture of noise, as large as a photograph: noise does not pack."""
    content = io.BytesIO()
    Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).save(content, "JPEG", quality=85)
    content.seek(0)
    return content


def _make_rows(chance: random.Random, count: int) -> list[list[str]]:
    head = ["Region", "Month", "Units", "Rate"]
    return [head] + [
        [chance.choice(REGIONS), chance.choice(MONTHS), str(chance.randint(10, 999)), f"{chance.random() * 9:.2f}"]
        for _ in range(count)
    ]


def _write_pdf(chance: random.Random, pages: int) -> bytes:
    story: list[object] = []
    for number in range(1, pages + 1):
        story.append(Paragraph(f"{number}. {chance.choice(SUBJECTS)}", STYLES["Heading1"]))
        story += [Paragraph(say(chance, 6), STYLES["BodyText"]) for _ in range(4)]
        story.append(Table(_make_rows(chance, 6)))
        if number % 3 == 0:
            story.append(DrawnImage(_draw_picture(chance, PDF_PICTURE), 240, 160))
        story.append(PageBreak())
    content = io.BytesIO()
    SimpleDocTemplate(content, invariant=1).build(story)
    return content.getvalue()


def _write_workbook(chance: random.Random) -> bytes:
    return _write_rows(_list_measurements(chance))


def _list_measurements(chance: random.Random) -> Iterator[list[Any]]:
    yield ["region", "day", "product", *(f"probe {n}" for n in range(1, SHEET_COLUMNS - 2))]
    for row in range(1, SHEET_ROWS):
        day = WRITTEN.date() + dt.timedelta(days=row % 300)
        head = [chance.choice(REGIONS), day.isoformat(), f"Product {chance.randint(1, 400)}"]
        yield head + [round(chance.random() * 1_000, 2) for _ in range(SHEET_COLUMNS - 3)]


def _write_document(chance: random.Random) -> bytes:
    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN
    for number in range(1, CHAPTERS + 1):
        document.add_heading(f"{number}. {chance.choice(SUBJECTS)}", 1)
        for _ in range(3):
            document.add_heading(say(chance, 1)[:40], 2)
            for _ in range(4):
                document.add_paragraph(say(chance, 5))
            document.add_paragraph(say(chance, 1), style="List Bullet")
        rows = _make_rows(chance, 8)
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, said in zip(table.add_row().cells, row, strict=True):
                cell.text = said
        if number % 4 == 0:
            document.add_picture(_draw_picture(chance, PICTURE), WordInches(4))
    return _save(document)


def _write_presentation(chance: random.Random) -> bytes:
    file = Presentation()
    file.core_properties.created = file.core_properties.modified = WRITTEN
    for number in range(1, SLIDES + 1):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = f"{number}. {say(chance, 1)[:50]}"
        slide.placeholders[1].text = "\n".join(say(chance, 1) for _ in range(4))
        slide.notes_slide.notes_text_frame.text = say(chance, 4)
        if number % 3 == 0:
            data = CategoryChartData()
            data.categories = MONTHS
            data.add_series("Rate", [chance.randint(1, 99) for _ in MONTHS])
            slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
        if number % 4 == 0:
            slide.shapes.add_picture(_draw_picture(chance, PICTURE), Inches(5), Inches(2), Inches(4))
    return _save(file)


def _write_table(chance: random.Random) -> bytes:
    lines = ["order,day,region,product,units,price"]
    for row in range(1, TABLE_ROWS + 1):
        day = WRITTEN.date() + dt.timedelta(days=row % 300)
        product, units, price = chance.randint(1, 400), chance.randint(1, 99), chance.random() * 500
        lines.append(f"{row},{day},{chance.choice(REGIONS)},P{product},{units},{price:.2f}")
    return "\n".join(lines).encode()


def _save(written: Any) -> bytes:
    """Give an Office file without the time at which it was written: not of its parts, not of workbooks in it."""
    packed, content = io.BytesIO(), io.BytesIO()
    written.save(packed)
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = _write_rows(()) if name.endswith(".xlsx") else before.read(name)
            after.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _write_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": WRITTEN.replace(tzinfo=None)})
        sheet = book.add_worksheet("Measurements")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


if __name__ == "__main__":
    sys.stdout.write(json.dumps([str(path) for path in keep_corpus()]))
