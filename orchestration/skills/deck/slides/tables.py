"""Slides that are tables: a table, the agenda, the steps at the end, the sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from orchestration.skills.columns import number_columns
from orchestration.skills.content import AgendaSlide, ClosingSlide, SourcesSlide, TableSlide
from orchestration.skills.deck.frame import foot_blocks, title_block
from orchestration.skills.deck.page import Block, Slot, TableBlock, TextBlock
from orchestration.skills.deck.setting import Setting, Sheet
from orchestration.skills.deck.slides.grid import Align, Grid, GridRow, tables_of
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.marks import escape_marks, plain_text
from orchestration.skills.problems import ContentTooLong

NOTE_SIZES_PT: Final = (13.0, 12.0)
SPACIOUS_SIZES_PT: Final = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0)
LAST_WORDS_SIZES_PT: Final = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_Value = TypeVar("_Value")
_ALIGNS: Final[dict[str, Align]] = {"left": "l", "center": "ctr", "right": "r"}


def compose_table(slide: TableSlide, setting: Setting) -> list[Sheet]:
    """Give a table, continued on further slides with its header where it is long; the note stands below each part."""
    note = _note(slide.note, setting)
    room = setting.body.from_top(setting.body.height - (note.box.height + 10 if note else 0))
    sheets: list[Sheet] = []
    for table in tables_of(_grid(slide), room, setting):
        below = [replace(note, box=replace(note.box, y=table.box.bottom + 10))] if note else []
        sheets.append(Sheet("Table", (table, *below)))
    return sheets


def compose_agenda(slide: AgendaSlide, setting: Setting) -> list[Sheet]:
    """Give the numbered list of what is to come."""
    has_detail = any(item.detail for item in slide.items)
    rows = [
        (str(number), item.title, *([item.detail or ""] if has_detail else []))
        for number, item in enumerate(slide.items, 1)
    ]
    columns = 3 if has_detail else 2
    grid = Grid(
        None,
        tuple(GridRow(row) for row in rows),
        ("l",) * columns,
        (Ink.ACCENT, Ink.TEXT, Ink.MUTED)[:columns],
        (True, True, False)[:columns],
        f"Agenda: {_listed([item.title for item in slide.items])}",
        SPACIOUS_SIZES_PT,
        76.0,
    )
    return [Sheet("Table", (table,)) for table in tables_of(grid, setting.body, setting)]


def compose_closing(slide: ClosingSlide, setting: Setting, *, slide_no: int) -> list[Sheet]:
    """Give the dark last slide: the message, and what is to be done by whom and when."""
    places, room = setting.places.closing, setting.places.closing_body
    feet = foot_blocks(setting, slide_no, setting.places.closing_feet, ink=Ink.PANEL)
    if not slide.message and not slide.steps:
        return [Sheet("Closing", (_last_words(slide.title, setting), *feet))]
    blocks: list[Block] = [
        title_block(setting, slide.title, box=places.title, ink=setting.places.closing_ink, anchor="b")
    ]
    if not slide.message:
        top = places.title.bottom + 24
        room = Box(room.x, top, room.width, room.bottom - top)
    if slide.message:
        text = slide.message
        lines = setting.fitted(
            "the message",
            places.subtitle,
            sizes_pt=(20.0, 18.0, 16.0, 14.0),
            make=lambda size: [setting.line(text, size, Ink.PANEL)],
        )
        blocks.append(TextBlock("Message", places.subtitle, lines, Slot.TEXT))
    if slide.steps:
        blocks.append(_steps(slide, setting, room))
    return [Sheet("Closing", (*blocks, *feet))]


def compose_sources(slide: SourcesSlide, setting: Setting, *, used: Mapping[str, Sequence[int]]) -> list[Sheet]:
    """Give the list of sources: number, title with its address, where in it, and on which slides it is used."""
    words = setting.words
    rows = [
        GridRow(
            (
                str(number),
                _linked(source.title, source.url),
                source.locator or "",
                ", ".join(map(str, used.get(source.id, ()))),
            )
        )
        for number, source in enumerate(setting.deck.sources, 1)
    ]
    header = GridRow(("#", words.source, words.where, words.used_on), bold=True, rule_below=Ink.ACCENT)
    grid = Grid(
        header,
        tuple(rows),
        ("l", "l", "l", "l"),
        (Ink.ACCENT, Ink.TEXT, Ink.MUTED, Ink.MUTED),
        (True, False, False, False),
        f"{slide.title}: {_listed([source.title for source in setting.deck.sources])}",
        airy_row_pt=34.0,
    )
    body = setting.body
    room = Box(body.x, body.y, body.width, setting.places.sources_line.bottom - body.y)
    return [Sheet("Table", (table,)) for table in tables_of(grid, room, setting)]


def _grid(slide: TableSlide) -> Grid:
    # The first column names the rows, also where its names are years.
    numbers = [False, *number_columns(slide.rows, len(slide.columns))[1:]]
    aligns: list[Align] = [
        _ALIGNS.get(column.align, "r" if number else "l") for column, number in zip(slide.columns, numbers, strict=True)
    ]
    rows = [
        GridRow(row, bold=at == slide.highlight_row, fill=Ink.PANEL if at == slide.highlight_row else None)
        for at, row in enumerate(slide.rows)
    ]
    if slide.total:
        rows.append(GridRow(slide.total, bold=True, rule_above=Ink.MUTED, rule_below=None))
    header = GridRow(tuple(column.header for column in slide.columns), bold=True, rule_below=Ink.ACCENT)
    count = len(slide.columns)
    alt = f"Table of {len(slide.rows)} rows: {_listed([column.header for column in slide.columns])}"
    bolds = (True, *(False,) * (count - 1))
    return Grid(header, tuple(rows), tuple(aligns), (Ink.TEXT,) * count, bolds, alt)


def _note(text: str | None, setting: Setting) -> TextBlock | None:
    if text is None:
        return None
    box = setting.body.from_top(36)
    lines = setting.fitted(
        "the note", box, sizes_pt=NOTE_SIZES_PT, make=lambda size: [setting.line(text, size, Ink.MUTED)]
    )
    return TextBlock("Note", box.from_top(setting.ruler.height_pt(lines, box.width) + 2), lines)


def _last_words(title: str, setting: Setting) -> TextBlock:
    """Give a title that is all the slide says: large and in the middle, but where a template has a band behind it."""
    places = setting.places
    if places.closing_ink is not Ink.PAPER:
        return title_block(setting, title, box=places.closing.title, ink=places.closing_ink, anchor="b")
    top = places.closing.title.y
    box = replace(places.closing.title, height=places.closing_body.bottom - top)
    lines = setting.fitted(
        "the title",
        box,
        sizes_pt=LAST_WORDS_SIZES_PT,
        make=lambda size: [setting.line(title, size, Ink.PAPER, bold=True, heading=True)],
    )
    return TextBlock("Title", box, lines, Slot.TITLE, "ctr")


def _steps(slide: ClosingSlide, setting: Setting, room: Box) -> TableBlock:
    shown = [True, True, any(step.owner for step in slide.steps), any(step.due for step in slide.steps)]
    rows = [
        GridRow(_kept((str(number), step.text, step.owner or "", step.due or ""), shown), rule_below=Ink.MUTED)
        for number, step in enumerate(slide.steps, 1)
    ]
    grid = Grid(
        None,
        tuple(rows),
        ("l",) * sum(shown),
        _kept((Ink.WARM, Ink.PAPER, Ink.PANEL, Ink.PANEL), shown),
        _kept((True, False, False, False), shown),
        f"Steps: {_listed([step.text for step in slide.steps])}",
        SPACIOUS_SIZES_PT,
        60.0,
    )
    tables = tables_of(grid, room, setting)
    if len(tables) > 1:
        raise ContentTooLong(["the steps do not fit one slide; shorten them or give fewer"])
    return tables[0]


def _kept(values: tuple[_Value, ...], shown: Sequence[bool]) -> tuple[_Value, ...]:
    return tuple(value for value, is_shown in zip(values, shown, strict=True) if is_shown)


def _linked(title: str, url: str | None) -> str:
    words = escape_marks(title)
    return f"[{words}]({url})" if url else words


def _listed(texts: Sequence[str]) -> str:
    """Give the texts in a row for the description of a table, which screen readers read aloud."""
    joined = ", ".join(plain_text(text) for text in texts)
    return joined if len(joined) <= 300 else f"{joined[:299]}…"  # noqa: PLR2004 - longer descriptions are not listened to
