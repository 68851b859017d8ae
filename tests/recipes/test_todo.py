from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recipes.todo import Todo, TodoStatus, count_in_progress, track
from tests.fakes.moment import START
from tests.fakes.nouns import make_todo

LATER = START + timedelta(seconds=5)
todos = st.builds(make_todo, st.sampled_from(["read", "write", "check", "send"]), st.sampled_from(TodoStatus))
lists = st.lists(todos, max_size=6)


def test_a_todo_earns_its_times_as_it_moves():
    pending = track((), [make_todo("read")], now=START)
    running = track(pending, [make_todo("read", "in_progress")], now=START)
    done = track(running, [make_todo("read", "completed")], now=LATER)
    assert pending[0].started_at is None
    assert (running[0].started_at, running[0].duration()) == (START, None)
    assert done[0].duration() == timedelta(seconds=5)


def test_a_todo_keeps_its_times_where_the_list_is_reordered():
    earlier = track((), [make_todo("read", "in_progress"), make_todo("write")], now=START)
    now = track(earlier, [make_todo("write"), make_todo("read", "in_progress")], now=LATER)
    assert [each.started_at for each in now] == [None, START]


def test_a_reworded_todo_is_known_by_its_place():
    earlier = track((), [make_todo("read", "in_progress"), make_todo("write")], now=START)
    now = track(earlier, [make_todo("read it all", "completed"), make_todo("write", "in_progress")], now=LATER)
    assert (now[0].started_at, now[0].completed_at) == (START, LATER)
    assert now[1].started_at == LATER


def test_content_counts_more_than_place():
    earlier = track((), [make_todo("read", "in_progress")], now=START)
    now = track(earlier, [make_todo("plan", "in_progress"), make_todo("read", "completed")], now=LATER)
    assert now[0].started_at == LATER
    assert now[1].started_at == START


def test_equal_todos_are_told_apart_by_their_order():
    earlier = track((), [make_todo("build", "completed"), make_todo("build")], now=START)
    now = track(earlier, [make_todo("build", "completed"), make_todo("build", "completed")], now=LATER)
    assert [each.completed_at for each in now] == [START, LATER]


def test_a_todo_that_is_taken_back_loses_its_times():
    earlier = track((), [make_todo("read", "completed")], now=START)
    assert track(earlier, [make_todo("read")], now=LATER)[0].started_at is None


@given(lists, lists)
def test_tracking_keeps_the_written_list_and_gives_times_by_status(first, second):
    tracked = track(track((), first, now=START), second, now=LATER)
    assert [each.todo for each in tracked] == second
    for each in tracked:
        assert (each.started_at is not None) == (each.todo.status is not TodoStatus.PENDING)
        assert (each.completed_at is not None) == (each.todo.status is TodoStatus.COMPLETED)
        assert each.duration() is None or each.duration() >= timedelta()


@given(lists)
def test_writing_the_same_list_again_changes_nothing(written):
    once = track((), written, now=START)
    assert track(once, written, now=LATER) == once


@given(lists)
def test_those_in_progress_are_counted(written):
    assert count_in_progress(written) == [each.status for each in written].count(TodoStatus.IN_PROGRESS)


@pytest.mark.parametrize("wrong", [{"content": ""}, {"content": "x" * 201}, {"status": "doing"}, {"extra": 1}])
def test_a_todo_of_another_shape_is_refused(wrong):
    with pytest.raises(ValidationError):
        Todo.model_validate({"content": "read", "status": "pending", "activeForm": "reading", **wrong})
