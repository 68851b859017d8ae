"""What is read where there is more than a bundle holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.readers.passages import count_chars
from orchestration.staging.ranking import INDEXES_KEPT, WordIndex, WordIndexes
from orchestration.staging.selection import select
from recipes.source import Column, Table

WIND = "Wind turbines in Iowa produced more than coal in 2019."
COAL = "Coal fell for the third year in a row, after two plants closed."
LUNCH = "Lunch is at noon on Friday, bring your own plate to the yard."
TABLE = Table(name="Sheet1", columns=(Column(name="year", type="number"),), rows=((2001,), (2002,)))


def test_everything_is_read_where_it_fits():
    assert select([LUNCH, TABLE, WIND], "wind", budget_chars=10_000) == {0, 1, 2}


def test_what_matches_the_task_is_read_and_the_rest_is_not():
    assert select([LUNCH, COAL, WIND], "a report on wind turbines", budget_chars=len(WIND) + 5) == {2}


def test_a_table_is_read_whole_before_any_text():
    budget_chars = count_chars(TABLE) + len(COAL)
    assert select([LUNCH, WIND, COAL, TABLE], "plants", budget_chars=budget_chars) == {2, 3}


def test_what_is_too_large_is_passed_over_for_what_still_fits():
    assert select([WIND * 100, WIND], "wind", budget_chars=len(WIND)) == {1}


def test_equals_are_read_in_the_order_they_came_in():
    assert select([WIND, WIND, WIND], "wind", budget_chars=2 * len(WIND)) == {0, 1}


def test_texts_that_match_nothing_are_read_last():
    assert select([LUNCH, WIND, COAL], "wind", budget_chars=len(WIND) + len(LUNCH)) == {0, 1}


@pytest.mark.parametrize("words", ["MÉNAGE", "menage", 'ménage AND NOT (x:y) "*'])
def test_case_accents_and_signs_of_query_languages_mean_nothing(words):
    assert WordIndex(["about pets", "un ménage"]).rank(words) == [1]


def test_words_without_a_letter_match_nothing():
    assert WordIndex(["about pets"]).rank("?! …") == []
    assert WordIndex([]).rank("pets") == []


def test_an_index_is_kept_as_long_as_its_texts_stay_the_same():
    indexes = WordIndexes()
    kept = indexes.open([WIND, COAL])
    assert indexes.open([WIND, COAL]) is kept
    assert indexes.open([WIND, COAL + "\ud800"]).rank("wind") == [0]
    assert indexes.open([WIND + COAL[:1], COAL[1:]]) is not kept
    assert indexes.open([COAL, WIND]).rank("wind") == [1]


def test_no_more_indexes_are_kept_than_were_used_last():
    indexes = WordIndexes()
    first, second = indexes.open(["first"]), indexes.open(["second"])
    for number in range(INDEXES_KEPT - 1):
        indexes.open(["first"])
        indexes.open([str(number)])
    assert indexes.open(["first"]) is first
    assert indexes.open(["second"]) is not second


@given(st.lists(st.text(max_size=60), max_size=12), st.text(max_size=30), st.integers(0, 300))
def test_the_budget_is_kept_and_the_same_is_chosen_each_time(texts, words, budget_chars):
    chosen = select(texts, words, budget_chars=budget_chars)
    assert sum(len(texts[place]) for place in chosen) <= budget_chars
    assert select(texts, words, budget_chars=budget_chars) == chosen
