"""A slide as a value: what stands on it and where. Composed and measured here, written to a file elsewhere."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal

from orchestration.skills.chart_content import Chart
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.design.ruler import Line

# PowerPoint's own margin at the side of a cell (0.1 inch).
CELL_SIDE_PT: Final = 7.2
# A citation that leads to no address leads to the slide that lists the sources.
SOURCES_TARGET: Final = "#sources"

Anchor = Literal["t", "ctr", "b"]


class Slot(Enum):
    """A placeholder of a layout: its type and index there."""

    TITLE = ("title", 0)
    CENTRED_TITLE = ("ctrTitle", 0)
    SUBTITLE = ("subTitle", 1)
    TEXT = ("body", 1)
    SECOND_TEXT = ("body", 2)
    CHART = ("chart", 3)
    TABLE = ("tbl", 4)
    PICTURE = ("pic", 5)
    KICKER = ("body", 13)
    SOURCES = ("body", 14)
    BYLINE = ("body", 15)
    FOOTER = ("ftr", 11)
    PAGE_NUMBER = ("sldNum", 12)


@dataclass(frozen=True)
class Insets:
    """The room between the edge of a shape and its text, in points."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def room(self, box: Box) -> tuple[float, float]:
        """Give the width and height that they leave of a box."""
        return box.width - self.left - self.right, box.height - self.top - self.bottom


@dataclass(frozen=True)
class TextBlock:
    """Paragraphs in a box; with `fill` it is a card, or an arrow that leads on to the next."""

    name: str
    box: Box
    lines: tuple[Line, ...]
    slot: Slot | None = None
    anchor: Anchor = "t"
    fill: Ink | None = None
    insets: Insets = Insets()
    decorative: bool = False
    is_arrow: bool = False


@dataclass(frozen=True)
class Panel:
    """A filled shape without text; it carries no meaning of its own."""

    name: str
    box: Box
    fill: Ink
    shape: Literal["rect", "ellipse"] = "rect"
    rim: Ink | None = None


@dataclass(frozen=True)
class TableCell:
    """One cell: its text, and the hairlines above and below it."""

    line: Line
    fill: Ink | None = None
    rule_above: Ink | None = None
    rule_below: Ink | None = None


@dataclass(frozen=True)
class TableRow:
    """One row with its measured height."""

    height_pt: float
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class TableBlock:
    """A native table."""

    name: str
    box: Box
    widths_pt: tuple[float, ...]
    rows: tuple[TableRow, ...]
    alt: str
    has_header: bool = True
    slot: Slot | None = None


@dataclass(frozen=True)
class ChartBlock:
    """A native chart."""

    name: str
    box: Box
    chart: Chart
    alt: str
    slot: Slot | None = None


@dataclass(frozen=True)
class PictureBlock:
    """A picture of a source, cropped by these shares of its width and height."""

    name: str
    box: Box
    source_id: str
    alt: str
    crop: Insets = Insets()
    slot: Slot | None = None


Block = TextBlock | Panel | TableBlock | ChartBlock | PictureBlock
LayoutName = Literal[
    "Opening", "Divider", "Text", "Text and figure", "Two columns", "Chart", "Table", "Picture", "Canvas", "Closing"
]


@dataclass(frozen=True)
class Page:
    """One slide of the file: blocks in reading order, the title first."""

    layout: LayoutName
    title: str
    blocks: tuple[Block, ...]
    slide_no: int
    notes: str = ""
    cited: tuple[str, ...] = field(default=())
