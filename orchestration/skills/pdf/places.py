"""Whether words and tables fit where they are set: long words get places to break, long tables may go on overleaf."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.skills.design.palette import Palette
from orchestration.skills.design.ruler import Line, Ruler
from orchestration.skills.marks import Span

# Sizes and lengths of `typesetting/paper.typ`, in points.
TITLE_PT: Final = 27.0
HEADING_PT: Final = 19.0
VALUE_PT: Final = 18.0
# The largest that running text is set in: a quotation.
RUNNING_PT: Final = 12.5
GAP_PT: Final = 9.0
CARD_PT: Final = 10.0
# What lists, frames and their marks take of a line at most.
INDENT_PT: Final = 52.0
# A table that is no higher is kept on one page.
WHOLE_PT: Final = 300.0
ROW_PT: Final = 11.0
ROW_AIR_PT: Final = 10.0

_ZERO_WIDTH_SPACE: Final = "\u200b"
# No sign is wider; what fits with it need not be measured.
WIDEST_EM: Final = 1.3


@dataclass(frozen=True)
class Place:
    """A place for text: its size, the width there is."""

    size_pt: float
    width_pt: float
    is_heading: bool = False


def break_words(spans: Sequence[Span], place: Place, palette: Palette) -> Sequence[Span]:
    """Give the spans with a place to break in each word that is wider than there is room."""
    longest = max(map(len, "".join(span.text for span in spans).split()), default=0)
    if longest * WIDEST_EM * place.size_pt <= place.width_pt:
        return spans
    line = Line(tuple(spans), place.size_pt, bold=True, heading=place.is_heading)
    ruler = Ruler(palette.heading_font, palette.body_font)
    if ruler.longest_word_pt([line]) <= place.width_pt:
        return spans
    broken = ruler.with_breaks(line, place.width_pt)
    return [replace(span, text=span.text.replace("\v", _ZERO_WIDTH_SPACE)) for span in broken.spans]


def may_stand_whole(rows: Sequence[Sequence[str]], places: Sequence[Place], palette: Palette) -> bool:
    """Tell whether a table is low enough to be kept on one page."""
    ruler = Ruler(palette.heading_font, palette.body_font)
    height = 0.0
    for row in rows:
        counts = (
            ruler.count_rows(Line((Span(text),), place.size_pt, bold=True), place.width_pt)
            for text, place in zip(row, places, strict=True)
        )
        height += max(counts) * ROW_PT + ROW_AIR_PT
        if height > WHOLE_PT:
            return False
    return True
