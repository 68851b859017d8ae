"""Dark slides: the opening and the dividers."""

from typing import Final

from orchestration.skills.content import SectionSlide, TitleSlide
from orchestration.skills.deck.frame import TITLE_ROWS, foot_blocks
from orchestration.skills.deck.page import Block, LayoutName, Panel, Slot, TextBlock
from orchestration.skills.deck.places import Heading
from orchestration.skills.deck.setting import Setting, Sheet
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line

OPENING_SIZES_PT: Final = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0)
SUBTITLE_SIZES_PT: Final = (20.0, 18.0, 16.0, 15.0, 14.0)
# The bars that count the sections: their height, the air below them, and how wide one is with its gap.
STEP_PT: Final = 6.0
STEPS_GAP_PT: Final = 20.0
STEP_WIDTH_PT: Final = 64.0
BYLINE_SIZES_PT: Final = (14.0, 13.0, 12.0)


def compose_title(slide: TitleSlide, setting: Setting) -> list[Sheet]:
    """Give the opening: title, subtitle, and who and when."""
    deck = setting.deck
    blocks = _headed(
        setting, "Opening", setting.places.opening, slide.title or deck.title, slide.subtitle or deck.subtitle
    )
    byline = "   |   ".join(part for part in (deck.author, _date(setting)) if part)
    if byline:
        blocks.append(_dim(setting, "Byline", byline, setting.places.byline, Slot.BYLINE))
    return [Sheet("Opening", tuple(blocks))]


def compose_section(slide: SectionSlide, setting: Setting, *, slide_no: int) -> list[Sheet]:
    """Give a divider, and above its title which of the sections it opens."""
    blocks = _headed(setting, "Divider", setting.places.divider, slide.title, slide.subtitle)
    sections = [each for each in setting.deck.slides if each.kind == "section"]
    at = next(at for at, each in enumerate(sections) if each is slide)
    title = next(block for block in blocks if isinstance(block, TextBlock))
    blocks += _steps(at, len(sections), title, setting) if len(sections) > 1 else []
    return [Sheet("Divider", (*blocks, *foot_blocks(setting, slide_no, setting.places.divider_feet, ink=Ink.PANEL)))]


def _steps(at: int, count: int, title: TextBlock, setting: Setting) -> list[Block]:
    """Give a bar for each section in a row above the title, the one that begins here bright."""
    text = setting.ruler.height_pt(title.lines, title.box.width)
    y = title.box.bottom - text - STEP_PT - STEPS_GAP_PT
    row = Box(title.box.x, y, min(title.box.width, count * STEP_WIDTH_PT), STEP_PT)
    boxes = row.columns(count, min(8.0, row.width / count / 4))
    return [Panel("Section step", box, Ink.WARM if each == at else Ink.MUTED) for each, box in enumerate(boxes)]


def _headed(setting: Setting, layout: LayoutName, places: Heading, title: str, subtitle: str | None) -> list[Block]:
    def make(size: float) -> list[Line]:
        return [setting.line(title, size, Ink.PAPER, bold=True, heading=True)]

    rows = {size: setting.ruler.count_rows(make(size)[0], places.title.width) for size in OPENING_SIZES_PT}
    sizes = [size for size in OPENING_SIZES_PT if rows[size] <= TITLE_ROWS] or OPENING_SIZES_PT
    lines = setting.fitted("the title", places.title, sizes_pt=sizes, make=make)
    slot = Slot.CENTRED_TITLE if layout == "Opening" else Slot.TITLE
    blocks: list[Block] = [TextBlock("Title", places.title, lines, slot, "b")]
    return [*blocks, _dim(setting, "Subtitle", subtitle, places.subtitle, Slot.SUBTITLE)] if subtitle else blocks


def _dim(setting: Setting, name: str, text: str, box: Box, slot: Slot) -> TextBlock:
    sizes = SUBTITLE_SIZES_PT if slot is Slot.SUBTITLE else BYLINE_SIZES_PT
    lines = setting.fitted(
        f"the {name.lower()}", box, sizes_pt=sizes, make=lambda size: [setting.line(text, size, Ink.PANEL)]
    )
    return TextBlock(name, box, lines, slot, "t" if slot is Slot.SUBTITLE else "b")


def _date(setting: Setting) -> str:
    day = setting.deck.date
    if day is None:
        return ""
    return f"{day.day} {day:%B %Y}" if setting.deck.language.startswith("en") else day.isoformat()
