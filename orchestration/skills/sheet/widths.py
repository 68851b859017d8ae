"""Widths: how wide a column must be for what stands in it, measured on the font that programs use."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from orchestration.skills.fonts.faces import load_face
from orchestration.skills.sheet.forms import Shape
from orchestration.skills.sheet.grids import Grid
from orchestration.skills.sheet.selection import Value, list_numbers

SIZE_PT: Final = 11
# Calibri's digits in 11 points at 96 dpi: programs count widths in these.
_DIGIT_PX: Final = 7
_PX_PER_PT: Final = 96 / 72
_PADDING_PX: Final = 12
# the button of a filter covers the end of a header
_BUTTON_PX: Final = 18
LEAST_CHARS: Final = 8.0
MOST_CHARS: Final = 60.0
# long columns are looked at in so many rows, evenly spread
_SAMPLE: Final = 400


def measure_columns(grid: Grid) -> Iterator[float]:
    """Give the width of each column of a table, in Excel's unit."""
    for at, column in enumerate(grid.columns):
        if column.content.width is not None:
            yield column.content.width
            continue
        head = measure(column.header, bold=True) + _BUTTON_PX / _DIGIT_PX
        shown = _list_shown(list(grid.list_values(at)), column.shape, has_totals=column.content.total != "none")
        widest = max((measure(text, bold=False) for text in shown), default=0.0)
        yield min(max(min(head, MOST_CHARS / 2), widest, LEAST_CHARS), MOST_CHARS)


def measure(text: str, *, bold: bool, size_pt: float = SIZE_PT) -> float:
    """Give how wide a text on one line is, padding included, in Excel's unit."""
    width_px = load_face("Calibri", bold=bold).width_em(text) * size_pt * _PX_PER_PT
    return (width_px + _PADDING_PX) / _DIGIT_PX


def _list_shown(values: Sequence[Value], shape: Shape, *, has_totals: bool) -> Iterable[str]:
    """Give what may be the widest of what is shown."""
    if shape.type in {"date", "datetime"}:
        return ["30.12.2026" if shape.type == "date" else "30.12.2026 00:00", "30 Mmm 2026"]
    if not shape.is_number:
        step = max(1, len(values) // _SAMPLE)
        return [str(value)[:200] for value in values[::step] if value is not None]
    numbers = list_numbers(values)
    ends = [min(numbers), max(numbers), *([sum(numbers)] if has_totals else [])] if numbers else []
    return [_show(number, shape) for number in ends]


def _show(number: float, shape: Shape) -> str:
    value = number * 100 if shape.type == "percent" else number
    digits = f"{value:,.{shape.decimals}f}" if "," in shape.code else f"{value:.{shape.decimals}f}"
    around = "".join(part for part in shape.code.partition(";")[0] if part not in '#,0."')
    return f"{digits}{around}"
