"""The table of readings: each row is a reading that the message bears out, and nothing is read without one."""

import json

import pytest

from orchestration.partner.model.quotes import find_quote
from orchestration.partner.model.reply import Reply
from tests.claude.readings import fits, make_reading, read_readings
from tests.claude.replies import NothingWritten

STATE = {"recipe": None, "asked": None, "offered": [], "answers": {}, "message": ""}
ROWS = read_readings().rows
# What a row quotes of somebody else's words, which its message adopts.
ADOPTED = {"11 slides"}


def make_body(**material):
    return {"messages": [{"content": [{"type": "text", "text": json.dumps(STATE | material)}]}]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["message"][:40])
def test_a_row_is_a_reply_whose_quotes_stand_in_the_message(row):
    reading = Reply.model_validate(make_reading(row, STATE))
    quotes = [*(each.quote for each in (*reading.answers, *reading.doubts)), reading.recipe_quote]
    assert [each for each in quotes if each and find_quote(each, row["message"]) is None and each not in ADOPTED] == []


def test_no_row_hides_another():
    told = [(row["message"].casefold(), json.dumps(row.get("when"))) for row in ROWS]
    assert len({*told}) == len(told)


def test_what_no_row_is_for_is_said_and_read_by_nobody():
    with pytest.raises(NothingWritten, match="has no row for “make it rain” where"):
        read_readings().answer(make_body(message="make it rain"))


def test_a_row_counts_only_where_the_talk_stands_so():
    row = {"message": "wind power", "when": {"asked": "topic"}}
    assert fits(row, {"message": "Wind  power", "asked": "topic"})
    assert not fits(row, {"message": "wind power", "asked": None})
