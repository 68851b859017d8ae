"""What becomes of a job when the next process has another release, or when the job ends its process each time."""

import pytest

from tests.orchestration.engine.lives import STEPS, Lives

NEXT_VERSION = "3"
CHANGED_STEPS = ("added", *STEPS)


@pytest.fixture
def lives(databases, tmp_path) -> Lives:
    return Lives(tmp_path, databases.add_empty(tmp_path))


def test_after_a_change_of_steps_a_killed_job_begins_anew_under_the_new_release(lives):
    with lives.living("old", submits={"job-1": 5}):
        lives.wait_for("old: job-1 park")
    lives.let_go("job-1")
    with lives.living("new", version=NEXT_VERSION, steps=CHANGED_STEPS, watches=("job-1",)):
        lives.wait_for("new: job-1 is ended")
    ran = [f"new: job-1 {each}" for each in ("added", "first", "park", "goes", "last", "done")]
    assert lives.list_lines(about="job-1") == ["old: job-1 first", "old: job-1 park", *ran, "new: job-1 is ended"]


def test_a_job_is_not_lost_where_the_process_that_lets_it_begin_anew_is_killed_over_it(lives):
    with lives.living("old", submits={"job-1": 5}):
        lives.wait_for("old: job-1 park")
    with lives.living("new", version=NEXT_VERSION, dies_adopting=True) as process:
        assert process.wait(timeout=30) == 1
    lives.let_go("job-1")
    with lives.living("newer", version=NEXT_VERSION, watches=("job-1",)):
        lives.wait_for("newer: job-1 is ended")
    assert lives.list_lines(about="job-1")[2:4] == ["newer: job-1 first", "newer: job-1 park"]


def test_going_back_to_an_older_release_begins_anew_as_well(lives):
    with lives.living("new", version=NEXT_VERSION, steps=CHANGED_STEPS, submits={"job-1": 5}):
        lives.wait_for("new: job-1 park")
    lives.let_go("job-1")
    with lives.living("old", watches=("job-1",)):
        lives.wait_for("old: job-1 is ended")
    assert lives.list_lines(about="job-1")[3:5] == ["old: job-1 first", "old: job-1 park"]


def test_what_waited_in_a_queue_keeps_its_place_in_the_new_release(lives):
    submits = {"job-1": 2, "late-1": 9, "soon-1": 3}
    with lives.living("old", submits=submits, team_concurrency=1):
        lives.wait_for("old: job-1 park")
    lives.let_go("late-1", "soon-1")
    with lives.living("new", version=NEXT_VERSION, watches=tuple(submits), team_concurrency=1):
        lives.wait_for("new: looked 1")
        lives.let_go("job-1")
        lives.wait_for(*(f"new: {each} is ended" for each in submits))
    assert lives.list_lines(about="late-1")[0] == "new: late-1 first"
    lines = (lives.home / "ran").read_text(encoding="utf-8").splitlines()
    assert lines.index("new: soon-1 done") < lines.index("new: late-1 first")


def test_other_steps_under_the_same_version_are_told_and_never_hang(lives):
    with lives.living("old", submits={"job-1": 5}):
        lives.wait_for("old: job-1 park")
    lives.let_go("job-1")
    with lives.living("new", steps=CHANGED_STEPS, watches=("job-1",)):
        lives.wait_for("new: job-1 is ended")
    assert lives.list_lines(about="job-1")[2:] == ["new: job-1 caught StepsChanged", "new: job-1 is ended"]


def test_a_job_that_ends_its_process_each_time_is_given_up_and_what_waited_behind_it_is_not(lives):
    submits = {"poison-1": 2, "job-1": 5}
    for name in ("one", "two", "three"):
        with lives.living(name, submits=submits if name == "one" else None, team_concurrency=1) as process:
            assert process.wait(timeout=30) == 1
    lives.let_go("job-1")
    with lives.living("four", watches=tuple(submits), team_concurrency=1):
        lives.wait_for("four: poison-1 is given_up", "four: job-1 is ended")
    deaths = [f"{name}: poison-1 die" for name in ("one", "two", "three")]
    assert lives.list_lines(about="poison-1") == [*deaths, "four: poison-1 is given_up"]
    assert lives.list_lines(about="job-1")[0] == "four: job-1 first"
