import pytest

from recipes.ending import Ending, WorkEndedEarly


@pytest.mark.parametrize("ending", [each for each in Ending if each.is_early])
def test_work_that_ended_early_says_why_and_what_to_do(ending):
    said = WorkEndedEarly("tkt_1", ending).advice()
    assert ending.describe() in said
    assert said.startswith("Nothing was finished: ")
    assert said.endswith(".")


def test_two_endings_are_not_early():
    assert [each for each in Ending if not each.is_early] == [Ending.DONE, Ending.ASKED]
