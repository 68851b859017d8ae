"""The last sheet: the sources with their links and where each is used, then where each range has its values from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.skills.blocks import Source
from orchestration.skills.marks import list_passages, plain_text, source_of
from orchestration.skills.sheet.content import Workbook
from orchestration.skills.sheet.layout import TITLE_PT, PlacedSheet, count_lines, height_pt
from orchestration.skills.sheet.lineage import WRITTEN, Origin
from orchestration.skills.sheet.native import NativeColumn, NativeTable, add_native
from orchestration.skills.sheet.page import Page
from orchestration.skills.sheet.wording import Wording
from orchestration.skills.sheet.xlsx import name_range

SOURCES_TABLE: Final = "Sources_list"
ORIGINS_TABLE: Final = "Values_from"
_WIDTHS: Final = (26.0, 40.0, 26.0, 44.0, 34.0, 10.0)


@dataclass(frozen=True)
class ListedOrigin:
    """Where the values of one range come from."""

    sheet: str
    table: str
    columns: str
    origin: Origin


def write_sources(
    page: Page, book: Workbook, sheets: Sequence[PlacedSheet], origins: Sequence[ListedOrigin], wording: Wording
) -> None:
    """Write the sheet from its top to its end."""
    page.set_widths(_WIDTHS)
    page.sheet.set_row(0, TITLE_PT)
    page.write(0, 0, wording.sources, "title")
    used = _list_used(book, sheets, origins)
    heads = ("#", wording.source, wording.kind, wording.where, wording.used_in, "Id")
    row = _write_head(page, 2, heads)
    for number, source in enumerate(book.sources, 1):
        _write_source(page, row, number, source, used.get(source.id, ()))
        row += 1
    add_native(page.sheet, _make_native(SOURCES_TABLE, wording.sources, 2, row - 1, heads))
    if origins:
        page.write(row + 1, 0, wording.origins, "heading")
        heads = (wording.range, wording.table, wording.columns, wording.how, wording.passages, "#")
        first = _write_head(page, row + 2, heads)
        for number, each in enumerate(origins):
            _write_origin(page, first + number, each)
        add_native(page.sheet, _make_native(ORIGINS_TABLE, wording.origins, row + 2, first + len(origins) - 1, heads))


def _write_head(page: Page, row: int, heads: Sequence[str]) -> int:
    for at, head in enumerate(heads):
        page.write(row, at, head, "head", align="left")
    return row + 1


def _write_source(page: Page, row: int, number: int, source: Source, used: Sequence[str]) -> None:
    _set_height(page, row, ["", plain_text(source.title), "", plain_text(source.locator or ""), ", ".join(used)])
    page.write(row, 0, str(number), "cell")
    title = plain_text(source.title)
    if source.url:
        page.link(row, 1, source.url, title, "cell link")
    else:
        page.write(row, 1, title, "long")
    page.write(row, 2, source.kind, "cell")
    page.write(row, 3, plain_text(source.locator or ""), "long")
    page.write(row, 4, ", ".join(used), "long")
    page.write(row, 5, source.id, "cell")


def _write_origin(page: Page, row: int, each: ListedOrigin) -> None:
    origin = each.origin
    cells = name_range(origin.first_row, origin.first_column, origin.last_row, origin.last_column)
    _set_height(page, row, ["", each.table, each.columns, origin.how, ", ".join(origin.cited)])
    page.link(row, 0, f"internal:'{each.sheet}'!{cells}", f"{each.sheet}!{cells}", "cell link")
    page.write(row, 1, each.table, "long")
    page.write(row, 2, each.columns, "long")
    page.write(row, 3, origin.how, "long")
    page.write(row, 4, ", ".join(origin.cited), "long")
    page.write(row, 5, page.show_numbers(origin.cited), "cell")


def _set_height(page: Page, row: int, texts: Sequence[str]) -> None:
    lines = max(count_lines(text, width) for text, width in zip(texts, _WIDTHS, strict=False))
    page.sheet.set_row(row, height_pt(lines))


def _list_used(
    book: Workbook, sheets: Sequence[PlacedSheet], origins: Sequence[ListedOrigin]
) -> Mapping[str, list[str]]:
    """Give the names of the sheets that stand on each source."""
    used: dict[str, dict[str, None]] = {source.id: {} for source in book.sources}
    for sheet in sheets:
        content = sheet.content
        texts = [content.title, content.notes, *(text for each in content.tables for text in (each.title, each.note))]
        cited = [each for text in texts for each in list_passages(text or "")]
        cited += [each for figure in content.figures for each in figure.cites]
        cited += [each for listed in origins if listed.sheet == content.name for each in listed.origin.cited]
        for each in cited:
            used[source_of(each)][content.name] = None
    return {source_id: list(names) for source_id, names in used.items()}


def list_figure_origins(sheets: Sequence[PlacedSheet], formulas: str) -> list[ListedOrigin]:
    """Give where the single figures of sheets come from."""
    return [
        ListedOrigin(
            sheet.content.name,
            "",
            plain_text(each.figure.label),
            Origin(each.row, each.row, 1, 1, each.figure.cites, WRITTEN if each.figure.of is None else formulas),
        )
        for sheet in sheets
        for each in sheet.figures
    ]


def _make_native(name: str, title: str, header_row: int, last_row: int, heads: Sequence[str]) -> NativeTable:
    columns = [NativeColumn(head) for head in heads]
    return NativeTable(
        name=name, title=title, header_row=header_row, last_row=last_row, has_totals=False, columns=columns
    )
