"""The names and values of a chart as its part caches them, and where they stand in its workbook."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from orchestration.skills.chart_content import Series
from orchestration.skills.charts.workbook import SHEET
from orchestration.skills.marks import plain_text


def name_xml(at: int, series: Series) -> str:
    """Give a series' name."""
    cached = f'<c:ptCount val="1"/>{cached_xml([(0, plain_text(series.name))])}'
    place = f"{SHEET}!${_column(at)}$1"
    return f"<c:tx><c:strRef><c:f>{place}</c:f><c:strCache>{cached}</c:strCache></c:strRef></c:tx>"


def names_place(names: Sequence[str]) -> str:
    """Give where the names of the categories stand."""
    return f"{SHEET}!$A$2:$A${len(names) + 1}"


def numbers_xml(at: int, series: Series, number_format: str) -> str:
    """Give a series' values."""
    count = len(series.values)
    code = f"<c:formatCode>{escape(number_format)}</c:formatCode>"
    cached = f'{code}<c:ptCount val="{count}"/>{cached_xml(_numbers(series))}'
    place = f"{SHEET}!${_column(at)}$2:${_column(at)}${count + 1}"
    return f"<c:numRef><c:f>{place}</c:f><c:numCache>{cached}</c:numCache></c:numRef>"


def cached_xml(points: Iterable[tuple[int, str]]) -> str:
    """Give values with their places in the row."""
    return "".join(f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in points)


def shown_xml(*, value: bool = False, category: bool = False, percent: bool = False) -> str:
    """Give what labels show; one that is not told forgets what the others show."""
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="{int(category)}"/>'
        f'<c:showSerName val="0"/><c:showPercent val="{int(percent)}"/><c:showBubbleSize val="0"/>'
        + ("<c:separator>\n</c:separator>" if category else "")
    )


def _column(at: int) -> str:
    return chr(ord("B") + at)


def _numbers(series: Series) -> Iterable[tuple[int, str]]:
    return ((at, f"{value!r}".removesuffix(".0")) for at, value in enumerate(series.values) if value is not None)
