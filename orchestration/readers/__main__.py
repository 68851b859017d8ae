"""The child process: reads the files that come in on standard input, under limits it cannot raise again."""

import contextlib
import ctypes
import math
import os
import resource
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from orchestration.readers.frames import ReadAnswer, ReadOrder, pack_answer, pack_frame, read_frame
from orchestration.readers.reading import read_file
from recipes.source import FileRefused

OPEN_FILES: Final = 32
# of 19: where processors are few, the bot goes before its children
NICENESS: Final = 5
# linux/sched.h: a network of its own, with nothing in it; the user namespace makes that possible without rights
NEW_NETWORK: Final = 0x40000000
NEW_USER: Final = 0x10000000


def main(memory_bytes: int, cpu: timedelta) -> None:
    """Answer orders until standard input ends.

    Args:
        memory_bytes: Address space for all of the process.
        cpu: Processor time for each file; the system ends the process beyond it.
    """
    _confine(memory_bytes)
    _send(b"{}")
    while (order := read_frame(sys.stdin.buffer)) is not None:
        content = read_frame(sys.stdin.buffer)
        if content is None:
            return
        _grant_cpu(cpu)
        for part in _answer(ReadOrder.model_validate_json(order).filename, content):
            _send(part)


def _answer(filename: str, content: bytes) -> Iterator[bytes]:
    try:
        yield from pack_answer(read_file(filename, content))
    except FileRefused as refused:
        yield _refuse(refused.problem)
    except MemoryError:
        yield _refuse("needs more memory to read than a file may", is_spent=True)
    except Exception as error:  # noqa: BLE001 (a library's surprise at a strange file is told, the parent logs its kind)
        problem = "cannot be read: it is damaged or of an unusual form"
        yield _refuse(problem, defect=type(error).__name__, is_spent=True)


def _refuse(problem: str, *, defect: str | None = None, is_spent: bool = False) -> bytes:
    answer = ReadAnswer(is_last=True, problem=problem, defect=defect, is_spent=is_spent)
    return answer.model_dump_json().encode()


def _send(frame: bytes) -> None:
    sys.stdout.buffer.write(pack_frame(frame))
    sys.stdout.buffer.flush()


def _confine(memory_bytes: int) -> None:
    """Give up precedence, memory, files and network as far as this system lets a process do so."""
    os.nice(NICENESS)
    limits = (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)


def _grant_cpu(cpu: timedelta) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    granted = math.ceil(usage.ru_utime + usage.ru_stime + cpu.total_seconds())
    resource.setrlimit(resource.RLIMIT_CPU, (granted, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]), timedelta(seconds=float(sys.argv[2])))
