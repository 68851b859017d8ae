"""How long the readers take for the corpus's 20 files, and how large they grow."""

import asyncio
import resource
import time
from pathlib import Path
from statistics import median

from orchestration.readers.passages import ReadFile
from orchestration.readers.process import Readers
from tests.bench.corpus import open_corpus
from tests.bench.row import Row

ROUNDS = 3


async def measure_reading(name: str) -> Row:
    """Read all files at once, several times, by children that have started; give the median of the seconds."""
    files = await asyncio.to_thread(open_corpus)
    times: list[float] = []
    worked_before = _count_processor_s()
    async with Readers() as readers:
        await asyncio.gather(*(readers.read("warm.txt", b"warm") for _ in range(readers.most_children)))
        for _ in range(ROUNDS):
            started = time.perf_counter()
            reads = await asyncio.gather(*(readers.read(each, content) for each, content in files.items()))
            times.append(time.perf_counter() - started)
        peaks = [await asyncio.to_thread(_read_peak_mb, child.process.pid) for child in readers._idle]
    worked_s = (_count_processor_s() - worked_before) / ROUNDS
    note = f"{_describe(files, reads)}; fastest {min(times):.1f} s, {worked_s:.1f} s of the processors each"
    return Row(name=name, value=median(times), unit="s", baseline=None, note=f"{note}, children up to {max(peaks)} MB")


def _describe(files: dict[str, bytes], reads: list[ReadFile]) -> str:
    size_mb = sum(map(len, files.values())) / 1024**2
    return f"{len(files)} files, {size_mb:.0f} MB, {sum(len(read.passages) for read in reads):,} passages"


def _count_processor_s() -> float:
    """Give the processor time of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _read_peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
