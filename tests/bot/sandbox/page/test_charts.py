import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.charts import HEIGHT, WIDTH, draw_chart

NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e12, 1e12, allow_nan=False)


def plot(*rows, kind="bar"):
    categories = [f"c{number}" for number in range(len(rows[0]))]
    series = [
        {
            "name": f"s{at}",
            "data": [{"label": name, "value": value} for name, value in zip(categories, row, strict=True)],
        }
        for at, row in enumerate(rows)
    ]
    return {"type": kind, "series": series, "axis_config": {"categories": categories, "x_label": "Year"}}


def pie(*values):
    return {"type": "pie", "segments": [{"label": f"s{at}", "value": value} for at, value in enumerate(values)]}


async def test_a_bar_chart_shows_its_bars_and_its_numbers(drawn, words):
    block = {"type": "data_visualization", "title": "Wind <3", "chart": plot([1000, 2500], [0, -3])}
    [chart] = (await drawn(block)).find_class("chart")
    assert words(chart.xpath(".//figcaption")[0]) == "Wind <3"
    assert len(chart.find_class("is-bar")) == 4
    assert [words(title) for title in chart.xpath(".//title")][:2] == ["s0, c0: 1,000", "s0, c1: 2,500"]
    assert [[words(cell) for cell in row] for row in chart.xpath(".//tr")] == [
        ["", "s0", "s1"],
        ["c0", "1,000", "0"],
        ["c1", "2,500", "-3"],
    ]
    assert [words(name) for name in chart.xpath(".//*[@class='legend']/li")] == ["s0", "s1"]


async def test_a_pie_shows_a_slice_for_each_part(drawn, words):
    [chart] = (await drawn({"type": "data_visualization", "title": "x", "chart": pie(3, 1, 0)})).find_class("chart")
    assert [words(title) for title in chart.xpath(".//title")] == ["s0: 3 (75%)", "s1: 1 (25%)"]


@pytest.mark.parametrize("kind", ["line", "area"])
def test_a_line_goes_through_each_point(kind):
    marks = draw_chart(plot([1, 2, 3], kind=kind)).marks
    assert [mark.is_line for mark in marks] == ([True] if kind == "line" else [False, True])
    assert marks[-1].path.count("L") == 2


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.sampled_from(["bar", "line", "area"]))
def test_every_mark_and_label_lies_on_the_canvas(values, kind):
    drawing = draw_chart(plot(values, kind=kind))
    numbers = [float(one) for mark in drawing.marks for one in re.findall(r"-?\d+\.\d", mark.path)]
    assert all(-1 <= one <= max(WIDTH, HEIGHT) + 1 for one in numbers)
    assert all(0 <= label.y <= HEIGHT for label in drawing.scale)
    assert 2 <= len(drawing.scale) <= 8


@given(st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=12))
def test_a_pie_of_any_parts_is_drawn(values):
    for mark in draw_chart(pie(*values)).marks:
        assert all(math.isfinite(float(one)) for one in re.findall(r"-?\d+\.?\d*", mark.path))
