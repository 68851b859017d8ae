"""The engine's door on a real database. The engine is one a process, so each run is a process of its own."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.waiting import wait_for_lines

PARKED = {"killed-1 park", "failing-transient park", "failing-fixable park", "failing-foreign park"}
UNREACHABLE = 'SlackUnreachable {"method": "chat.postMessage", "reason": "test"}'
REFUSED = 'FileRefused {"filename": "a.csv", "problem": "is empty"}'
BROKEN = 'StepBroken {"detail": "surprise", "kind": "ValueError", "step": "failing"}'


def _start(home: Path, mode: str, url: str) -> subprocess.Popen:
    command = [sys.executable, "-W", "error", "-m", "tests.orchestration.engine.process", str(home), mode, url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _finish(process: subprocess.Popen) -> dict:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out.splitlines()[-1])


def _read(home: Path) -> list[str]:
    return (home / "ran").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def jobs(tmp_path_factory, databases) -> tuple[dict, list[str]]:
    """What one process answered, and what ran in it."""
    home = tmp_path_factory.mktemp("jobs")
    return _finish(_start(home, "jobs", databases.add_empty(home))), _read(home)


@pytest.fixture(scope="module")
def lives(tmp_path_factory, databases) -> tuple[list[str], list[str]]:
    """What ran before a process was killed in the middle of its jobs, and what ran in the next one."""
    home = tmp_path_factory.mktemp("lives")
    url = databases.add_empty(home)
    with _start(home, "until-killed", url) as first:
        try:
            wait_for_lines(home / "ran", PARKED)
        finally:
            first.kill()
    before = _read(home)
    _finish(_start(home, "to-the-end", url))
    return before, _read(home)[len(before) :]


def test_a_submitted_job_runs_once_however_often_it_is_submitted(jobs):
    answer, ran = jobs
    assert ran.count("once-1 first") == 1
    assert answer["again"] == "ended"


def test_a_job_knows_its_workspace_and_gets_its_steps_result(jobs):
    _, ran = jobs
    assert 'once-1 saw {"n": 1, "list": ["a"]} in T0SANDBOX 1' in ran
    assert 'once-elsewhere saw {"n": 1, "list": ["a"]} in T0ELSEWHERE 1' in ran


def test_a_unit_of_work_that_rolls_back_leaves_no_job(jobs):
    answer, ran = jobs
    assert answer["rolled_back"] is None
    assert not any(line.startswith("once-rolled-back") for line in ran)


def test_a_job_that_was_never_submitted_has_no_status(jobs):
    assert jobs[0]["unknown"] is None


def test_what_may_pass_is_tried_again_until_it_does(jobs):
    _, ran = jobs
    assert ran.count("passing-1 try") == 3
    assert "passing-1 ended after 3" in ran


def test_what_does_not_pass_is_raised_as_itself_after_its_tries(jobs):
    _, ran = jobs
    assert ran.count("failing-transient failing") == 6
    assert f"failing-transient caught {UNREACHABLE}" in ran


def test_what_the_person_can_mend_is_not_tried_again(jobs):
    _, ran = jobs
    assert ran.count("failing-fixable failing") == 1
    assert f"failing-fixable caught {REFUSED}" in ran


def test_what_is_not_in_our_tree_comes_out_as_a_defect_and_is_not_tried_again(jobs):
    _, ran = jobs
    assert ran.count("failing-foreign failing") == 1
    assert f"failing-foreign caught {BROKEN}" in ran


def test_cancelling_interrupts_a_step_that_takes_long(jobs):
    answer, ran = jobs
    assert answer["cancelled"] == "cancelled"
    assert "slow-1 interrupted" in ran


def test_the_loop_can_be_used_after_draining(jobs):
    assert jobs[0]["thread_after_drain"] == "works"


def test_a_killed_process_is_followed_by_one_that_goes_on(lives):
    before, after = lives
    assert [line for line in before if line.startswith("killed-1")] == ["killed-1 first", "killed-1 park"]
    assert [line for line in after if line.startswith("killed-1")] == ["killed-1 park", "killed-1 last"]


@pytest.mark.parametrize(
    ("job", "error"),
    [("failing-transient", UNREACHABLE), ("failing-fixable", REFUSED), ("failing-foreign", BROKEN)],
)
def test_a_replayed_error_is_the_same_error_and_its_step_is_not_done_again(lives, job, error):
    before, after = lives
    for ran in (before, after):
        assert f"{job} caught {error}" in ran
    assert Counter(after)[f"{job} failing"] == 0
