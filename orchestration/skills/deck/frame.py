"""What stands around the content of every light slide: section, title, sources line, footer, page number."""

from dataclasses import replace
from typing import Final

from orchestration.skills.deck.page import SOURCES_TARGET, Anchor, Block, Slot, TextBlock
from orchestration.skills.deck.places import Feet
from orchestration.skills.deck.setting import Setting
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line
from orchestration.skills.marks import Span
from orchestration.skills.problems import ContentTooLong

TITLE_SIZES_PT: Final = (28.0, 26.0, 24.0, 22.0, 20.0)
TITLE_ROWS: Final = 2
KICKER_SIZE_PT: Final = 12.0
SOURCES_SIZE_PT: Final = 11.0
FOOTER_SIZE_PT: Final = 10.0
# How far the titles on the sources line are shortened before only their numbers stay; the sources slide has them whole.
SOURCE_TITLE_CHARS: Final = (120, 48, 32, 20, 0)
# As many numbers as one row holds; the sources slide says for each source which slides use it.
SOURCES_SHOWN: Final = 36
# And where fonts are wider.
FEWER_SHOWN: Final = (30, 24, 18, 12, 8)


def title_block(
    setting: Setting, title: str, *, box: Box | None = None, ink: Ink | None = None, anchor: Anchor = "t"
) -> TextBlock:
    """Give the title in at most two rows; a size smaller where that saves a row with a single word."""
    box, shown = box or setting.places.title, ink or setting.places.title_ink

    def make(size: float) -> list[Line]:
        return [setting.line(title, size, shown, bold=True, heading=True)]

    lines = setting.fitted("the title", box, sizes_pt=TITLE_SIZES_PT, make=make)
    if setting.ruler.count_rows(lines[0], box.width) > TITLE_ROWS:
        raise ContentTooLong([f"the title has {len(title)} characters and takes more than {TITLE_ROWS} rows"])
    smaller = make(lines[0].size_pt - 2)
    one_row = lines[0].size_pt > TITLE_SIZES_PT[2] and setting.ruler.count_rows(smaller[0], box.width) == 1
    return TextBlock("Title", box, tuple(smaller) if one_row else lines, Slot.TITLE, anchor)


def frame_blocks(
    setting: Setting, title: str, *, section: str | None, cited: tuple[str, ...], slide_no: int
) -> list[Block]:
    """Give the blocks around the content of a light slide."""
    blocks: list[Block] = [title_block(setting, title)]
    if section:
        blocks.append(_kicker(setting, section))
    if cited:
        blocks.append(_sources_line(setting, cited))
    return [*blocks, *foot_blocks(setting, slide_no, setting.places.feet, ink=setting.places.feet_ink)]


def foot_blocks(setting: Setting, slide_no: int, feet: Feet, *, ink: Ink) -> list[Block]:
    """Give the footer, if the deck has one, and the page number."""
    number = replace(Line((Span(str(slide_no)),), FOOTER_SIZE_PT, ink), align="r")
    footer_box = feet.footer
    blocks: list[Block] = [TextBlock("Slide number", feet.page_number, (number,), Slot.PAGE_NUMBER, "b")]
    if setting.deck.footer:
        line = setting.line(setting.deck.footer, FOOTER_SIZE_PT, ink)
        lines = setting.fitted("the footer", footer_box, sizes_pt=(FOOTER_SIZE_PT,), make=lambda _: [line])
        blocks.insert(0, TextBlock("Footer", footer_box, lines, Slot.FOOTER, "b"))
    return blocks


def _kicker(setting: Setting, section: str) -> TextBlock:
    line = setting.line(section, KICKER_SIZE_PT, setting.places.kicker_ink, bold=True)
    return TextBlock("Section", setting.places.kicker, (replace(line, capitals=True),), Slot.KICKER, "b")


def _sources_line(setting: Setting, cited: tuple[str, ...]) -> TextBlock:
    named = [_sources_text(setting, cited, title_chars, SOURCES_SHOWN) for title_chars in SOURCE_TITLE_CHARS]
    lines = [*named, *(_sources_text(setting, cited, 0, shown) for shown in FEWER_SHOWN)]
    fitting = (line for line in lines if setting.ruler.count_rows(line, setting.places.sources_line.width) == 1)
    return TextBlock("Sources", setting.places.sources_line, (next(fitting, lines[-1]),), Slot.SOURCES, "b")


def _sources_text(setting: Setting, cited: tuple[str, ...], title_chars: int, shown: int) -> Line:
    spans = [Span(f"{setting.words.sources}: ")]
    for at, source_id in enumerate(cited[:shown]):
        number = setting.source_numbers[source_id]
        source = setting.deck.sources[number - 1]
        title = f" {_clipped(source.title, title_chars)}" if title_chars else ""
        spans += [Span("; " if title_chars else " ")] if at else []
        spans.append(Span(f"[{number}]{title}", url=source.url or SOURCES_TARGET))
    return Line((*spans, *([Span(" …")] if len(cited) > shown else [])), SOURCES_SIZE_PT, Ink.MUTED)


def _clipped(text: str, chars: int) -> str:
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip(' .…')}…"
