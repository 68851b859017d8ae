"""Where things stand on a slide, in points from its upper left corner, and the grid every slide keeps."""

from dataclasses import dataclass, replace
from typing import Final

EMU_PER_PT: Final = 12_700

# 13.333 x 7.5 inches: exactly 12,192,000 EMU wide, else a line of one pixel shows at the edge.
SLIDE_WIDTH_PT: Final = 960.0
SLIDE_HEIGHT_PT: Final = 540.0
MARGIN_PT: Final = 48.0
GUTTER_PT: Final = 24.0


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    def columns(self, count: int, gutter_pt: float = GUTTER_PT) -> list["Box"]:
        """Give equal columns from left to right."""
        width = (self.width - gutter_pt * (count - 1)) / count
        return [replace(self, x=self.x + (width + gutter_pt) * at, width=width) for at in range(count)]

    def rows(self, count: int, gutter_pt: float = GUTTER_PT) -> list["Box"]:
        """Give equal rows from top to bottom."""
        height = (self.height - gutter_pt * (count - 1)) / count
        return [replace(self, y=self.y + (height + gutter_pt) * at, height=height) for at in range(count)]

    def from_left(self, width: float) -> "Box":
        """Give its left part."""
        return replace(self, width=width)

    def from_right(self, width: float) -> "Box":
        """Give its right part."""
        return replace(self, x=self.right - width, width=width)

    def from_top(self, height: float) -> "Box":
        """Give its upper part."""
        return replace(self, height=height)

    def below(self, height: float) -> "Box":
        """Give what is left when its upper part of this height is taken away."""
        return replace(self, y=self.y + height, height=self.height - height)

    def shrunk(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> "Box":
        """Give the box inside it with these margins."""
        return Box(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)


CONTENT_WIDTH_PT: Final = SLIDE_WIDTH_PT - 2 * MARGIN_PT
KICKER: Final = Box(MARGIN_PT, 32, CONTENT_WIDTH_PT, 18)
TITLE: Final = Box(MARGIN_PT, 50, CONTENT_WIDTH_PT, 72)
BODY: Final = Box(MARGIN_PT, 140, CONTENT_WIDTH_PT, 322)
SOURCES_LINE: Final = Box(MARGIN_PT, 474, CONTENT_WIDTH_PT, 18)
FOOTER: Final = Box(MARGIN_PT, 504, 640, 16)
PAGE_NUMBER: Final = Box(SLIDE_WIDTH_PT - MARGIN_PT - 80, 504, 80, 16)
# On dark slides the woven motif stands at the right.
DARK_FOOTER: Final = Box(MARGIN_PT, 504, 540, 16)
DARK_PAGE_NUMBER: Final = Box(612, 504, 80, 16)
OPENING_TITLE: Final = Box(MARGIN_PT, 130, 548, 160)
OPENING_SUBTITLE: Final = Box(MARGIN_PT, 304, 548, 110)
OPENING_BYLINE: Final = Box(MARGIN_PT, 462, 548, 22)
CLOSING_TITLE: Final = Box(MARGIN_PT, 50, 672, 72)
CLOSING_MESSAGE: Final = Box(MARGIN_PT, 130, 672, 64)
CLOSING_BODY: Final = Box(MARGIN_PT, 210, 672, 262)
