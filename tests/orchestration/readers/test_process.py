"""The child process: it reads, it is replaced, it does not outlive its owner."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.readers import child
from orchestration.readers.child import ReaderBroken, ReaderLimits
from orchestration.readers.process import Readers
from orchestration.readers.reading import read_file
from recipes.source import FileRefused, Table


def list_contents(read):
    return [passage.content for passage in read.passages]


def find_child(readers):
    (child,) = readers._idle
    return child


LARGE = b"a,b,c\n" + b"name,12,1.5\n" * 1_500_000


async def test_a_file_reads_the_same_in_the_child_as_here():
    content = "name,n\nGröße,1.5\nB,\n".encode()
    async with Readers() as readers:
        assert await readers.read("a.csv", content) == read_file("a.csv", content)


async def test_a_large_table_and_many_texts_cross_the_pipe_in_parts_and_are_whole_again():
    rows = "".join(f"n{number},{number}\n" for number in range(30_000))
    text = "".join(f"Paragraph {number} of a long text.\n\n" for number in range(5_000))
    async with Readers() as readers:
        for name, content in (("a.csv", f"name,n\n{rows}".encode()), ("a.txt", text.encode())):
            assert await readers.read(name, content) == read_file(name, content)


async def test_files_that_are_asked_for_one_after_the_other_are_read_by_one_child():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        reader = find_child(readers)
        await readers.read("a.txt", b"two")
        assert find_child(readers) is reader
    assert reader.process.returncode is not None


async def test_many_files_at_once_share_a_few_children():
    async with Readers(most_children=2) as readers:
        reads = await asyncio.gather(*(readers.read("a.txt", f"text {number}".encode()) for number in range(8)))
        assert len(readers._idle) <= 2
    assert [list_contents(read) for read in reads] == [[f"text {number}"] for number in range(8)]


async def test_a_refusal_crosses_the_pipe_and_the_child_stays():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        reader = find_child(readers)
        with pytest.raises(FileRefused) as refused:
            await readers.read("a.pdf", b"%PDF-1.7")
        assert refused.value.problem == "is damaged: the PDF does not open"
        assert find_child(readers) is reader


async def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read():
    async with Readers(ReaderLimits(wall=timedelta(seconds=0.3))) as readers:
        with pytest.raises(FileRefused, match=r"took longer than 0\.3 seconds to read"):
            await readers.read("a.csv", LARGE)
        assert list_contents(await readers.read("a.txt", b"fine")) == ["fine"]


async def test_a_file_that_burns_its_processor_time_is_refused():
    async with Readers(ReaderLimits(cpu=timedelta(seconds=0))) as readers:
        with pytest.raises(FileRefused, match="took longer than 0 seconds to read"):
            await readers.read("a.csv", LARGE)


async def test_a_file_that_needs_too_much_memory_is_refused():
    async with Readers(ReaderLimits(memory_bytes=100 * 1024 * 1024)) as readers:
        with pytest.raises(FileRefused, match="memory"):
            await readers.read("a.csv", LARGE)
        assert isinstance(list_contents(await readers.read("a.csv", b"a,b\nx,1\n"))[0], Table)


async def test_a_child_that_was_killed_is_replaced():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        find_child(readers).process.kill()
        with pytest.raises(FileRefused):
            await readers.read("a.txt", b"two")
        assert list_contents(await readers.read("a.txt", b"two")) == ["two"]


async def test_a_reading_that_is_cancelled_leaves_no_half_order_behind():
    async with Readers() as readers:
        await readers.read("a.txt", b"one")
        task = asyncio.create_task(readers.read("a.csv", LARGE))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert list_contents(await readers.read("a.txt", b"two")) == ["two"]


async def test_a_child_whose_start_is_cancelled_is_ended(monkeypatch):
    started = []
    is_there = asyncio.Event()
    spawn = child._spawn

    async def remember(limits):
        started.append(await spawn(limits))
        is_there.set()
        return started[-1]

    monkeypatch.setattr(child, "_spawn", remember)
    async with Readers() as readers:
        task = asyncio.create_task(readers.read("a.txt", b"one"))
        await is_there.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [each.returncode is not None for each in started] == [True]


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
        environment = await asyncio.to_thread(Path(f"/proc/{find_child(readers).process.pid}/environ").read_bytes)
    assert b"PYTHONUTF8" in environment
    assert b"xoxb-secret" not in environment
