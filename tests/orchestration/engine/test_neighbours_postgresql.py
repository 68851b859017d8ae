"""Processes with the engine side by side on one database: of two releases, and one that stands still."""

import signal

import pytest

from tests.orchestration.engine.lives import STEPS, Lives

NEXT_VERSION = "3"
CHANGED_STEPS = ("added", *STEPS)


@pytest.fixture
def lives(databases, tmp_path) -> Lives:
    return Lives(tmp_path, databases.add_empty(tmp_path))


def test_what_an_older_release_has_stays_its_own_for_as_long_as_it_lives(lives):
    submits = {"job-1": 2, "job-2": 5}
    with lives.living("new", version=NEXT_VERSION, steps=CHANGED_STEPS, team_concurrency=1):
        lives.wait_for("new: looked 1")
        with lives.living("old", submits=submits, watches=("job-1",), team_concurrency=1):
            lives.wait_for("old: job-1 park")
            looked = len(lives.list_lines(about="looked"))
            lives.wait_for(f"new: looked {looked + 3}")
            lives.let_go("job-1")
            lives.wait_for("old: job-1 is ended", "old: job-2 park")
    ran = [f"old: job-1 {each}" for each in ("first", "park", "goes", "last", "done")]
    assert lives.list_lines(about="job-1") == [*ran, "old: job-1 is ended"]
    assert lives.list_lines(about="job-2") == ["old: job-2 first", "old: job-2 park"]


def test_when_an_older_release_is_gone_the_newer_one_begins_its_jobs_anew(lives):
    submits = {"job-1": 2, "job-2": 5}
    with lives.living("new", version=NEXT_VERSION, steps=CHANGED_STEPS, watches=tuple(submits), team_concurrency=1):
        with lives.living("old", submits=submits, team_concurrency=1):
            lives.wait_for("old: job-1 park")
        lives.let_go(*submits)
        lives.wait_for("new: job-1 is ended", "new: job-2 is ended")
    ran = [f"new: job-1 {each}" for each in ("added", "first", "park", "goes", "last", "done")]
    assert lives.list_lines(about="job-1")[2:] == [*ran, "new: job-1 is ended"]
    assert lives.list_lines(about="job-2")[0] == "new: job-2 added"


def test_a_job_of_a_frozen_process_is_done_once_by_another_and_the_sleeper_keeps_nothing(lives):
    with lives.living("sleeper", submits={"job-1": 5}) as sleeper:
        lives.wait_for("sleeper: job-1 park")
        sleeper.send_signal(signal.SIGSTOP)
        with lives.living("other", watches=("job-1",)):
            lives.wait_for("other: job-1 park")
            lives.let_go("job-1")
            lives.wait_for("other: job-1 is ended")
            sleeper.send_signal(signal.SIGCONT)
            lives.wait_for("sleeper: job-1 stopped by DBOSWorkflowConflictIDError", "sleeper: was given up")
    done = [line for line in lives.list_lines(about="job-1") if line.split()[-1] in {"first", "last", "done"}]
    assert done == ["sleeper: job-1 first", "other: job-1 last", "other: job-1 done"]


def test_a_sleeper_that_wakes_while_the_other_is_at_work_keeps_nothing_either(lives):
    with lives.living("sleeper", submits={"job-1": 5}) as sleeper:
        lives.wait_for("sleeper: job-1 park")
        sleeper.send_signal(signal.SIGSTOP)
        with lives.living("other", watches=("job-1",)):
            lives.wait_for("other: job-1 park")
            sleeper.send_signal(signal.SIGCONT)
            lives.wait_for("sleeper: was given up")
            lives.let_go("job-1")
            lives.wait_for("sleeper: job-1 stopped by DBOSWorkflowConflictIDError", "other: job-1 is ended")
    assert lives.list_lines(about="job-1").count("other: job-1 last") == 1
    assert "sleeper: job-1 last" not in lives.list_lines(about="job-1")
