"""The same words and values in another shape."""

import pytest

from orchestration.revising.shapes import may_show, show_as
from orchestration.skills.problems import parse_deck
from recipes.revision import WishRefused
from tests.orchestration.revising.decks import BULLETS, CHART, KPIS, QUOTE, TABLE, TIMELINE, make_deck


def show(slide, shape, language="en"):
    shown = show_as(slide, shape, language=language, where="Slide 2")
    parse_deck(make_deck(shown))
    return shown


def test_a_chart_becomes_a_table_of_what_it_draws():
    table = show(CHART, "table")
    assert [each["header"] for each in table["columns"]] == ["What", "Wind", "Coal"]
    assert table["rows"] == [["2015", "17.9", "29.6"], ["2016", "20.1", "25.4"], ["2017", "–", "21.0"]]
    assert table["note"] == "Wind grew each year [@S1.1] Net generation, GWh"
    assert table["source_ids"] == ["S1.1"]


def test_a_table_becomes_a_chart_of_its_numbers_and_keeps_what_it_cites():
    chart = show(TABLE, "bar")
    assert chart["chart"]["type"] == "bar"
    assert chart["chart"]["categories"] == ["Wind", "Coal"]
    assert chart["chart"]["series"] == [
        {"name": "2016", "values": [20073.0, 25379.0]},
        {"name": "2017", "values": [21251.0, 25900.0]},
    ]
    assert chart["source_ids"] == ["S1.3"]
    assert chart["takeaways"] == ["In thousand MWh.", "All: 2016: 45,452; 2017: 47,151"]


def test_a_chart_becomes_a_chart_of_another_kind_and_nothing_else():
    line = show(CHART, "line")
    assert line == {**CHART, "chart": {**CHART["chart"], "type": "line"}}


@pytest.mark.parametrize("slide", [BULLETS, CHART, TABLE, KPIS, TIMELINE], ids=lambda each: each["kind"])
@pytest.mark.parametrize("shape", ["table", "bullets"])
def test_no_word_is_lost_between_lists_and_tables(slide, shape):
    shown = show(slide, shape)
    for words in _list_words(slide):
        assert words in str(shown), words


def _list_words(value):
    if isinstance(value, dict):
        known = {"kind", "type", "number_format"}
        return [each for name, part in value.items() if name not in known for each in _list_words(part)]
    if isinstance(value, list):
        return [each for part in value for each in _list_words(part)]
    if isinstance(value, str):
        return [each.strip() for each in value.split(": ")]
    return []


def test_heads_that_a_slide_does_not_have_are_in_the_language_of_the_deck():
    assert [each["header"] for each in show(BULLETS, "table", "de-DE")["columns"]] == ["Was", "Einzelheit"]


def test_words_are_not_drawn():
    with pytest.raises(WishRefused, match="needs numbers"):
        show(BULLETS, "chart")


def test_a_quotation_has_one_shape():
    with pytest.raises(WishRefused, match="holds nothing"):
        show(QUOTE, "table")
    assert not may_show(QUOTE, "table", language="en")


@pytest.mark.parametrize(
    ("cells", "values", "form"),
    [
        (["12 %", "7.5 %"], [0.12, 0.075], "0.0%"),
        (["1.234.567", "12"], [1234567.0, 12.0], "#,##0"),
        (["\u22123", "4"], [-3.0, 4.0], "#,##0"),
        (["1 234", "n/a"], [1234.0, None], "#,##0"),
    ],
)
def test_numbers_are_read_as_they_are_written(cells, values, form):
    table = {**TABLE, "columns": [{"header": "a"}, {"header": "b"}], "total": None}
    chart = show({**table, "rows": [[str(no), cell] for no, cell in enumerate(cells)]}, "column")["chart"]
    assert chart["series"][0]["values"] == pytest.approx(values)
    assert chart["number_format"] == form
