"""Where our parts of a slide stand on a template's layouts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from orchestration.skills.deck.foreign.shapes import Layout
from orchestration.skills.deck.page import LayoutName
from orchestration.skills.deck.places import Feet, Heading, Places
from orchestration.skills.design.geometry import MARGIN_PT, SLIDE_WIDTH_PT, Box
from orchestration.skills.design.palette import TEXT_CONTRAST, Ink, Palette, contrast
from recipes.source import FileRefused

# Two rows of the smallest title.
TITLE_PT: Final = 56.0
# Nothing stands nearer to the edge of a slide.
EDGE_PT: Final = 20.0
# Edges that differ by less are meant to be one line.
SAME_EDGE_PT: Final = 20.0
KICKER_PT: Final = 18.0
LINE_PT: Final = 18.0
FOOT_PT: Final = 16.0
# Less than this holds no chart with its takeaways and no table of a few rows.
BODY_WIDTH_PT: Final = 560.0
BODY_HEIGHT_PT: Final = 230.0
OPENING_TITLE_PT: Final = 110.0
OPENING_SUBTITLE_PT: Final = 64.0
BYLINE_PT: Final = 22.0


def find_places(layouts: Mapping[LayoutName, Layout], height_pt: float, filename: str) -> Places:
    """Give the boxes of a template, in points of a slide 960 points wide.

    Args:
        layouts: Of the template, by what we use them for.
        height_pt: Of its slides.
        filename: Its name, for a refusal.

    Raises:
        FileRefused: its layouts leave no room for content.
    """
    canvas = layouts["Canvas"]
    feet = _feet(canvas, height_pt)
    title, kicker = _title(canvas)
    body = _aligned(_body(layouts["Text"], canvas, title, feet), title)
    feet = Feet(_aligned(feet.footer, title), feet.page_number)
    if kicker is None:
        kicker, body = body.from_top(KICKER_PT), body.below(KICKER_PT + 8)
    sources = replace(body, y=body.bottom - LINE_PT, height=LINE_PT)
    body = body.from_top(body.height - LINE_PT - 10)
    if body.width < BODY_WIDTH_PT or body.height < BODY_HEIGHT_PT:
        raise FileRefused(filename, "leaves too little room for content on its slides")
    opening, divider = layouts["Opening"], layouts["Divider"]
    head, byline = _heading(opening, height_pt, with_byline=True)
    section, _ = _heading(divider, height_pt, with_byline=False)
    message = Box(title.x, title.bottom + 8, title.width, 56)
    below = Box(body.x, max(body.y, message.bottom + 12), body.width, 0)
    return Places(
        title=title,
        kicker=kicker,
        body=body,
        sources_line=sources,
        feet=feet,
        opening=head,
        byline=byline,
        divider=section,
        divider_feet=_feet(divider, height_pt),
        closing=Heading(title, canvas.free(message)),
        closing_body=replace(below, height=sources.bottom - below.y),
        closing_feet=feet,
    )


def inked(places: Places, canvas: Layout, palette: Palette) -> Places:
    """Give the places with the inks that can be read where a band or picture stands behind them."""
    return replace(
        places,
        title_ink=_readable(canvas.behind(places.title), palette, (Ink.TEXT, Ink.PAPER, Ink.NIGHT)),
        kicker_ink=_readable(canvas.behind(places.kicker), palette, (Ink.ACCENT, Ink.TEXT, Ink.PAPER)),
        feet_ink=_readable(canvas.behind(places.feet.footer), palette, (Ink.MUTED, Ink.TEXT, Ink.PAPER)),
    )


def closed(places: Places, layout: Layout, palette: Palette) -> Places:
    """Give the places with an ink for the closing's title: that of its text, or on a band its ground."""
    return replace(places, closing_ink=_readable(layout.behind(places.closing.title), palette, (Ink.PAPER, Ink.NIGHT)))


def _readable(grounds: tuple[str, ...], palette: Palette, inks: tuple[Ink, ...]) -> Ink:
    def worst(ink: Ink) -> float:
        return min(contrast(palette.rgb(ink), ground) for ground in grounds)

    return next((ink for ink in inks if worst(ink) >= TEXT_CONTRAST), max(inks, key=worst))


def _title(canvas: Layout) -> tuple[Box, Box | None]:
    """Give the box of titles, and above or in it that of the section, where there is room."""
    spot = canvas.find("title", "ctrTitle")
    box = canvas.free(spot.box if spot else Box(MARGIN_PT, 40, SLIDE_WIDTH_PT - 2 * MARGIN_PT, 90))
    top = max(box.y, EDGE_PT)
    box = replace(box, y=top, height=box.bottom - top)
    if box.height >= TITLE_PT + KICKER_PT + 4:
        return _lowered(box.below(KICKER_PT + 2)), box.from_top(KICKER_PT)
    if box.height < TITLE_PT:
        box = replace(box, height=TITLE_PT)
    above = Box(box.x, box.y - KICKER_PT - 2, box.width, KICKER_PT)
    is_free = above.y >= EDGE_PT and canvas.free(above) == above
    return box, above if is_free else None


def _lowered(box: Box) -> Box:
    """Give a title's box no higher than two rows of the largest title take."""
    return box.from_top(min(box.height, 80.0))


def _body(content: Layout, canvas: Layout, title: Box, feet: Feet) -> Box:
    spots = content.contents()
    box = max((spot.box for spot in spots), key=lambda box: box.width * box.height, default=None)
    margin = title.x
    wide = Box(margin, title.bottom + 12, SLIDE_WIDTH_PT - 2 * margin, feet.footer.y - title.bottom - 20)
    if box is None or box.width < BODY_WIDTH_PT or box.height < BODY_HEIGHT_PT + LINE_PT + 10:
        box = wide
    top, bottom = max(box.y, title.bottom + 10), min(max(box.bottom, feet.footer.y - 8), feet.footer.y - 8)
    return canvas.free(Box(box.x, top, box.width, bottom - top))


def _aligned(box: Box, title: Box) -> Box:
    """Give the box with its left edge, and its right one, in line with the title's where they nearly are."""
    left = title.x if abs(box.x - title.x) < SAME_EDGE_PT else box.x
    right = title.right if abs(box.right - title.right) < SAME_EDGE_PT else box.right
    return replace(box, x=left, width=right - left)


def _feet(layout: Layout, height_pt: float) -> Feet:
    number, footer = layout.find("sldNum"), layout.find("ftr")
    y = min((spot.box.bottom for spot in (number, footer) if spot), default=height_pt - 20) - FOOT_PT
    y = min(y, height_pt - FOOT_PT - 12)
    free = layout.free(Box(MARGIN_PT, y, SLIDE_WIDTH_PT - 2 * MARGIN_PT, FOOT_PT))
    return Feet(free.from_left(free.width - 92), free.from_right(80))


def _heading(layout: Layout, height_pt: float, *, with_byline: bool) -> tuple[Heading, Box]:
    """Give title and line below it of an opening or divider, and the box of who and when."""
    spot = layout.find("ctrTitle", "title")
    title = spot.box if spot else Box(MARGIN_PT, height_pt * 0.25, SLIDE_WIDTH_PT - 2 * MARGIN_PT, 150)
    title = layout.free(title)
    if title.height < OPENING_TITLE_PT:
        top = max(24.0, title.bottom - OPENING_TITLE_PT)
        title = Box(title.x, top, title.width, OPENING_TITLE_PT)
    under = layout.find("subTitle", "body")
    if under and under.box.y < title.y:
        # The line stands above the title there; ours stands below, so the title takes its place.
        title = Box(title.x, under.box.y, title.width, OPENING_TITLE_PT + 10)
    box = under.box if under and under.box.y >= title.bottom - 4 else Box(title.x, title.bottom + 10, title.width, 90)
    reserved = BYLINE_PT + 10 if with_byline else 0.0
    bottom = height_pt - 60
    top = max(title.bottom + 4, min(box.y, bottom - OPENING_SUBTITLE_PT - reserved))
    # In line with the title, whatever the template does: our text begins at the left.
    whole = layout.free(Box(title.x, top, max(title.width, box.right - title.x), bottom - top))
    subtitle = whole.from_top(whole.height - reserved)
    return Heading(title, subtitle), Box(whole.x, whole.bottom - BYLINE_PT, whole.width, BYLINE_PT)
