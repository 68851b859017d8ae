"""One picture of many: a contact sheet of pages, or what changed of them, before above after."""
# Without numpy, which it does not need, Pillow leaves the type of a size open:
# pyright: reportUnknownMemberType=false

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

# A contact sheet is seen as wide as a message: some 700 points, on screens of twice as many dots.
SHEET_WIDTH_PX: Final = 1_440
GAP_PX: Final = 20
SLIDES_A_ROW: Final = 3
PAGES_A_ROW: Final = 4
LABEL_PX: Final = 28
EDGE: Final = "#C9CED6"
PAPER: Final = "#EEF0F3"
INK: Final = "#3A4352"


def make_sheet(pages: Sequence[Image.Image]) -> bytes:
    """Give a PNG of all pages, row by row."""
    return _save(_arrange(pages, _count_a_row(pages)))


def make_strip(before: Sequence[Image.Image], after: Sequence[Image.Image], *, labels: tuple[str, str]) -> bytes:
    """Give a PNG of how pages were, above how they are."""
    rows = [
        _labelled(label, _arrange(pages, max(len(before), len(after), 2)))
        for label, pages in zip(labels, (before, after), strict=True)
        if pages
    ]
    strip = Image.new("RGB", (SHEET_WIDTH_PX, sum(each.height for each in rows)), PAPER)
    top = 0
    for row in rows:
        strip.paste(row, (0, top))
        top += row.height
    return _save(strip)


def _count_a_row(pages: Sequence[Image.Image]) -> int:
    is_upright = pages[0].height > pages[0].width
    return min(PAGES_A_ROW if is_upright else SLIDES_A_ROW, max(len(pages), 2))


def _arrange(pages: Sequence[Image.Image], a_row: int) -> Image.Image:
    width = (SHEET_WIDTH_PX - GAP_PX * (a_row + 1)) // a_row
    small = [_fit(each, width) for each in pages]
    rows = [small[at : at + a_row] for at in range(0, len(small), a_row)]
    heights = [max(each.height for each in row) for row in rows]
    sheet = Image.new("RGB", (SHEET_WIDTH_PX, sum(heights) + GAP_PX * (len(rows) + 1)), PAPER)
    top = GAP_PX
    for row, height in zip(rows, heights, strict=True):
        for at, each in enumerate(row):
            sheet.paste(each, (GAP_PX + at * (width + GAP_PX), top))
        top += height + GAP_PX
    return sheet


def _fit(page: Image.Image, width: int) -> Image.Image:
    small = page.convert("RGB").resize(
        (width, max(1, round(page.height * width / page.width))), Image.Resampling.LANCZOS
    )
    ImageDraw.Draw(small).rectangle((0, 0, small.width - 1, small.height - 1), outline=EDGE)
    return small


def _labelled(label: str, row: Image.Image) -> Image.Image:
    made = Image.new("RGB", (row.width, row.height + LABEL_PX), PAPER)
    made.paste(row, (0, LABEL_PX))
    font = ImageFont.load_default(LABEL_PX * 0.7)
    ImageDraw.Draw(made).text((GAP_PX, LABEL_PX * 0.4), label, fill=INK, font=font)
    return made


def _save(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
