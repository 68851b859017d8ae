"""How large things are set on paper, the same in both kinds of file."""

from collections.abc import Callable, Sequence
from typing import Final

from orchestration.skills.blocks import Tabulated
from orchestration.skills.chart_content import Chart
from orchestration.skills.columns import list_sides
from orchestration.skills.design.palette import Palette
from orchestration.skills.design.ruler import Line, Ruler
from orchestration.skills.marks import Span, plain_text
from orchestration.skills.pictures import Picture

TABLE_PT: Final = 9.0
# The air between the edge of a cell and its text.
CELL_SIDE_PT: Final = 4.5
CARDS_PER_ROW: Final = 4
CHART_HEIGHT_PT: Final = 210.0
# Two thirds of a page, so that a picture stands below its caption with some of the text.
PICTURE_HEIGHT_PT: Final = 420.0
# A picture is not blown up beyond this many points for each of its pixels.
POINTS_A_PIXEL: Final = 0.75
# A lying bar with its air.
BAR_PT: Final = 22.0
# A column is served up to this width before the others share what is left.
WIDE_COLUMN_PT: Final = 190.0


def chart_height_pt(chart: Chart) -> float:
    """Give how high a chart is drawn; lying bars take what they need."""
    bars = len(chart.categories) * (1 if chart.type == "stacked_bar" else len(chart.series))
    return max(CHART_HEIGHT_PT, 40 + BAR_PT * bars) if chart.type in {"bar", "stacked_bar"} else CHART_HEIGHT_PT


def picture_size_pt(picture: Picture, width_pt: float) -> tuple[float, float]:
    """Give how wide and how high a picture is set: whole, in its shape, within the width of the text."""
    shape = picture.width / picture.height
    width = min(width_pt, picture.width * POINTS_A_PIXEL, PICTURE_HEIGHT_PT * shape)
    return width, width / shape


def find_widths(block: Tabulated, palette: Palette, width_pt: float) -> list[float]:
    """Give widths that hold figures on one line, and share the rest by how much the other columns say."""
    header = tuple(column.header for column in block.columns)
    texts = [header, *block.rows, *([block.total] if block.total is not None else [])]
    ruler = Ruler(palette.heading_font, palette.body_font)

    def measure(text: str) -> float:
        return ruler.width_pt(Line((Span(plain_text(text)),), TABLE_PT, bold=True)) + 2 * CELL_SIDE_PT + 1

    are_numbers = [side == "right" for side in list_sides(block)]
    return share_width(texts, are_numbers, width_pt, measure)


def share_width(
    texts: Sequence[Sequence[str]], are_numbers: Sequence[bool], width_pt: float, measure: Callable[[str], float]
) -> list[float]:
    """Give the widths of columns, which make the whole width.

    Args:
        texts: The rows, the header first.
        are_numbers: Which columns hold figures, that should not wrap.
        width_pt: Of the table.
        measure: Gives the width of a cell with this text on one line.
    """
    columns = list(zip(*texts, strict=True))
    natural = [max(map(measure, column)) for column in columns]
    words = [max(measure(word) for text in column for word in text.split() or [""]) for column in columns]
    wanted = [max(word, min(whole, WIDE_COLUMN_PT)) for word, whole in zip(words, natural, strict=True)]
    if (over := sum(wanted) - width_pt) > 0:
        yielding = [want - word for want, word in zip(wanted, words, strict=True)]
        given = sum(yielding) or 1.0
        shrunk = [want - min(1.0, over / given) * give for want, give in zip(wanted, yielding, strict=True)]
        scale = min(1.0, width_pt / sum(shrunk))
        return [each * scale for each in shrunk]
    takers = [at for at, is_number in enumerate(are_numbers) if not is_number] or list(range(len(wanted)))
    needs = [max(natural[at] - wanted[at], 0.0) + wanted[at] for at in takers]
    for at, need in zip(takers, needs, strict=True):
        wanted[at] += -over * need / sum(needs)
    return wanted
