"""The lock on home: one process at a time owns an embedded database; a second one would take over its running work."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from recipes.errors import UserFixableError

LOCK: Final = "lock"
# man 5 proc: every lock of this machine, its kind in the second column and its process in the fifth
ALL_LOCKS: Final = Path("/proc/locks")


@dataclass(eq=False)
class HomeInUse(UserFixableError):
    """Another process of this machine works on the same home."""

    home: str

    def advice(self) -> str:
        """Say what holds it and what to do."""
        return f"Another Threadwork works in {self.home}. Stop it first, or set THREADWORK_HOME to another folder."


@dataclass(eq=False)
class HomeUnusable(UserFixableError):
    """The home folder cannot be made or written."""

    home: str
    reason: str

    def advice(self) -> str:
        """Name the setting."""
        return f"I cannot write in {self.home} ({self.reason}). Set THREADWORK_HOME to a folder that I may write in."


@contextmanager
def holding_home(home: Path) -> Generator[None]:
    """Hold the lock for the length of this block; the system frees it when the process dies.

    Raises:
        HomeInUse: another process holds it.
        HomeUnusable: the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (home / LOCK).open("w")
    except OSError as error:
        raise HomeUnusable(str(home), error.strerror or type(error).__name__) from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise HomeInUse(str(home)) from error
        file.write(str(os.getpid()))
        file.flush()
        yield


def find_holder(home: Path) -> int | None:
    """Give the process that holds a home, if one does, without touching the lock: to try it is to hold it."""
    try:
        process = int((home / LOCK).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return process if _holds_a_lock(process) else None


def _holds_a_lock(process: int) -> bool:
    """Tell whether a process is there and holds some lock; where the system does not list them, whether it is there."""
    if ALL_LOCKS.exists():
        columns = [line.split() for line in ALL_LOCKS.read_text(encoding="ascii").splitlines()]
        return any(each[1] == "FLOCK" and each[4] == str(process) for each in columns)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
