"""The dark band behind a document's title: how deep it is, and the bars of its motif."""

from dataclasses import dataclass
from typing import Final

from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line, Ruler
from orchestration.skills.paper.page import Paper
from orchestration.skills.paper.setting import Setting
from orchestration.skills.paper.wording import say_day
from orchestration.skills.scripts import list_scripts

# The sizes of title, subtitle and byline, and the air below each.
_SIZES: Final = (("title", 27.0, 6.0), ("subtitle", 12.5, 10.0), ("byline", 10.0, 0.0))
# The room below the last line on the band.
BAND_FOOT_PT: Final = 34.0
LINE_HEIGHT: Final = 1.25
# Signs of scripts that our fonts do not have are measured wide; in titles they run about as wide as Latin ones.
FOREIGN_SHARE: Final = 0.72
# As a share of the paper's width.
BAND_SHARE: Final = 0.38
# As a share of a line of text: what title and subtitle leave free for the motif.
FREE_SHARE: Final = 0.26
# The bars of the motif, as shares of the band: where each begins, how wide it is, how deep it hangs, its colour.
BARS: Final = (
    (474 / 612, 46 / 612, 150 / 232, Ink.ACCENT),
    (520 / 612, 46 / 612, 1.0, Ink.SECOND),
    (566 / 612, 46 / 612, 96 / 232, Ink.WARM),
)


@dataclass(frozen=True)
class Band:
    """The band of one document."""

    height_pt: float
    text_end_pt: float
    """How far down the page the title block reaches."""
    byline: str
    """Who wrote it, and when."""


def find_band(setting: Setting, paper: Paper) -> Band:
    """Give the band, deeper for a long title."""
    byline = _say_byline(setting)
    end = _find_end(setting, paper, byline)
    return Band(max(paper.width_pt * BAND_SHARE, end + BAND_FOOT_PT), end, byline)


def _find_end(setting: Setting, paper: Paper, byline: str) -> float:
    document, palette = setting.document, setting.palette
    ruler = Ruler(palette.heading_font, palette.body_font)
    texts = {"title": document.title, "subtitle": document.subtitle or "", "byline": byline}
    end = paper.top_pt
    for name, size, after in _SIZES:
        if texts[name]:
            room = paper.text_width_pt * (1 if name == "byline" else 1 - FREE_SHARE)
            line = Line(setting.spans(texts[name]), size, bold=name == "title", heading=name == "title")
            end += ruler.count_rows(line, room / _narrowness(texts[name])) * size * LINE_HEIGHT + after
    return end


def _narrowness(text: str) -> float:
    """Give how wide a text runs beside what is measured, which is never too little."""
    return FOREIGN_SHARE if any(not script.is_east_asian for script in list_scripts(text)) else 1.0


def _say_byline(setting: Setting) -> str:
    document = setting.document
    day = say_day(document.date, setting.words) if document.date else ""
    return "  |  ".join(part for part in (document.author or "", day) if part)
