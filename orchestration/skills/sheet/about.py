"""The first sheet: what the workbook is, of what it was made and when, and what is where."""

from collections.abc import Sequence

from orchestration.skills.marks import plain_text
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.forms import show_day
from orchestration.skills.sheet.layout import TITLE_PT, PlacedSheet, count_lines, height_pt, wrap
from orchestration.skills.sheet.page import Page
from orchestration.skills.sheet.wording import Wording

_WIDTHS = (26.0, 96.0)


def write_about(page: Page, book: Workbook, sheets: Sequence[PlacedSheet], wording: Wording) -> None:
    """Write the sheet from its top to its end."""
    page.set_widths(_WIDTHS)
    page.sheet.set_row(0, TITLE_PT)
    page.write_marked(0, 0, book.title, "title")
    row = 1
    if book.subtitle:
        page.write_marked(row, 0, book.subtitle, "subtitle")
        row += 1
    row += 1
    for label, said in _list_facts(book, wording):
        page.write(row, 0, label, "label")
        _write_body(page, row, said)
        row += 1
    row = _write_contents(page, sheets, wording, row + 1)
    for number, line in enumerate(wrap(book.notes or "")):
        page.write_marked(row + 1 + number, 0, line, "line")


def _write_body(page: Page, row: int, said: str) -> None:
    page.sheet.set_row(row, height_pt(count_lines(said, _WIDTHS[1])))
    page.write(row, 1, said, "body")


def _list_facts(book: Workbook, wording: Wording) -> list[tuple[str, str]]:
    titles = [plain_text(source.title) for source in book.sources]
    facts = [
        (wording.made_from, "; ".join(titles)),
        (wording.date, show_day(book.date, book.language) if book.date else ""),
        (wording.author, plain_text(book.author or "")),
        (wording.reading, wording.live),
    ]
    return [(label, said) for label, said in facts if said]


def _write_contents(page: Page, sheets: Sequence[PlacedSheet], wording: Wording, row: int) -> int:
    """Write what each sheet holds; give the next free row."""
    page.write(row, 0, wording.contents, "heading")
    row += 1
    for sheet in sheets:
        name = sheet.content.name
        page.link(row, 0, f"internal:'{name}'!A1", name, "link")
        tables = [
            f"{placed.grid.content.title or placed.grid.content.name} ({len(placed.grid.rows):,} {wording.rows})"
            for placed in sheet.tables
        ]
        said = "; ".join(filter(None, [sheet.content.title if len(sheet.tables) != 1 else None, *tables]))
        _write_body(page, row, page.show(said))
        row += 1
    if page.has_sources:
        page.link(row, 0, f"internal:'{wording.sources}'!A1", wording.sources, "link")
        page.write(row, 1, wording.origins, "body")
        row += 1
    return row
