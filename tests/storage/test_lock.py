import subprocess
import sys

import pytest

from storage.lock import HomeInUse, find_holder, holding_home

HOLD = """
import sys
from pathlib import Path
from storage.lock import HomeInUse, holding_home
try:
    with holding_home(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
except HomeInUse as refused:
    print(refused.advice(), flush=True)
"""


def _start(home) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_second_process_is_refused_with_the_way_out(tmp_path):
    with holding_home(tmp_path), _start(tmp_path) as second:
        said, _ = second.communicate()
    assert said.strip() == (
        f"Another Threadwork works in {tmp_path}. Stop it first, or set THREADWORK_HOME to another folder."
    )


def test_a_killed_process_holds_nothing(tmp_path):
    with _start(tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(HomeInUse), holding_home(tmp_path):
            pass
        first.kill()
    with holding_home(tmp_path):
        assert (tmp_path / "lock").exists()


def test_a_home_that_is_free_again_can_be_held_again(tmp_path):
    for _ in range(2):
        with holding_home(tmp_path / "new"):
            pass


def test_the_process_that_holds_a_home_is_found_and_not_disturbed(tmp_path):
    with _start(tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        assert find_holder(tmp_path) == first.pid
        first.kill()
    # Its number still stands in the file.
    assert find_holder(tmp_path) is None


def test_where_the_system_lists_no_locks_the_process_itself_is_looked_for(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.lock.ALL_LOCKS", tmp_path / "nowhere")
    with _start(tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        assert find_holder(tmp_path) == first.pid
        first.kill()
    assert find_holder(tmp_path) is None


def test_a_home_that_nobody_held_yet_has_no_holder(tmp_path):
    assert find_holder(tmp_path / "new") is None
