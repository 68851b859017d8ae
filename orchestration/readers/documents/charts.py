"""Charts in documents and slides: the values that they show, as the rows of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orchestration.readers.packages.markup import Element, find_value, name_of
from recipes.source import Cell

# a chart that people can read has far fewer; a file may claim any number
POINTS: Final = 10_000


@dataclass(frozen=True)
class Chart:
    """A chart's title and its table: a row for each category, a column for each series."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class _Series:
    name: str
    labels: dict[int, Cell]
    values: dict[int, Cell]


def read_chart(root: Element) -> Chart | None:
    """Give a chart's title and values; None where it holds none.

    Args:
        root: Of a chart part.
    """
    series = [_read_series(each) for each in root.iter() if name_of(each) == "ser"]
    places = sorted({place for each in series for place in each.values})
    if not places:
        return None
    labels: dict[int, Cell] = {}
    for each in series:
        labels = {**each.labels, **labels}
    names = [each.name or f"Series {number}" for number, each in enumerate(series, start=1)]
    rows = [(labels.get(place), *(each.values.get(place) for each in series)) for place in places]
    return Chart(_read_title(root), (("Category", *names), *rows))


def _read_series(element: Element) -> _Series:
    parts = {name_of(child): child for child in element}
    values = parts.get("val", parts.get("yVal"))
    labels = parts.get("cat", parts.get("xVal"))
    name = dict(_list_points(parts["tx"])) if "tx" in parts else {}
    return _Series(
        " ".join(str(each) for each in name.values()),
        dict(_list_points(labels)) if labels is not None else {},
        {place: _read_number(said) for place, said in _list_points(values)} if values is not None else {},
    )


def _list_points(element: Element) -> Iterator[tuple[int, str]]:
    """Give the stored points of a series, a category or a name, of several levels the one nearest to the chart."""
    levels = [each for each in element.iter() if name_of(each) == "lvl"]
    for point in (levels[0] if levels else element).iter():
        place = find_value(point, "idx") if name_of(point) == "pt" else None
        if place is not None and place.isdecimal() and int(place) < POINTS:
            yield int(place), "".join(str(text) for text in point.itertext()).strip()


def _read_number(said: str) -> Cell:
    try:
        return float(said)
    except ValueError:
        return said or None


def _read_title(root: Element) -> str:
    charts = (each for each in root.iter() if name_of(each) == "chart")
    for title in (child for chart in charts for child in chart if name_of(child) == "title"):
        return " ".join("".join(str(each.text or "") for each in title.iter() if name_of(each) == "t").split())
    return ""
