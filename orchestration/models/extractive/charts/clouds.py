"""Clouds: two measures of many rows, point by point, where no column says when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.models.extractive.charts.drawing import find_format
from orchestration.models.extractive.excerpts import clip_words, escape_marks
from orchestration.models.extractive.figure_words import FigureWords
from orchestration.models.extractive.figures import CARD_CHARS, Figure
from orchestration.models.extractive.grids import Number, Series
from orchestration.models.extractive.readings import fit_label, read_series, spread
from orchestration.models.extractive.sheets import is_total, say_header, tells_time
from orchestration.models.extractive.slides import LABEL_CHARS, Frame, Place, Slide, cite
from orchestration.models.extractive.units import find_unit
from recipes.source import Passage, Table

# with fewer rows bars say more, and each by its name
POINTS_LEAST: Final = 24
# what the content of a chart takes
POINTS: Final = 120
_MEASURES: Final = 2
# in the column that names the rows, each has a name of its own
_NAMED_SHARE: Final = 0.9
_KEY: Final = re.compile(
    r"(?:^|[\W_])(?:id|no|nr|number|key|code|zip|plz|rank|lat|lon|latitude|longitude)(?:$|[\W_])", re.IGNORECASE
)


@dataclass(frozen=True)
class Cloud:
    """Two columns of numbers, row by row, both of them filled."""

    passage_id: str
    table_name: str
    names: tuple[str, ...]
    """What the rows are called; their own two values where no column names them."""
    has_names: bool
    across: Series
    up: Series
    words: FigureWords

    def list_shown(self) -> list[int]:
        """Give the rows that are drawn: evenly spaced, with the ends of both measures among them."""
        ends = {at for series in (self.across, self.up) for at in find_ends(series)}
        count = len(self.names)
        if count <= POINTS:
            return list(range(count))
        return sorted({*spread(count, POINTS - len(ends)), *ends})


def list_clouds(passages: Iterable[Passage], words: FigureWords) -> list[Cloud]:
    """Give the cloud of each table that has one, the tables' order kept."""
    return [
        cloud
        for passage in passages
        if passage.table and (cloud := _read_table(passage.id, passage.table, words)) is not None
    ]


def list_cloud_slides(clouds: Sequence[Cloud], frame: Frame) -> Iterator[Slide]:
    """Give a scatter of each cloud, with the ends of both measures in words."""
    for cloud in clouds:
        places = cloud.list_shown()
        ends = [
            cite(read_series(cloud.names, each, cloud.words), cloud.passage_id) for each in (cloud.up, cloud.across)
        ]
        cut = [frame.words.spaced_rows] if len(places) < len(cloud.names) else []
        titles = (f"{cloud.up.name} – {cloud.across.name}", cloud.up.name)
        yield Slide(
            place=Place.CHART,
            section=frame.words.figures,
            content={
                "kind": "chart",
                "title": escape_marks(fit_label(titles, frame.room)),
                "chart": _make_scatter(cloud, places),
                "takeaways": [*(ends if cloud.has_names else []), *map(escape_marks, cut)],
            },
            figures=_list_figures(cloud, places),
            tables=(cloud.passage_id,),
        )


def find_ends(series: Series) -> tuple[int, int]:
    """Give the places of the highest and the lowest value."""
    filled = series.list_filled()
    return max(filled, key=lambda each: each[1])[0], min(filled, key=lambda each: each[1])[0]


def _read_table(passage_id: str, table: Table, words: FigureWords) -> Cloud | None:
    measures = [at for at, column in enumerate(table.columns) if column.type == "number" and _is_measure(table, at)]
    if len(measures) < _MEASURES or tells_time(table):
        return None
    across, up = measures[:_MEASURES]
    rows = [row for row in table.rows if not any(map(is_total, row)) and None not in {row[across], row[up]}]
    if len(rows) < POINTS_LEAST:
        return None
    named = _find_names(table, rows)
    return Cloud(
        passage_id=passage_id,
        table_name=table.name,
        names=named or tuple(f"{row[across]}; {row[up]}" for row in rows),
        has_names=named is not None,
        across=_take_series(table, across, rows),
        up=_take_series(table, up, rows),
        words=words,
    )


def _is_measure(table: Table, at: int) -> bool:
    """Tell whether a column of numbers measures something: it neither numbers the rows nor is the same throughout."""
    name = table.columns[at].name
    values = [row[at] for row in table.rows if row[at] is not None]
    counts = all(isinstance(each, int) for each in values) and values == list(range(1, len(values) + 1))
    return not counts and not (_KEY.search(name) and find_unit(name) is None) and len(set(values)) > _MEASURES


def _find_names(table: Table, rows: Sequence[Sequence[Any]]) -> tuple[str, ...] | None:
    for at, column in enumerate(table.columns):
        names = [str(row[at] or "") for row in rows]
        if column.type == "text" and len(set(names)) >= len(names) * _NAMED_SHARE and all(names):
            return tuple(names)
    return None


def _take_series(table: Table, at: int, rows: Sequence[Sequence[Any]]) -> Series:
    return Series(say_header(table.columns[at].name), tuple(row[at] for row in rows))


def _make_scatter(cloud: Cloud, places: Sequence[int]) -> dict[str, Any]:
    across, up = ([series.values[at] for at in places] for series in (cloud.across, cloud.up))
    named = escape_marks(f"{cloud.up.name} – {cloud.across.name}")
    chart: dict[str, Any] = {
        "type": "scatter",
        "categories": [escape_marks(clip_words(cloud.names[at], LABEL_CHARS)) for at in places],
        "series": [
            {"name": escape_marks(clip_words(cloud.across.name, CARD_CHARS)), "values": across},
            {"name": escape_marks(clip_words(cloud.up.name, CARD_CHARS)), "values": up},
        ],
        "number_format": find_format([value for value in up if value is not None]),
        "line_format": find_format([value for value in across if value is not None]),
        "alt": f"scatter chart of {named}",
    }
    if cloud.has_names:
        top = clip_words(cloud.names[find_ends(cloud.up)[0]], LABEL_CHARS)
        chart["highlight"] = escape_marks(top)
    return chart


def _list_figures(cloud: Cloud, places: Sequence[int]) -> tuple[Figure, ...]:
    values: list[Number | None] = [series.values[at] for at in places for series in (cloud.across, cloud.up)]
    return tuple(Figure(cloud.words.show(value), cloud.passage_id) for value in values if value is not None)
