"""The child process: it reads, it is replaced, it does not outlive its owner."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.readers.process import ReaderBroken, ReaderLimits, Readers
from orchestration.readers.reading import read_file
from recipes.source import FileRefused, Table

LARGE = b"a,b,c\n" + b"name,12,1.5\n" * 1_500_000


async def test_a_file_reads_the_same_in_the_child_as_here():
    content = "name,n\nGröße,1.5\nB,\n".encode()
    async with Readers() as readers:
        assert await readers.read("a.csv", content) == read_file("a.csv", content)


async def test_one_child_serves_many_files_also_when_asked_at_once():
    async with Readers() as readers:
        first = await readers.read("a.txt", b"one")
        child = readers._child
        reads = await asyncio.gather(*(readers.read("a.txt", f"text {number}".encode()) for number in range(8)))
        assert readers._child is child
    assert first.passages == ("one",)
    assert [read.passages[0] for read in reads] == [f"text {number}" for number in range(8)]
    assert child is not None
    assert child.returncode is not None


async def test_a_refusal_crosses_the_pipe_and_the_child_stays():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        child = readers._child
        with pytest.raises(FileRefused) as refused:
            await readers.read("a.pdf", b"%PDF-1.7")
        assert refused.value.problem.startswith("is a PDF")
        assert readers._child is child


async def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read():
    async with Readers(ReaderLimits(wall=timedelta(seconds=0.3))) as readers:
        with pytest.raises(FileRefused, match=r"took longer than 0\.3 seconds to read"):
            await readers.read("a.csv", LARGE)
        assert (await readers.read("a.txt", b"fine")).passages == ("fine",)


async def test_a_file_that_burns_its_processor_time_is_refused():
    async with Readers(ReaderLimits(cpu=timedelta(seconds=0))) as readers:
        with pytest.raises(FileRefused, match="took longer than 0 seconds to read"):
            await readers.read("a.csv", LARGE)


async def test_a_file_that_needs_too_much_memory_is_refused():
    async with Readers(ReaderLimits(memory_bytes=100 * 1024 * 1024)) as readers:
        with pytest.raises(FileRefused, match="memory"):
            await readers.read("a.csv", LARGE)
        assert isinstance((await readers.read("a.csv", b"a,b\nx,1\n")).passages[0], Table)


async def test_a_child_that_was_killed_is_replaced():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        assert readers._child is not None
        readers._child.kill()
        with pytest.raises(FileRefused):
            await readers.read("a.txt", b"two")
        assert (await readers.read("a.txt", b"two")).passages == ("two",)


async def test_a_reading_that_is_cancelled_leaves_no_half_order_behind():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        task = asyncio.create_task(readers.read("a.csv", LARGE))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await readers.read("a.txt", b"two")).passages == ("two",)


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
async def test_a_child_that_cannot_start_is_our_defect(monkeypatch, program):
    monkeypatch.setattr(sys, "executable", program)
    async with Readers() as readers:
        with pytest.raises(ReaderBroken):
            await readers.read("a.txt", b"one")


async def test_the_child_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        assert readers._child is not None
        environment = await asyncio.to_thread(Path(f"/proc/{readers._child.pid}/environ").read_bytes)
    assert b"PYTHONUTF8" in environment
    assert b"xoxb-secret" not in environment
