"""The pipe to a child: what was read comes out as it went in, and what does not fit together is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.readers.frames import AnswerParts, ReadAnswer, check_length, pack_answer
from orchestration.readers.passages import ReadFile, ReadPassage
from recipes.source import Column, Table

COLUMNS = (Column(name="a", type="text"), Column(name="n", type="number"))
rows = st.lists(
    st.tuples(st.none() | st.text(max_size=5), st.none() | st.integers(-9, 9) | st.floats(-9, 9)), max_size=9
)
tables = rows.map(lambda each: Table(name="t", columns=COLUMNS, rows=tuple(each)))
passages = st.builds(ReadPassage, locator=st.text(max_size=5), content=st.text(max_size=40) | tables)


def send(read):
    parts = AnswerParts()
    for part in pack_answer(read):
        parts.add(ReadAnswer.model_validate_json(part))
    assert parts.last.is_last
    return parts.join()


@given(st.lists(passages, max_size=8), st.lists(st.text(max_size=5), max_size=3))
def test_a_reading_is_the_same_after_the_pipe(passages, left_out):
    with pytest.MonkeyPatch.context() as small:
        small.setattr("orchestration.readers.frames.PART_CELLS", 4)
        small.setattr("orchestration.readers.frames.PART_CHARS", 30)
        read = ReadFile(passages=tuple(passages), left_out=tuple(left_out))
        assert send(read) == read


@pytest.mark.parametrize("row", [(1,), (1, 2, 3)])
def test_rows_that_do_not_fit_their_table_are_not_taken(row):
    parts = AnswerParts()
    parts.add(ReadAnswer(passages=(ReadPassage(locator="row 1", content=Table(name="t", columns=COLUMNS, rows=())),)))
    with pytest.raises(EOFError):
        parts.add(ReadAnswer(rows=(row,)))


def test_rows_without_a_table_are_not_taken():
    with pytest.raises(EOFError):
        AnswerParts().add(ReadAnswer(rows=((1, 2),)))


def test_a_frame_beyond_what_is_left_of_an_answer_is_not_taken():
    with pytest.raises(EOFError):
        check_length((101).to_bytes(8, "big"), 100)
