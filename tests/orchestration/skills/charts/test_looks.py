from typing import Any

from orchestration.skills.chart_content import Chart
from orchestration.skills.charts.looks import Looks, look_at
from orchestration.skills.design.geometry import BODY
from orchestration.skills.design.palette import PALETTES, Ink


def look(**fields: Any) -> Looks:
    chart = {"type": "column", "categories": ["a", "b"], "series": [{"name": "S", "values": [1, 2]}]}
    return look_at(Chart.model_validate({**chart, **fields}), BODY, PALETTES["slate"])


def test_the_highlighted_series_has_the_accent_and_the_others_are_quiet() -> None:
    series = [{"name": name, "values": [1, 2]} for name in ("Plan", "Actual", "Last year")]

    assert look(series=series, highlight="Actual").inks == (Ink.PALE, Ink.ACCENT, Ink.MUTED)


def test_the_highlighted_category_has_the_accent_and_the_others_are_quiet() -> None:
    assert look(highlight="b").point_inks == (Ink.PALE, Ink.ACCENT)


def test_values_are_shown_with_as_many_decimals_as_they_have() -> None:
    assert look(series=[{"name": "S", "values": [1000, 2]}]).number_format == "#,##0"
    assert look(series=[{"name": "S", "values": [1.5, 2.25]}]).number_format == "#,##0.00"
    assert look(number_format="0%").number_format == "0%"


def test_few_values_are_labelled_and_many_are_left_to_the_axis() -> None:
    many = [{"name": f"S{n}", "values": [1] * 20} for n in range(4)]

    assert look().has_labels
    assert not look(categories=[f"c{n}" for n in range(20)], series=many).has_labels


def test_long_names_are_turned_and_long_lines_name_every_few_points() -> None:
    assert look(categories=["internationalisation" * 3, "b"]).label_turn_degrees == 0
    crowded = look(
        categories=[f"internationalisation{n}" for n in range(20)], series=[{"name": "S", "values": [1] * 20}]
    )
    assert (crowded.label_turn_degrees, crowded.label_step) == (-45, 1)
    line = look(type="line", categories=[f"2020-{n}" for n in range(200)], series=[{"name": "S", "values": [1] * 200}])
    assert line.label_step > 1


def test_a_slice_too_small_for_its_label_has_none() -> None:
    looks = look(type="doughnut", categories=list("abc"), series=[{"name": "S", "values": [97, 2, 1]}])

    assert looks.unlabelled((97.0, 2.0, 1.0)) == [1, 2]
